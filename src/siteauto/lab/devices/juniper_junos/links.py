"""The interfaces of a box with their state: ports, their units, and the gateways of its VLANs."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Interface

from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.reading import entries, has, under, value
from siteauto.lab.state import PortState


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A logical interface."""

    name: str
    up: bool
    family: str  # inet, eth-switch, or nothing
    address: IPv4Interface | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """A physical interface and its units."""

    name: str
    admin_up: bool
    link_up: bool
    mac: str
    units: tuple[Unit, ...]
    description: str = ""


def interfaces_of(box: Box) -> Iterator[Interface]:
    """Ports in the order of the front plate, without those in which no transceiver is; then irb."""
    state = box.state()
    for port in state.ports:
        link = box.world.link_up(box.spec.name, port.name)
        if port.name in box.hardware.optics and not box.has_optics(port.name, link=link):
            continue
        yield Interface(
            name=port.name,
            admin_up=port.admin_up,
            link_up=link,
            mac=port.mac,
            units=tuple(_units(box, port, up=link)),
            description=port.description,
        )
    if state.vlan_interfaces:
        yield Interface(name="irb", admin_up=True, link_up=True, mac=state.base_mac, units=tuple(_gateways(box)))


def _units(box: Box, port: PortState, *, up: bool) -> Iterator[Unit]:
    for number, lines in entries(under(box.running, "interfaces", port.name), "unit"):
        family = "eth-switch" if has(under(lines, "family"), "ethernet-switching") or port.mode != "routed" else "inet"
        yield Unit(
            name=f"{port.name}.{number}",
            up=up,
            family=family,
            address=port.address if family == "inet" else None,
            description=value(lines, "description"),
        )


def _gateways(box: Box) -> Iterator[Unit]:
    for one in box.state().vlan_interfaces:
        lines = under(box.running, "interfaces", "irb", "unit", str(one.name.partition(".")[2]))
        yield Unit(
            name=one.name,
            up=one.admin_up and vlan_is_up(box, one.vlan_id),
            family="inet",
            address=one.address,
            description=value(lines, "description"),
        )


def vlan_is_up(box: Box, tag: int) -> bool:
    """Whether a port that works carries the VLAN."""
    return any(box.world.link_up(box.spec.name, port.name) for port in carriers(box, tag))


def carriers(box: Box, tag: int) -> tuple[PortState, ...]:
    """The ports in a VLAN."""
    return tuple(port for port in box.state().ports if tag in carried(port))


def carried(port: PortState) -> frozenset[int]:
    """The VLANs of a port; what is untagged among them last."""
    if port.mode == "trunk":
        return port.allowed
    return frozenset(
        {port.access_vlan, *((port.voice_vlan,) if port.voice_vlan else ())} if port.mode == "access" else ()
    )
