"""What of a copy goes on a device, and how ports of another box are named."""

from siteauto.core.models import Role
from siteauto.core.platform_spec import Hardware
from siteauto.core.restore import make_wanted, map_ports, rename_ports, version_notes
from siteauto.core.stored_copy import CopyRecord
from siteauto.platforms import load_platforms

IOS, FORTIOS = load_platforms()["cisco_ios"], load_platforms()["fortinet"]


def box(model, ports, uplinks):
    return Hardware(model=model, roles=(Role.ACCESS,), ports=ports, uplinks=uplinks)


def test_the_login_in_use_stays_as_it_is_today():
    now = "hostname sw1\nusername siteauto privilege 15 secret 9 $9$new\nusername guest secret 9 $9$guest\nend\n"
    copy = "hostname sw1\nusername siteauto privilege 15 secret 9 $9$old\nusername friend secret 9 $9$friend\nend\n"
    wanted = make_wanted(IOS, now, copy, ["siteauto"])
    assert "$9$new" in wanted
    assert "$9$old" not in wanted
    assert "$9$friend" in wanted
    assert "guest" not in wanted


def test_a_login_that_the_copy_does_not_know_is_kept_too():
    now = "hostname sw1\nusername siteauto privilege 15 secret 9 $9$new\nend\n"
    assert "username siteauto" in make_wanted(IOS, now, "hostname sw1\nend\n", ["siteauto"])


def test_a_login_is_found_inside_its_section():
    now = 'config system admin\n    edit "siteauto"\n        set password ENC new\n    next\nend\n'
    copy = 'config system admin\n    edit "siteauto"\n        set password ENC old\n    next\n    edit "x"\n    next\nend\n'
    wanted = make_wanted(FORTIOS, now, copy, ["siteauto"])
    assert "ENC new" in wanted
    assert "ENC old" not in wanted
    assert 'edit "x"' in wanted


def test_lines_that_a_device_never_shows_stay():
    now = "hostname sw1\nsnmp-server user monitor NETWORK v3 auth sha x priv aes 128 y\nend\n"
    assert "snmp-server user monitor" in make_wanted(IOS, now, "hostname sw1\nend\n", [])


def test_ports_are_mapped_by_what_they_are_for():
    old = box("A", ("Gi1/0/1", "Gi1/0/2", "Te1/1/1"), ("Te1/1/1",))
    new = box("B", ("Gi1/0/1", "Te1/0/2", "Twe1/1/1"), ("Twe1/1/1",))
    assert map_ports(old, new) == {"Te1/1/1": "Twe1/1/1", "Gi1/0/1": "Gi1/0/1", "Gi1/0/2": "Te1/0/2"}


def test_a_smaller_box_has_no_counterpart_of_the_last_ports():
    assert map_ports(box("A", ("1", "2", "3"), ()), box("B", ("1", "2"), ())) == {"1": "1", "2": "2"}


def test_names_change_places_in_one_go_and_longer_names_are_no_prefixes():
    text = "interface Gi1/0/1\ninterface Gi1/0/11\ninterface Gi1/0/2\ninterface Gi1/0/1.10\n"
    swapped = rename_ports(text, {"Gi1/0/1": "Gi1/0/2", "Gi1/0/2": "Gi1/0/1"})
    assert swapped == "interface Gi1/0/2\ninterface Gi1/0/11\ninterface Gi1/0/1\ninterface Gi1/0/2.10\n"


def test_another_version_than_the_copys_is_told():
    (told,) = version_notes(record("17.09.04a"), "17.12.04")
    assert "made on version 17.09.04a, this box runs 17.12.04" in told
    assert version_notes(record("17.12.04"), "17.12.04") == version_notes(record(""), "17.12.04") == ()


def record(version):
    return CopyRecord(
        site="s",
        device="d",
        platform="p",
        file="f",
        at="",
        fingerprint="",
        lines=1,
        sections=1,
        size=1,
        version=version,
    )
