"""Judges a check by what the device said of itself. Pure: readings in, result out.

An answer in which nothing could be read never passes: it fails where nothing is an answer ("no neighbour"), and is an
error elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from siteauto.core.checks import KINDS, Check, CheckResult, judge_firewall, judge_ports, judge_services, judge_wireless
from siteauto.core.checks.verdict import errored, failed, only, passed
from siteauto.core.readings import (
    AccessPointReading,
    ClockReading,
    ConfigReading,
    IdentityReading,
    InterfaceReading,
    NeighbourReading,
    PingReading,
    PolicyReading,
    Reading,
    RouteReading,
    SsidReading,
    TrunkReading,
    VlanReading,
)


def judge(check: Check, readings: Sequence[Reading]) -> CheckResult:
    """How the check ended, given what was read."""
    kind, decide = JUDGES[check.kind]
    found = only(kind, readings)
    if not found and not KINDS[check.kind].may_be_empty:
        return errored(check, "nothing was recognised in the device's answer")
    return decide(check, found)


def _identity(check: Check, readings: Sequence[IdentityReading]) -> CheckResult:
    (wanted,) = only(IdentityReading, check.expected)
    found = readings[0]
    actual = f"{found.model} {found.serial}"
    if (found.model, found.serial) == (wanted.model, wanted.serial):
        return passed(check, f"{actual}, version {found.version}")
    return failed(check, "answered as another box", actual=actual)


def _same_config(check: Check, readings: Sequence[ConfigReading]) -> CheckResult:
    differences, untold = readings[0].differences, readings[0].untold
    if not differences:
        return passed(check, f"equal; {untold} stored secrets cannot be compared" if untold else "equal")
    count = len(differences)
    shown = "; ".join(differences[:3]) + ("; …" if count > 3 else "")
    return failed(check, "differs", actual=f"{count} line{'s' if count != 1 else ''}: {shown}")


# `Any`: each function takes readings of the type beside it.
JUDGES: Mapping[str, tuple[type[Reading], Callable[[Check, Any], CheckResult]]] = MappingProxyType(
    {
        "identity": (IdentityReading, _identity),
        "running_intended": (ConfigReading, _same_config),
        "running_saved": (ConfigReading, _same_config),
        "interface": (InterfaceReading, judge_ports.interface),
        "vlan": (VlanReading, judge_ports.vlan),
        "no_extra_vlans": (VlanReading, judge_ports.no_extra_vlans),
        "trunk": (TrunkReading, judge_ports.trunk),
        "neighbour": (NeighbourReading, judge_ports.neighbour),
        "no_unexpected_neighbours": (NeighbourReading, judge_ports.no_unexpected_neighbours),
        "default_route": (RouteReading, judge_services.default_route),
        "ping": (PingReading, judge_services.ping),
        "clock": (ClockReading, judge_services.clock),
        "ssid": (SsidReading, judge_wireless.ssid),
        "ssid_vlan": (SsidReading, judge_wireless.ssid_vlan),
        "access_point": (AccessPointReading, judge_wireless.access_point),
        "policy": (PolicyReading, judge_firewall.policy),
        "policy_order": (PolicyReading, judge_firewall.policy_order),
        "default_deny": (PolicyReading, judge_firewall.default_deny),
    }
)
