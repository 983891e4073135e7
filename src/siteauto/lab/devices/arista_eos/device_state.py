"""What a box's running configuration makes of it for the others: ports, VLANs, addresses, routes."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from siteauto.core.config import ConfigTree, Node
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.arista_eos.factory import SOFTWARE_VERSION
from siteauto.lab.devices.arista_eos.parameters import expand_vlans
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState, PortState, RouteState, VlanInterfaceState

ANY_VLAN = frozenset(range(1, 4095))


def read_state(spec: DeviceSpec, hardware: Hardware, tree: ConfigTree) -> DeviceState:
    """The box as the others meet it."""
    top = _lines(tree)
    svis = tuple(_vlan_interfaces(tree))
    ports = tuple(_ports(spec, hardware, tree))
    addresses = [one.address.ip for one in svis if one.address is not None and one.admin_up]
    addresses += [one.address.ip for one in ports if one.address is not None and one.admin_up]
    return DeviceState(
        name=spec.name,
        hostname=hostname(tree),
        model=spec.model,
        serial=spec.serial,
        base_mac=spec.base_mac,
        system_description=f"Arista Networks EOS version {SOFTWARE_VERSION} running on an Arista Networks {spec.model}",
        ports=ports,
        vlans=vlans(tree),
        vlan_interfaces=svis,
        routes=tuple(_routes(tree)),
        capabilities=("bridge", "router") if "ip routing" in top else ("bridge",),
        lldp="no lldp run" not in top,
        forwards="ip routing" in top,
        logins=tuple(addresses),
    )


def hostname(tree: ConfigTree) -> str:
    """The configured name; a box without one is called localhost."""
    return next((line.split()[1] for line in _lines(tree) if line.startswith("hostname ")), "localhost")


def vlans(tree: ConfigTree) -> frozenset[int]:
    """The VLANs that exist and are active. VLAN 1 always does."""
    found = {1}
    for node in tree.children.values():
        header = re.fullmatch(r"vlan ([\d,-]+)", node.line)
        if header and "state suspend" not in lines_in(node):
            found |= expand_vlans(header[1])
    return frozenset(found)


def api_is_on(tree: ConfigTree) -> bool:
    """Whether the box serves eAPI: only when it is told to."""
    node = tree.find("management api http-commands")
    return node is not None and "no shutdown" in lines_in(node)


def _ports(spec: DeviceSpec, hardware: Hardware, tree: ConfigTree) -> Iterator[PortState]:
    for number, name in enumerate(hardware.ports, start=1):
        node = tree.find(f"interface {name}")
        lines = lines_in(node) if node else frozenset[str]()
        mode = "routed" if "no switchport" in lines else rest_of(lines, "switchport mode") or "access"
        native = _number(lines, "switchport trunk native vlan") or 1
        phone = mode == "trunk phone"  # two VLANs and no more: the native one and the phone's
        yield PortState(
            name=name,
            admin_up="shutdown" not in lines,
            mac=_mac(spec.base_mac, number),
            mode=mode if mode in ("routed", "trunk") else "access",
            access_vlan=native if phone else _number(lines, "switchport access vlan") or 1,
            voice_vlan=_number(lines, "switchport phone vlan") if phone else None,
            native_vlan=native,
            allowed=_allowed(lines),
            address=_address(lines) if mode == "routed" else None,
            description=rest_of(lines, "description"),
            lldp="no lldp transmit" not in lines,
            poe=name in hardware.poe and "poe disabled" not in lines,
        )


def _vlan_interfaces(tree: ConfigTree) -> Iterator[VlanInterfaceState]:
    for node in tree.children.values():
        header = re.fullmatch(r"interface Vlan(\d+)", node.line)
        if header:
            lines = lines_in(node)
            yield VlanInterfaceState(
                vlan_id=int(header[1]),
                admin_up="shutdown" not in lines,
                address=_address(lines),
                name=f"Vlan{header[1]}",
            )


def _routes(tree: ConfigTree) -> Iterator[RouteState]:
    """Static routes carry the box's own packets even where it does not route."""
    for node in tree.children.values():
        words = node.line.split()
        if words[:2] == ["ip", "route"] and words[2] != "vrf":
            hop = next((IPv4Address(word) for word in words[3:5] if re.fullmatch(r"[\d.]+\.\d+", word)), None)
            yield RouteState(prefix=IPv4Network(words[2]), next_hop=hop)


def _allowed(lines: frozenset[str]) -> frozenset[int]:
    text = rest_of(lines, "switchport trunk allowed vlan")
    return expand_vlans(text) if text else ANY_VLAN


def _address(lines: frozenset[str]) -> IPv4Interface | None:
    found = next((line.split() for line in lines if re.fullmatch(r"ip address [\d.]+/\d+", line)), None)
    return IPv4Interface(found[2]) if found else None


def _number(lines: frozenset[str], start: str) -> int | None:
    rest = rest_of(lines, start)
    return int(rest) if rest.isdigit() else None


def rest_of(lines: frozenset[str], start: str) -> str:
    """What follows these words in one of the lines."""
    return next((line[len(start) + 1 :] for line in lines if line.startswith(f"{start} ")), "")


def _lines(tree: ConfigTree) -> frozenset[str]:
    return frozenset(node.line for node in tree.children.values())


def lines_in(node: Node) -> frozenset[str]:
    """The lines of a section."""
    return frozenset(child.line for child in node.children.values())


def _mac(base: str, number: int) -> str:
    value = int(base.replace(":", ""), 16) + number
    return ":".join(f"{value:012x}"[at : at + 2] for at in range(0, 12, 2))
