"""Whether a packet from one box of a site gets to an address, and whether the answer comes back.

Routers forward between their interfaces, a filtering one only what its rules accept; answers of an accepted flow pass.
Addresses that nobody in the site holds are in the internet and answer when a packet gets out of a circuit.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from siteauto.lab.state import DeviceState, FilterRule, RouteState, Service
from siteauto.lab.topology import Attachment, Topology

MAX_HOPS = 8
PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))


def reaches(
    topology: Topology,
    device: str,
    target: IPv4Address,
    *,
    source: IPv4Address | None = None,
    ping: bool = False,
    service: Service | None = None,
) -> bool:
    """Whether the device gets an answer from the target: to an echo request, or from a service (None: any)."""
    own = topology.of(device)
    if any(one.up and one.address.ip == target for one in own):
        return True
    if source is not None and not any(one.up and one.address.ip == source for one in own):
        return False
    asked = _Packet(ping=ping, service=service)
    there = _Walk(topology, target=target, source=source, filtered_as=asked).arrives_from(device)
    if there is None:
        return False
    if there.device == "":
        return True
    back = _Walk(topology, target=there.source, source=target, filtered_as=None).arrives_from(there.device)
    return back is not None and back.device == device and (not ping or there.answers_ping)


def operator_reaches(topology: Topology, device: str, address: IPv4Address) -> bool:
    """Whether somebody outside can open a session to this address of the device.

    Operators come through the company's tunnel, which ends on the device that holds the circuits: its rules are not
    asked, but the path behind it and the way back must work. A lab without circuits has no outside: its operator sits
    on the same wire.
    """
    state = topology.devices[device]
    if not state.powered or address not in state.logins:
        return False
    if not topology.outside:
        return True
    entrances = topology.entrances()
    if device in entrances:
        return True
    doors = [one for name in entrances for one in topology.of(name) if address in one.address.network]
    ends = [one for one in topology.of(device) if one.address.ip == address]
    return any(
        topology.adjacent(door, end) and _next_hop(state, IPv4Address(0)) == door.address.ip
        for door in doors
        for end in ends
    )


class _Arrival:
    """Where a packet ended: a device of the site, or "" for the internet."""

    def __init__(self, device: str, source: IPv4Address, *, answers_ping: bool = True) -> None:
        self.device = device
        self.source = source
        self.answers_ping = answers_ping


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packet:
    """What rules look at besides addresses."""

    ping: bool
    service: Service | None

    def fits(self, rule: FilterRule) -> bool:
        if self.ping:
            return rule.ping
        if self.service is None or rule.services is None:
            return True
        wanted = self.service
        return any(one.protocol == wanted.protocol and one.first <= wanted.first <= one.last for one in rule.services)


class _Walk:
    """A packet on its way, hop by hop. `filtered_as` None: an answer, which passes with what it answers."""

    def __init__(
        self, topology: Topology, *, target: IPv4Address, source: IPv4Address | None, filtered_as: _Packet | None
    ) -> None:
        self._topology = topology
        self._target = target
        self._source = source
        self._packet = filtered_as

    def arrives_from(self, device: str) -> _Arrival | None:
        came_in = ""  # a device's own packets are not filtered
        for _ in range(MAX_HOPS):
            step = self._held_by(device, came_in) or self._step(device, came_in)
            if step is None or isinstance(step, _Arrival):
                return step
            device, came_in = step
        return None

    def _held_by(self, device: str, came_in: str) -> _Arrival | None:
        if not came_in or self._source is None:
            return None
        held = [one for one in self._topology.of(device) if one.up and one.address.ip == self._target]
        return _Arrival(device, self._source, answers_ping=held[0].answers_ping) if held else None

    def _step(self, device: str, came_in: str) -> _Arrival | tuple[str, str] | None:
        """Where the packet is one hop further: arrived, on a next device and the interface it came in by, or lost."""
        state = self._topology.devices[device]
        out = self._way_out(device)
        if out is None or (came_in and not state.forwards):
            return None
        name, here, next_hop = out
        self._source = self._source or (here.address.ip if here else next_hop)
        if came_in and not self._passes(state, came_in, name):
            return None
        if here is None:
            return _Arrival("", self._source) if self._comes_back(state, came_in, name) else None
        holders = self._topology.holders(next_hop)
        there = next((one for one in holders if self._topology.adjacent(here, one)), None)
        return (there.device, there.name) if there else None

    def _way_out(self, device: str) -> tuple[str, Attachment | None, IPv4Address] | None:
        """Interface, attachment (None: out of a circuit) and the address of the next hop."""
        own = [one for one in self._topology.of(device) if one.up]
        connected = [one for one in own if self._target in one.address.network]
        circuits = dict(self._topology.circuits_of(device))
        if connected:
            here = connected[0]
            return here.name, None if here.name in circuits else here, self._target
        for route in _routes_to(self._topology.devices[device], self._target):
            hop = route.next_hop
            near = [one for one in own if hop is not None and hop in one.address.network]
            if near and hop is not None:
                return near[0].name, None if near[0].name in circuits else near[0], hop
            if route.port in circuits:
                return route.port, None, route.next_hop or self._target
        return None

    def _passes(self, state: DeviceState, came_in: str, goes_out: str) -> bool:
        if state.filters is None or self._packet is None or self._source is None:
            return True
        return next((rule.accept for rule in state.filters if self._meets(rule, came_in, goes_out)), False)

    def _comes_back(self, state: DeviceState, came_in: str, goes_out: str) -> bool:
        """Whether out there somebody knows the way back: the internet to translated addresses, the company to ours."""
        ours = self._source is not None and _is_private(self._source)
        if not came_in or not ours or state.translations is None or self._packet is None:
            return True
        meeting = (rule for rule in state.translations if self._meets(rule, came_in, goes_out))
        return next((rule.accept for rule in meeting), False) is not _is_private(self._target)

    def _meets(self, rule: FilterRule, came_in: str, goes_out: str) -> bool:
        return (
            (not rule.source_ports or came_in in rule.source_ports)
            and (not rule.destination_ports or goes_out in rule.destination_ports)
            and any(self._source in network for network in rule.sources)
            and any(self._target in network for network in rule.destinations)
            and (self._packet is None or self._packet.fits(rule))
        )


def _routes_to(state: DeviceState, target: IPv4Address) -> list[RouteState]:
    """Static routes that fit, the longest prefix first, in their written order otherwise."""
    fitting = [route for route in state.routes if target in route.prefix]
    return sorted(fitting, key=lambda route: -route.prefix.prefixlen)


def _next_hop(state: DeviceState, target: IPv4Address) -> IPv4Address | None:
    return next((route.next_hop for route in _routes_to(state, target) if route.prefix.prefixlen == 0), None)


def _is_private(address: IPv4Address) -> bool:
    return any(address in network for network in PRIVATE)
