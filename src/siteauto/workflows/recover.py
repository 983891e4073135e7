"""What a change has left behind of which no journal tells: read from the devices, decided by nobody but a person."""

from siteauto.core.change.candidate import changes, differences
from siteauto.core.change.recovery import Condition, Recovered, Recovery
from siteauto.core.errors import SiteautoError, UnreachableError
from siteauto.core.ports import Session, Target
from siteauto.core.run import Outcome
from siteauto.workflows.inspection import find_pending, must_be
from siteauto.workflows.reach import reach
from siteauto.workflows.read_config import read_config
from siteauto.workflows.site_run import SiteRun


def recover_site(run: SiteRun) -> Recovery:
    """Ask every device. Changes nothing."""
    outcomes = run.runner.run(run.targets, lambda target: _look(run, target))
    return Recovery(devices=tuple(_recovered(outcome) for outcome in outcomes.values()))


def _look(run: SiteRun, target: Target) -> Recovered:
    with reach(run.transport, target) as (session, _):
        must_be(target, session)
        timer = find_pending(target, session)
        if timer:
            return Recovered(device=target.device.name, condition=Condition.PENDING, told=timer)
        condition, unsaved = _condition(run, target, session), _unsaved(run, target, session)
        return Recovered(device=target.device.name, condition=condition, unsaved=unsaved)


def _condition(run: SiteRun, target: Target, session: Session) -> Condition:
    name, platform = target.device.name, target.platform
    if not differences(platform, read_config(session, platform), run.rendered[name].text, run.book):
        return Condition.INTENDED
    kept = run.archive.store.latest(run.site.name, f"{name}.{platform.backup.extension}")
    if kept is not None and not changes(platform, session.fetch("running"), kept, run.book):
        return Condition.BEFORE
    return Condition.CHANGED


def _unsaved(run: SiteRun, target: Target, session: Session) -> bool:
    if not target.platform.backup.startup:
        return False
    return bool(changes(target.platform, session.fetch("startup"), session.fetch("running"), run.book))


def _recovered(outcome: Outcome[Recovered]) -> Recovered:
    if outcome.value is not None:
        return outcome.value
    error = outcome.error or SiteautoError(f"{outcome.device}: the runner gave no result")
    lost = isinstance(error, UnreachableError)
    condition = Condition.UNREACHABLE if lost else Condition.UNCLEAR
    return Recovered(device=outcome.device, condition=condition, told=str(error))
