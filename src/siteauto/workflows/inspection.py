"""Look at every device of a site before anything is changed: is it the right box, and what does it hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from siteauto.core.checks.identity import read_identity
from siteauto.core.errors import DeviceError, SiteautoError, as_one
from siteauto.core.models import DeviceName
from siteauto.core.ports import Session, Target
from siteauto.core.run import Outcome
from siteauto.workflows.asked_once import AskedOnce
from siteauto.workflows.push_steps import fill
from siteauto.workflows.read_config import read_config
from siteauto.workflows.site_run import SiteRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a device holds. Both texts are exact, secrets included; `whole` has the lines that it never shows."""

    running: str = field(repr=False)
    whole: str = field(repr=False)


def inspect_site(run: SiteRun) -> Mapping[DeviceName, Held]:
    """What each device holds. Raises SeveralErrors with all that is wrong: a site is changed whole or not at all."""
    outcomes = run.runner.run(run.targets, lambda target: _inspect(run, target))
    errors = tuple(outcome.error for outcome in outcomes.values() if outcome.error is not None)
    if errors:
        raise as_one(errors)
    return {name: _value(outcome) for name, outcome in outcomes.items()}


def _inspect(run: SiteRun, target: Target) -> Held:
    with run.transport.connect(target) as session:
        asked = AskedOnce(session)
        must_be(target, asked)
        must_not_wait(target, asked)
        return Held(running=asked.fetch("running"), whole=read_config(asked, target.platform))


def must_be(target: Target, session: Session) -> None:
    """Refuse a box that is not the one of the inventory. Raises DeviceError."""
    found = read_identity(target.platform, session.run(target.platform.identity.command))
    device = target.device
    if found is None or (found.model, found.serial) != (device.model, device.serial):
        raise DeviceError(
            f"{device.name}: this is not the box of the inventory",
            expected=f"{device.model} {device.serial}",
            found=f"{found.model} {found.serial}" if found else "no model and serial in its answer",
            next_step="Correct the inventory, or put the right box in place",
        )


def must_not_wait(target: Target, session: Session) -> None:
    """Refuse a device whose change nobody has confirmed: what it holds now is undone in a while. Raises DeviceError."""
    name, method = target.device.name, target.platform.push_method(target.device.role)
    if method is None or method.pending is None:
        return
    answer = session.run(fill(method.pending.send, {"token": ""}))  # whoever made it
    found = re.search(f"{method.pending_pattern}.*", answer, re.MULTILINE)
    if found is not None:
        raise DeviceError(
            f"{name}: a change is live on it that nobody has confirmed",
            expected="no timer of an earlier change",
            found=found[0].strip(),
            next_step="Another run is at work, or was cut off. Wait until the device has undone that change by itself, "
            "then run again",
        )


def _value(outcome: Outcome[Held]) -> Held:
    if outcome.value is None:
        raise SiteautoError(f"{outcome.device}: the runner gave no result")
    return outcome.value
