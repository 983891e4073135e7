"""What a device is asked, and nothing more: before anything is touched, and by a run that does not know its state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from siteauto.core.change.address_move import names_address
from siteauto.core.change.candidate import changes, differences, leftovers
from siteauto.core.errors import PushError, SiteautoError, UnreachableError
from siteauto.workflows.push import AS_FOUND, Push, PushPorts, Staged, few, stale
from siteauto.workflows.push_steps import Steps, Words
from siteauto.workflows.read_config import read_config


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a device lacks although a change can do without, and what it says of that."""

    lacks: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What speaks against a change, all of it, and what is only worth telling."""

    errors: tuple[SiteautoError, ...]
    advice: tuple[Advice, ...] = ()


def preflight(push: Push, ports: PushPorts) -> Findings:
    """Ask everything that can be asked before a change; the session refuses whatever could change the device."""
    errors: list[SiteautoError] = []
    advice: list[Advice] = []
    with push.questions(ports) as steps:
        for step in (*push.method.suits, *push.method.preflight):
            try:
                words = steps.take(step, push.words)
                errors += _too_little_room(push, words.get(step.room, ""), step.room_unit)
            except UnreachableError:
                raise
            except SiteautoError as error:
                if step.advice:
                    advice.append(Advice(lacks=step.needs, said=f"{step.send!r} says: {error.found}"))
                else:
                    errors.append(error)
        errors += _of_the_configuration(push, ports, steps)
    return Findings(errors=tuple(errors), advice=tuple(advice))


def _of_the_configuration(push: Push, ports: PushPorts, steps: Steps) -> Iterator[SiteautoError]:
    """What its configurations say: the plan's start, what a power cut would bring back, who could still log in."""
    book = ports.forms.book
    running = read_config(steps.session, push.platform)
    if moved := changes(push.platform, running, push.plan.base, book):
        yield stale(push, moved)
    elif push.platform.backup.startup:
        shown, startup = steps.session.fetch("running"), steps.session.fetch("startup")
        if unsaved := changes(push.platform, startup, shown, book):
            yield PushError(
                f"{push.plan.device}: its startup configuration is not what it runs",
                expected="equal: a power cut in the middle of the change brings back what startup holds",
                found=few(unsaved),
                next_step=f"Keep it with {push.typed(push.method.save, push.words)}, or undo it. Then plan again",
            )
    address = push.target.device.address.ip
    if names_address(running, address) and not names_address(push.plan.candidate, address):
        yield PushError(
            f"{push.plan.device}: its new configuration does not hold the address at which it is reached",
            expected=f"{address}, which the inventory gives it",
            next_step="To move it, change its address in the inventory and nowhere else; then plan again",
        )
    rule = push.method.local_login
    if rule and not re.search(rule, push.plan.candidate, re.MULTILINE):
        yield PushError(
            f"{push.plan.device}: nobody could log in to its new configuration while no AAA server answers",
            expected=f"a line that matches {rule!r}",
            next_step="Give the template a local login as the fallback, then plan again",
        )


def _too_little_room(push: Push, free: str, unit: int) -> Iterator[SiteautoError]:
    needed = len(push.plan.candidate.encode())
    if free.isdigit() and int(free) * unit < needed:
        yield PushError(
            f"{push.plan.device}: its flash has no room for the candidate",
            expected=f"{needed} bytes free",
            found=str(int(free) * unit),
            next_step="Remove what is not needed from it, then run again",
        )


class Seen(StrEnum):
    """What a device is found to be by somebody who does not know how far its change has come."""

    PENDING = "pending"  # as planned, and its timer runs, or may run unseen
    NEW = "new"  # as planned, and no timer runs
    OLD = "old"  # as before the change, but perhaps for lines that it never shows
    OTHER = "other"


def look(push: Push, staged: Staged, words: Words, ports: PushPorts) -> Seen:
    """What it is now, over a fresh session. Changes nothing. Raises UnreachableError, DeviceError."""
    with push.steps_anywhere(ports, AS_FOUND) as steps:
        pending = push.method.pending is not None and steps.is_pending(words)
        running = read_config(steps.session, push.platform)
    if not differences(push.platform, running, push.plan.candidate, ports.forms.book):
        return Seen.PENDING if pending or not push.method.sees_timer else Seen.NEW
    before = (push.platform, running, staged.running, ports.forms.book)
    undone = not pending and (not changes(*before) or leftovers(*before))
    return Seen.OLD if undone else Seen.OTHER
