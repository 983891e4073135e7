"""Judges of what is plugged in where: interfaces, VLANs, trunks, neighbours."""

import re
from collections.abc import Sequence

from siteauto.core.checks import Check, CheckResult
from siteauto.core.checks.verdict import failed, only, passed, vlan_ranges
from siteauto.core.readings import NOT_LISTED, InterfaceReading, NeighbourReading, TrunkReading, VlanReading

NETWORK_CAPABILITIES = frozenset({"bridge", "router", "wlan-ap"})


def interface(check: Check, readings: Sequence[InterfaceReading]) -> CheckResult:
    """The port is up or shut as intended, linked where something is cabled, and in its mode and VLAN.

    Two expectations are alternatives: of a port that may have link or not.
    """
    wanted, *others = only(InterfaceReading, check.expected)
    found = next((reading for reading in readings if reading.name == wanted.name), None)
    wanted = next((other for other in others if found and other.link_up == found.link_up), wanted)
    if found is None and any(other.state == NOT_LISTED for other in others):
        return passed(check, "not listed: no transceiver is in it")
    if found is None:
        return failed(check, "is not there", actual="the device lists no such port")
    state = found.state or ("up" if found.link_up else "down")
    if found.fault:
        return failed(check, "was shut by the device itself", actual=found.fault)
    if wanted.admin_up != found.admin_up:
        return failed(check, "is not shut" if found.admin_up else "is shut", actual=state)
    if wanted.link_up and not found.link_up:
        return failed(check, "is down", expected="up", actual=state)
    return _mode(check, wanted, found) or passed(check, f"{state}{_membership(found)}")


def _mode(check: Check, wanted: InterfaceReading, found: InterfaceReading) -> CheckResult | None:
    if wanted.mode and found.mode and wanted.mode != found.mode:
        step = "Check the port's configuration on the device"
        return failed(check, f"is not in {wanted.mode} mode", actual=_membership(found).lstrip(", "), next_step=step)
    if wanted.vlan is not None and found.vlan is not None and wanted.vlan != found.vlan:
        return failed(
            check,
            "is in the wrong VLAN",
            expected=f"VLAN {wanted.vlan}",
            actual=f"VLAN {found.vlan}",
            next_step="Check the port's configuration on the device",
        )
    return None


def _membership(found: InterfaceReading) -> str:
    if found.mode == "access":
        return f", access VLAN {found.vlan}"
    return f", {found.mode}" if found.mode else ""


def vlan(check: Check, readings: Sequence[VlanReading]) -> CheckResult:
    """The VLAN exists, is active and has its name, where VLANs have names."""
    (wanted,) = only(VlanReading, check.expected)
    found = next((reading for reading in readings if reading.id == wanted.id), None)
    if found is None:
        return failed(check, "is missing", actual=f"VLANs {vlan_ranges(reading.id for reading in readings)}")
    if not found.active:
        return failed(check, "is not active", actual="suspended or shut")
    if found.name and found.name != wanted.name:
        return failed(check, "has another name", actual=f"name {found.name}")
    return passed(check, f"active, name {found.name}" if found.name else "active")


def no_extra_vlans(check: Check, readings: Sequence[VlanReading]) -> CheckResult:
    """The device has no VLAN that is not intended."""
    wanted = {reading.id for reading in only(VlanReading, check.expected)}
    extra = {reading.id for reading in readings} - wanted
    if extra:
        return failed(check, "hold more than intended", actual=f"also {vlan_ranges(extra)}")
    return passed(check, vlan_ranges(wanted))


def trunk(check: Check, readings: Sequence[TrunkReading]) -> CheckResult:
    """The port trunks exactly the intended VLANs, with the intended native VLAN."""
    (wanted,) = only(TrunkReading, check.expected)
    found = next((reading for reading in readings if reading.port == wanted.port), None)
    if found is None:
        return failed(check, "does not trunk", actual="not among the working trunks")
    carried = f"native {found.native_vlan}, VLANs {vlan_ranges(found.allowed)}"
    missing, extra = set(wanted.allowed) - set(found.allowed), set(found.allowed) - set(wanted.allowed)
    if missing or extra:
        notes = [f"missing {vlan_ranges(missing)}"] if missing else []
        notes += [f"too many {vlan_ranges(extra)}"] if extra else []
        return failed(check, "carries the wrong VLANs", actual=f"{carried} ({', '.join(notes)})")
    if wanted.native_vlan != found.native_vlan:
        return failed(check, "has the wrong native VLAN", actual=carried)
    return passed(check, carried)


def neighbour(check: Check, readings: Sequence[NeighbourReading]) -> CheckResult:
    """The cable of this port ends where the cabling plan says."""
    (wanted,) = only(NeighbourReading, check.expected)
    seen = [reading for reading in readings if reading.port == wanted.port]
    if not seen:
        return failed(check, "has no neighbour", actual="LLDP sees nobody")
    actual = ", ".join(f"{reading.device} {reading.device_port}" for reading in seen)
    if any(_is_planned(reading, wanted) for reading in seen):
        return passed(check, actual)
    return failed(check, "is cabled to another port", actual=actual)


def no_unexpected_neighbours(check: Check, readings: Sequence[NeighbourReading]) -> CheckResult:
    """No switch, router or access point hangs on a port that the cabling plan does not give it.

    Phones bridge for the computer behind them, and are welcome.
    """
    planned = only(NeighbourReading, check.expected)
    strangers = [
        reading
        for reading in readings
        if NETWORK_CAPABILITIES.intersection(reading.capabilities)
        and "telephone" not in reading.capabilities
        and not any(reading.port == wanted.port and _is_planned(reading, wanted) for wanted in planned)
    ]
    if strangers:
        actual = ", ".join(f"{reading.device or 'unnamed'} on {reading.port}" for reading in strangers)
        return failed(check, "hold a device that is not planned", actual=actual)
    return passed(check, f"{len(readings)} neighbour{'s' if len(readings) != 1 else ''}, all planned")


def _is_planned(seen: NeighbourReading, wanted: NeighbourReading) -> bool:
    return same_host(seen.device, wanted.device) and same_port(seen.device_port, wanted.device_port)


def same_host(one: str, other: str) -> bool:
    """Whether two names mean one box: LLDP may add the domain."""
    return one.lower().partition(".")[0] == other.lower().partition(".")[0]


def same_port(one: str, other: str) -> bool:
    """Whether two names mean one port: Te1/1/1 is TenGigabitEthernet1/1/1. Letters may be cut, numbers may not."""
    split = re.compile(r"([A-Za-z-]*)(.*)", re.DOTALL)
    (letters, numbers), (other_letters, other_numbers) = (
        split.fullmatch(name.replace(" ", "").lower()).groups()  # type: ignore[union-attr]  # matches any text
        for name in (one, other)
    )
    same_kind = letters.startswith(other_letters) or other_letters.startswith(letters)
    return same_kind and numbers == other_numbers and bool(letters) == bool(other_letters)
