"""The end of a site transaction: everything confirmed and saved, or everything undone and proven."""

import contextlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from siteauto.core.change.transaction import Decision, State, may_confirm
from siteauto.core.errors import AuthenticationError, PushError, SiteautoError, UnreachableError
from siteauto.core.models import DeviceName
from siteauto.workflows import push
from siteauto.workflows.push import AS_FOUND, AS_PLANNED, Push
from siteauto.workflows.push_undo import RevertError, clean_up, prove_old, revert
from siteauto.workflows.site_push import RETRY, Act, SitePush

ENDED = frozenset({State.REVERTED, State.MIXED})
GRACE = 30.0  # seconds after the deadline in which a device has undone the change by itself


def roll_forward(site: SitePush) -> bool:
    """Confirm outside-in, save, clean up. Returns whether Ctrl-C came meanwhile: it stops nothing any more."""
    interrupted = False
    for group in site.groups:
        interrupted |= insist(site, group, lambda one: _confirm(site, one))
    return interrupted | save_confirmed(site)


def save_confirmed(site: SitePush) -> bool:
    """Save what is confirmed, clean up. Returns whether Ctrl-C came meanwhile."""
    interrupted = insist(site, _in_state(site, State.CONFIRMED), lambda one: _save(site, one))
    return interrupted | insist(site, _in_state(site, State.SAVED), lambda one: _tidy(site, one, AS_PLANNED))


def roll_back(site: SitePush, reason: str) -> bool:
    """Decide that nothing stays, and undo. Returns whether Ctrl-C came meanwhile."""
    site.progress.decide(Decision.ABORT, reason or "interrupted")
    return undo(site)


def undo(site: SitePush) -> bool:
    """Undo whatever may be live, outside-in, and prove it. Returns whether Ctrl-C came meanwhile.

    Everybody is asked once before anybody is waited for: a far device is proven only when the near ones, whose change
    has cut it off, are undone too. While a device cannot be reached its timer is waited for; Ctrl-C ends the waiting,
    and names the device.
    """
    interrupted = False
    for act in (_undo_at_once, _undo):
        for group in site.groups:
            live = [name for name in group if name in site.begun and site.progress.states[name] not in ENDED]
            interrupted |= insist(site, live, partial(act, site))
    return interrupted | insist(site, [name for name in site.pushes if name not in site.begun], _forget(site))


def insist(site: SitePush, names: Iterable[DeviceName], act: Act) -> bool:
    """Do it on each, come what may: an error leaves that device mixed, Ctrl-C repeats what was not finished."""
    left, interrupted, states = list(names), False, site.progress.states
    finished: set[DeviceName] = set()

    def whole(one: Push) -> None:
        name = one.plan.device
        if site.progress.states[name] is not states[name]:
            return  # Ctrl-C came between its new state and its end
        try:
            act(one)
        except SiteautoError as error:
            site.progress.give_up(name, error)
        finished.add(name)

    while left:
        try:
            for name, outcome in site.run(left, whole).items():
                if outcome.error is not None:  # a fault of ours: still the device's own end
                    site.progress.give_up(name, outcome.error)
            left = []
        except KeyboardInterrupt:
            interrupted = site.impatient = True
            left = [name for name in left if name not in finished]
    return interrupted


def _in_state(site: SitePush, state: State) -> list[DeviceName]:
    return [name for name, now in site.progress.states.items() if now is state and name in site.pushes]


def _confirm(site: SitePush, one: Push) -> None:
    name = one.plan.device
    site.progress.begin(name, "confirm")
    while True:
        if not may_confirm(now=site.now(), deadline=site.deadline, pace=site.pace):
            raise PushError(
                f"{name}: it could not be confirmed before its timer fires at {site.deadline:%H:%M:%S}",
                expected="a confirm in time",
                next_step="It goes back to its old configuration by itself; the rest of the site is new. Plan it again",
            )
        try:
            push.confirm(one, site.staged[name], site.words[name], site.ports)
            break
        except UnreachableError:
            site.ports.clock.sleep(RETRY)
    site.progress.move(name, State.CONFIRMED)


def _save(site: SitePush, one: Push) -> None:
    name = one.plan.device
    site.progress.begin(name, "save")
    push.save(one, site.staged[name], site.words[name], site.ports)
    site.progress.move(name, State.SAVED)


def _undo_at_once(site: SitePush, one: Push) -> None:
    """Revert now and read the device, if that is possible now."""
    site.progress.begin(one.plan.device, "undo", deadline=site.deadline)
    with contextlib.suppress(UnreachableError, RevertError):
        _revert_and_prove(site, one)


def _undo(site: SitePush, one: Push) -> None:
    """Revert; where that fails, let the timer do it. Then read the device: only that proves anything."""
    name = one.plan.device
    late = undone_by(site, one)
    while True:
        try:
            _revert_and_prove(site, one)
            break
        except (UnreachableError, RevertError) as error:
            if site.impatient or site.now() >= late:
                raise _not_undone(site, one, error) from error
            site.progress.tell(
                "wait", device=name, message=f"not back yet; its own undo is due at {site.deadline:%H:%M:%S}"
            )
            site.ports.clock.sleep(RETRY)


def _revert_and_prove(site: SitePush, one: Push) -> None:
    name = one.plan.device
    _revert(site, one)
    prove_old(one, site.staged[name], site.ports)
    site.progress.move(name, State.REVERTED)
    _tidy(site, one, AS_FOUND)


def undone_by(site: SitePush, one: Push) -> datetime:
    """When the device's own timer has surely done it, if it does it at all.

    Whoever comes back after the deadline may meet it while it boots: it is given the same time once more.
    """
    timer = one.method.timer
    return max(site.deadline, site.now()) + timedelta(seconds=timer.unit + GRACE + timer.revert_seconds)


def _revert(site: SitePush, one: Push) -> None:
    staged, words = site.staged[one.plan.device], site.words[one.plan.device]
    try:
        revert(one, staged, words, site.ports, generation=site.live_as)
    except AuthenticationError:  # perhaps it runs its old configuration again, with the old logins
        revert(one, staged, words, site.ports, generation=AS_FOUND)


def _not_undone(site: SitePush, one: Push, error: SiteautoError) -> PushError:
    return PushError(
        f"{one.plan.device}: it is not proven that the change is undone",
        expected="running and startup as before",
        found=str(error),
        next_step=f"Its timer fires at {site.deadline:%H:%M:%S}. If it still runs the change then, type on it: "
        + one.typed(one.method.revert, site.words[one.plan.device]),
    )


def _forget(site: SitePush) -> Act:
    """Remove what staging left on a device where nothing went live."""

    def act(one: Push) -> None:
        name = one.plan.device
        if name in site.words:
            _tidy(site, one, AS_FOUND)
        if site.progress.states[name] is not State.IDLE:
            site.progress.move(name, State.IDLE, "nothing was changed")

    return act


def _tidy(site: SitePush, one: Push, generation: int) -> None:
    """Remove the candidate's file. When that fails the device is right all the same, but the file must be named."""
    name = one.plan.device
    if name in site.tidied:
        return
    try:
        clean_up(one, site.words[name], site.ports, generation=generation)
        site.tidied.add(name)
        site.progress.record("tidied", device=name)
    except SiteautoError as error:
        site.leftovers[name] = f"{one.typed(one.method.cleanup, site.words[name])} was not possible: {error}"
        site.progress.tell("clean up", device=name, message=site.leftovers[name])
