"""Configurations of a given length in the shapes that comparers find hard, each with a changed copy of itself."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One kind of configuration and what is changed in it."""

    name: str
    platform: str
    texts: Callable[[int], tuple[str, str]]  # lines -> running, intended


def realistic(lines: int) -> tuple[str, str]:
    """A switch that is also a router: interfaces, VLANs, access lists, routes, BGP. About 6 % of its lines change."""
    return _text(_switch(lines, random.Random(1), changed=0)), _text(_switch(lines, random.Random(1), changed=6))


def _switch(lines: int, dice: random.Random, *, changed: int) -> Iterator[str]:
    unit = max(1, lines // 100)  # of every hundred lines: 60 interfaces, 10 VLANs, 15 entries, 10 routes, 5 BGP

    def differs() -> bool:
        return dice.randrange(100) < changed

    yield "hostname sw1"
    for number in range(unit * 5):
        yield f"vlan {number % 4000 + 2}"
        yield f" name {'other' if differs() else 'vlan'}-{number}"
    for number in range(unit * 10):
        yield f"interface GigabitEthernet{number // 2400 + 1}/{number // 48 % 50}/{number % 48 + 1}"
        yield f" description {'new' if differs() else 'desk'} {number}"
        yield f" switchport access vlan {number % 200 + (300 if differs() else 2)}"
        yield " switchport mode access"
        yield " spanning-tree portfast"
        yield " spanning-tree bpduguard enable"
    for number in range(unit * 15):
        if number % 75 == 0:
            yield f"ip access-list extended LIST{number // 75}"
        port = 9000 + number if differs() else 1000 + number % 5000
        yield f" {number % 75 * 10 + 10} permit tcp 10.{number % 200}.0.0 0.0.255.255 any eq {port}"
    yield "router bgp 65001"
    for number in range(unit * 5):
        yield f" neighbor 10.9.{number // 250}.{number % 250} remote-as {65002 + (1 if differs() else 0)}"
    for number in range(unit * 10):
        yield f"ip route 10.{number // 250}.{number % 250}.0 255.255.255.0 10.0.0.{9 if differs() else 1}"


def access_list(lines: int) -> tuple[str, str]:
    """One access list without numbers, and one entry more at its top."""
    entries = [
        f" permit tcp 10.{number // 250 % 250}.{number % 250}.0 0.0.0.255 any eq {number % 9999 + 1}"
        for number in range(lines)
    ]
    header = "ip access-list extended BIG"
    return _text([header, *entries]), _text([header, " permit icmp any any", *entries])


def routes(lines: int) -> tuple[str, str]:
    """Flat static routes; every next hop changes."""

    def each(hop: str) -> str:
        return _text(f"ip route 10.{n // 250}.{n % 250}.0 255.255.255.0 {hop}" for n in range(lines))

    return each("10.0.0.1"), each("10.0.0.2")


def addresses(lines: int) -> tuple[str, str]:
    """A FortiOS table of addresses; one of them changes."""

    def each(odd: int) -> Iterator[str]:
        yield "config firewall address"
        for number in range(lines // 4):
            yield f'    edit "host-{number}"'
            last = odd if number == lines // 8 else 1
            yield f"        set subnet 10.{number // 250}.{number % 250}.{last} 255.255.255.255"
            yield f'        set comment "Host number {number}"'
            yield "    next"
        yield "end"

    return _text(each(1)), _text(each(2))


def policies(lines: int) -> tuple[str, str]:
    """FortiOS policies in another order: the whole table shuffled."""
    numbers = list(range(1, lines // 5 + 1))
    shuffled = random.Random(2).sample(numbers, len(numbers))
    return _text(_policies(numbers)), _text(_policies(shuffled))


def _policies(numbers: list[int]) -> Iterator[str]:
    yield "config firewall policy"
    for number in numbers:
        yield f"    edit {number}"
        yield f'        set srcaddr "host-{number}"'
        yield '        set dstaddr "all"'
        yield "        set action accept"
        yield "    next"
    yield "end"


def set_lines(lines: int) -> tuple[str, str]:
    """Junos interfaces as `set` commands; one of them changes."""
    return _text(_set_lines(lines, odd="old")), _text(_set_lines(lines, odd="new"))


def _set_lines(lines: int, *, odd: str) -> Iterator[str]:
    for number in range(lines // 2):
        port = f"set interfaces ge-{number // 480}/{number // 48 % 10}/{number % 48}"
        yield f'{port} description "{odd if number == lines // 4 else "desk"} {number}"'
        yield f"{port} unit 0 family inet address 10.{number // 250}.{number % 250}.1/24"


def braces(lines: int) -> tuple[str, str]:
    """Junos interfaces in braces; one of them changes."""
    return _text(_braces(lines, _once("new"))), _text(_braces(lines, _once("old")))


def braces_all(lines: int) -> tuple[str, str]:
    """Junos interfaces in braces; the description of each changes."""
    return _text(_braces(lines, lambda _: "old")), _text(_braces(lines, lambda _: "new"))


def _once(word: str) -> Callable[[int], str]:
    return lambda number: word if number == 7 else "desk"


def _braces(lines: int, word: Callable[[int], str]) -> Iterator[str]:
    yield "interfaces {"
    for number in range(lines // 10):
        yield f"    ge-{number // 480}/{number // 48 % 10}/{number % 48} {{"
        yield f'        description "{word(number)} {number}";'
        yield "        mtu 9192;"
        yield "        unit 0 {"
        yield "            family inet {"
        yield f"                address 10.{number // 250}.{number % 250}.1/24;"
        yield "            }"
        yield "        }"
        yield "    }"
    yield "}"


def terms(lines: int) -> tuple[str, str]:
    """A Junos filter whose terms are shuffled."""
    numbers = list(range(lines // 9))
    shuffled = random.Random(2).sample(numbers, len(numbers))
    return _text(_terms(numbers)), _text(_terms(shuffled))


def _terms(numbers: list[int]) -> Iterator[str]:
    yield from ("firewall {", "    family inet {", "        filter EDGE {")
    for number in numbers:
        yield f"            term t{number} {{"
        yield "                from {"
        yield f"                    destination-address {{ 10.{number // 250}.{number % 250}.0/24; }}"
        yield "                }"
        yield "                then {"
        yield f"                    count c{number};"
        yield "                    accept;"
        yield "                }"
        yield "            }"
    yield from ("        }", "    }", "}")


def hosts(lines: int) -> tuple[str, str]:
    """Named sections of an OpenWrt package; the address in each changes."""

    def each(net: int) -> Iterator[str]:
        yield "package dhcp"
        for number in range(lines // 5):
            yield f"config host 'host{number}'"
            yield f"\toption name 'host-{number}'"
            yield f"\toption ip '10.{net}.{number // 250}.{number % 250}'"
            yield f"\toption mac '02:00:00:00:{number // 256:02x}:{number % 256:02x}'"
            yield ""

    return _text(each(1)), _text(each(2))


def firewall_rules(lines: int) -> tuple[str, str]:
    """Sections of an OpenWrt package that have no name but the option in them; the port in each changes."""

    def each(port: int) -> Iterator[str]:
        yield "package firewall"
        for number in range(lines // 6):
            yield "config rule"
            yield f"\toption name 'Allow-{number}'"
            yield "\toption src 'wan'"
            yield f"\toption dest_port '{port + number}'"
            yield "\toption target 'ACCEPT'"
            yield ""

    return _text(each(1000)), _text(each(9000))


def ports(lines: int) -> tuple[str, str]:
    """An EOS switch of many ports; about 6 % of them change."""
    return _text(_ports(lines, random.Random(1), changed=0)), _text(_ports(lines, random.Random(1), changed=6))


def _ports(lines: int, dice: random.Random, *, changed: int) -> Iterator[str]:
    yield "hostname leaf1"
    for number in range(lines // 6):
        differs = dice.randrange(100) < changed
        yield f"interface Ethernet{number // 96 + 1}/{number % 96 + 1}"
        yield f"   description {'new' if differs else 'server'} {number}"
        yield "   mtu 9214"
        yield f"   switchport trunk allowed vlan 10,20,{number % 100 + (200 if differs else 100)}"
        yield "   switchport mode trunk"
        yield "   spanning-tree portfast"


def flat_list(lines: int) -> tuple[str, str]:
    """An access list of an ASA, turned upside down: each entry has its place by number."""
    entries = [
        f"access-list OUT extended permit tcp host 10.{number // 250 % 250}.{number % 250}.1 any eq {number % 9999 + 1}"
        for number in range(lines)
    ]
    return _text(entries), _text(entries[::-1])


def shuffled_rules(lines: int) -> tuple[str, str]:
    """Sections of an OpenWrt package in another order: the whole firewall shuffled."""
    numbers = list(range(lines // 6))
    return _text(_rules(numbers)), _text(_rules(random.Random(2).sample(numbers, len(numbers))))


def _rules(numbers: list[int]) -> Iterator[str]:
    yield "package firewall"
    for number in numbers:
        yield "config rule"
        yield f"\toption name 'Allow-{number}'"
        yield "\toption src 'wan'"
        yield f"\toption dest_port '{number}'"
        yield "\toption target 'ACCEPT'"
        yield ""


def _text(lines: "Iterator[str] | list[str]") -> str:
    return "\n".join((*lines, ""))


SHAPES = (
    Shape(name="IOS switch, 6 % changed", platform="cisco_ios", texts=realistic),
    Shape(name="IOS access list, one at its top", platform="cisco_ios", texts=access_list),
    Shape(name="IOS routes, every next hop", platform="cisco_ios", texts=routes),
    Shape(name="FortiOS addresses, one changed", platform="fortinet", texts=addresses),
    Shape(name="FortiOS policies shuffled", platform="fortinet", texts=policies),
    Shape(name="Junos set lines, one changed", platform="juniper_junos", texts=set_lines),
    Shape(name="Junos braces, one changed", platform="juniper_junos", texts=braces),
    Shape(name="Junos braces, every description", platform="juniper_junos", texts=braces_all),
    Shape(name="Junos filter, terms shuffled", platform="juniper_junos", texts=terms),
    Shape(name="OpenWrt hosts, every address", platform="openwrt", texts=hosts),
    Shape(name="OpenWrt rules, every port", platform="openwrt", texts=firewall_rules),
    Shape(name="OpenWrt rules shuffled", platform="openwrt", texts=shuffled_rules),
    Shape(name="ASA access list upside down", platform="cisco_asa", texts=flat_list),
    Shape(name="EOS ports, 6 % changed", platform="arista_eos", texts=ports),
)
