"""The intent of every physical port of a device."""

from dataclasses import replace

from siteauto.core.intent import Neighbour, Port
from siteauto.core.intent.build_wiring import End, Wiring, home_role
from siteauto.core.models import Device, PortProfile, Role
from siteauto.core.site.topology import NETWORK_ROLES, bridges_vlans

PARKING_ROLE = "parking"
NATIVE_ROLE = "native"


def build_ports(device: Device, wiring: Wiring) -> tuple[Port, ...]:
    """All ports of the box, in the order of its front plate; those with a cable, where the box is not known."""
    box = wiring.hardware.get(device.name)
    names = box.ports if box else tuple(end.port for end in wiring.far_ends if end.device == device.name)
    return tuple(_build_port(End(device.name, name), device, wiring) for name in names)


def _build_port(end: End, device: Device, wiring: Wiring) -> Port:
    """The port, with what somebody says of this very one."""
    port, said = _plain_port(end, device, wiring), wiring.overrides.get(end)
    if said is None or not (said.room or said.desk or said.description):
        return port
    description = port.description if port.kind == "disabled" else said.description or port.description
    return replace(port, description=description, room=said.room or port.room, desk=said.desk)


def _plain_port(end: End, device: Device, wiring: Wiring) -> Port:
    far, far_device = wiring.far_ends.get(end), wiring.far_device(end)
    if far is None:
        return _uncabled_port(end, device, wiring)
    if far_device is None:
        return _circuit_port(end, far.device, wiring)
    neighbour = Neighbour(device=far.device, port=far.port, lldp=far_device.role is not Role.SERVER)
    if bridges_vlans(device) and bridges_vlans(far_device):
        return _trunk_port(end, far_device, neighbour, wiring)
    if device.role in NETWORK_ROLES:
        return _host_port(end, far_device, neighbour, wiring)
    return Port(
        name=end.port,
        kind="access",
        description=_towards(far, wiring.labels.get(end, "")),
        address=device.address,
        neighbour=neighbour,
    )


def _trunk_port(end: End, far: Device, neighbour: Neighbour, wiring: Wiring) -> Port:
    """A port that carries VLANs. What comes from an access point's clients is not trusted."""
    distance, to_access_point = wiring.root_distance, far.role is Role.AP
    return Port(
        name=end.port,
        kind="trunk",
        description=_towards(End(neighbour.device, neighbour.port), wiring.labels.get(end, "")),
        profile="trunk",
        native_vlan=vlan_id(NATIVE_ROLE, wiring),
        trunk_vlans=wiring.trunk_vlans[end],
        poe=to_access_point and _feeds_power(end, wiring),
        poe_priority="critical" if to_access_point else "low",
        trusted=not to_access_point,
        root_guard=distance.get(neighbour.device, 0) > distance.get(end.device, 0),
        spanning_tree=far.role in (Role.CORE, Role.ACCESS),
        neighbour=neighbour,
        room=far.room if to_access_point else "",
    )


def _host_port(end: End, host: Device, neighbour: Neighbour, wiring: Wiring) -> Port:
    """A port with one known box on it: an access point or a server. Its VLAN is fixed."""
    is_ap = host.role is Role.AP
    return Port(
        name=end.port,
        kind="access",
        description=_towards(End(neighbour.device, neighbour.port), wiring.labels.get(end, "")),
        profile=host.role.value,
        access_vlan=vlan_id(home_role(host, wiring.site), wiring),
        poe=is_ap and _feeds_power(end, wiring),
        poe_priority="critical" if is_ap else "low",
        trusted=host.role is Role.SERVER,
        only_mac=host.mac if is_ap else "",
        neighbour=neighbour,
        room=host.room,
    )


def _circuit_port(end: End, circuit_name: str, wiring: Wiring) -> Port:
    circuit = next((each for each in wiring.site.circuits if each.name == circuit_name), None)
    return Port(
        name=end.port,
        kind="routed",
        description=f"{circuit.provider} {circuit.circuit_id}" if circuit else circuit_name,
        profile="wan",
        address=circuit.address if circuit else None,
    )


def _uncabled_port(end: End, device: Device, wiring: Wiring) -> Port:
    profile, override = wiring.profile(end), wiring.overrides.get(end)
    if profile.kind == "disabled":
        switch = device.role in NETWORK_ROLES - {Role.FIREWALL}
        return Port(
            name=end.port,
            kind="disabled",
            description="unused",
            profile="disabled",
            access_vlan=vlan_id(PARKING_ROLE, wiring) if switch else None,
        )
    place = (override.desk or override.room) if override else ""
    return _edge_port(end, profile, f"{profile.name} {place}".strip(), wiring)


def _edge_port(end: End, profile: PortProfile, description: str, wiring: Wiring) -> Port:
    return Port(
        name=end.port,
        kind=profile.kind,
        description=description,
        profile=profile.name,
        access_vlan=vlan_id(profile.vlan_role, wiring),
        voice_vlan=vlan_id(profile.voice_role, wiring),
        poe=_feeds_power(end, wiring),
        poe_priority=profile.poe_priority,
    )


def vlan_id(role: str, wiring: Wiring) -> int | None:
    """The VLAN of a role at this site; None: the site has none."""
    return next((subnet.vlan_id for subnet in wiring.site.subnets if subnet.role == role), None)


def _feeds_power(end: End, wiring: Wiring) -> bool:
    box = wiring.hardware.get(end.device)
    return box is not None and end.port in box.poe


def _towards(end: End, label: str = "") -> str:
    return f"to {end.device} {end.port} | {label}" if label else f"to {end.device} {end.port}"
