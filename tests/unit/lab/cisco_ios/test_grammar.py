"""Which lines the box takes, and where it says that one goes wrong."""

import pytest

from siteauto.lab.devices.cisco_ios.parameters import accepts
from siteauto.lab.grammar import Match, Refusal, compile_grammar, match, next_words

GRAMMAR = compile_grammar(
    """
    # a comment
    hostname <name>
    interface <interface> > interface
    ip address <ip> <mask>
    ip access-group <word> (in|out)
    ip route <ip> <mask> <ip> [<1-255>]
    description <line>
    vlan <1-4094>
    username <word> privilege <0-15> secret <word> * user
    show running-config
    show run-time
    """.splitlines(),
    accepts,
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("hostname sw1", ("hostname", "sw1")),
        ("int gi1/0/1", ("interface", "GigabitEthernet1/0/1")),
        ("INTERFACE TE1/1/1", ("interface", "TenGigabitEthernet1/1/1")),
        ("ip acce MGMT in", ("ip", "access-group", "MGMT", "in")),
        ("ip route 0.0.0.0 0.0.0.0 10.0.0.1", ("ip", "route", "0.0.0.0", "0.0.0.0", "10.0.0.1")),
        ("ip route 0.0.0.0 0.0.0.0 10.0.0.1 250", ("ip", "route", "0.0.0.0", "0.0.0.0", "10.0.0.1", "250")),
        ("desc to sw2  Te1/1/1 | cable 7", ("description", "to sw2  Te1/1/1 | cable 7")),
        ("vlan 0010", ("vlan", "10")),
        ("sh runn", ("show", "running-config")),
    ],
)
def test_lines_that_it_takes_are_spelled_out(typed, words):
    found = match(GRAMMAR, typed)
    assert isinstance(found, Match)
    assert found.words == words


@pytest.mark.parametrize(
    ("typed", "kind", "column"),
    [
        ("hostnam3 x", "invalid", 7),
        ("banana", "invalid", 0),
        ("vlan 4095", "invalid", 5),
        ("vlan 0", "invalid", 5),
        ("ip address 10.0.0.1 255.0.255.0", "invalid", 20),
        ("ip access-group X sideways", "invalid", 18),
        ("interface Banana1/0/1", "invalid", 10),
        ("hostname sw1 extra", "invalid", 13),
        ("hostname", "incomplete", 0),
        ("ip", "incomplete", 0),
        ("i", "ambiguous", 0),
        ("show run", "ambiguous", 0),
    ],
)
def test_lines_that_it_refuses(typed, kind, column):
    assert match(GRAMMAR, typed) == Refusal(kind=kind, column=column)


def test_modes_and_actions_come_with_the_line():
    assert match(GRAMMAR, "interface Vlan99").mode == "interface"
    assert match(GRAMMAR, "username a privilege 15 secret b").action == "user"


def test_behind_no_a_line_may_end_anywhere():
    assert match(GRAMMAR, "ip address", prefix=True).words == ("ip", "address")
    assert isinstance(match(GRAMMAR, "ip banana", prefix=True), Refusal)


def test_help_names_what_may_stand_next():
    assert next_words(GRAMMAR, "ip ") == ("access-group", "address", "route")
    assert next_words(GRAMMAR, "ip a") == ("access-group", "address")
    assert next_words(GRAMMAR, "vlan ") == ("<1-4094>",)
    assert next_words(GRAMMAR, "vlan 10 ") == ("<cr>",)
