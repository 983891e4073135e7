"""What is derived in a site and never typed, by the path under which people ask for it, and what it is made from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

from siteauto.core.intent import DeviceIntent, Neighbour, Port
from siteauto.core.intent.build_firewall import server_addresses
from siteauto.core.intent.build_services import build_scopes
from siteauto.core.models import Device, Flow, Site, Subnet
from siteauto.core.site.addressing import FIRST_DHCP_HOST
from siteauto.core.site.problems import Path
from siteauto.core.site.topology import management_paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A value, how it came about, and the paths of the values that it was made from."""

    value: str
    how: str
    sources: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """A sound site and the intents of its devices."""

    site: Site
    intents: tuple[DeviceIntent, ...]


NOTHING = "none"
Rule = Callable[[SiteFacts, str], Derived | None]


def derive(facts: SiteFacts, path: Sequence[str]) -> Derived | None:
    """The derived value at this path; None: nothing is derived under that name."""
    if len(path) == 1 and path[0] in OF_SITE:
        return OF_SITE[path[0]](facts, "")
    if len(path) == 2 and path[0] == "host_groups":
        return _group(facts, path[1])
    if len(path) == 3 and (rule := RULES.get(path[0], {}).get(path[2])):
        return rule(facts, path[1])
    if len(path) == 4 and path[0] == "ports":
        return _port_value(facts, *path[1:])
    return None


def derived_keys(path: Sequence[str]) -> tuple[str, ...]:
    """The names of what is derived for the thing at this path."""
    if not path:
        return tuple(OF_SITE)
    if tuple(path) == ("host_groups",):
        return tuple(GROUP_SOURCES)
    if len(path) == 2:
        return tuple(RULES.get(path[0], ()))
    return PORT_FIELDS if len(path) == 3 and path[0] == "ports" else ()


# ── VLANs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _subnet(facts: SiteFacts, role: str) -> Derived | None:
    subnet = _find_subnet(facts.site, role)
    if subnet is None or subnet.network is None or subnet.size is None:
        return None
    how = "placed in the supernet, the largest VLAN first, around what is pinned"
    return Derived(value=str(subnet.network), how=how, sources=(("supernet",), ("vlans", role, "prefix")))


def _gateway(facts: SiteFacts, role: str) -> Derived | None:
    subnet = _find_subnet(facts.site, role)
    if subnet is None or subnet.gateway is None:
        return None
    how = f"the first address of {subnet.network}; the firewall holds it"
    return Derived(value=str(subnet.gateway), how=how, sources=_network_sources(role))


def _pool(facts: SiteFacts, role: str) -> Derived | None:
    scopes = {scope.role: scope for scope in build_scopes(facts.site, server_addresses(facts.site))}
    if role not in scopes or scopes[role].static:
        return None
    how = f"from host {FIRST_DHCP_HOST} of {scopes[role].network} to the last, so that fixed addresses stay free"
    value = f"{scopes[role].first} to {scopes[role].last}"
    return Derived(value=value, how=how, sources=(*_network_sources(role), ("vlans", role, "dhcp")))


def _network_sources(role: str) -> tuple[Path, ...]:
    return ("supernet",), ("vlans", role, "subnet"), ("vlans", role, "prefix")


def _find_subnet(site: Site, role: str) -> Subnet | None:
    return next((subnet for subnet in site.subnets if subnet.role == role), None)


# ── devices and circuits ─────────────────────────────────────────────────────────────────────────────────────────────


def _find_device(facts: SiteFacts, name: str) -> Device | None:
    return next((device for device in facts.site.devices if name in (device.short, device.name)), None)


def _name(facts: SiteFacts, short: str) -> Derived | None:
    device = _find_device(facts, short)
    if device is None:
        return None
    return Derived(value=device.name, how="the site's name and the device's key", sources=(("site",),))


def _platform(facts: SiteFacts, short: str) -> Derived | None:
    device = _find_device(facts, short)
    if device is None or device.platform is None:
        return None
    how = "the system of such a box, by the platform files"
    return Derived(value=device.platform, how=how, sources=(("devices", device.short, "model"),))


def _address(facts: SiteFacts, short: str) -> Derived | None:
    device = _find_device(facts, short)
    if device is None:
        return None
    number = int(device.address.ip) - int(device.address.network.network_address)
    how = f"host {number} of {device.address.network}"
    sources: tuple[Path, ...] = (("devices", device.short, "vlan"), ("devices", device.short, "host"), ("supernet",))
    return Derived(value=str(device.address), how=how, sources=sources)


def _path(facts: SiteFacts, short: str) -> Derived | None:
    device = _find_device(facts, short)
    path = management_paths(facts.site).get(device.name) if device else None
    if path is None:
        return None
    how = "the shortest way from the firewall along the cables; changes start at the far end"
    return Derived(value=" → ".join(path) or "the operator meets it first", how=how, sources=(("cabling",),))


def _managed_by(facts: SiteFacts, short: str) -> Derived | None:
    device = _find_device(facts, short)
    if device is None or device.managed_by is None:
        return None
    how = "the site's wireless controller"
    return Derived(value=device.managed_by, how=how, sources=(("devices", device.short, "role"),))


def _circuit_gateway(facts: SiteFacts, name: str) -> Derived | None:
    circuit = next((each for each in facts.site.circuits if each.name == name), None)
    if circuit is None or circuit.gateway is None or circuit.address is None:
        return None
    how = f"the other host of {circuit.address.network}"
    return Derived(value=str(circuit.gateway), how=how, sources=(("circuits", name, "address"),))


# ── firewall, wireless, site ─────────────────────────────────────────────────────────────────────────────────────────

GROUP_SOURCES: Mapping[str, tuple[str, ...]] = {
    "operators": ("management_networks",),
    "snmp-managers": ("snmp_managers",),
    "company-services": ("ntp_servers", "dns_servers", "syslog_hosts", "radius_servers", "tacacs_servers"),
}


def _group(facts: SiteFacts, name: str) -> Derived | None:
    group = next((each for each in facts.site.organisation.host_groups if each.name == name), None)
    if group is None or name not in GROUP_SOURCES:
        return None
    sources: tuple[Path, ...] = tuple(("organisation", key) for key in GROUP_SOURCES[name])
    return Derived(value=", ".join(map(str, group.networks)), how="gathered from the organisation", sources=sources)


def _rules(facts: SiteFacts, name: str) -> Derived | None:
    flow = next((each for each in facts.site.flows if each.name == name), None)
    firewall = next((intent for intent in facts.intents if intent.policies), None)
    if flow is None or firewall is None:
        return None
    rules = [rule for rule in firewall.policies if rule.name in (name, f"{name}-not")]
    value = "; ".join(
        f"rule {rule.id} {'accept' if rule.accept else 'deny'} {'+'.join(rule.sources)} → {'+'.join(rule.destinations)}"
        for rule in rules
    )
    return Derived(value=value, how=f"on {firewall.device.name}, in the order of the matrix", sources=_sides(flow))


def _sides(flow: Flow) -> tuple[Path, ...]:
    roles: tuple[Path, ...] = tuple(("vlans", role) for role in (*flow.source_roles, *flow.destination_roles))
    return (("flows", flow.name), *roles)


def _secret(facts: SiteFacts, key: str) -> Derived | None:
    ssid = next((each for each in facts.site.ssids if each.profile == key and each.secret), None)
    if ssid is None:
        return None
    return Derived(value=str(ssid.secret), how="every password has a name", sources=(("ssids", key, "security"),))


def _offset(facts: SiteFacts, _: str) -> Derived:
    hours = facts.site.utc_offset_hours
    return Derived(value=str(hours), how="hours from UTC in winter, by the IANA database", sources=(("timezone",),))


def _dst(facts: SiteFacts, _: str) -> Derived:
    value = "true" if facts.site.dst else "false"
    return Derived(value=value, how="whether there is summer time, by the IANA database", sources=(("timezone",),))


# ── ports ────────────────────────────────────────────────────────────────────────────────────────────────────────────

PORT_FIELDS = tuple(field.name for field in fields(Port) if field.name not in ("name", "address"))


def _port_value(facts: SiteFacts, short: str, name: str, field: str) -> Derived | None:
    device = _find_device(facts, short)
    intent = next((each for each in facts.intents if device and each.device.name == device.name), None)
    port = next((each for each in intent.ports if each.name == name), None) if intent else None
    if port is None or device is None or field not in PORT_FIELDS:
        return None
    if port.neighbour is not None or port.kind == "routed":
        return Derived(
            value=_shown(getattr(port, field)), how="what its cable leads to decides", sources=(("cabling",),)
        )
    how = f"the port has the profile {port.profile}"
    if field == "profile":
        how = "nobody says what the port is for"
    sources: tuple[Path, ...] = (("ports", device.short), ("port_profiles", port.profile))
    return Derived(value=_shown(getattr(port, field)), how=how, sources=sources)


def _shown(value: object) -> str:
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(map(str, value))
        case Neighbour():
            return f"{value.device} {value.port}"
        case _:
            return str(value)


OF_SITE: Mapping[str, Rule] = {"utc_offset_hours": _offset, "dst": _dst}
RULES: Mapping[str, Mapping[str, Rule]] = {
    "vlans": {"subnet": _subnet, "gateway": _gateway, "pool": _pool},
    "devices": {"name": _name, "platform": _platform, "address": _address, "path": _path, "managed_by": _managed_by},
    "circuits": {"gateway": _circuit_gateway},
    "flows": {"rules": _rules},
    "ssids": {"secret": _secret},
}
