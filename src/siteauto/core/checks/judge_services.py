"""Judges of whether the device can reach what it needs: default route, ping, time."""

from collections.abc import Sequence

from siteauto.core.checks import Check, CheckResult
from siteauto.core.checks.verdict import failed, only, passed
from siteauto.core.readings import ClockReading, PingReading, RouteReading

DEFAULT_ROUTE = "0.0.0.0/0"
LOST_TO_ARP = 1  # the first request often goes missing while the gateway's address is resolved


def default_route(check: Check, readings: Sequence[RouteReading]) -> CheckResult:
    """The table that forwards holds a default route to the intended gateway."""
    (wanted,) = only(RouteReading, check.expected)
    hops = [reading.next_hop for reading in readings if reading.prefix == DEFAULT_ROUTE]
    if not hops:
        return failed(check, "is missing", actual="no default route")
    if wanted.next_hop not in hops:
        return failed(check, "points elsewhere", actual=f"via {', '.join(hops)}")
    return passed(check, f"via {wanted.next_hop}")


def ping(check: Check, readings: Sequence[PingReading]) -> CheckResult:
    """The target answers; one lost request is forgiven."""
    found = readings[0]
    actual = f"{found.received} of {found.sent} answered"
    if not found.received:
        return failed(check, "does not answer", actual=actual)
    if found.sent - found.received > LOST_TO_ARP:
        return failed(check, "loses packets", actual=actual)
    return passed(check, actual)


def clock(check: Check, readings: Sequence[ClockReading]) -> CheckResult:
    """The clock follows one of the intended servers."""
    servers = [reading.server for reading in only(ClockReading, check.expected)]
    found = readings[0]
    if not found.synchronised:
        return failed(check, "is not synchronised", actual="unsynchronised")
    if found.server and found.server not in servers:
        return failed(check, "follows another server", actual=found.server)
    stratum = f", stratum {found.stratum}" if found.stratum is not None else ""
    return passed(check, f"synchronised to {found.server or 'a server'}{stratum}")
