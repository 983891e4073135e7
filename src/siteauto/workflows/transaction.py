"""Change a whole site or nothing of it: stage all, arm outside-in, verify over fresh sessions, decide, confirm, save.

Any trouble before the decision undoes every device and proves it by reading it again. The timers on the devices do the
same when this program dies. See `core.transaction` for the rules.
"""

import json
from collections.abc import Callable, Sequence
from typing import TypeAlias

from siteauto.core.change.outcome import TransactionResult
from siteauto.core.change.plan import Plan, plan_to_dict
from siteauto.core.change.transaction import Decision, Pace, State
from siteauto.core.errors import PushError, SiteautoError
from siteauto.core.ports import Target
from siteauto.workflows.progress import OnEvent, Progress
from siteauto.workflows.push import AS_PLANNED, PushPorts
from siteauto.workflows.site_end import roll_back, roll_forward
from siteauto.workflows.site_push import (
    SitePush,
    arm_last_resources,
    arm_site,
    decide_to_commit,
    preflight_site,
    stage_site,
)
from siteauto.workflows.site_result import make_result
from siteauto.workflows.site_start import make_token, open_transaction

# Looks at the armed site over fresh sessions; returns what is wrong with it, nothing when all is well.
Verify: TypeAlias = Callable[[Sequence[Target]], Sequence[str]]


def run_transaction(
    plan: Plan,
    targets: Sequence[Target],
    ports: PushPorts,
    *,
    verify: Verify,
    on_event: OnEvent = lambda _: None,
    run: str = "",
    approved: str = "",
    accept_nonatomic: bool = False,
    pace: Pace = Pace(),  # noqa: B008 - a frozen value
) -> TransactionResult:
    """Bring the plan about, on all of its devices or on none.

    Obeys the plan and nothing else: devices without a change are not touched. Raises UsageError when the plan cannot be
    carried out safely, before any session is opened. Everything later is in the result, Ctrl-C too.
    """
    progress = Progress(
        {one.device: State.IDLE for one in plan.changing},
        run=run,
        journal=ports.journal,
        clock=ports.clock,
        on_event=on_event,
    )
    token = make_token(plan, run)
    site = open_transaction(
        plan, targets, ports, token=token, progress=progress, pace=pace, accept_nonatomic=accept_nonatomic
    )
    if not site.pushes:
        return make_result(site, Decision.COMMIT)
    with ports.held:
        return _carry_out(site, plan, verify, approved)


def _carry_out(site: SitePush, plan: Plan, verify: Verify, approved: str) -> TransactionResult:
    try:
        _record_plan(site, plan, approved)
        preflight_site(site)
        stage_site(site)
        arm_site(site)
        _judge_site(site, verify)
        if site.order.last:
            arm_last_resources(site)
            _judge_site(site, verify)
        decide_to_commit(site)
    except (SiteautoError, KeyboardInterrupt) as reason:
        interrupted = roll_back(site, str(reason)) or isinstance(reason, KeyboardInterrupt)
        return make_result(site, Decision.ABORT, reason=reason, interrupted=interrupted)
    return make_result(site, Decision.COMMIT, interrupted=roll_forward(site))


def _record_plan(site: SitePush, plan: Plan, approved: str) -> None:
    """The whole plan, who approved it, and for each device the change that was approved."""
    kept = site.progress.keep("plan.json", json.dumps(plan_to_dict(plan), indent=1))
    site.progress.record(
        "plan",
        site=plan.site,
        digest=plan.digest,
        file=kept,
        approved=approved,
        token=next(one.token for one in site.pushes.values()),
        devices={name: one.plan.diff_digest for name, one in site.pushes.items()},
        hosts={name: one.target.host for name, one in site.pushes.items()},
    )


def _judge_site(site: SitePush, verify: Verify) -> None:
    problems = verify([one.target.under(AS_PLANNED) for one in site.pushes.values()])
    site.progress.record("verify", problems=list(problems))
    if problems:
        count = len(problems)
        raise PushError(
            f"The changed site does not work as intended: {count} check{'s' if count != 1 else ''} failed",
            expected="every check to pass",
            found="; ".join(problems[:3]) + ("; …" if count > 3 else ""),
            next_step="The site is undone. Correct what the checks name, then plan again",
        )
