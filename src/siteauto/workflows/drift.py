"""Compare running with intended, on the live devices."""

from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.drift.ignore import IgnoreRule, Subject, report_ignores
from siteauto.core.drift.make_drift import DriftFacts, Ignores, JudgedDrift, judge_drift
from siteauto.core.errors import UnreachableError, UsageError
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.core.run import Outcome
from siteauto.workflows.read_config import read_config
from siteauto.workflows.site_run import SiteRun


def find_drift(run: SiteRun, rules: tuple[IgnoreRule, ...] = ()) -> DriftReport:
    """One verdict per device. Raises UsageError when there is nothing to compare."""
    if not run.targets:
        raise UsageError(f"{run.site.name} has no device to compare", expected="at least one")
    ignores = Ignores(rules=rules, today=run.clock.now().date())

    def compare(target: Target) -> JudgedDrift:
        with run.transport.connect(target) as session:
            running = read_config(session, target.platform)
        return judge_drift(_facts(run, target, running), ignores, run.book)

    intended = [target for target in run.targets if target.device.name in run.rendered]
    outcomes = run.runner.run(intended, compare) if intended else {}
    judged = [(target, outcomes.get(target.device.name)) for target in run.targets]
    values = [
        (target, outcome.value) for target, outcome in judged if outcome is not None and outcome.value is not None
    ]
    return DriftReport(
        site=run.site.name,
        target=run.described_as,
        at=run.now(),
        devices=tuple(_device(target.device.name, outcome) for target, outcome in judged),
        ignores=report_ignores(
            rules,
            [rule for _, value in values for rule in value.used],
            [_subject(run, target) for target, _ in values],
            today=ignores.today,
        ),
    )


def _facts(run: SiteRun, target: Target, running: str) -> DriftFacts:
    return DriftFacts(
        subject=_subject(run, target),
        platform=target.platform,
        running=running,
        intended=run.rendered[target.device.name].text,
        login=run.site.organisation.local_admin,
    )


def _subject(run: SiteRun, target: Target) -> Subject:
    device = target.device
    return Subject(site=run.site.name, device=device.name, role=device.role, platform=target.platform.name)


def _device(name: DeviceName, outcome: Outcome[JudgedDrift] | None) -> DeviceDrift:
    if outcome is None:
        return DeviceDrift(
            device=name, status=DriftStatus.NO_INTENT, reason="backup only: nobody says what it shall be"
        )
    if outcome.value is not None:
        return outcome.value.drift
    status = DriftStatus.UNREACHABLE if isinstance(outcome.error, UnreachableError) else DriftStatus.ERROR
    return DeviceDrift(device=name, status=status, reason=str(outcome.error))
