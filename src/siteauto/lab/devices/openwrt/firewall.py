"""What fw4 makes of the package `firewall`: who may talk to the box, what passes between zones, what is translated.

As in firewall4's fw4.uc and ruleset.uc: rules from any zone come before those of a zone, then forwardings, then what a
zone does between its own networks, then the default. A rule that names a zone which is not there is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import IPv4Network

from siteauto.core.config import ConfigTree
from siteauto.lab.devices.openwrt.sections import Section, sections
from siteauto.lab.state import FilterRule, Service

ANYWHERE = (IPv4Network("0.0.0.0/0"),)
ANY_ZONE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Firewall:
    """The firewall of a box. `devices` are the kernel's names of its logical interfaces."""

    tree: ConfigTree
    devices: dict[str, str]

    @property
    def zones(self) -> dict[str, Section]:
        """The zones, by name."""
        return {one.get("name"): one for one in sections(self.tree, "firewall", "zone")}

    def members(self, zone: str) -> frozenset[str]:
        """The kernel's interfaces in a zone; empty for any zone."""
        if zone == ANY_ZONE:
            return frozenset()
        names = self.zones[zone].list("network")
        return frozenset(self.devices[name] for name in names if name in self.devices) or frozenset({"none"})

    def _policy(self, what: str) -> str:
        defaults = next(iter(sections(self.tree, "firewall", "defaults")), None)
        return (defaults.get(what) if defaults else "").upper() or "DROP"

    # ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def rules(self) -> Iterator[Section]:
        """The rules that are loaded."""
        for one in sections(self.tree, "firewall", "rule"):
            named = [zone for zone in (one.get("src"), one.get("dest")) if zone and zone != ANY_ZONE]
            if one.is_on("enabled", default=True) and all(zone in self.zones for zone in named):
                yield one

    def translations(self) -> Iterator[Section]:
        """The rules for source NAT that are loaded."""
        for one in sections(self.tree, "firewall", "nat"):
            if one.is_on("enabled", default=True) and one.get("src") in (*self.zones, ANY_ZONE, ""):
                yield one

    def takes(self, device: str, protocol: str, port: int = 0) -> bool:
        """Whether the box takes this from somebody behind an interface."""
        zone = next((name for name in self.zones if device in self.members(name)), "")
        for one in self.rules():
            if not one.get("dest") and one.get("src") in (ANY_ZONE, zone or ANY_ZONE) and _fits(one, protocol, port):
                return _accepts(one)
        return (self.zones[zone].get("input") or self._policy("input") if zone else self._policy("input")) == "ACCEPT"

    def filter_rules(self) -> tuple[FilterRule, ...]:
        """What passes, in the order in which it is looked at."""
        written = [one for one in self.rules() if one.get("src") and one.get("dest")]
        ordered = sorted(written, key=lambda one: one.get("src") != ANY_ZONE)
        forwardings = sections(self.tree, "firewall", "forwarding")
        within = [name for name, zone in self.zones.items() if zone.get("forward").upper() == "ACCEPT"]
        everywhere = [_pass()] if self._policy("forward") == "ACCEPT" else []
        return (
            *(self._rule(one) for one in ordered),
            *(
                _pass(self.members(one.get("src")), self.members(one.get("dest")))
                for one in forwardings
                if {one.get("src"), one.get("dest")} <= {*self.zones, ANY_ZONE}
            ),
            *(_pass(self.members(name), self.members(name)) for name in within),
            *everywhere,
        )

    def translated(self) -> tuple[FilterRule, ...]:
        """What leaves with another source address: by rules of its own, or by a zone that does it for all."""
        zones = [name for name, zone in self.zones.items() if zone.is_on("masq")]
        return (
            *(
                replace(
                    _pass(destinations=self.members(one.get("src") or ANY_ZONE)),
                    sources=_networks(one, "src_ip"),
                    destinations=_networks(one, "dest_ip"),
                    accept=not _accepts(one),  # a rule that accepts leaves the address as it is
                )
                for one in self.translations()
            ),
            *(_pass(destinations=self.members(name)) for name in zones),
        )

    def _rule(self, one: Section) -> FilterRule:
        protocols = _protocols(one)
        everything = "all" in protocols
        return FilterRule(
            source_ports=self.members(one.get("src")),
            destination_ports=self.members(one.get("dest")),
            sources=_networks(one, "src_ip"),
            destinations=_networks(one, "dest_ip"),
            ping=_fits(one, "icmp"),
            accept=_accepts(one),
            services=None if everything else tuple(_services(one, protocols)),
        )


def _pass(sources: frozenset[str] = frozenset(), destinations: frozenset[str] = frozenset()) -> FilterRule:
    return FilterRule(
        source_ports=sources,
        destination_ports=destinations,
        sources=ANYWHERE,
        destinations=ANYWHERE,
        ping=True,
        accept=True,
    )


def _networks(rule: Section, option: str) -> tuple[IPv4Network, ...]:
    return tuple(map(IPv4Network, rule.list(option))) or ANYWHERE


def _accepts(rule: Section) -> bool:
    return rule.get("target").upper() == "ACCEPT"


def _protocols(rule: Section) -> tuple[str, ...]:
    words = {"": "tcp udp", "tcpudp": "tcp udp", "any": "all", "*": "all"}
    given = " ".join(rule.list("proto")).lower()
    return tuple(words.get(given, given).split())


def _services(rule: Section, protocols: tuple[str, ...]) -> Iterator[Service]:
    for protocol in protocols:
        for ports in _ports(rule) or ("0-65535",):
            first, _, last = ports.partition("-")
            if protocol in ("tcp", "udp"):
                yield Service(protocol=protocol, first=int(first), last=int(last or first))


def _ports(rule: Section) -> tuple[str, ...]:
    return tuple(" ".join(rule.list("dest_port")).split())


def _fits(rule: Section, protocol: str, port: int = 0) -> bool:
    protocols = _protocols(rule)
    if "all" in protocols:
        return True
    if protocol == "icmp":
        return "icmp" in protocols and (not rule.list("icmp_type") or "echo-request" in rule.list("icmp_type"))
    wanted = _services(rule, protocols)
    return any(one.protocol == protocol and one.first <= port <= one.last for one in wanted)


# ── as the kernel shows it ───────────────────────────────────────────────────────────────────────────────────────────


def ruleset(firewall: Firewall) -> Iterator[str]:
    """`nft list table inet fw4`, cut to the chains that hold rules of the configuration."""
    yield "table inet fw4 {"
    chains = {"input": "input", "forward": "forward"} | {
        f"{verb}_{zone}": zone for zone in firewall.zones for verb in ("input", "forward")
    }
    for chain in chains:
        yield f"\tchain {chain} {{"
        yield from (_as_listed(one) for one in firewall.rules() if _chain(one) == chain)
        yield from ("\t}", "")
    for zone in firewall.zones:
        yield f"\tchain srcnat_{zone} {{"
        for one in firewall.translations():
            if one.get("src") == zone:
                verb = one.get("target", "masquerade").lower().replace("snat", f"snat ip to {one.get('snat_ip')}")
                yield f'\t\t{_match(one)}counter packets 0 bytes 0 {verb} comment "!fw4: {one.get("name")}"'
        yield from ("\t}", "")
    yield "}"


def _chain(rule: Section) -> str:
    verb = "forward" if rule.get("dest") else "input"
    return verb if rule.get("src") == ANY_ZONE else f"{verb}_{rule.get('src')}"


def _match(rule: Section) -> str:
    sides = (("saddr", rule.list("src_ip")), ("daddr", rule.list("dest_ip")))
    told = "".join(f"ip {side} {_set(networks)} " for side, networks in sides if networks)
    return told or ("meta nfproto ipv4 " if rule.get("family") == "ipv4" else "")


def _set(values: tuple[str, ...]) -> str:
    values = tuple(value.removesuffix("/32") for value in values)
    return values[0] if len(values) == 1 else f"{{ {', '.join(values)} }}"


def _as_listed(rule: Section) -> str:
    verdict, dest, name = rule.get("target").lower(), rule.get("dest"), rule.get("name")
    protocol = _protocols(rule)[0]
    ports = f"{protocol} dport {_set(_ports(rule))} " if _ports(rule) else ""
    ping = "icmp type echo-request " if protocol == "icmp" else ""
    log = f'log prefix "{name}: " ' if rule.is_on("log") else ""
    end = f"jump {verdict}_to_{dest}" if dest and dest != ANY_ZONE else verdict
    return f'\t\t{_match(rule)}{ports}{ping}counter packets 0 bytes 0 {log}{end} comment "!fw4: {name}"'
