"""Judges of what a wireless controller serves, or an access point that has none."""

from collections.abc import Sequence

from siteauto.core.checks import Check, CheckResult
from siteauto.core.checks.verdict import failed, only, passed
from siteauto.core.readings import AccessPointReading, SsidReading


def ssid(check: Check, readings: Sequence[SsidReading]) -> CheckResult:
    """The WLAN exists under its number, is enabled, and has the intended name and security."""
    (wanted,) = only(SsidReading, check.expected)
    if wanted.band:
        return _on_air(check, wanted, readings)
    found = next((reading for reading in readings if reading.wlan_id == wanted.wlan_id), None)
    if found is None:
        return failed(check, "is missing", actual=f"no WLAN with number {wanted.wlan_id}")
    actual = f"{found.ssid}, {'enabled' if found.enabled else 'disabled'}"
    actual += f", {found.security}" if found.security else ""
    if (found.ssid, found.profile) != (wanted.ssid, wanted.profile):
        return failed(check, "has another name", actual=f"{found.ssid}, profile {found.profile}")
    if not found.enabled:
        return failed(check, "is not enabled", actual=actual)
    if found.security and found.security != wanted.security:
        return failed(check, "has the wrong security", actual=actual)
    return passed(check, actual)


def _on_air(check: Check, wanted: SsidReading, readings: Sequence[SsidReading]) -> CheckResult:
    """A radio of this band sends the name, with its security, and puts clients into the intended VLAN."""
    found = next((one for one in readings if (one.ssid, one.band) == (wanted.ssid, wanted.band)), None)
    if found is None:
        on_air = ", ".join(sorted({one.ssid for one in readings if one.band == wanted.band})) or "nothing"
        return failed(check, "is not on air", actual=f"{on_air} at {wanted.band} GHz")
    actual = f"{found.ssid}, {found.security or 'open'}, VLAN {found.vlan or 'none'}"
    if found.security != wanted.security:
        return failed(check, "has the wrong security", actual=actual)
    if found.vlan != wanted.vlan:
        return failed(check, "puts clients into the wrong VLAN", actual=actual)
    return passed(check, actual)


def ssid_vlan(check: Check, readings: Sequence[SsidReading]) -> CheckResult:
    """The SSID's policy profile is enabled and puts its clients into the intended VLAN."""
    wanted = {reading.vlan for reading in only(SsidReading, check.expected)}
    found = readings[0]
    if not found.enabled:
        return failed(check, "is not served", actual="its policy profile is disabled")
    if found.vlan not in wanted:
        return failed(check, "puts clients into the wrong VLAN", actual=f"VLAN {found.vlan or 'none'}")
    return passed(check, f"VLAN {found.vlan}")


def access_point(check: Check, readings: Sequence[AccessPointReading]) -> CheckResult:
    """The access point has joined. It is known by its Ethernet address: its name is the controller's affair."""
    (wanted,) = only(AccessPointReading, check.expected)
    found = next((reading for reading in readings if _same_box(reading, wanted)), None)
    if found is None:
        return failed(check, "has not joined", actual=f"{len(readings)} other access points have")
    if found.state.lower() != wanted.state.lower():
        return failed(check, "is not in service", actual=found.state)
    if not found.model.startswith(wanted.model):  # the device adds the regulatory domain: CW9166I-B
        return failed(check, "is another model", actual=found.model)
    return passed(check, f"{found.state}, {found.model}")


def _same_box(found: AccessPointReading, wanted: AccessPointReading) -> bool:
    if found.mac and wanted.mac:
        return found.mac.lower() == wanted.mac.lower()
    return found.name == wanted.name
