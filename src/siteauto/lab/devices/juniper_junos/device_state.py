"""What a box is to the others: its ports, VLANs, addresses and routes, from what it has committed."""

import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from siteauto.core.config import ConfigTree
from siteauto.core.models import Role
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.juniper_junos.firewall_state import Inbound, filter_rules
from siteauto.lab.devices.juniper_junos.reading import Children, entries, has, several, under, value
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState, PortState, RouteState, VlanInterfaceState

DEFAULT_VLAN = 1
FIRST_MODEL_MAC = 1


def read_state(spec: DeviceSpec, hardware: Hardware, tree: ConfigTree, software: str) -> DeviceState:
    """The box as the others meet it."""
    firewall = Role.FIREWALL in hardware.roles
    inbound = Inbound(tree) if firewall else None
    vlans = vlan_ids(tree)
    ports = tuple(_port(spec, hardware, tree, name, number) for number, name in enumerate(hardware.ports))
    interfaces = tuple(_gateways(tree, vlans, inbound))
    return DeviceState(
        name=spec.name,
        hostname=value(under(tree, "system"), "host-name") or "Amnesiac",
        model=spec.model,
        serial=spec.serial,
        base_mac=spec.base_mac,
        system_description=software,
        ports=tuple(_answering(port, inbound) for port in ports),
        vlans=frozenset({DEFAULT_VLAN, *vlans.values()}),
        vlan_interfaces=interfaces,
        routes=tuple(static_routes(tree)),
        capabilities=("bridge", "router"),
        lldp=has(under(tree, "protocols"), "lldp") and not has(under(tree, "protocols", "lldp"), "disable"),
        forwards=firewall,
        filters=filter_rules(tree) if firewall else None,
        logins=tuple(_logins(tree, ports, interfaces, inbound)),
    )


def vlan_ids(tree: ConfigTree) -> dict[str, int]:
    """VLANs by name."""
    return {
        name: int(tag) for name, lines in entries(under(tree, "vlans")) if (tag := value(lines, "vlan-id")).isdigit()
    }


def members(tree: ConfigTree, lines: Children) -> frozenset[int]:
    """The VLANs of a port: names, numbers, spans, `all`."""
    vlans, found = vlan_ids(tree), set[int]()
    for word in several(under(lines, "vlan"), "members"):
        span = re.fullmatch(r"(\d+)-(\d+)", word)
        if word == "all":
            found |= set(vlans.values())
        elif span:
            found |= {tag for tag in vlans.values() if int(span[1]) <= tag <= int(span[2])}
        elif word.isdigit():
            found.add(int(word))
        else:
            found.add(vlans.get(word, DEFAULT_VLAN))
    return frozenset(found)


def port_mac(base_mac: str, number: int) -> str:
    """The address of a port: the box's own, counted on."""
    text = f"{int(base_mac.replace(':', ''), 16) + FIRST_MODEL_MAC + number:012x}"
    return ":".join(text[place : place + 2] for place in range(0, 12, 2))


def _port(spec: DeviceSpec, hardware: Hardware, tree: ConfigTree, name: str, number: int) -> PortState:
    lines = under(tree, "interfaces", name)
    switching = under(lines, "unit", "0", "family", "ethernet-switching")
    switched = has(under(lines, "unit", "0"), "family") and bool(switching)
    trunk = value(switching, "interface-mode") == "trunk"
    carried = members(tree, switching)
    voice = value(under(tree, "switch-options", "voip", "interface", f"{name}.0"), "vlan")
    address = next(iter(several(under(lines, "unit", "0", "family", "inet"), "address")), "")
    return PortState(
        name=name,
        admin_up=not has(lines, "disable"),
        mac=port_mac(spec.base_mac, number),
        mode="routed" if not switched else "trunk" if trunk else "access",
        access_vlan=next(iter(sorted(carried)), DEFAULT_VLAN),
        voice_vlan=(vlan_ids(tree).get(voice) or int(voice)) if voice else None,
        native_vlan=int(value(lines, "native-vlan-id") or 0),
        allowed=carried,
        address=IPv4Interface(address) if address else None,
        description=value(lines, "description"),
        lldp=_named(under(tree, "protocols", "lldp"), name),
        poe=name in hardware.poe and _named(under(tree, "poe"), name),
    )


def _named(lines: Children, port: str) -> bool:
    """Whether a protocol runs on this port: it is named, or all are, and it is not switched off there."""
    named = dict(entries(lines, "interface"))
    own = named.get(port, named.get(f"{port}.0"))
    return ("all" in named if own is None else True) and not has(own or {}, "disable")


def _gateways(tree: ConfigTree, vlans: Mapping[str, int], inbound: Inbound | None) -> Iterator[VlanInterfaceState]:
    """Units of irb that a VLAN names as its own."""
    carriers = {value(lines, "l3-interface"): vlans.get(name) for name, lines in entries(under(tree, "vlans"))}
    for unit, lines in entries(under(tree, "interfaces", "irb"), "unit"):
        name = f"irb.{unit}"
        address = next(iter(several(under(lines, "family", "inet"), "address")), "")
        tag = carriers.get(name)
        if tag is not None:
            yield VlanInterfaceState(
                vlan_id=tag,
                admin_up=not has(lines, "disable") and not has(under(tree, "interfaces", "irb"), "disable"),
                address=IPv4Interface(address) if address else None,
                name=name,
                answers_ping=inbound is None or inbound.takes(name, "ping"),
            )


def _answering(port: PortState, inbound: Inbound | None) -> PortState:
    if inbound is None or port.address is None or inbound.takes(f"{port.name}.0", "ping"):
        return port
    return PortState(
        name=port.name,
        admin_up=port.admin_up,
        mac=port.mac,
        mode=port.mode,
        address=port.address,
        allowed=port.allowed,
        description=port.description,
        lldp=port.lldp,
        answers_ping=False,
    )


def static_routes(tree: ConfigTree) -> Iterator[RouteState]:
    """Static routes, of one prefix the preferred next hop first."""
    for prefix, lines in entries(under(tree, "routing-options", "static"), "route"):
        hops = [(int(value(lines, "preference") or 5), hop) for hop in several(lines, "next-hop")]
        for hop, settings in entries(lines, "qualified-next-hop"):
            hops.append((int(value(settings, "preference") or 5), hop))
        for _, hop in sorted(hops, key=lambda one: one[0]):
            yield RouteState(prefix=IPv4Network(prefix), next_hop=IPv4Address(hop))


def _logins(
    tree: ConfigTree,
    ports: tuple[PortState, ...],
    interfaces: tuple[VlanInterfaceState, ...],
    inbound: Inbound | None,
) -> Iterator[IPv4Address]:
    if not has(under(tree, "system", "services"), "ssh"):
        return
    held = [(one.name, one.address) for one in interfaces if one.admin_up]
    held += [(f"{one.name}.0", one.address) for one in ports if one.admin_up]
    for name, address in held:
        if address is not None and (inbound is None or inbound.takes(name, "ssh")):
            yield address.ip
