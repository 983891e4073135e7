"""Typing set commands on Junos: in hierarchies, over entries, on things that are switched off."""

import pytest

from siteauto.core.config import ConfigSession, ConfigTree, apply, diff, explain, normalise, parse, remediate, to_text
from siteauto.platforms.juniper_junos import CONFIG

START = """\
system {
    host-name sw1;
    services {
        ssh {
            root-login deny;
        }
    }
}
interfaces {
    ge-0/0/1 {
        unit 0 {
            family inet {
                address 10.0.0.1/24;
            }
        }
    }
}
firewall {
    filter f {
        term a;
        term b;
        term c;
    }
}
"""


def typed(*lines: str, start: str = START) -> str:
    return to_text(apply(normalise(CONFIG, start), lines))


def test_text_is_printed_as_it_was_read():
    assert to_text(parse(CONFIG, START)) == START


def test_lines_go_into_the_hierarchy_that_was_edited():
    session = ConfigSession(tree=parse(CONFIG, START))
    for line in ("edit interfaces ge-0/0/1", "set description desk", "edit unit 0 family inet"):
        session = session.type(line)
    assert session.section == ("interfaces", "ge-0/0/1", "unit 0", "family inet")
    session = session.type("set address 10.0.0.2/24").type("delete address 10.0.0.1/24").type("up 2")
    assert session.section == ("interfaces", "ge-0/0/1")
    session = session.type("top").type("set system host-name sw2")
    assert session.tree.find("interfaces", "ge-0/0/1", "unit 0", "family inet", "address 10.0.0.2/24")
    assert not session.tree.find("interfaces", "ge-0/0/1", "unit 0", "family inet", "address 10.0.0.1/24")
    assert session.tree.find("interfaces", "ge-0/0/1", "description desk")
    assert session.tree.find("system", "host-name sw2")


def test_a_hierarchy_may_be_edited_before_it_is_there():
    session = ConfigSession(tree=ConfigTree(rules=CONFIG))
    for line in ("edit vlans corp", "set vlan-id 10", "exit", "exit", "exit", "set system host-name a"):
        session = session.type(line)
    assert (
        to_text(session.tree) == "vlans {\n    corp {\n        vlan-id 10;\n    }\n}\nsystem {\n    host-name a;\n}\n"
    )


def test_a_text_of_several_lines_is_one_value():
    session = ConfigSession(tree=ConfigTree(rules=CONFIG)).type('set system login message "one')
    assert session.in_text
    session = session.type('two"')
    assert not session.in_text
    assert session.tree.find("system", "login", 'message "one\ntwo"')


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("delete system host-name", "services"),
        ("delete system host-name sw1", "services"),
        ("delete system services ssh root-login", "host-name sw1"),  # what holds nothing any more goes
        ("delete system nonsense", "host-name sw1"),
    ],
)
def test_delete(line: str, left: str):
    assert left in typed(line)
    assert line.removeprefix("delete system ").rpartition(" ")[2] not in typed(line)


def test_an_entry_stays_when_the_last_in_it_goes():
    assert "unit 0;" in typed("delete interfaces ge-0/0/1 unit 0 family inet")
    assert "ge-0/0/1;" in typed("delete interfaces ge-0/0/1 unit")


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("insert firewall filter f term c before term a", "cab"),
        ("insert firewall filter f term a after term b", "bac"),
        ("insert firewall filter f term a before term x", "abc"),
        ("insert firewall filter f term x before term a", "abc"),
        ("insert firewall filter g term a before term b", "abc"),
        ("insert firewall filter f term a", "abc"),
        ("move firewall filter f term c top", "cab"),
        ("move firewall filter f term a bottom", "bca"),
    ],
)
def test_entries_move(line: str, order: str):
    text = typed(line)
    assert "".join(sorted("abc", key=lambda name: text.index(f"term {name};"))) == order


def test_entries_move_in_turn():
    lines = [f"insert firewall filter f term {name} before term a" for name in "bc"]
    assert typed(*lines, "set system host-name x").index("term b") < typed(*lines).index("term c")


def test_what_is_switched_off_keeps_its_values():
    text = typed("deactivate system host-name", "set system host-name sw9", "deactivate interfaces ge-0/0/1")
    assert "inactive: host-name sw9;" in text
    assert "inactive: ge-0/0/1 {" in text
    assert "inactive" not in typed("activate system host-name", "activate interfaces ge-0/0/1", start=text)
    assert "inactive" not in typed("deactivate system nonsense")


def test_of_two_hashes_of_unknown_passwords_nobody_can_tell():
    one, other = (f'set system root-authentication encrypted-password "$6$salt${end}"' for end in ("abc", "abd"))
    running, intended = normalise(CONFIG, one), normalise(CONFIG, other)
    assert [item.word for item in diff(running, intended).differences] == ["cannot-tell"]
    assert "abd" not in "".join(explain(diff(running, intended)))
    assert not remediate(running, intended).commands


def test_lists_keep_their_values_while_some_go():
    start = "set policy-options policy-statement p term t from protocol [ bgp ospf static ]"
    assert "protocol [ bgp static ];" in typed(
        "delete policy-options policy-statement p term t from protocol ospf", start=start
    )
    assert "protocol" not in typed("delete policy-options policy-statement p term t from protocol", start=start)
