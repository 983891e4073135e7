"""The world of a lab: the devices, the cables between them, the internet behind the circuits, and the clock.

What follows from them is computed in `topology` and `routing`; here is only what changes: cables that somebody pulls,
devices that lose power.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import IPv4Address

from siteauto.core.models import Link, Role
from siteauto.lab import routing
from siteauto.lab.bystanders import bystander_state
from siteauto.lab.clock import LabClock, Timer
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.lab.state import DeviceState, Service
from siteauto.lab.topology import Topology
from siteauto.lab.world_view import JoinedAccessPoint, LldpNeighbour

# All that the topology follows from: the devices' states, what is off, which cables are pulled.
_Moment = tuple[tuple[DeviceState, ...], frozenset[str], frozenset[Link]]


class World:
    """Implements WorldView for the devices and is what the control socket moves."""

    def __init__(self, spec: LabSpec, clock: LabClock) -> None:
        self.spec = spec
        self.clock = clock
        self.devices: dict[str, SimulatedDevice] = {}
        self.boots: dict[str, int] = {}  # how often each device lost power: sessions older than that are dead
        self.audiences: dict[str, set[Callable[[str], None]]] = {}  # who hears what a device says by itself
        self._bystanders = tuple(member for member in spec.members if not member.platform)
        self._off: set[str] = set()
        self._full: set[str] = set()
        self._unplugged: set[Link] = set()
        self._last: tuple[_Moment, Topology] | None = None
        self._open: tuple[Topology, dict[str, tuple[IPv4Address, ...]]] | None = None

    def add(self, device: SimulatedDevice) -> None:
        """Put a device, booted from its day-0 text, into its place."""
        self.devices[device.name] = device
        self.boots[device.name] = 0
        self.audiences[device.name] = set()

    # ── time and power ───────────────────────────────────────────────────────────────────────────────────────────────

    def now(self) -> datetime:
        """The lab's clock."""
        return self.clock.now()

    def call_at(self, due: datetime, action: Callable[[], None]) -> Timer:
        """Have something happen at a time of the lab's clock."""
        return self.clock.call_at(due, action)

    def reboot(self, device: str) -> None:
        """Take the device down and boot it again after the lab's boot time."""
        self.power(device, on=False)
        self.call_at(self.now() + timedelta(seconds=self.spec.boot_seconds), lambda: self.power(device, on=True))

    def power(self, device: str, *, on: bool) -> None:
        """Cut or restore a device's power."""
        if on == (device not in self._off):
            return
        if on:
            self._off.discard(device)
        else:
            self._off.add(device)
            self.boots[device] = self.boots.get(device, 0) + 1
        if device in self.devices:
            self.devices[device].power(on=on)

    def announce(self, device: str, text: str) -> None:
        """Print something into every open session of the device."""
        for hear in tuple(self.audiences.get(device, ())):
            hear(text)

    def powered(self, device: str) -> bool:
        """Whether it has power and is not just booting."""
        return device not in self._off

    def fill_flash(self, device: str, *, full: bool) -> None:
        """Leave no byte free on the device's flash, or its own room again."""
        (self._full.add if full else self._full.discard)(device)
        flash = self.devices[device].files
        if flash is not None:
            flash.full = full

    def flash_is_full(self, device: str) -> bool:
        """Whether no byte is free on its flash."""
        return device in self._full

    # ── cables ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def cable(self, device: str, port: str) -> Link | None:
        """The cable in this port, plugged in or not."""
        return next(
            (one for one in self.spec.links if (device, port) in ((one.a, one.a_port), (one.b, one.b_port))), None
        )

    @property
    def unplugged(self) -> tuple[Link, ...]:
        """The cables that somebody has pulled."""
        return tuple(link for link in self.spec.links if link in self._unplugged)

    def unplug(self, link: Link) -> None:
        """Pull a cable."""
        self._unplugged.add(link)

    def plug(self, link: Link) -> None:
        """Put a cable back."""
        self._unplugged.discard(link)

    # ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────────

    def topology(self) -> Topology:
        """The site at this moment, the same one as long as nothing changes. Access points without power are off."""
        states = tuple(device.state() for device in self.devices.values())
        moment = (states, frozenset(self._off), frozenset(self._unplugged))
        if self._last is None or self._last[0] != moment:
            self._last = (moment, self._topology(states))
        return self._last[1]

    def _topology(self, found: tuple[DeviceState, ...]) -> Topology:
        states = {
            name: replace(state, powered=False) if name in self._off else state
            for name, state in zip(self.devices, found, strict=True)
        }
        links = tuple(link for link in self.spec.links if link not in self._unplugged)
        outside = frozenset(circuit.name for circuit in self.spec.circuits)
        wired = Topology(devices=states.copy(), links=links, outside=outside)
        for member in self._bystanders:
            powered = member.name not in self._off and (member.role != Role.AP or _fed(wired, member, links))
            states[member.name] = bystander_state(member, links, powered=powered)
        return Topology(devices=states, links=links, outside=outside)

    def link_up(self, device: str, port: str) -> bool:
        """Whether a cable joins this port to one that is up too."""
        return self.topology().link_up(device, port)

    def neighbours(self, device: str) -> tuple[LldpNeighbour, ...]:
        """What LLDP sees, in the order of the device's ports."""
        topology = self.topology()
        here = topology.devices[device]
        found = (_neighbour(topology, device, port.name) for port in here.ports if here.lldp and port.lldp)
        return tuple(neighbour for neighbour in found if neighbour is not None)

    def ping(self, device: str, target: IPv4Address, source: IPv4Address | None = None) -> bool:
        """Whether an echo request comes back."""
        return routing.reaches(self.topology(), device, target, source=source, ping=True)

    def reaches(self, device: str, target: IPv4Address, service: Service | None = None) -> bool:
        """Whether a service there can be used."""
        return routing.reaches(self.topology(), device, target, service=service)

    def access_points(self, controller: str) -> tuple[JoinedAccessPoint, ...]:
        """The access points that have joined this controller: they have power and a path to it."""
        topology = self.topology()
        addresses = topology.devices[controller].joins
        return tuple(
            JoinedAccessPoint(
                name=member.name,
                model=member.model,
                serial=member.serial,
                mac=topology.devices[member.name].base_mac,
                address=member.address.ip,
            )
            for member in self._bystanders
            if member.role == Role.AP
            and member.managed_by == controller
            and topology.devices[member.name].powered
            and any(routing.reaches(topology, member.name, address) for address in addresses)
        )

    def open_addresses(self) -> dict[str, tuple[IPv4Address, ...]]:
        """For each device the addresses at which an operator gets a session now."""
        topology = self.topology()
        if self._open is None or self._open[0] is not topology:
            self._open = (topology, {name: _logins(topology, name) for name in self.devices})
        return self._open[1]


def _logins(topology: Topology, name: str) -> tuple[IPv4Address, ...]:
    found = topology.devices[name].logins
    return tuple(address for address in found if routing.operator_reaches(topology, name, address))


def _fed(topology: Topology, member: MemberSpec, links: tuple[Link, ...]) -> bool:
    """Whether the switch port of an access point gives it power."""
    for link in links:
        ends: dict[str, tuple[str, str]] = {link.a: (link.b, link.b_port), link.b: (link.a, link.a_port)}
        far = ends.get(member.name)
        port = topology.port(*far) if far else None
        if far and port is not None and topology.devices[far[0]].powered and port.admin_up and port.poe:
            return True
    return False


def _neighbour(topology: Topology, device: str, port: str) -> LldpNeighbour | None:
    far = topology.far_end(device, port)
    if far is None or far[0] not in topology.devices or not topology.link_up(device, port):
        return None
    state, far_port = topology.devices[far[0]], topology.port(*far)
    if far_port is None or not (state.lldp and far_port.lldp):
        return None
    held = [one.address.ip for one in topology.of(far[0]) if one.up]
    addresses = [address for address in held if address in state.logins] or held
    return LldpNeighbour(
        port=port, device=state, far_port=far_port, management_address=addresses[0] if addresses else None
    )
