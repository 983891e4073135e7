"""Configuration mode: prompts, what is stored when, and what is refused in which words."""

import pytest

POLICY = """
config firewall policy
edit {id}
set name "{name}"
set srcintf "vl99-mgmt"
set dstintf "wan1"
set action accept
set srcaddr "all"
set dstaddr "all"
set schedule "always"
set service "ALL"
next
end
"""


def test_prompts_follow_the_levels(console):
    seen = []
    for line in ("config system ntp", "config ntpserver", "edit 1", 'set server "10.10.0.1"', "next", "end", "end"):
        console.type(line)
        seen.append(console.prompt)
    assert seen == [
        "fw1 (ntp) # ",
        "fw1 (ntpserver) # ",
        "fw1 (1) # ",
        "fw1 (1) # ",
        "fw1 (ntpserver) # ",
        "fw1 (ntp) # ",
        "fw1 # ",
    ]
    assert "set server" in console.type("show system ntp")


def test_an_entry_is_stored_at_next_and_a_new_one_is_announced(console, log_in):
    assert console.type("config firewall address", 'edit "printers"') == "new entry 'printers' added\n\n"
    console.type("set subnet 10.44.18.9/27")
    assert "printers" not in log_in().type("show firewall address")
    console.type("next")
    assert "set subnet 10.44.18.0 255.255.255.224" in log_in().type("show firewall address printers")


def test_abort_drops_what_was_typed(console):
    console.type("config system global", 'set alias "x"', "abort")
    assert "alias" not in console.type("show system global")
    console.type("config firewall address", 'edit "gone"', "abort")
    assert console.prompt == "fw1 # "
    assert "gone" not in console.type("show firewall address")


def test_end_inside_an_entry_stores_it_and_leaves_the_table(console):
    console.type("config firewall address", 'edit "kept"', "set subnet 10.0.0.0/8", "end")
    assert console.prompt == "fw1 # "
    assert "kept" in console.type("show firewall address")


def test_edit_0_takes_the_next_number(console):
    console.type(POLICY.format(id=7, name="seven"), POLICY.format(id=0, name="next"))
    assert "edit 8" in console.type("show firewall policy")


def test_move_append_unselect_rename_clone_delete_purge(console):
    console.type(POLICY.format(id=1, name="one"), POLICY.format(id=2, name="two"))
    console.type("config firewall policy", "move 2 before 1", "end")
    assert [line.strip() for line in console.type("show firewall policy | grep edit").split("\n") if line] == [
        "edit 2",
        "edit 1",
    ]
    console.type("config firewall policy", "edit 1", "append service HTTPS", "unselect service ALL", "end")
    assert 'set service "HTTPS"' in console.type("show firewall policy 1")
    console.type("config firewall address", 'edit "a"', "next", 'clone "a" to "b"', 'rename "a" to "c"', "end")
    names = console.type("show firewall address")
    assert '"b"' in names
    assert '"c"' in names
    assert '"a"' not in names
    console.type("config firewall policy", "purge")
    assert console.prompt == "Do you want to continue? (y/n)"
    console.type("y", "end")
    assert "edit" not in console.type("show firewall policy")


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        ("frobnicate", "Unknown action 0"),
        ("config system nonsense", "command parse error before 'nonsense'"),
        ("config system global\nset nonsense 1", "command parse error before 'nonsense'"),
        ("config system global\nset admintimeout 9999", "value parse error before '9999'"),
        ("config system global\nset hostname", "incomplete command in the end"),
        ("config system console\nset output paged", "value parse error before 'paged'"),
        ("config system global\nset timezone Mars/Olympus", "entry not found in datasource"),
        ("config system interface\nedit wan1\nset ip 10.0.0.300/24", "value parse error before '10.0.0.300/24'"),
        ("config system interface\nedit a-name-of-sixteen", "value parse error before 'a-name-of-sixteen'"),
        ("config system interface\ndelete wan1", "Interface wan1 is static"),
        ("config system interface\ndelete internal1", "Return code -97"),
        ("config system zone\nedit z\nset interface nothere", "entry not found in datasource"),
        ("config firewall address\ndelete nobody", "entry not found in datasource"),
        ("config firewall policy\nedit x", "value parse error before 'x'"),
        ("config router static\nedit 1\nset gateway 1.2.3.4\nnext", "Attribute 'device' MUST be set"),
        ("show system nonsense", "command parse error before 'nonsense'"),
        ("get system nonsense", "command parse error before 'nonsense'"),
        ("execute nonsense", "command parse error before 'nonsense'"),
    ],
)
def test_refusals(console, lines, printed):
    text = console.type(lines)
    assert printed in text
    assert "Command fail. Return code -" in text


def test_a_policy_that_names_a_missing_address_is_refused_and_not_stored(console):
    text = console.type(POLICY.format(id=5, name="bad").replace('srcaddr "all"', 'srcaddr "missing"'))
    assert "value parse error before 'missing'" in text
    assert "Attribute 'srcaddr' MUST be set" in text
    assert "object check operator error, -56, discard the setting" in text
    assert "edit 5" not in console.type("show firewall policy")


def test_what_others_refer_to_cannot_be_deleted(console):
    console.type("config firewall address", 'edit "used"', "set subnet 10.1.0.0/16", "end")
    console.type(POLICY.format(id=1, name="one").replace('srcaddr "all"', 'srcaddr "used"'))
    text = console.type("config firewall address", 'delete "used"', "end")
    assert "The entry is used by other 1 entry\nCommand fail. Return code -23" in text
    assert '"used"' in console.type("show firewall address")


def test_an_interface_of_a_zone_is_no_policy_interface(console):
    console.type("config system zone", 'edit "mgmt"', 'set interface "vl99-mgmt"', "end")
    text = console.type(POLICY.format(id=1, name="one"))
    assert "node_check_object fail! for srcintf vl99-mgmt" in text
    console.type(POLICY.format(id=1, name="one").replace('"vl99-mgmt"', '"mgmt"'))
    assert 'set srcintf "mgmt"' in console.type("show firewall policy 1")


def test_overlapping_subnets_are_refused(console):
    text = console.type("config system interface", 'edit "dmz"', "set ip 10.44.19.30/27", "end")
    assert "Subnets overlap" in text
    assert "with primary IP of 'vl99-mgmt'" in text


def test_a_port_leaves_the_hardware_switch(make_fortigate):
    shell = make_fortigate("").shell("admin")
    assert '"internal1"' not in shell.receive("show system interface").text
    for line in ("config system virtual-switch", "edit internal", "config port", "delete internal1", "end", "end"):
        assert "fail" not in shell.receive(line).text
    shown = shell.receive("show system interface internal1").text
    assert "set type physical" in shown
    assert "set snmp-index" in shown
    for line in ("config system virtual-switch", "delete internal"):
        text = shell.receive(line).text
    assert "is used by other" in text  # the factory's DHCP server and policy still name it


def test_a_text_of_several_lines(console):
    console.type("config system replacemsg admin", 'edit "pre_admin-disclaimer-text"', 'set buffer "one')
    assert console.prompt == "> "
    console.type('two"')
    assert console.prompt == "fw1 (pre_admin-disclaimer-text) # "
    console.type("end")
    assert 'set buffer "one\ntwo"' in console.type("show system replacemsg admin")


def test_ctrl_c_leaves_configuration_mode(console):
    console.type("config system global", 'set alias "x"')
    assert console.shell.receive("\x03").prompt == "fw1 # "
    assert "alias" not in console.type("show system global")


def test_abbreviations(console):
    assert "Hostname: fw1" in console.type("get sys stat")
    assert "config system global" in console.type("sh sys glo")
    console.type("conf sys glo")
    assert console.prompt == "fw1 (global) # "
    assert console.type("exec date") != ""


def test_help_lists_what_may_come(console):
    assert "execute" in console.shell.help("ex")
    console.type("config firewall policy")
    assert "move" in console.shell.help("")


def test_a_day_0_text_that_is_refused_says_which_line(make_fortigate):
    with pytest.raises(ValueError, match="refuses the day-0 line 'set hostnam x'"):
        make_fortigate("config system global\nset hostnam x\nend")
