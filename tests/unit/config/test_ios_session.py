"""Typing into an IOS configuration: sections, lists, access lists, negation, defaults."""

import pytest

from siteauto.core.config import ConfigSession, apply, parse, to_text
from siteauto.platforms.cisco_ios import CONFIG

RUNNING = """\
hostname sw1
!
vlan 10
 name corp
!
interface GigabitEthernet1/0/1
 description to fw1
 switchport trunk allowed vlan 10,20
 switchport mode trunk
!
interface GigabitEthernet1/0/2
 shutdown
!
interface Vlan10
 ip address 10.0.10.1 255.255.255.0
!
no ip http server
!
ip access-list extended EDGE
 10 permit tcp any any eq 22
 20 deny   ip any any
!
end
"""


def typed(*lines: str) -> str:
    return to_text(apply(parse(CONFIG, RUNNING), lines))


def test_what_a_device_prints_comes_back_unchanged():
    assert to_text(parse(CONFIG, RUNNING)) == RUNNING


def test_lines_typed_in_any_order_are_printed_in_the_order_of_the_device():
    text = to_text(parse(CONFIG, "ntp server 10.0.0.1\ninterface Vlan20\ninterface gi1/0/3\nhostname x\nvlan 20\n"))
    starts = [line for line in text.splitlines() if line != "!"]
    assert starts == [
        "hostname x",
        "vlan 20",
        "interface GigabitEthernet1/0/3",
        "interface Vlan20",
        "ntp server 10.0.0.1",
        "end",
    ]


@pytest.mark.parametrize(
    ("lines", "holds", "lacks"),
    [
        (("interface gi1/0/1", "description new"), " description new", " description to fw1"),
        (("interface Gi1/0/1", "no description"), "", "description"),
        (("interface Gi1/0/1", "no description whatever"), "", "description"),
        (("interface Gi1/0/1", "switchport trunk allowed vlan add 30,31,32"), "vlan 10,20,30-32", ""),
        (("interface Gi1/0/1", "switchport trunk allowed vlan remove 20"), "vlan 10\n", "vlan 10,20"),
        (("interface Gi1/0/1", "no switchport trunk allowed vlan 20"), "", "allowed vlan"),
        (("interface Gi1/0/1", "switchport trunk allowed vlan all"), "", "allowed vlan"),
        (("interface Gi1/0/1", "switchport trunk allowed vlan except 1-4000"), "vlan 4001-4094", ""),
        (("interface Gi1/0/1", "switchport trunk allowed vlan none"), "allowed vlan none", ""),
        (("interface range Gi1/0/1 - 2", "no shutdown", "mtu 9000"), " mtu 9000", " shutdown"),
        (("default interface Gi1/0/1",), "interface GigabitEthernet1/0/1\n!", "to fw1"),
        (("no interface Vlan10",), "", "interface Vlan10"),
        (("no vlan 10",), "", "corp"),
        (("no interface GigabitEthernet1/0/1",), "interface GigabitEthernet1/0/1\n!", "to fw1"),
        (("ip http server",), "\nip http server", "no ip http server"),
        (("no ip http secure-server",), "no ip http secure-server", ""),
        (("interface Vlan10", "no ip address"), " no ip address\n", "10.0.10.1"),
        (("interface Vlan10", "ip address 10.0.11.1 255.255.255.0 secondary"), "10.0.10.1", ""),
        (("interface Vlan10", "vrf forwarding red"), " vrf forwarding red", "10.0.10.1"),
        (("vlan 20,30",), "vlan 20\n!\nvlan 30\n", ""),
        (("ip dhcp snooping vlan 10", "ip dhcp snooping vlan 20-22"), "ip dhcp snooping vlan 10,20-22", ""),
        (("ip dhcp snooping vlan 10,20", "no ip dhcp snooping vlan 10"), "ip dhcp snooping vlan 20\n", "snooping vlan 10"),
        (("access-list 10 permit 10.0.0.1",), "ip access-list standard 10\n 10 permit 10.0.0.1", ""),
        (("ip access-list extended EDGE", "permit icmp any any"), " 30 permit icmp any any", ""),
        (("ip access-list extended EDGE", "15 permit icmp any any"), " 15 permit icmp any any\n 20 deny", ""),
        (("ip access-list extended EDGE", "no 10"), " 20 deny   ip any any", "permit tcp"),
        (("ip access-list extended EDGE", "no deny ip any any"), " 10 permit", "deny"),
        (("ip access-list extended EDGE", "30 permit tcp any any eq 22"), " 10 permit tcp", " 30 permit"),
        (("ip access-list extended EDGE", "10 permit udp any any"), " 10 permit udp", "permit tcp"),
        (("ip access-list resequence EDGE 100 5",), " 100 permit tcp any any eq 22\n 105 deny   ip any any", ""),
        (("username a privilege 15 secret 9 x", "username a privilege 15 secret 9 y"), "secret 9 y", "secret 9 x"),
        (("default hostname",), "", "hostname"),
    ],
)  # fmt: skip
def test_typing(lines: tuple[str, ...], holds: str, lacks: str):
    text = typed(*lines)
    assert holds in text
    assert not lacks or lacks not in text


def test_banner_is_one_node_whatever_its_delimiter():
    tree = apply(parse(CONFIG, ""), ["banner login #", "! not a comment", "interface Gi1/0/1", "#", "hostname x"])
    assert to_text(tree) == "hostname x\n!\nbanner login ^C\n! not a comment\ninterface Gi1/0/1\n^C\n!\nend\n"
    assert to_text(parse(CONFIG, to_text(tree))) == to_text(tree)


def test_certificate_with_a_repeated_line_is_one_node():
    text = "crypto pki certificate chain X\n certificate self-signed 01\n  3082 3082\n  3082 3082\n  \tquit\n!\nend\n"
    assert to_text(parse(CONFIG, text)) == text


@pytest.mark.parametrize(
    ("lines", "mode", "section"),
    [
        ((), "", ()),
        (("interface Gi1/0/1",), "config-if", ("interface GigabitEthernet1/0/1",)),
        (("interface Gi1/0/1", "vlan 20"), "config-vlan", ("vlan 20",)),
        (("interface Gi1/0/1", "ntp server 10.0.0.1"), "", ()),
        (("interface Gi1/0/1", "exit"), "", ()),
        (("interface Gi1/0/1", "end"), "", ()),
        (("wireless profile policy P", "vlan 20"), "config-wireless-policy", ("wireless profile policy P",)),
        (("vrf definition A", "address-family ipv4", "exit-address-family"), "config-vrf", ("vrf definition A",)),
        (
            ("router bgp 1", "address-family ipv4 vrf A", "address-family ipv4 vrf B"),
            "config-router-af",
            ("router bgp 1", "address-family ipv4 vrf B"),
        ),
        (("frobnicate x", " colour blue"), "?", ("frobnicate x",)),
        (("frobnicate x", " colour blue", "hostname y"), "", ()),
    ],
)
def test_where_a_session_stands(lines: tuple[str, ...], mode: str, section: tuple[str, ...]):
    session = ConfigSession(tree=parse(CONFIG, RUNNING))
    for line in lines:
        session = session.type(line)
    assert (session.mode, session.section) == (mode, section)


def test_a_session_leaves_the_earlier_one_as_it_was():
    first = ConfigSession(tree=parse(CONFIG, RUNNING)).type("interface Gi1/0/1")
    second = first.type("description new")
    assert "to fw1" in to_text(first.tree)
    assert "to fw1" not in to_text(second.tree)


def test_an_interface_range_is_known_as_one():
    session = ConfigSession(tree=parse(CONFIG, RUNNING)).type("interface range Gi1/0/1 - 2")
    assert session.spreads
    assert not session.type("interface Gi1/0/1").spreads
