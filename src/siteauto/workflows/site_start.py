"""The start of a site transaction, the first time and when it is resumed: who takes part, in which order."""

from collections.abc import Sequence
from dataclasses import replace

from siteauto.core.change.plan import Plan, digest_of
from siteauto.core.change.transaction import Pace, Participant, deadline_of, make_order, unfit_timers
from siteauto.core.errors import UsageError
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.workflows.progress import Progress
from siteauto.workflows.push import Push, PushPorts
from siteauto.workflows.site_push import SitePush


def make_token(plan: Plan, run: str) -> str:
    """What names this transaction on the devices."""
    return digest_of(f"{plan.digest} {run}")[:8]


def open_transaction(
    plan: Plan,
    targets: Sequence[Target],
    ports: PushPorts,
    *,
    token: str,
    progress: Progress,
    pace: Pace,
    accept_nonatomic: bool = False,
) -> SitePush:
    """The transaction of this plan. Raises UsageError when it cannot be carried out safely; opens no session.

    `accept_nonatomic`: somebody knows that several devices without a timer are no whole.
    """
    targets = [as_found(plan, target) for target in targets]
    pushes = _pushes(plan, targets, token)
    participants = [Participant(device=one.plan.device, path=one.plan.path, timer=one.method.timer) for one in pushes]
    order = make_order(participants)
    _refuse(plan, unfit_timers(participants, pace), () if accept_nonatomic else order.last)
    return SitePush(
        name=plan.site,
        targets=tuple(targets),
        pushes={one.plan.device: one for one in pushes},
        order=order,
        ports=ports,
        progress=progress,
        pace=pace,
        deadline=deadline_of(ports.clock.now(), pace),
    )


def as_found(plan: Plan, target: Target) -> Target:
    """A device where the plan has found it, with the address to which the plan moves it."""
    move = next((one.move for one in plan.changing if one.device == target.device.name), None)
    return target if move is None else replace(target, host=move.found, elsewhere=move.planned)


def _pushes(plan: Plan, targets: Sequence[Target], token: str) -> tuple[Push, ...]:
    by_name = {target.device.name: target for target in targets}
    pushes = []
    for one in plan.changing:
        target = by_name.get(one.device)
        methods = target.platform.push_methods(one.role) if target is not None else ()
        method = next((each for each in methods if each.name == one.method), None)
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
            next_step="Change them one after the other, or agree to that with --accept-nonatomic",
        )
