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
    lines = {node.line for node in tree.children.values()}
    interfaces = tuple(_vlan_interfaces(tree))
    return DeviceState(
        name=spec.name,
        hostname=next((line.split()[1] for line in lines if line.startswith("hostname ")), "switch"),
        model=spec.model,
        serial=spec.serial,
        base_mac=spec.base_mac,
        system_description=f"Cisco Nexus Operating System (NX-OS) Software {software}",
        ports=tuple(_ports(spec, hardware, tree)),
        vlans=frozenset(_vlans(tree)),
        vlan_interfaces=interfaces,
        routes=tuple(_routes(lines)),
        capabilities=("bridge", "router"),
        lldp="feature lldp" in lines,
        logins=tuple(one.address.ip for one in interfaces if one.address is not None and one.admin_up),
    )


def lines_in(node: Node | None) -> frozenset[str]:
    """The lines of a section."""
    return frozenset(child.line for child in node.children.values()) if node is not None else frozenset()


def rest(lines: frozenset[str], start: str) -> str:
    """What follows these words in the line that starts with them."""
    return next((line[len(start) + 1 :] for line in lines if line.startswith(f"{start} ")), "")


def _vlans(tree: ConfigTree) -> Iterator[int]:
    yield 1
    for node in tree.children.values():
        header = re.fullmatch(r"vlan (\d+)", node.line)
        if header and "shutdown" not in lines_in(node):
            yield int(header[1])


def _ports(spec: DeviceSpec, hardware: Hardware, tree: ConfigTree) -> Iterator[PortState]:
    base = int(spec.base_mac.replace(":", ""), 16)
    for number, name in enumerate(hardware.ports, start=1):
        lines = lines_in(tree.find(f"interface {name}"))
        mac = f"{base + number:012x}"
        yield PortState(
            name=name,
            admin_up="shutdown" not in lines,
            mac=":".join(mac[i : i + 2] for i in range(0, 12, 2)),
            mode="trunk" if "switchport mode trunk" in lines else "access",
            access_vlan=int(rest(lines, "switchport access vlan") or 1),
            native_vlan=int(rest(lines, "switchport trunk native vlan") or 1),
            allowed=_expand(rest(lines, "switchport trunk allowed vlan")),
            description=rest(lines, "description"),
            lldp="no lldp transmit" not in lines,
        )


def _expand(text: str) -> frozenset[int]:
    spans = (part.partition("-") for part in text.split(",") if part)
    return frozenset(n for first, _, last in spans for n in range(int(first), int(last or first) + 1)) or ANY_VLAN


def _vlan_interfaces(tree: ConfigTree) -> Iterator[VlanInterfaceState]:
    for node in tree.children.values():
        header = re.fullmatch(r"interface Vlan(\d+)", node.line)
        if header:
            lines = lines_in(node)
            address = rest(lines, "ip address")
            yield VlanInterfaceState(
                vlan_id=int(header[1]),
                admin_up="no shutdown" in lines,
                address=IPv4Interface(address) if address else None,
                name=f"Vlan{header[1]}",
            )


def _routes(lines: set[str]) -> Iterator[RouteState]:
    for line in sorted(lines):
        words = line.split()
        if words[:2] == ["ip", "route"]:
            yield RouteState(prefix=IPv4Network(words[2]), next_hop=IPv4Address(words[3]))
