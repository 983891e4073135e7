"""Checks of what is plugged in where, from the ports and VLANs of an intent."""

from collections.abc import Container, Iterator
from dataclasses import replace

from siteauto.core.checks import Check
from siteauto.core.checks.verdict import vlan_ranges
from siteauto.core.intent import DeviceIntent, Port
from siteauto.core.models import Role
from siteauto.core.readings import NOT_LISTED, InterfaceReading, NeighbourReading, TrunkReading, VlanReading

SWITCHED = {"edge": "access", "access": "access", "trunk": "trunk"}


def plan_ports(intent: DeviceIntent, optics: Container[str] = ()) -> Iterator[Check]:
    """Interfaces, VLANs, trunks and cabling. `optics`: ports that the box does not list while they are empty."""
    switches = intent.device.role is not Role.FIREWALL
    for port in intent.ports:
        yield _interface(intent, port, switches=switches, may_be_empty=port.name in optics)
    for gateway in intent.gateways:
        yield _gateway(intent, gateway.name)
    yield from _vlans(intent) if switches else ()
    for port in intent.ports if switches else ():
        if port.kind == "trunk" and port.neighbour is not None:
            yield _trunk(intent, port)
    yield from _cabling(intent)


def _interface(intent: DeviceIntent, port: Port, *, switches: bool, may_be_empty: bool) -> Check:
    mode = SWITCHED.get(port.kind, "") if switches and port.enabled else ""
    vlan = port.access_vlan if mode == "access" else None
    linked = port.enabled and (port.neighbour is not None or port.kind == "routed")
    wanted = InterfaceReading(name=port.name, admin_up=port.enabled, link_up=linked, mode=mode, vlan=vlan)
    # While somebody is logged in, 802.1X may have put an edge port into another VLAN.
    in_use = (replace(wanted, link_up=True, vlan=None),) if port.kind == "edge" and not linked else ()
    empty = (replace(wanted, state=NOT_LISTED),) if may_be_empty and not linked else ()
    words = [("up" if linked else "not shut") if port.enabled else "shut"]
    words += [mode] if mode else []
    words += [f"VLAN {vlan}"] if vlan is not None else []
    return Check(
        device=intent.device.name,
        kind="interface",
        subject=f"{_port_word(intent, port)} {port.name}",
        expected_text=", ".join(words),
        expected=(wanted, *in_use, *empty),
        next_step=_patch(port) if port.enabled else "Find out who opened it",
    )


def _port_word(intent: DeviceIntent, port: Port) -> str:
    if port.kind == "trunk" and port.neighbour is not None:
        return "uplink" if port.neighbour.device in intent.management.path else "downlink"
    return {"routed": "WAN port", "disabled": "spare port"}.get(port.kind, "port")


def _patch(port: Port) -> str:
    if port.neighbour is None:
        return "Check the port's configuration on the device"
    return f"Check the patch to {port.neighbour.device} {port.neighbour.port}"


def _gateway(intent: DeviceIntent, name: str) -> Check:
    return Check(
        device=intent.device.name,
        kind="interface",
        subject=f"gateway {name}",
        expected_text="up",
        expected=(InterfaceReading(name=name, admin_up=True, link_up=True),),
        next_step="Check the interface and the cable that carries it",
    )


def _vlans(intent: DeviceIntent) -> Iterator[Check]:
    wanted = tuple(VlanReading(id=vlan.id, name=vlan.name, active=True) for vlan in intent.vlans)
    for vlan in wanted:
        yield Check(
            device=intent.device.name,
            kind="vlan",
            subject=f"VLAN {vlan.id}",
            expected_text=f"active, name {vlan.name}",
            expected=(vlan,),
            next_step=f"Run siteauto plan {intent.site}",
        )
    if wanted:
        yield Check(
            device=intent.device.name,
            kind="no_extra_vlans",
            subject="VLANs",
            expected_text=f"only {vlan_ranges(vlan.id for vlan in wanted)}",
            expected=wanted,
            next_step=f"Run siteauto plan {intent.site}",
        )


def _trunk(intent: DeviceIntent, port: Port) -> Check:
    native = port.native_vlan if port.native_vlan is not None else 1
    return Check(
        device=intent.device.name,
        kind="trunk",
        subject=f"trunk {port.name}",
        expected_text=f"native {native}, VLANs {vlan_ranges(port.trunk_vlans)}",
        expected=(TrunkReading(port=port.name, native_vlan=native, allowed=port.trunk_vlans),),
        next_step=_patch(port),
    )


def _cabling(intent: DeviceIntent) -> Iterator[Check]:
    planned = tuple(
        (port, NeighbourReading(port=port.name, device=str(port.neighbour.device), device_port=port.neighbour.port))
        for port in intent.ports
        if port.neighbour is not None and port.neighbour.lldp and port.enabled
    )
    for port, wanted in planned:
        yield Check(
            device=intent.device.name,
            kind="neighbour",
            subject=f"port {port.name}",
            expected_text=f"{wanted.device} {wanted.device_port}",
            expected=(wanted,),
            next_step=_patch(port),
        )
    if planned:
        yield Check(
            device=intent.device.name,
            kind="no_unexpected_neighbours",
            subject="ports",
            expected_text="only the network devices of the cabling plan",
            expected=tuple(wanted for _, wanted in planned),
            next_step="Find the device and unplug it, or add it to the site file",
        )
