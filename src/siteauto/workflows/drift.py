"""Compare running with intended, on the live devices."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.drift.ignore import IgnoreRule, report_ignores
from siteauto.core.drift.make_drift import Ignores, JudgedDrift, judge_drift
from siteauto.core.errors import UnreachableError, UsageError
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.core.run import Outcome
from siteauto.workflows.reach import reach
from siteauto.workflows.read_config import read_config
from siteauto.workflows.rendered_sites import RenderedDevice
from siteauto.workflows.site_drift import SiteDrift, facts_of, subject_of
from siteauto.workflows.site_run import SiteRun


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One device: the verdict, and its running configuration as it may be shown."""

    judged: JudgedDrift
    text: str = field(repr=False)


def find_drift(run: SiteRun, rules: tuple[IgnoreRule, ...] = ()) -> SiteDrift:
    """One verdict per device. Raises UsageError when there is nothing to compare."""
    if not run.targets:
        raise UsageError(f"{run.site.name} has no device to compare", expected="at least one")
    ignores = Ignores(rules=rules, today=run.clock.now().date())
    devices = _rendered(run)

    def compare(target: Target) -> _Read:
        with reach(run.transport, target) as (session, _):
            running = read_config(session, target.platform)
        judged = judge_drift(facts_of(devices[target.device.name], running, revealed=True), ignores, run.book)
        return _Read(judged=_gated(run, judged), text=_gate(run, run.archive.redact(target.platform, running)))

    intended = [target for target in run.targets if target.device.name in devices]
    outcomes = run.runner.run(intended, compare) if intended else {}
    read = {name: outcome.value for name, outcome in outcomes.items() if outcome.value is not None}
    return SiteDrift(
        report=DriftReport(
            site=run.site.name,
            target=run.described_as,
            at=run.now(),
            devices=tuple(_device(target.device.name, outcomes.get(target.device.name)) for target in run.targets),
            ignores=report_ignores(
                rules,
                [rule for one in read.values() for rule in one.judged.used],
                compared=[subject_of(devices[name].intent) for name in read],
                known=list(map(subject_of, run.intents)),
                today=ignores.today,
            ),
        ),
        devices=tuple(devices.values()),
        running={name: one.text for name, one in read.items()},
        ignores=ignores,
        book=run.book,
        revealed=True,
    )


def _rendered(run: SiteRun) -> Mapping[DeviceName, RenderedDevice]:
    intents = {intent.device.name: intent for intent in run.intents}
    return {
        name: RenderedDevice(intent=intents[name], platform=target.platform, text=run.rendered[name].text)
        for target in run.targets
        if (name := target.device.name) in run.rendered
    }


def _gated(run: SiteRun, judged: JudgedDrift) -> JudgedDrift:
    """The verdict as it may be shown: somebody may have typed a password where no rule looks for one."""
    drift = judged.drift
    shown = replace(
        drift,
        text=_gate(run, drift.text),
        remediation=tuple(_gate(run, line) for line in drift.remediation),
        converges=_gate(run, drift.converges),
        last_change=_gate(run, drift.last_change),
    )
    return replace(judged, drift=shown)


def _gate(run: SiteRun, text: str) -> str:
    return run.archive.gate(text).text


def _device(name: DeviceName, outcome: Outcome[_Read] | None) -> DeviceDrift:
    if outcome is None:
        return DeviceDrift(
            device=name, status=DriftStatus.NO_INTENT, reason="backup only: nobody says what it shall be"
        )
    if outcome.value is not None:
        return outcome.value.judged.drift
    status = DriftStatus.UNREACHABLE if isinstance(outcome.error, UnreachableError) else DriftStatus.ERROR
    return DeviceDrift(device=name, status=status, reason=str(outcome.error))
