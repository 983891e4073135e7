"""Whether a plan that was approved is still the plan that would be made now; and if not, what has moved."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from siteauto.core.change.plan import DevicePlan, Plan
from siteauto.core.config.secret_tokens import by_place
from siteauto.core.errors import StalePlanError, UsageError

SHOWN = 8  # lines of each device


OTHER_MACHINE = (
    "this plan was made on another machine: secrets that siteauto has no reference for were compared by where they "
    "stand, not by value"
)


def must_be_as_approved(approved: Plan, fresh: Plan) -> str:
    """What could not be compared; empty: all was.

    Raises StalePlanError with everything that has moved since; UsageError for the plan of another site.
    """
    if approved.site != fresh.site:
        raise UsageError(f"This plan is for {approved.site}", expected=f"a plan for {fresh.site}")
    foreign = approved.tokens != fresh.tokens
    then, now = (_placed(approved), _placed(fresh)) if foreign else (approved, fresh)
    if moved := tuple(_moved(then, now)):
        raise StalePlanError(
            f"{approved.site}: the plan {approved.digest[:12]} is stale: " + "; ".join(moved),
            expected="everything as it was when the plan was approved",
            next_step=f"Nothing was changed. Plan again, and have that approved: siteauto plan {approved.site} "
            "--output plan.json",
        )
    return OTHER_MACHINE if foreign and then != approved else ""


def _placed(plan: Plan) -> Plan:
    """The plan as every machine sees it."""
    return replace(plan, devices=tuple(_device_placed(one) for one in plan.devices))


def _device_placed(one: DevicePlan) -> DevicePlan:
    base, candidate, *lines = by_place((one.base, one.candidate, *one.commands, *one.diff))
    count = len(one.commands)
    return replace(one, base=base, candidate=candidate, commands=tuple(lines[:count]), diff=tuple(lines[count:]))


def _moved(approved: Plan, fresh: Plan) -> Iterator[str]:
    then = {one.device: one for one in approved.devices}
    now = {one.device: one for one in fresh.devices}
    for name in sorted({*then, *now}):
        if name not in now:
            yield f"{name} is not at the site any more"
        elif name not in then:
            yield f"{name} is new at the site"
        elif then[name].changes or now[name].changes:
            yield from _moved_on(then[name], now[name])


def _moved_on(then: DevicePlan, now: DevicePlan) -> Iterator[str]:
    if then == now:
        return
    if then.base != now.base:
        yield f"{now.device} runs something else now: {_lines(then.base.splitlines(), now.base.splitlines())}"
    if then.candidate != now.candidate:
        told = _lines(then.candidate.splitlines(), now.candidate.splitlines())
        yield f"{now.device} shall be something else now: {told}"
    if then.base == now.base and then.candidate == now.candidate:
        yield f"{now.device} would be changed in another way now: {_lines(then.diff, now.diff) or 'its method'}"


def _lines(then: Sequence[str], now: Sequence[str]) -> str:
    signed = [line for line in difflib.unified_diff(then, now, n=0, lineterm="") if line[:3] not in ("---", "+++")]
    lines = [
        f"{line[0]}{line[1:].strip()}" for line in signed if not line.startswith("@@") and any(map(str.isalnum, line))
    ]
    return ", ".join(lines[:SHOWN]) + (f", … ({len(lines)} lines)" if len(lines) > SHOWN else "")
