"""What a box's running configuration makes of it for the others: ports, VLANs, addresses, routes."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from siteauto.core.config import ConfigTree
from siteauto.core.config.tree import Node
from siteauto.core.platform_spec import Hardware
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState, PortState, RouteState, VlanInterfaceState

ANY_VLAN = frozenset(range(1, 4095))


def read_state(spec: DeviceSpec, hardware: Hardware, tree: ConfigTree, *, software: str) -> DeviceState:
    """The box as the others meet it. It has one address and routes for nobody."""
    lines = lines_of(tree)
    interfaces = tuple(_vlan_interfaces(tree))
    addresses = tuple(one.address.ip for one in interfaces if one.address is not None and one.admin_up)
    return DeviceState(
        name=spec.name,
        hostname=next((line.split()[1] for line in lines if line.startswith("hostname ")), "switch"),
        model=spec.model,
        serial=spec.serial,
        base_mac=spec.base_mac,
        system_description=software,
        ports=tuple(_ports(spec, hardware, tree)),
        vlans=frozenset(vlans(tree)),
        vlan_interfaces=interfaces,
        routes=tuple(_routes(lines)),
        capabilities=("bridge", "router"),
        lldp="no lldp" not in lines,
        logins=addresses if "ssh server vrf default" in lines else (),
    )


def vlans(tree: ConfigTree) -> Iterator[int]:
    """The VLANs that exist and are not shut. VLAN 1 always is."""
    yield 1
    for node in tree.children.values():
        header = re.fullmatch(r"vlan (\d+)", node.line)
        if header and "shutdown" not in lines_in(node):
            yield int(header[1])


def expand_vlans(text: str) -> frozenset[int]:
    """The numbers of a list like 10,20-22."""
    spans = (part.partition("-") for part in text.split(","))
    return frozenset(vlan for first, _, last in spans for vlan in range(int(first), int(last or first) + 1))


def lines_of(tree: ConfigTree) -> frozenset[str]:
    """The lines of the top level."""
    return frozenset(node.line for node in tree.children.values())


def lines_in(node: Node | None) -> frozenset[str]:
    """The lines of a section."""
    return frozenset(child.line for child in node.children.values()) if node is not None else frozenset()


def rest(lines: frozenset[str], start: str) -> str:
    """What follows these words in the line that starts with them."""
    return next((line[len(start) + 1 :] for line in lines if line.startswith(f"{start} ")), "")


def port_mac(base: str, number: int) -> str:
    """The address of the box's port of this number; 0 is the box's own."""
    value = int(base.replace(":", ""), 16) + number
    return ":".join(f"{value:012x}"[i : i + 2] for i in range(0, 12, 2))


def _ports(spec: DeviceSpec, hardware: Hardware, tree: ConfigTree) -> Iterator[PortState]:
    for number, name in enumerate(hardware.ports, start=1):
        lines = lines_in(tree.find(f"interface {name}"))
        native, allowed = rest(lines, "vlan trunk native"), rest(lines, "vlan trunk allowed")
        routed = "routing" in lines
        yield PortState(
            name=name,
            admin_up="shutdown" not in lines,
            mac=port_mac(spec.base_mac, number),
            mode="routed" if routed else "trunk" if native or allowed else "access",
            access_vlan=int(rest(lines, "vlan access") or 1),
            native_vlan=int(native.removesuffix(" tag") or 1),
            allowed=expand_vlans(allowed) if allowed[:1].isdigit() else ANY_VLAN,
            address=_address(lines) if routed else None,
            description=rest(lines, "description"),
            lldp="no lldp transmit" not in lines,
            poe=name in hardware.poe and "no power-over-ethernet" not in lines,
        )


def _vlan_interfaces(tree: ConfigTree) -> Iterator[VlanInterfaceState]:
    for node in tree.children.values():
        header = re.fullmatch(r"interface vlan (\d+)", node.line)
        if header:
            lines = lines_in(node)
            yield VlanInterfaceState(
                vlan_id=int(header[1]),
                admin_up="shutdown" not in lines,
                address=_address(lines),
                name=f"vlan{header[1]}",
            )


def _routes(lines: frozenset[str]) -> Iterator[RouteState]:
    for line in sorted(lines):
        words = line.split()
        if words[:2] == ["ip", "route"] and len(words) == 4:
            yield RouteState(prefix=IPv4Network(words[2]), next_hop=IPv4Address(words[3]))


def _address(lines: frozenset[str]) -> IPv4Interface | None:
    found = [line for line in lines if re.fullmatch(r"ip address \S+/\d+", line)]
    return IPv4Interface(found[0].split()[2]) if found else None
