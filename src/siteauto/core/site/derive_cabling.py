"""Cables that nobody has to type: they follow from the roles and the models of a site's boxes.

What is typed stands; a box that has no cable yet gets one. The first core switch is the middle: the firewall and the
servers come in at its first free ports, other switches and the controller hang on its uplinks, access points on the
last free ports with power of an access switch. Boxes are taken in the order of the site: one more moves nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from siteauto.core.models import Circuit, Device, DeviceName, Link, Role
from siteauto.core.platform_spec import Hardware
from siteauto.core.site.topology import NETWORK_ROLES

SERVER_PORT = "eth0"  # of a server, whose ports nobody lists
BY_UPLINK = (Role.CORE, Role.ACCESS, Role.WLC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """The boxes of a site: what they are, which switch some of them ask for, and the ports that are spoken for."""

    devices: tuple[Device, ...]
    hardware: Mapping[DeviceName, Hardware]
    switches: Mapping[DeviceName, DeviceName] = field(default_factory=dict)
    taken: frozenset[tuple[DeviceName, str]] = frozenset()


def derive_cables(boxes: Boxes, typed: Sequence[Link], circuits: Sequence[Circuit]) -> tuple[Link, ...]:
    """The cables that are missing; none for a box whose model is not known, or for which no port is free."""
    plugs = _Plugs(boxes, typed)
    for device in boxes.devices:
        if not plugs.is_connected(device):
            plugs.connect(device)
    plugs.connect_circuits(circuits)
    return tuple(plugs.made)


class _Plugs:
    """Which ports are still free, while cables are added."""

    def __init__(self, boxes: Boxes, typed: Sequence[Link]) -> None:
        self.made: list[Link] = []
        self._boxes = boxes
        self._typed = tuple(typed)
        self._network = {device.name for device in boxes.devices if device.role in NETWORK_ROLES}
        self._used = set(boxes.taken) | {
            end for link in typed for end in ((link.a, link.a_port), (link.b, link.b_port))
        }
        self._middle = next((device for device in boxes.devices if device.role is Role.CORE), None)

    def is_connected(self, device: Device) -> bool:
        """Whether a cable leads to the network: what hangs on a switch does not connect it."""
        ends = [{link.a, link.b} for link in (*self._typed, *self.made)]
        return device is self._middle or any(
            device.name in both and both - {device.name} <= self._network for both in ends
        )

    def connect(self, device: Device) -> None:
        """Add the cable of one box, where both its ends are free."""
        own = self._first_free(device.name, self._own_ports(device))
        for switch in self._switches_for(device):
            far = self._first_free(switch, self._ports_for(device, switch))
            if own and far:
                self._plug(device.name, own, switch, far)
                return

    def _own_ports(self, device: Device) -> Sequence[str]:
        box = self._boxes.hardware.get(device.name)
        if device.role is Role.SERVER:
            return (SERVER_PORT,)
        return box.uplinks if box else ()

    def _switches_for(self, device: Device) -> tuple[DeviceName, ...]:
        """Where the box may hang, the preferred one first."""
        if device.name in self._boxes.switches:
            return (self._boxes.switches[device.name],)
        middle = (self._middle.name,) if self._middle else ()
        access = tuple(each.name for each in self._boxes.devices if each.role is Role.ACCESS)
        return (*access, *middle) if device.role is Role.AP else middle

    def _ports_for(self, device: Device, switch: DeviceName) -> Iterable[str]:
        box = self._boxes.hardware.get(switch)
        if box is None:
            return ()
        if device.role is Role.AP:
            return tuple(reversed(box.poe))
        return box.uplinks if device.role in BY_UPLINK else (port for port in box.ports if port not in box.uplinks)

    def connect_circuits(self, circuits: Sequence[Circuit]) -> None:
        """Bring every circuit to a WAN port of the firewall."""
        firewall = next((device for device in self._boxes.devices if device.role is Role.FIREWALL), None)
        box = self._boxes.hardware.get(firewall.name) if firewall else None
        if firewall is None or box is None:
            return
        cabled = {link.b for link in self._typed}
        for circuit in circuits:
            port = self._first_free(firewall.name, box.wan)
            if circuit.name not in cabled and port:
                self._plug(firewall.name, port, DeviceName(circuit.name), "")

    def _first_free(self, device: DeviceName, ports: Iterable[str]) -> str | None:
        return next((port for port in ports if (device, port) not in self._used), None)

    def _plug(self, a: DeviceName, a_port: str, b: DeviceName, b_port: str) -> None:
        self._used |= {(a, a_port), (b, b_port)}
        self.made.append(Link(a=a, a_port=a_port, b=b, b_port=b_port, derived=True))
