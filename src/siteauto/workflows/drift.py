"""Compare running with intended, on the live devices."""

import re

from siteauto.core.config import diff, diff_text, normalise
from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.errors import UnreachableError, UsageError
from siteauto.core.models import DeviceName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Target
from siteauto.core.run import Outcome
from siteauto.workflows.read_config import read_config
from siteauto.workflows.site_run import SiteRun


def find_drift(run: SiteRun) -> DriftReport:
    """One verdict per device. Raises UsageError when there is nothing to compare."""
    if not run.targets:
        raise UsageError(f"{run.site.name} has no device to compare", expected="at least one")

    def compare(target: Target) -> DeviceDrift:
        with run.transport.connect(target) as session:
            running = read_config(session, target.platform)
        return _judge(run, target, running)

    intended = [target for target in run.targets if target.device.name in run.rendered]
    outcomes = run.runner.run(intended, compare) if intended else {}
    devices = tuple(_device(target.device.name, outcomes.get(target.device.name)) for target in run.targets)
    return DriftReport(site=run.site.name, target=run.described_as, at=run.now(), devices=devices)


def _judge(run: SiteRun, target: Target, running: str) -> DeviceDrift:
    name, rules = target.device.name, target.platform.config
    found = diff(
        normalise(rules, running, secrets=run.book),
        normalise(rules, run.rendered[name].text, secrets=run.book),
    )
    count = len(found.significant)
    return DeviceDrift(
        device=name,
        status=DriftStatus.DRIFT if count else DriftStatus.SAME,
        text=diff_text(found) if count else "",
        differences=count,
        minor=len(found.differences) - count,
        last_change=_last_change(target.platform, running),
    )


def _last_change(platform: PlatformSpec, running: str) -> str:
    pattern = platform.backup.last_change
    match = re.search(pattern, running, re.MULTILINE) if pattern else None
    return match.group(0).lstrip("!# ").strip() if match else ""


def _device(name: DeviceName, outcome: Outcome[DeviceDrift] | None) -> DeviceDrift:
    if outcome is None:
        return DeviceDrift(
            device=name, status=DriftStatus.NO_INTENT, reason="backup only: nobody says what it shall be"
        )
    if outcome.value is not None:
        return outcome.value
    status = DriftStatus.UNREACHABLE if isinstance(outcome.error, UnreachableError) else DriftStatus.ERROR
    return DeviceDrift(device=name, status=status, reason=str(outcome.error))
