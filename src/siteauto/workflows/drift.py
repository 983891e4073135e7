"""Compare running with intended, on the live devices."""

import re
from collections.abc import Callable, Mapping, Sequence

from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.errors import UnreachableError, UsageError
from siteauto.core.intent import RenderedConfig
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Clock, Runner, Session, Target, Transport
from siteauto.core.run import Outcome
from siteauto.core.snapshot import find_defects

# Platform, running with what it hides, intended -> the lines that count, and how many do not.
Compare = Callable[[PlatformSpec, str, str], "tuple[str, int, int]"]
Read = Callable[[Session, Target], str]


def find_drift(
    site: SiteName,
    targets: Sequence[Target],
    intended: Mapping[DeviceName, RenderedConfig],
    *,
    transport: Transport,
    runner: Runner,
    clock: Clock,
    read: Read,
    compare: Compare,
    described_as: str,
) -> DriftReport:
    """One verdict per device; `read` gives the running configuration with the lines that it hides."""
    if not targets:
        raise UsageError(f"{site} has no device to compare", expected="at least one", next_step="Check the selection")

    def compare_device(target: Target) -> DeviceDrift:
        with transport.connect(target) as session:
            running = read(session, target)
        return _judge(target, running, intended[target.device.name].text, compare)

    outcomes = runner.run(targets, compare_device)
    return DriftReport(
        site=site,
        target=described_as,
        at=clock.now().isoformat(timespec="seconds"),
        devices=tuple(_device(target.device.name, outcomes[target.device.name]) for target in targets),
    )


def _judge(target: Target, running: str, intended: str, compare: Compare) -> DeviceDrift:
    name = target.device.name
    if defects := find_defects(target.platform.backup, running):
        return DeviceDrift(device=name, status=DriftStatus.ERROR, reason=f"not whole: {'; '.join(defects)}")
    text, differences, minor = compare(target.platform, running, intended)
    return DeviceDrift(
        device=name,
        status=DriftStatus.DRIFT if differences else DriftStatus.SAME,
        text=text,
        differences=differences,
        minor=minor,
        last_change=_last_change(target.platform, running),
    )


def _last_change(platform: PlatformSpec, running: str) -> str:
    pattern = platform.backup.last_change
    match = re.search(pattern, running, re.MULTILINE) if pattern else None
    return match.group(0).lstrip("!# ").strip() if match else ""


def _device(name: DeviceName, outcome: Outcome[DeviceDrift]) -> DeviceDrift:
    if outcome.value is not None:
        return outcome.value
    status = DriftStatus.UNREACHABLE if isinstance(outcome.error, UnreachableError) else DriftStatus.ERROR
    return DeviceDrift(device=name, status=status, reason=str(outcome.error))
