"""What the cables and configurations of a site add up to: links, VLANs end to end, routes, neighbours.

Pure: from the states of the devices and the cables that are plugged in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Interface

from siteauto.core.models import Link
from siteauto.lab.state import DeviceState, PortState

Place = tuple[str, int]  # a device and a VLAN on it


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """An interface with an address, where it meets a network. `port` is empty for a switch's VLAN interface."""

    device: str
    name: str
    address: IPv4Interface
    answers_ping: bool
    vlan_id: int | None = None
    port: str = ""
    up: bool = False


@dataclass(frozen=True, kw_only=True)
class Topology:
    """A site at one moment. `outside`: names of circuits, behind which the internet and the operator are."""

    devices: Mapping[str, DeviceState]
    links: tuple[Link, ...]
    outside: frozenset[str] = frozenset()

    @cached_property
    def _ends(self) -> dict[tuple[str, str], tuple[str, str]]:
        ends: dict[tuple[str, str], tuple[str, str]] = {}
        for link in self.links:
            ends[link.a, link.a_port] = (link.b, link.b_port)
            ends[link.b, link.b_port] = (link.a, link.a_port)
        return ends

    @cached_property
    def _ports(self) -> dict[tuple[str, str], PortState]:
        return {(name, port.name): port for name, state in self.devices.items() for port in state.ports}

    def port(self, device: str, port: str) -> PortState | None:
        """The configured state of a port; None: there is no such port."""
        return self._ports.get((device, port))

    def far_end(self, device: str, port: str) -> tuple[str, str] | None:
        """The other end of the cable, whatever its state."""
        return self._ends.get((device, port))

    def link_up(self, device: str, port: str) -> bool:
        """Whether a cable joins this port to one that is up too."""
        far = self.far_end(device, port)
        if far is None or not self._alive(device, port):
            return False
        return far[0] in self.outside or self._alive(*far)

    def circuits_of(self, device: str) -> tuple[tuple[str, str], ...]:
        """Working (port, circuit) pairs of a device."""
        return tuple(
            (port, far[0])
            for (name, port), far in self._ends.items()
            if name == device and far[0] in self.outside and self.link_up(device, port)
        )

    def entrances(self) -> tuple[str, ...]:
        """Devices that a working circuit ends on."""
        return tuple(name for name in self.devices if self.circuits_of(name))

    # ── layer 2 ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def domain(self, start: Attachment) -> tuple[frozenset[Place], frozenset[tuple[str, str, int | None]]]:
        """All (device, VLAN) places and all (device, port, tag) router ports that a frame from here can get to."""
        places: set[Place] = set()
        ends: set[tuple[str, str, int | None]] = set()
        waiting: list[Place] = []
        if start.port:
            ends.add((start.device, start.port, start.vlan_id))
            waiting += self._across(start.device, start.port, start.vlan_id, ends)
        elif start.vlan_id is not None:
            waiting.append((start.device, start.vlan_id))
        while waiting:
            device, vlan = waiting.pop()
            if (device, vlan) in places or vlan not in self.devices[device].vlans:
                continue
            places.add((device, vlan))
            for port, tag in self._egress(device, vlan):
                waiting += self._across(device, port, tag, ends)
        return frozenset(places), frozenset(ends)

    def vlan_active(self, device: str, vlan: int) -> bool:
        """Whether a port of this switch that works carries the VLAN (else its VLAN interface is down)."""
        return vlan in self.devices[device].vlans and any(
            self.link_up(device, port) for port, _ in self._egress(device, vlan)
        )

    def _egress(self, device: str, vlan: int) -> Iterator[tuple[str, int | None]]:
        """Ports of a switch that a frame of this VLAN leaves by, with its tag there."""
        for port in self.devices[device].ports:
            if port.mode == "access" and port.access_vlan == vlan:
                yield port.name, None
            elif port.mode == "access" and port.voice_vlan == vlan:
                yield port.name, vlan
            elif port.mode == "trunk" and vlan in port.allowed:
                yield port.name, None if port.native_vlan == vlan else vlan

    def _across(self, device: str, port: str, tag: int | None, ends: set[tuple[str, str, int | None]]) -> list[Place]:
        """Where a frame arrives that leaves this port; router ports are added to `ends`."""
        far = self.far_end(device, port)
        if far is None or far[0] in self.outside or not self.link_up(device, port):
            return []
        arrival = self._ports[far]
        if arrival.mode == "routed":
            ends.add((*far, tag))
            return []
        vlan = _classify(arrival, tag)
        return [] if vlan is None else [(far[0], vlan)]

    def _alive(self, device: str, port: str) -> bool:
        state = self.devices.get(device)
        here = self._ports.get((device, port))
        return state is not None and state.powered and here is not None and here.admin_up

    # ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """Every interface with an address, with whether it is up."""
        return tuple(found for state in self.devices.values() for found in self._attachments_of(state))

    def of(self, device: str) -> tuple[Attachment, ...]:
        """The attachments of one device."""
        return tuple(one for one in self.attachments if one.device == device)

    def holders(self, address: IPv4Address) -> tuple[Attachment, ...]:
        """Interfaces that are up and hold this address."""
        return tuple(one for one in self.attachments if one.up and one.address.ip == address)

    def adjacent(self, here: Attachment, there: Attachment) -> bool:
        """Whether both are up and in one layer 2 network."""
        if not (here.up and there.up):
            return False
        places, ends = self.domain(here)
        if there.port:
            return (there.device, there.port, there.vlan_id) in ends
        return there.vlan_id is not None and (there.device, there.vlan_id) in places

    def _attachments_of(self, state: DeviceState) -> Iterator[Attachment]:
        for port in state.ports:
            if port.address is not None:
                up = port.admin_up and self.link_up(state.name, port.name)
                yield Attachment(
                    device=state.name,
                    name=port.name,
                    address=port.address,
                    answers_ping=port.answers_ping,
                    port=port.name,
                    up=up,
                )
        for vlan in state.vlan_interfaces:
            if vlan.address is None:
                continue
            carried = (
                self.link_up(state.name, vlan.parent) if vlan.parent else self.vlan_active(state.name, vlan.vlan_id)
            )
            yield Attachment(
                device=state.name,
                name=vlan.name or f"Vlan{vlan.vlan_id}",
                address=vlan.address,
                answers_ping=vlan.answers_ping,
                vlan_id=vlan.vlan_id,
                port=vlan.parent,
                up=state.powered and vlan.admin_up and carried,
            )


def _classify(port: PortState, tag: int | None) -> int | None:
    """The VLAN in which a switch port takes a frame; None: it drops it."""
    if port.mode == "access":
        return port.access_vlan if tag is None else (tag if tag == port.voice_vlan else None)
    vlan = port.native_vlan if tag is None else tag
    return vlan if vlan in port.allowed and (tag is None or tag != port.native_vlan) else None
