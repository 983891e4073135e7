"""Change a whole site or nothing of it: stage all, arm outside-in, verify over fresh sessions, decide, confirm, save.

Any trouble before the decision undoes every device and proves it by reading it again. The timers on the devices do the
same when this program dies. See `core.transaction` for the rules.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from siteauto.core.errors import PushError, SiteautoError, UsageError
from siteauto.core.models import DeviceName
from siteauto.core.outcome import DeviceEnd, TransactionResult
from siteauto.core.plan import Plan, digest_of, plan_to_dict
from siteauto.core.ports import Target
from siteauto.core.transaction import (
    Decision,
    Pace,
    Participant,
    State,
    Verdict,
    deadline_of,
    make_order,
    unfit_timers,
)
from siteauto.workflows.progress import OnEvent, Progress
from siteauto.workflows.push import AS_FOUND, AS_PLANNED, Push, PushPorts
from siteauto.workflows.site_end import roll_back, roll_forward
from siteauto.workflows.site_push import SitePush, arm_last_resources, arm_site, decide_to_commit, stage_site

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
    pace: Pace = Pace(),  # noqa: B008 - a frozen value
) -> TransactionResult:
    """Bring the plan about, on all of its devices or on none.

    Obeys the plan and nothing else: devices without a change are not touched. Raises UsageError when the plan cannot be
    carried out safely, before any session is opened. Everything later is in the result, Ctrl-C too.
    """
    pushes = _pushes(plan, targets, run)
    participants = [Participant(device=one.plan.device, path=one.plan.path, timer=one.method.timer) for one in pushes]
    order = make_order(participants)
    _refuse(plan, unfit_timers(participants, pace), order.last)
    progress = Progress(
        {one.plan.device: State.IDLE for one in pushes},
        run=run,
        journal=ports.journal,
        clock=ports.clock,
        on_event=on_event,
    )
    site = SitePush(
        targets=tuple(targets),
        pushes={one.plan.device: one for one in pushes},
        order=order,
        ports=ports,
        progress=progress,
        pace=pace,
        deadline=deadline_of(ports.clock.now(), pace),
    )
    if not pushes:
        return _result(site, Decision.COMMIT)
    try:
        _record_plan(site, plan, approved)
        stage_site(site)
        arm_site(site)
        _judge_site(site, verify)
        if order.last:
            arm_last_resources(site)
            _judge_site(site, verify)
        decide_to_commit(site)
    except (SiteautoError, KeyboardInterrupt) as reason:
        interrupted = roll_back(site, reason) or isinstance(reason, KeyboardInterrupt)
        return _result(site, Decision.ABORT, reason=reason, interrupted=interrupted)
    return _result(site, Decision.COMMIT, interrupted=roll_forward(site))


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
    )


def _judge_site(site: SitePush, verify: Verify) -> None:
    problems = verify([replace(one.target, generation=AS_PLANNED) for one in site.pushes.values()])
    site.progress.record("verify", problems=list(problems))
    if problems:
        count = len(problems)
        raise PushError(
            f"The changed site does not work as intended: {count} check{'s' if count != 1 else ''} failed",
            expected="every check to pass",
            found="; ".join(problems[:3]) + ("; …" if count > 3 else ""),
            next_step="The site is undone. Correct what the checks name, then plan again",
        )


def _pushes(plan: Plan, targets: Sequence[Target], run: str) -> tuple[Push, ...]:
    by_name = {target.device.name: target for target in targets}
    token = digest_of(f"{plan.digest} {run}")[:8]
    pushes = []
    for one in plan.changing:
        target = by_name.get(one.device)
        method = target.platform.push_method(one.role) if target is not None else None
        if target is None or method is None or one.unsupported:
            raise UsageError(
                f"{one.device}: the plan changes it, but it cannot be changed",
                expected="a way to reach it and a platform that can be pushed",
                found=one.unsupported or ("no target" if target is None else f"no push for the role {one.role}"),
                next_step="Take it out of the change, or give it what it lacks",
            )
        pushes.append(Push(plan=one, target=target, method=method, token=token))
    return tuple(pushes)


def _refuse(plan: Plan, unfit: Sequence[str], last: Sequence[Sequence[DeviceName]]) -> None:
    if unfit:
        raise UsageError(
            f"{plan.site}: the timers of its devices do not fit the change's window",
            expected="one deadline that every device can hold",
            found="; ".join(unfit),
            next_step="Choose another window",
        )
    if len(last) > 1:
        raise UsageError(
            f"{plan.site}: {len(last)} devices have no timer, so the change cannot be all or nothing",
            expected="one such device at most",
            found=", ".join(name for group in last for name in group),
            next_step="Change them one after the other",
        )


def _result(
    site: SitePush, decision: Decision, *, reason: BaseException | None = None, interrupted: bool = False
) -> TransactionResult:
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
    return replace(target, generation=AS_PLANNED if changed else AS_FOUND)
