"""What is plugged into what at a site: for whoever stands in front of the rack with a cable in his hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from siteauto.core.intent import DeviceIntent, Port
from siteauto.core.models import Circuit, Device, Link, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """One cable. `kind`: cable (between two boxes), circuit (to a provider's line), outlet (to a room or a desk).

    `origin` is typed, derived, or the profile of an outlet's port.
    """

    kind: str
    device: str
    port: str
    room: str
    to: str
    to_port: str
    to_room: str
    label: str
    length_m: float | None
    origin: str


def patch_list(site: Site, intents: Sequence[DeviceIntent]) -> tuple[Patch, ...]:
    """Every cable of a site: between boxes and to circuits in the order of the cabling, then the outlets by port."""
    return (*_cables(site), *(patch for intent in intents for patch in _outlets(intent)))


def _cables(site: Site) -> Iterator[Patch]:
    devices = {device.name: device for device in site.devices}
    circuits = {circuit.name: circuit for circuit in site.circuits}
    for link in site.links:
        near = devices[link.a]
        yield _cable(link, near, devices[link.b]) if link.b_port else _circuit(link, near, circuits[link.b])


def _cable(link: Link, near: Device, far: Device) -> Patch:
    return Patch(
        kind="cable",
        device=near.name,
        port=link.a_port,
        room=near.room,
        to=far.name,
        to_port=link.b_port,
        to_room=far.room,
        label=link.label,
        length_m=link.length_m,
        origin=_origin(link),
    )


def _circuit(link: Link, near: Device, circuit: Circuit) -> Patch:
    return Patch(
        kind="circuit",
        device=near.name,
        port=link.a_port,
        room=near.room,
        to=f"{circuit.provider} {circuit.circuit_id}",
        to_port=circuit.name,
        to_room="",
        label=link.label,
        length_m=link.length_m,
        origin=_origin(link),
    )


def _origin(link: Link) -> str:
    return "derived" if link.derived else "typed"


def _outlets(intent: DeviceIntent) -> Iterator[Patch]:
    for port in intent.ports:
        if port.neighbour is None and port.enabled and (port.desk or port.room):
            yield _outlet(intent.device, port)


def _outlet(device: Device, port: Port) -> Patch:
    return Patch(
        kind="outlet",
        device=device.name,
        port=port.name,
        room=device.room,
        to=f"desk {port.desk}" if port.desk else f"room {port.room}",
        to_port="",
        to_room=port.room,
        label="",
        length_m=None,
        origin=port.profile,
    )
