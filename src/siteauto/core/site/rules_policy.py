"""Rules for the zone matrix, its services, and the way that operators take to the devices."""

from collections.abc import Iterable, Iterator

from siteauto.core.intent.build_firewall import ALL, INTERNET
from siteauto.core.models import Flow, Role, ServicePort, Site
from siteauto.core.site.problems import Path, Problem, Related, nearest

OPERATORS = "operators"  # the host group made from the organisation's management networks
SSH = 22


def check_services(site: Site) -> Iterator[Problem]:
    """Named services have ports where their protocol has them; 802.1X has somebody to ask."""
    for service in site.organisation.service_ports:
        if (service.protocol == "icmp") == bool(service.ports):
            what = "takes no ports" if service.ports else "needs ports"
            message = f"the service {service.name} ({service.protocol}) {what}"
            yield Problem(code="E2508", message=message, path=("services", service.name))
    if site.organisation.radius_servers:
        return
    asking = [("ssids", ssid.profile, "security") for ssid in site.ssids if ssid.security == "wpa3-enterprise"]
    asking += [("port_profiles", each.name, "kind") for each in site.port_profiles if each.kind == "edge"]
    if asking:
        yield Problem(
            code="E2509",
            message="802.1X is asked for, and the organisation has no RADIUS server",
            path=("organisation", "radius_servers"),
            related=tuple(Related(text=f"{path[1]} asks for it", path=path) for path in asking),
        )


def check_flows(site: Site) -> Iterator[Problem]:
    """Every zone, VLAN role, host group and service that the matrix names exists, and fits its side."""
    groups = [group.name for group in site.organisation.host_groups]
    services = [service.name for service in site.organisation.service_ports]
    for flow in site.flows:
        path: Path = ("flows", flow.name)
        yield from _check_side(flow.source, flow.source_roles, flow.source_hosts, (*path, "from"), site)
        yield from _check_side(flow.destination, flow.destination_roles, flow.destination_hosts, (*path, "to"), site)
        for key, names in (("from_hosts", flow.source_hosts), ("to_hosts", flow.destination_hosts),
                           ("except_hosts", flow.except_hosts)):  # fmt: skip
            yield from _unknown(names, groups, (*path, key), code="E2503", what="host group")
        yield from _unknown(flow.services, [*services, ALL], (*path, "services"), code="E2504", what="service")
        if flow.source == INTERNET == flow.destination:
            yield Problem(code="E2507", message=f"the flow {flow.name} is from the internet to itself", path=path)
        if not flow.services:
            yield Problem(code="E2504", message=f"the flow {flow.name} allows no service", path=(*path, "services"))


def _check_side(zone: str, roles: tuple[str, ...], hosts: tuple[str, ...], path: Path, site: Site) -> Iterator[Problem]:
    side = path[-1]
    inside = {subnet.zone for subnet in site.subnets if subnet.has_addresses} - {""}
    if zone not in inside | {INTERNET}:
        yield Problem(
            code="E2501",
            message=f"the flow {path[1]} names the zone {zone}, in which no VLAN of the site is",
            path=path,
            help=nearest(zone, [*sorted(inside), INTERNET]),
        )
        return
    in_zone = [subnet.role for subnet in site.subnets if subnet.zone == zone and subnet.has_addresses]
    yield from _unknown(roles, in_zone, (*path[:-1], f"{side}_vlans"), code="E2502", what=f"VLAN role of {zone}")
    if hosts and zone != INTERNET:
        message = f"the flow {path[1]} names hosts in {zone}: host groups are outside the site, in {INTERNET}"
        yield Problem(code="E2507", message=message, path=(*path[:-1], f"{side}_hosts"))


def _unknown(names: Iterable[str], known: list[str], path: Path, *, code: str, what: str) -> Iterator[Problem]:
    for place, name in enumerate(names):
        if name not in known:
            message = f"the flow {path[1]} names {name}, which is no {what}"
            yield Problem(code=code, message=message, path=(*path, place), help=nearest(name, known))


def check_management(site: Site) -> Iterator[Problem]:
    """Operators come in from the internet side: without a flow for SSH the next change would lock them out."""
    yield from _check_operators(site)
    if not any(device.role is Role.FIREWALL for device in site.devices):
        return
    zones = {subnet.zone: subnet.role for subnet in site.subnets if _holds_devices(subnet.role, site)}
    for zone, role in zones.items():
        if not any(_lets_operators_in(flow, zone, role, site) for flow in site.flows):
            yield Problem(
                code="E2506",
                message=f"no flow lets the operators reach {role} by SSH: its devices would be cut off",
                path=("flows",),
                help=f"add a flow from {INTERNET} to {zone}, from_hosts [{OPERATORS}], services [ssh]",
                at_key=True,
            )


def _check_operators(site: Site) -> Iterator[Problem]:
    """Somebody may log in to every device."""
    if not site.organisation.management_networks:
        message = "management_networks is empty: nobody could log in to any device"
        yield Problem(code="E2510", message=message, path=("organisation", "management_networks"))
        return
    for device in site.devices:
        if not site.settings(device.name).organisation.management_networks:
            message = f"management_networks of {device.short} is empty: nobody could log in to it"
            path: Path = ("devices", device.short, "organisation", "management_networks")
            yield Problem(code="E2510", message=message, path=path)


def _holds_devices(role: str, site: Site) -> bool:
    network = site.subnet(role).network
    return network is not None and any(
        device.address.ip in network for device in site.devices if device.role is not Role.AP
    )


def _lets_operators_in(flow: Flow, zone: str, role: str, site: Site) -> bool:
    known = {service.name: service for service in site.organisation.service_ports}
    return (
        flow.source == INTERNET
        and flow.destination == zone
        and (not flow.source_hosts or OPERATORS in flow.source_hosts)
        and (not flow.destination_roles or role in flow.destination_roles)
        and OPERATORS not in flow.except_hosts
        and any(name == ALL or (name in known and _covers_ssh(known[name])) for name in flow.services)
    )


def _covers_ssh(service: ServicePort) -> bool:
    if service.protocol != "tcp":
        return False
    spans = (ports.partition("-") for ports in service.ports)
    return any(int(first) <= SSH <= int(last or first) for first, _, last in spans)
