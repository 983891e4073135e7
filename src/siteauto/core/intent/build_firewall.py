"""Gateways, zones, objects and rules of a site's firewall. Every address comes from a role; none is typed."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from siteauto.core.intent import (
    AddressGroup,
    AddressObject,
    Gateway,
    Policy,
    Port,
    Route,
    ServiceObject,
    Zone,
)
from siteauto.core.models import Flow, Role, Site, Subnet

INTERNET = "internet"
ANY = "any"
ALL = "all"
ID_STEP = 10  # leaves room to read a rule's id as its place
LAST_ID = 9999
DEFAULT_ROUTE = IPv4Network("0.0.0.0/0")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirewallIntent:
    """The part of a device's intent that only a firewall has."""

    gateways: tuple[Gateway, ...]
    routes: tuple[Route, ...]
    zones: tuple[Zone, ...]
    addresses: tuple[AddressObject, ...]
    address_groups: tuple[AddressGroup, ...]
    service_objects: tuple[ServiceObject, ...]
    policies: tuple[Policy, ...]


def build_firewall(site: Site, ports: tuple[Port, ...], *, naming: str) -> FirewallIntent:
    """The firewall's part, given its ports: those of kind `routed` are the internet. `naming` is of its gateways."""
    gateways = build_gateways(site, naming)
    policies = build_policies(site)
    used = {name for policy in policies for name in (*policy.sources, *policy.destinations)}
    return FirewallIntent(
        gateways=gateways,
        routes=_routes(site, ports),
        zones=_zones(gateways, ports),
        addresses=tuple(_addresses(site, used)),
        address_groups=tuple(
            AddressGroup(name=group.name, members=tuple(_member_names(group.name, len(group.networks))))
            for group in site.organisation.host_groups
            if group.name in used
        ),
        service_objects=_services(site, policies),
        policies=policies,
    )


def build_gateways(site: Site, naming: str) -> tuple[Gateway, ...]:
    """One routed interface for each VLAN with a subnet, by VLAN id."""
    servers = server_addresses(site)
    return tuple(
        Gateway(
            vlan_id=subnet.vlan_id,
            role=subnet.role,
            zone=subnet.zone,
            name=gateway_name(subnet, naming),
            address=subnet.gateway,
            relay_to=servers if subnet.dhcp in ("relay", "static") else (),
            management_access=subnet.role == "mgmt",
        )
        for subnet in sorted(site.subnets, key=lambda each: each.vlan_id)
        if subnet.gateway is not None
    )


def gateway_name(subnet: Subnet, naming: str) -> str:
    """The interface's name, cut to the 15 characters that firewalls allow."""
    return naming.format(vlan=subnet.vlan_id, role=subnet.role)[:15]


def server_addresses(site: Site) -> tuple[IPv4Address, ...]:
    """The addresses of the site's own servers."""
    return tuple(device.address.ip for device in site.devices if device.role is Role.SERVER)


def _routes(site: Site, ports: tuple[Port, ...]) -> tuple[Route, ...]:
    """A default route for each circuit with a fixed gateway, the first circuit preferred."""
    wan = {port.address: port.name for port in ports if port.kind == "routed" and port.address is not None}
    static = [each for each in site.circuits if each.gateway is not None and each.address in wan]
    return tuple(
        Route(prefix=DEFAULT_ROUTE, next_hop=circuit.gateway, port=wan[circuit.address], distance=place)
        for place, circuit in enumerate(static, 1)
        if circuit.gateway is not None and circuit.address is not None
    )


def _zones(gateways: tuple[Gateway, ...], ports: tuple[Port, ...]) -> tuple[Zone, ...]:
    names = dict.fromkeys(gateway.zone for gateway in gateways)
    inside = tuple(
        Zone(name=name, interfaces=tuple(gateway.name for gateway in gateways if gateway.zone == name))
        for name in names
    )
    return (*inside, Zone(name=INTERNET, interfaces=tuple(port.name for port in ports if port.kind == "routed")))


# ── objects ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _addresses(site: Site, used: set[str]) -> Iterator[AddressObject]:
    for subnet in site.subnets:
        if subnet.network is not None and _network_name(subnet.role) in used:
            yield AddressObject(name=_network_name(subnet.role), network=subnet.network)
    for group in site.organisation.host_groups:
        if group.name in used:
            names = _member_names(group.name, len(group.networks))
            for name, network in zip(names, group.networks, strict=True):
                yield AddressObject(name=name, network=network)


def _network_name(role: str) -> str:
    return f"net-{role}"


def _member_names(group: str, count: int) -> list[str]:
    return [f"{group}-{number}" for number in range(1, count + 1)]


def _services(site: Site, policies: Iterable[Policy]) -> tuple[ServiceObject, ...]:
    return _service_objects({name for policy in policies for name in policy.services}, site)


def _service_objects(names: Container[str], site: Site) -> tuple[ServiceObject, ...]:
    return tuple(
        ServiceObject(name=service.name, protocol=service.protocol, ports=service.ports)
        for service in site.organisation.service_ports
        if service.name in names
    )


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def build_policies(site: Site) -> tuple[Policy, ...]:
    """The zone matrix as ordered rules, with the rule at the end that denies the rest."""
    rules = [rule for flow in site.flows for rule in _rules(flow, site)]
    last = _Rule(flow="deny-all", source=(ANY, (ALL,)), destination=(ANY, (ALL,)), services=(ALL,), accept=False)
    numbered = [_policy(rule, ID_STEP * place, site) for place, rule in enumerate(rules, 1)]
    return (*numbered, _policy(last, max(LAST_ID, ID_STEP * (len(rules) + 1)), site))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A rule before it has its number. `source` and `destination` are a zone and its objects."""

    flow: str
    source: tuple[str, tuple[str, ...]]
    destination: tuple[str, tuple[str, ...]]
    services: tuple[str, ...]
    accept: bool = True
    nat: bool = False


def _rules(flow: Flow, site: Site) -> Iterator[_Rule]:
    source = (flow.source, _objects(flow.source, flow.source_roles, flow.source_hosts, site))
    if flow.except_hosts:
        barred = (flow.destination, flow.except_hosts)
        yield _Rule(flow=f"{flow.name}-not", source=source, destination=barred, services=(ALL,), accept=False)
    destination = (flow.destination, _objects(flow.destination, flow.destination_roles, flow.destination_hosts, site))
    yield _Rule(flow=flow.name, source=source, destination=destination, services=flow.services, nat=flow.nat)


def _objects(zone: str, roles: tuple[str, ...], hosts: tuple[str, ...], site: Site) -> tuple[str, ...]:
    """The objects of one side of a flow: named hosts, else the subnets of the zone, else everything out there."""
    if hosts:
        return hosts
    if zone == INTERNET:
        return (ALL,)
    inside = [subnet.role for subnet in site.subnets if subnet.zone == zone and subnet.network is not None]
    return tuple(_network_name(role) for role in inside if not roles or role in roles)


def _policy(rule: _Rule, number: int, site: Site) -> Policy:
    return Policy(
        id=number,
        name=rule.flow,
        source_zone=rule.source[0],
        destination_zone=rule.destination[0],
        sources=rule.source[1],
        destinations=rule.destination[1],
        services=rule.services,
        accept=rule.accept,
        nat=rule.nat,
        source_networks=_networks(rule.source[1], site),
        destination_networks=_networks(rule.destination[1], site),
        ports=_service_objects(rule.services, site),
    )


def _networks(names: tuple[str, ...], site: Site) -> tuple[IPv4Network, ...]:
    subnets = [(each.network,) for each in site.subnets if each.network and _network_name(each.role) in names]
    groups = [group.networks for group in site.organisation.host_groups if group.name in names]
    return tuple(network for networks in (*subnets, *groups) for network in networks)
