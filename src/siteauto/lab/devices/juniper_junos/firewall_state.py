"""What an SRX lets through and what it takes itself, from its zones and policies."""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network

from siteauto.core.config import ConfigTree
from siteauto.lab.devices.juniper_junos.reading import Children, entries, has, several, under, value
from siteauto.lab.state import FilterRule, Service

ANYWHERE = IPv4Network("0.0.0.0/0")


class Inbound:
    """Which services the box answers on which interface: its own setting, else its zone's."""

    def __init__(self, tree: ConfigTree) -> None:
        self._taken: dict[str, frozenset[str]] = {}
        for _, zone in entries(under(tree, "security", "zones"), "security-zone"):
            common = several(under(zone, "host-inbound-traffic"), "system-services")
            for interface, lines in entries(under(zone, "interfaces")):
                own = several(under(lines, "host-inbound-traffic"), "system-services")
                self._taken[interface] = frozenset(own or common)

    def takes(self, interface: str, service: str) -> bool:
        """Whether it answers; an interface in no zone answers nothing."""
        taken = self._taken.get(interface, frozenset())
        return service in taken or "all" in taken


def filter_rules(tree: ConfigTree) -> tuple[FilterRule, ...]:
    """The policies in the order in which they are looked at: those of a pair of zones, then the global ones."""
    return (*_pair_rules(tree), *_global_rules(tree))


def _pair_rules(tree: ConfigTree) -> Iterator[FilterRule]:
    for node in under(tree, "security", "policies").values():
        words = node.line.split()
        if words[0] == "from-zone" and len(words) > 3:
            for _, policy in entries(node.children, "policy"):
                yield _rule(tree, policy, (words[1],), (words[3],))


def _global_rules(tree: ConfigTree) -> Iterator[FilterRule]:
    for _, policy in entries(under(tree, "security", "policies", "global"), "policy"):
        match = under(policy, "match")
        yield _rule(tree, policy, several(match, "from-zone"), several(match, "to-zone"))


def _rule(tree: ConfigTree, policy: Children, sources: tuple[str, ...], destinations: tuple[str, ...]) -> FilterRule:
    match = under(policy, "match")
    applications = several(match, "application")
    return FilterRule(
        source_ports=_ports(tree, sources),
        destination_ports=_ports(tree, destinations),
        sources=tuple(_networks(tree, several(match, "source-address"))),
        destinations=tuple(_networks(tree, several(match, "destination-address"))),
        ping=any(_is_ping(tree, name) for name in applications),
        accept=has(under(policy, "then"), "permit"),
        services=_services(tree, applications),
    )


def _ports(tree: ConfigTree, zones: Iterable[str]) -> frozenset[str]:
    """The interfaces of zones, a port by its own name; empty: any."""
    found: set[str] = set()
    for zone in zones:
        if zone == "any":
            return frozenset()
        found |= {name.removesuffix(".0") if not name.startswith("irb") else name for name in _members(tree, zone)}
    return frozenset(found or {"none"})


def _members(tree: ConfigTree, zone: str) -> Iterator[str]:
    return (name for name, _ in entries(under(tree, "security", "zones", "security-zone", zone, "interfaces")))


def _networks(tree: ConfigTree, names: Iterable[str]) -> Iterator[IPv4Network]:
    for name in names:
        if name in ("any", "any-ipv4"):
            yield ANYWHERE
        for book, lines in entries(under(tree, "security"), "address-book"):
            if book == "global":
                yield from _named(tree, lines, name)


def _named(tree: ConfigTree, book: Children, name: str) -> Iterator[IPv4Network]:
    address = under(book, "address", name)
    found = [one for one, _ in entries(address)] or [
        words[2] for node in book.values() if (words := node.line.split())[:2] == ["address", name] and len(words) > 2
    ]
    yield from (IPv4Network(one) for one in found)
    group = under(book, "address-set", name)
    yield from _networks(tree, (*several(group, "address"), *several(group, "address-set")))


def _services(tree: ConfigTree, names: Iterable[str]) -> tuple[Service, ...] | None:
    found: list[Service] = []
    for name in names:
        if name == "any":
            return None
        for protocol, ports in _parts(tree, name):
            first, _, last = ports.partition("-")
            if protocol in ("tcp", "udp"):
                found.append(Service(protocol=protocol, first=int(first or 0), last=int(last or first or 65535)))
    return tuple(found)


def _parts(tree: ConfigTree, name: str) -> Iterator[tuple[str, str]]:
    """Protocol and destination ports of an application, or of each of its terms."""
    lines = under(tree, "applications", "application", name)
    if has(lines, "protocol"):
        yield value(lines, "protocol"), value(lines, "destination-port")
    for _, term in entries(lines, "term"):
        yield value(term, "protocol"), value(term, "destination-port")


def _is_ping(tree: ConfigTree, name: str) -> bool:
    return name in ("any", "junos-ping", "junos-icmp-all") or any(part[0] == "icmp" for part in _parts(tree, name))
