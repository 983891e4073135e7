"""What `show` and `get` print: order, defaults, secrets."""

import re


def test_show_has_the_header_and_ends_with_the_multicast_section(console):
    text = console.type("show")
    header = text.splitlines()[:4]
    assert re.fullmatch(r"#config-version=FGT60F-7\.4\.8-FW-build2795-250523:opmode=0:vdom=0:user=day0", header[0])
    assert re.fullmatch(r"#conf_file_ver=\d+", header[1])
    assert header[2:] == ["#buildno=2795", "#global_vdom=1"]
    assert text.rstrip().endswith("config router multicast\nend")


def test_the_file_version_moves_with_every_change(console):
    before = console.type("show").splitlines()[1]
    console.type("config system global", 'set alias "x"', "end")
    assert console.type("show").splitlines()[1] != before


def test_defaults_are_left_out_unless_asked_for(console):
    console.type("config system global", "set admintimeout 5", "end")
    assert "admintimeout" not in console.type("show system global")
    assert "set admintimeout 5" in console.type("show full-configuration system global")


def test_attributes_come_in_the_order_of_the_box(console):
    console.type("config system interface", 'edit "dmz"', "set role dmz", "set allowaccess ssh ping", "end")
    lines = [line.strip() for line in console.type("show system interface dmz").splitlines()]
    assert lines[2:6] == ['set vdom "root"', "set allowaccess ping ssh", "set type physical", "set role dmz"]


def test_secrets_are_salted_anew_at_every_show_and_can_be_typed_back(console):
    console.type("config user tacacs+", 'edit "t"', "set server 10.0.0.1", 'set key "a-shared-secret"', "end")
    shown = [re.search(r"set key (ENC \S+)", console.type("show user tacacs+"))[1] for _ in range(2)]
    assert shown[0] != shown[1]
    assert "a-shared-secret" not in "".join(shown)
    assert "fail" not in console.type("config user tacacs+", 'edit "t"', f"set key {shown[0]}", "end")
    assert "value parse error" in console.type("config user tacacs+", 'edit "t"', "set key ENC bm9uc2Vuc2U=", "end")


def test_an_administrators_hash_stays(console, fortigate):
    shown = [re.search(r"set password (ENC SH2\S+)", console.type("show system admin day0"))[1] for _ in range(2)]
    assert shown[0] == shown[1]
    console.type("config system admin", 'edit "copy"', "set accprofile super_admin", "set vdom root")
    console.type(f"set password {shown[0]}", "end")
    assert fortigate.authenticate("copy", "a-bench-password")


def test_get_of_an_object_and_of_a_table(console):
    assert "output              : standard \n" in console.type("get system console")
    assert "== [ wan1 ]" in console.type("get system zone") + console.type("get system interface")
    assert "key                 : " not in console.type("get system dns")


def test_grep(console):
    assert console.type("get system status | grep Virtual") == (
        "Virtual domains status: 1 in NAT mode, 0 in TP mode\nVirtual domain configuration: disable\n\n"
    )
    assert "Hostname" not in console.type("get system status | grep -v Host")
    assert "Hostname: fw1" in console.type('get system status | grep -i "hostname: FW"')
