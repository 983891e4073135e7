"""What a box's running configuration makes of it for the others: ports, VLANs, addresses, routes."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from siteauto.core.config import ConfigTree
from siteauto.core.config.tree import Node
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.cisco_ios.parameters import expand_vlans
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState, PortState, RouteState, VlanInterfaceState

ANY_VLAN = frozenset(range(1, 4095))
ANYWHERE = IPv4Network("0.0.0.0/0")


def read_state(
    spec: DeviceSpec, hardware: Hardware, tree: ConfigTree, *, controller: bool, software: str
) -> DeviceState:
    """The box as the others meet it."""
    lldp = "lldp run" in _lines(tree)
    routed = "ip routing" in _lines(tree)
    svis = tuple(_vlan_interfaces(tree))
    ports = tuple(_ports(spec, hardware, tree, controller=controller))
    addresses = [one.address.ip for one in svis if one.address is not None and one.admin_up]
    addresses += [one.address.ip for one in ports if one.address is not None and one.admin_up]
    return DeviceState(
        name=spec.name,
        hostname=hostname(tree),
        model=spec.model,
        serial=spec.serial,
        base_mac=spec.base_mac,
        system_description=software,
        ports=ports,
        vlans=vlans(tree),
        vlan_interfaces=svis,
        routes=tuple(_routes(tree, routed=routed or controller)),
        capabilities=("bridge",) if not routed else ("bridge", "router"),
        lldp=lldp,
        forwards=routed and not controller,
        joins=tuple(one.address.ip for one in svis if one.address and one.name == _management_interface(tree)),
        logins=tuple(addresses) if takes_ssh(tree) else (),
    )


def hostname(tree: ConfigTree) -> str:
    """The configured name; a box without one is called Switch."""
    return next(
        (node.line.split()[1] for node in tree.children.values() if node.line.startswith("hostname ")), "Switch"
    )


def vlans(tree: ConfigTree) -> frozenset[int]:
    """The VLANs that exist and are active. VLAN 1 always does."""
    found = {1}
    for node in tree.children.values():
        header = re.fullmatch(r"vlan ([\d,-]+)", node.line)
        if header and not {"shutdown", "state suspend"} & _lines_in(node):
            found |= expand_vlans(header[1])
    return frozenset(found)


def takes_ssh(tree: ConfigTree) -> bool:
    """Whether a terminal line lets SSH in: one that says nothing about transport does."""
    for node in tree.children.values():
        if node.line.startswith("line vty "):
            transport = [line.split()[2:] for line in _lines_in(node) if line.startswith("transport input ")]
            if not transport or {"ssh", "all"} & set(transport[0]):
                return True
    return not any(node.line.startswith("line vty ") for node in tree.children.values())


def _management_interface(tree: ConfigTree) -> str:
    """Where a controller takes access points."""
    start = "wireless management interface "
    return next((node.line.removeprefix(start) for node in tree.children.values() if node.line.startswith(start)), "")


def _ports(spec: DeviceSpec, hardware: Hardware, tree: ConfigTree, *, controller: bool) -> Iterator[PortState]:
    for number, name in enumerate(hardware.ports, start=1):
        node = tree.find(f"interface {name}")
        lines = _lines_in(node) if node else frozenset[str]()
        trunk = "switchport mode trunk" in lines
        routed = "no switchport" in lines
        yield PortState(
            name=name,
            admin_up="shutdown" not in lines,
            mac=_mac(spec.base_mac, number),
            mode="routed" if routed else "trunk" if trunk else "access",
            access_vlan=_number(lines, "switchport access vlan") or 1,
            voice_vlan=_number(lines, "switchport voice vlan"),
            native_vlan=_number(lines, "switchport trunk native vlan") or 1,
            allowed=_allowed(lines),
            address=_address(lines) if routed else None,
            description=_rest(lines, "description"),
            lldp="no lldp transmit" not in lines,
            poe=name in hardware.poe and "power inline never" not in lines and not controller,
        )


def _vlan_interfaces(tree: ConfigTree) -> Iterator[VlanInterfaceState]:
    for node in tree.children.values():
        header = re.fullmatch(r"interface Vlan(\d+)", node.line)
        if header:
            lines = _lines_in(node)
            yield VlanInterfaceState(
                vlan_id=int(header[1]),
                admin_up="shutdown" not in lines,
                address=_address(lines),
                name=f"Vlan{header[1]}",
            )


def _routes(tree: ConfigTree, *, routed: bool) -> Iterator[RouteState]:
    for node in tree.children.values():
        words = node.line.split()
        if words[:2] == ["ip", "route"] and words[2] != "vrf" and routed:
            hop = next((IPv4Address(word) for word in words[4:6] if re.fullmatch(r"[\d.]+\.\d+", word)), None)
            port = words[4] if not re.fullmatch(r"[\d.]+", words[4]) else ""
            yield RouteState(prefix=IPv4Network(f"{words[2]}/{words[3]}"), next_hop=hop, port=port)
        elif words[:2] == ["ip", "default-gateway"] and not routed:
            yield RouteState(prefix=ANYWHERE, next_hop=IPv4Address(words[2]))


def _allowed(lines: frozenset[str]) -> frozenset[int]:
    text = _rest(lines, "switchport trunk allowed vlan")
    if not text:
        return ANY_VLAN
    return expand_vlans(text.replace(" ", ""))


def _address(lines: frozenset[str]) -> IPv4Interface | None:
    found = next((line.split() for line in lines if re.fullmatch(r"ip address [\d.]+ [\d.]+", line)), None)
    return IPv4Interface(f"{found[2]}/{found[3]}") if found else None


def _number(lines: frozenset[str], start: str) -> int | None:
    rest = _rest(lines, start)
    return int(rest) if rest.isdigit() else None


def _rest(lines: frozenset[str], start: str) -> str:
    return next((line[len(start) + 1 :] for line in lines if line.startswith(f"{start} ")), "")


def _lines(tree: ConfigTree) -> frozenset[str]:
    return frozenset(node.line for node in tree.children.values())


def _lines_in(node: Node) -> frozenset[str]:
    return frozenset(child.line for child in node.children.values())


def _mac(base: str, number: int) -> str:
    value = int(base.replace(":", ""), 16) + number
    return ":".join(f"{value:012x}"[i : i + 2] for i in range(0, 12, 2))
