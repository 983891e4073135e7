"""What is told of a site transaction when it has ended."""

from collections.abc import Mapping

from siteauto.core.change.outcome import DeviceEnd, TransactionResult
from siteauto.core.change.transaction import Decision, State, Verdict
from siteauto.core.errors import SiteautoError
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.workflows.push import AS_FOUND, AS_PLANNED
from siteauto.workflows.site_push import SitePush


def make_result(
    site: SitePush, decision: Decision, *, reason: BaseException | None = None, interrupted: bool = False
) -> TransactionResult:
    """How it ended; written to the journal, and as a value."""
    try:
        verdict = site.progress.conclude() if site.pushes else Verdict.COMMITTED
    except KeyboardInterrupt:  # all is done but the last record
        verdict, interrupted = site.progress.conclude(), True
    states, errors, diffs = site.progress.states, site.progress.errors, site.device_diffs
    return TransactionResult(
        verdict=verdict,
        decision=decision,
        devices=tuple(
            DeviceEnd(
                device=name,
                state=state,
                error=errors.get(name),
                device_diff=diffs.get(name, ""),
                leftover=site.leftovers.get(name, ""),
            )
            for name, state in states.items()
        ),
        targets=tuple(_as_reached_now(target, states) for target in site.targets),
        reason=reason if isinstance(reason, SiteautoError) else None,
        interrupted=interrupted,
        deadline=site.deadline,
        journal_error=site.progress.journal_error,
    )


def _as_reached_now(target: Target, states: Mapping[DeviceName, State]) -> Target:
    changed = states.get(target.device.name) in (State.CONFIRMED, State.SAVED, State.MIXED)
    return target.under(AS_PLANNED if changed else AS_FOUND)
