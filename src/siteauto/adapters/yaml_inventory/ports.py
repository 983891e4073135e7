"""Cables, and what rooms, desks, ranges and devices say of ports: from the words of a file to full names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.schema import (
    CablePart,
    DeskPart,
    DevicePart,
    OrganisationOverride,
    SiteDocument,
)
from siteauto.core.models import (
    Circuit,
    Device,
    DeviceName,
    DeviceSettings,
    Link,
    Organisation,
    PortOverride,
    PortProfile,
    SiteName,
)
from siteauto.core.platform_spec import Hardware
from siteauto.core.site.derive_cabling import Boxes, derive_cables
from siteauto.core.site.hardware import Platforms, hardware_of
from siteauto.core.site.naming import device_name
from siteauto.core.site.port_names import full_port_name, split_range
from siteauto.core.site.port_settings import with_own

CIRCUIT_WORD = "circuit"


class PortNames:
    """Full device and port names for the short ones that people write. Unknown ones stay as they are."""

    def __init__(self, devices: tuple[Device, ...], platforms: Platforms) -> None:
        self.devices = devices
        self._devices: Mapping[str, Device] = {device.short: device for device in devices}
        self._boxes = {device.short: hardware_of(device, platforms) for device in devices}

    @property
    def hardware(self) -> dict[DeviceName, Hardware]:
        """The boxes whose models are known."""
        return {self.device(short): box for short, box in self._boxes.items() if box is not None}

    def device(self, short: str) -> DeviceName:
        """The full name of a device."""
        return self._devices[short].name if short in self._devices else DeviceName(short)

    def port(self, short: str, text: str) -> str:
        """The box's own name of a port."""
        box = self._boxes.get(short)
        return (full_port_name(text, box) if box else None) or text

    def ports(self, short: str, text: str) -> tuple[str, ...]:
        """The box's own names of a range of ports."""
        return tuple(self.port(short, each) for each in split_range(text))


def links(document: SiteDocument, ports: PortNames, circuits: tuple[Circuit, ...]) -> tuple[Link, ...]:
    """Every cable: those that are typed, in the order of the files, and then those that follow."""
    typed = tuple(_link(a, part, ports) for a, part in document.cabling.items())
    switches = {key: part.switch for key, part in document.devices.items() if part.switch}
    spoken_of = {(said.device, port) for said in port_overrides(document, ports) for port in said.ports}
    boxes = Boxes(
        devices=ports.devices,
        hardware=ports.hardware,
        switches={ports.device(key): ports.device(switch) for key, switch in switches.items()},
        taken=frozenset(spoken_of),
    )
    return (*typed, *derive_cables(boxes, typed, circuits))


def _link(a: str, part: CablePart, ports: PortNames) -> Link:
    """A cable as written: `sw1 1/1/1` to `sw2 1/1/1`, or `fw1 wan1` to `circuit wan1`."""
    (a_device, a_port), (b_device, b_port) = split_end(a), split_end(part.to)
    outside = b_device == CIRCUIT_WORD
    return Link(
        a=ports.device(a_device),
        a_port=ports.port(a_device, a_port),
        b=DeviceName(b_port) if outside else ports.device(b_device),
        b_port="" if outside else ports.port(b_device, b_port),
        label=part.label,
        length_m=part.length_m,
    )


def split_end(text: str) -> tuple[str, str]:
    """Device and port of one end of a cable."""
    device, _, port = text.strip().partition(" ")
    return device, port.strip()


# ── what ports are for ───────────────────────────────────────────────────────────────────────────────────────────────


def port_overrides(document: SiteDocument, ports: PortNames) -> tuple[PortOverride, ...]:
    """What is said of ports, the widest first: rooms, desks, ranges."""
    return (*_of_rooms(document, ports), *_of_desks(document, ports), *_of_ranges(document, ports))


def nearest_last(overrides: tuple[PortOverride, ...], root: Node, layers: Sequence[Node]) -> tuple[PortOverride, ...]:
    """What is said of ports in the order in which it counts: a nearer file over an outer one, whatever it speaks of."""
    files = [layer.place.file for layer in layers]
    return tuple(sorted(overrides, key=lambda said: files.index(root.find(said.path).place.file)))


def _of_rooms(document: SiteDocument, ports: PortNames) -> Iterator[PortOverride]:
    for room, part in document.rooms.items():
        for short, ranges in part.ports.items():
            yield PortOverride(
                device=ports.device(short),
                ports=tuple(port for text in ranges for port in ports.ports(short, text)),
                profile=part.profile,
                room=room,
                path=("rooms", room, "ports", short),
            )


def _of_desks(document: SiteDocument, ports: PortNames) -> Iterator[PortOverride]:
    for key, part in document.desks.items():
        desks = split_range(key)
        ends = desk_ends(part, ports)
        share = len(ends) // len(desks) if desks else 0
        for number, desk in enumerate(desks):
            for device, port, short in ends[number * share : (number + 1) * share]:
                yield PortOverride(
                    device=device,
                    ports=(port,),
                    profile=part.profile,
                    room=part.room,
                    desk=desk,
                    path=("desks", key, "ports", short),
                )


def desk_ends(part: DeskPart, ports: PortNames) -> list[tuple[DeviceName, str, str]]:
    """The ports of a range of desks, one after the other."""
    return [
        (ports.device(short), port, short)
        for short, ranges in part.ports.items()
        for text in ranges
        for port in ports.ports(short, text)
    ]


def _of_ranges(document: SiteDocument, ports: PortNames) -> Iterator[PortOverride]:
    for short, ranges in document.ports.items():
        for text, part in ranges.items():
            yield PortOverride(
                device=ports.device(short),
                ports=ports.ports(short, text),
                profile=part.profile,
                room=part.room,
                description=part.description,
                vlan_role=part.vlan,
                voice_role=part.voice,
                poe_priority=part.poe,
                path=("ports", short, text),
            )


# ── what a device has its own way ────────────────────────────────────────────────────────────────────────────────────


def device_settings(
    document: SiteDocument, organisation: Organisation, profiles: tuple[PortProfile, ...]
) -> tuple[DeviceSettings, ...]:
    """The settings of every device."""
    return tuple(
        DeviceSettings(
            device=device_name(SiteName(document.site), short),
            organisation=_own_organisation(organisation, part.organisation),
            port_profiles=_own_profiles(profiles, part),
            unused_ports=part.unused_ports or document.unused_ports,
        )
        for short, part in document.devices.items()
    )


def _own_organisation(organisation: Organisation, own: OrganisationOverride) -> Organisation:
    return (
        replace(organisation, **{key: getattr(own, key) for key in own.model_fields_set})
        if own.model_fields_set
        else organisation
    )


def _own_profiles(profiles: tuple[PortProfile, ...], part: DevicePart) -> tuple[PortProfile, ...]:
    own = part.port_profiles
    return tuple(
        with_own(each, vlan=own[each.name].vlan, voice=own[each.name].voice, poe=own[each.name].poe)
        if each.name in own
        else each
        for each in profiles
    )
