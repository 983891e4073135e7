"""Look at every device of a site before anything is changed: is it the right box, and what does it hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from siteauto.core.checks.identity import read_identity
from siteauto.core.errors import DeviceError, SiteautoError, as_one
from siteauto.core.models import DeviceName
from siteauto.core.platform_spec import PushMethod
from siteauto.core.ports import Session, Target
from siteauto.core.run import Outcome
from siteauto.workflows.asked_once import AskedOnce
from siteauto.workflows.push_steps import fill
from siteauto.workflows.reach import reach
from siteauto.workflows.read_config import read_config
from siteauto.workflows.site_run import SiteRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a device holds. Both texts are exact, secrets included; `whole` has the lines that it never shows."""

    running: str = field(repr=False)
    whole: str = field(repr=False)
    method: PushMethod | None  # the first of the platform's that suits this box
    host: str  # at which it was met
    why_not: str = ""
    version: str = ""


def inspect_site(run: SiteRun) -> Mapping[DeviceName, Held]:
    """What each device holds. Raises SeveralErrors with all that is wrong: a site is changed whole or not at all."""
    outcomes = run.runner.run(run.targets, lambda target: _inspect(run, target))
    errors = tuple(outcome.error for outcome in outcomes.values() if outcome.error is not None)
    if errors:
        raise as_one(errors)
    held = {name: _value(outcome) for name, outcome in outcomes.items()}
    run.met_at({name: one.host for name, one in held.items()})
    return held


def _inspect(run: SiteRun, target: Target) -> Held:
    with reach(run.transport, target) as (session, reached):
        asked = AskedOnce(session)
        version = must_be(target, asked)
        must_not_wait(target, asked)
        method, why_not = find_method(target, asked)
        whole = read_config(asked, target.platform)
        return Held(
            running=asked.fetch("running"),
            whole=whole,
            method=method,
            host=reached.host,
            why_not=why_not,
            version=version,
        )


def find_method(target: Target, session: Session) -> tuple[PushMethod | None, str]:
    """How this box can be changed; where it cannot, what it lacks for the best way."""
    why_not = ""
    for method in target.platform.push_methods(target.device.role):
        unmet = (step for step in method.suits if not re.search(step.expect, session.run(step.send), re.MULTILINE))
        lacking = next(unmet, None)
        if lacking is None:
            return method, ""
        why_not = why_not or lacking.needs
    return None, why_not


def must_be(target: Target, session: Session) -> str:
    """The version that the box of the inventory runs. Raises DeviceError where this is another box."""
    identity = target.platform.identity
    answers = [session.run(command) for command in (identity.command, *identity.also)]
    found = read_identity(target.platform, "\n".join(answers))
    device = target.device
    if found is None or (found.model, found.serial) != (device.model, device.serial):
        raise DeviceError(
            f"{device.name}: this is not the box of the inventory",
            expected=f"{device.model} {device.serial}",
            found=f"{found.model} {found.serial}" if found else "no model and serial in its answer",
            next_step="Correct the inventory, or put the right box in place",
        )
    return found.version


def must_not_wait(target: Target, session: Session) -> None:
    """Refuse a device whose change nobody has confirmed: what it holds now is undone in a while. Raises DeviceError."""
    if found := find_pending(target, session):
        raise DeviceError(
            f"{target.device.name}: a change is live on it that nobody has confirmed",
            expected="no timer of an earlier change",
            found=found,
            next_step="Another run is at work, or was cut off. Wait until the device has undone that change by itself, "
            f"then run again; or see whose it is: siteauto recover {target.device.name.rsplit('-', 1)[0]}",
        )


def find_pending(target: Target, session: Session) -> str:
    """What the device says of a timer that runs, whoever set it; empty: none runs, or it has none."""
    for method in target.platform.push_methods(target.device.role):
        if method.pending is not None:
            answer = session.run(fill(method.pending.send, {"token": ""}))
            if found := re.search(f"{method.pending_pattern}.*", answer, re.MULTILINE):
                return found[0].strip()
    return ""


def _value(outcome: Outcome[Held]) -> Held:
    if outcome.value is None:
        raise SiteautoError(f"{outcome.device}: the runner gave no result")
    return outcome.value
