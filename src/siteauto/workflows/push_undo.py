"""What undoes a push on one device, and proves it: revert, read again, remove what staging left."""

from dataclasses import replace

from siteauto.core.change.candidate import Prepared, changes, differences, leftovers, undoing
from siteauto.core.errors import PushError
from siteauto.workflows.push import AS_FOUND, Push, PushPorts, Staged, few
from siteauto.workflows.push_steps import Steps, Words
from siteauto.workflows.read_config import read_config


class RevertError(PushError):
    """The device complained while undoing; its timer may still do it."""


def revert(push: Push, staged: Staged, words: Words, ports: PushPorts, *, generation: int) -> None:
    """Undo now, if the device has not done so by itself. Raises RevertError, UnreachableError."""
    with push.steps_anywhere(ports, generation) as steps:
        if not _must_be_undone(steps, push, staged, words):
            return
        try:
            if push.method.restore and not steps.is_pending(words):
                lines = undoing(push.platform, steps.session.fetch("running"), staged.running)
                old = Prepared(text=staged.running, lines=lines)
                replace(steps, prepared=old).take_all(push.method.restore, words)
                return
            old = Prepared(text=staged.running, lines=())
            replace(steps, prepared=old).take_all(push.method.revert, words)
        except PushError as error:
            raise RevertError(error.subject, expected=error.expected, found=error.found) from error
        if push.method.pending is not None and steps.is_pending(words):
            raise RevertError(f"{push.plan.device}: its timer still runs after the revert")


def _must_be_undone(steps: Steps, push: Push, staged: Staged, words: Words) -> bool:
    """A native timer says it, unless a reboot or somebody's commit may have stopped it and kept the change.

    Any other device may have been changed with no timer yet, or without one at all.
    """
    timer = push.method.timer
    if timer.kind != "none" and steps.is_pending(words):
        return True
    if timer.kind == "native" and not push.method.restore:
        return False
    running = read_config(steps.session, push.platform)
    if not changes(push.platform, running, staged.running, steps.forms.book):
        return False
    if timer.foreign_commit_confirms and (
        others := differences(push.platform, running, push.plan.candidate, steps.forms.book)
    ):
        raise PushError(  # no timer runs that could still do it
            f"{push.plan.device}: somebody has committed on it while the change was live",
            expected="what was planned, or what was there before",
            found=few(others),
            next_step="Ask who did it, and undo the change by hand: going back would take theirs away",
        )
    return True


def prove_old(push: Push, staged: Staged, ports: PushPorts) -> None:
    """Read the device again: running and startup must be as they were. Raises PushError, UnreachableError.

    A device compares what it shows when it undoes; lines that it never shows stay, and are taken out here.
    """
    with push.steps(ports, AS_FOUND) as steps:
        running, startup = read_config(steps.session, push.platform), steps.session.fetch("startup")
        if hidden := leftovers(push.platform, running, staged.running, ports.forms.book):
            steps.session.configure(hidden)
            running = read_config(steps.session, push.platform)
    for which, found, before in (("running", running, staged.running), ("startup", startup, staged.startup)):
        if changed := changes(push.platform, found, before, ports.forms.book):
            raise PushError(
                f"{push.plan.device}: its {which} configuration is not as before the change",
                expected="as in the snapshot",
                found=few(changed),
                next_step="Compare it with the last backup, and undo these lines by hand",
            )


def clean_up(push: Push, words: Words, ports: PushPorts, *, generation: int) -> None:
    """Remove what staging left on the device. Raises PushError, UnreachableError."""
    if push.method.cleanup:
        with push.steps(ports, generation) as steps:
            steps.take_all(push.method.cleanup, words)
