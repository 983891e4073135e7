"""Finish what a run that died has left behind, from its journal and from what the devices say of themselves.

No decision to commit was written: everything is undone and proven. One was: it is carried out, and whatever devices
undid by themselves meanwhile is armed and confirmed again. A confirmed device is never rolled back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from siteauto.core.change.candidate import Prepared
from siteauto.core.change.outcome import TransactionResult
from siteauto.core.change.plan import Plan
from siteauto.core.change.run_history import DeviceHistory, RunHistory
from siteauto.core.change.transaction import Decision, Pace, State, may_confirm
from siteauto.core.errors import PushError, SiteautoError, UnreachableError
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.workflows import push
from siteauto.workflows.last_resource import read_decision
from siteauto.workflows.progress import OnEvent, Progress
from siteauto.workflows.push import Push, PushPorts, Staged
from siteauto.workflows.push_look import Seen, look
from siteauto.workflows.push_undo import prove_old, revert
from siteauto.workflows.site_end import insist, roll_back, roll_forward, save_confirmed, undo, undone_by
from siteauto.workflows.site_push import RETRY, SitePush, arm_last_resources, arm_site, stage_site
from siteauto.workflows.site_result import make_result
from siteauto.workflows.site_start import make_token, open_transaction


@dataclass(slots=True, kw_only=True)
class Found:
    """Devices that are not new yet: those that run their old configuration, and those that cannot be reached."""

    old: set[DeviceName] = field(default_factory=set)
    dark: dict[DeviceName, UnreachableError] = field(default_factory=dict)


def resume_transaction(
    history: RunHistory,
    plan: Plan,
    targets: Sequence[Target],
    ports: PushPorts,
    *,
    by: str,
    on_event: OnEvent = lambda _: None,
    pace: Pace = Pace(),  # noqa: B008 - a frozen value
) -> TransactionResult:
    """Bring an unfinished run to its end. Doing it twice is harmless.

    Raises UsageError before any session opens, and UnreachableError where a device without a timer must be asked first.
    """
    site = _recall_site(history, plan, targets, ports, on_event=on_event, pace=pace)
    if history.decision is not Decision.COMMIT and read_decision(site, history) is Decision.ABORT:
        return _undo_all(site, "resumed: no decision to commit was written", by=by)
    site.progress.record("resume", by=by)
    if history.decision is not Decision.COMMIT:
        site.progress.decide(Decision.COMMIT, "resumed: the devices without a timer run the new configuration")
    site.progress.go_on()
    with ports.held:
        interrupted = _carry_out(site, plan, {one.device for one in history.devices if "confirm" in one.begun})
    return make_result(site, Decision.COMMIT, interrupted=interrupted)


def abort_transaction(
    history: RunHistory,
    plan: Plan,
    targets: Sequence[Target],
    ports: PushPorts,
    *,
    by: str,
    on_event: OnEvent = lambda _: None,
    pace: Pace = Pace(),  # noqa: B008 - a frozen value
) -> TransactionResult:
    """Undo an unfinished run for which no decision to commit was written, devices without a timer too."""
    site = _recall_site(history, plan, targets, ports, on_event=on_event, pace=pace)
    return _undo_all(site, "aborted by hand", by=by)


def _undo_all(site: SitePush, reason: str, *, by: str) -> TransactionResult:
    site.progress.record("resume", by=by)
    return make_result(site, Decision.ABORT, interrupted=roll_back(site, reason))


def _recall_site(
    history: RunHistory, plan: Plan, targets: Sequence[Target], ports: PushPorts, *, on_event: OnEvent, pace: Pace
) -> SitePush:
    """The transaction as the run that died knew it."""
    states = {one.device: _state(one, history.decision) for one in history.devices}
    progress = Progress(states, run=history.id, journal=ports.journal, clock=ports.clock, on_event=on_event)
    found = [replace(one, host=history.hosts.get(one.device.name, one.host)) for one in targets]
    site = open_transaction(
        plan, found, ports, token=history.token, progress=progress, pace=pace, accept_nonatomic=True
    )
    site.deadline = history.deadline or ports.clock.now()
    site.live_as = push.AS_FOUND  # this process has not seen its devices before, whatever they run
    for one in history.devices:
        _recall(site, one)
    return site


def _state(one: DeviceHistory, decision: Decision | None) -> State:
    """What may be assumed without having looked. What was not saved may be anything after a decision to commit."""
    if decision is Decision.COMMIT:
        return State.SAVED if one.state is State.SAVED else State.ARMED
    if "arm" in one.begun:
        return State.ARMED
    return State.STAGED if "stage" in one.begun else State.IDLE


def _recall(site: SitePush, one: DeviceHistory) -> None:
    """What the run that died knew of this device."""
    name = one.device
    if "stage" in one.begun:
        site.words[name] = site.pushes[name].unsealed(one.words, site.ports.journal) or site.pushes[name].words
    if one.tidied:
        site.tidied.add(name)
    if "arm" in one.begun:
        site.begun.add(name)
    if not one.running or site.progress.states[name] is not State.ARMED:
        return
    try:
        site.staged[name] = Staged(
            at=site.now(),
            running=site.ports.journal.kept(f"snapshot/{name}.running", one.running),
            startup=site.ports.journal.kept(f"snapshot/{name}.startup", one.startup),
            prepared=Prepared(text="", lines=()),
            words=site.words[name],
            device_diff="",
        )
    except SiteautoError as error:  # without its snapshot nothing can be proven of it
        site.begun.discard(name)
        site.progress.give_up(name, error)


def _carry_out(site: SitePush, plan: Plan, confirmed: set[DeviceName]) -> bool:
    """Make every device new. Returns whether Ctrl-C came meanwhile."""
    found, interrupted = Found(), False
    for group in site.groups:
        left = [name for name in group if site.progress.states[name] is State.ARMED]
        interrupted |= insist(site, left, lambda one: _settle(site, one, found, confirmed))
    interrupted |= save_confirmed(site)
    if found.old and not interrupted:
        interrupted |= _once_more(site, plan, found, confirmed)
    for name, error in found.dark.items():
        if site.progress.states[name] is State.ARMED:
            site.progress.give_up(name, _not_reached(site, name, error))
    for name in found.old:
        site.progress.blame(name, _still_old(site, name))
    return interrupted


def _settle(site: SitePush, one: Push, found: Found, confirmed: set[DeviceName]) -> None:
    """Look at a device, and confirm it where its timer still runs. It is waited for until its timer must have fired."""
    name, staged, words = one.plan.device, site.staged[one.plan.device], site.words[one.plan.device]
    late = undone_by(site, one)
    while True:
        try:
            seen = look(one, staged, words, site.ports)
            in_time = may_confirm(now=site.now(), deadline=site.deadline, pace=site.pace) or site.now() >= late
            if seen is Seen.PENDING and in_time:
                site.progress.begin(name, "confirm")
                push.confirm(one, staged, words, site.ports)
                seen = Seen.NEW
        except UnreachableError as error:
            if site.impatient or site.now() >= late:
                found.dark[name] = error
                return
            seen = Seen.PENDING
        if seen is not Seen.PENDING:
            break
        site.progress.tell("wait", device=name, message=f"its own undo is due at {site.deadline:%H:%M:%S}")
        site.ports.clock.sleep(RETRY)
    _note(site, one, seen, found=found, confirmed=name in confirmed)


def _note(site: SitePush, one: Push, seen: Seen, *, found: Found, confirmed: bool) -> None:
    """What was seen becomes the device's state. One that was never confirmed is undone, to be armed again."""
    name = one.plan.device
    found.dark.pop(name, None)
    if seen is Seen.NEW:
        site.progress.move(name, State.VERIFIED)
        site.progress.move(name, State.CONFIRMED)
        return
    if seen is Seen.OTHER:
        if confirmed:
            raise PushError(
                f"{name}: it runs neither its old nor its new configuration, and it may have been confirmed",
                expected="the planned configuration",
                found="something else: somebody has changed it since",
                next_step=f"Nothing is rolled back. Look at it with: siteauto plan {site.name}",
            )
        revert(one, site.staged[name], site.words[name], site.ports, generation=push.AS_FOUND)
    prove_old(one, site.staged[name], site.ports)
    site.progress.move(name, State.REVERTED, "its timer has undone it; it is changed again")
    found.old.add(name)


def _once_more(site: SitePush, plan: Plan, found: Found, confirmed: set[DeviceName]) -> bool:
    """Stage, arm and confirm the devices that went back to their old configuration, as a transaction among them."""
    again = replace(plan, devices=tuple(one for one in plan.devices if one.device in found.old))
    token = make_token(plan, f"{site.progress.run} {site.now().isoformat()}")
    part = open_transaction(
        again, site.targets, site.ports, token=token, progress=site.progress, pace=site.pace, accept_nonatomic=True
    )
    try:
        stage_site(part)
        arm_site(part)
        arm_last_resources(part)
        _must_all_be_new(site, found, confirmed)
    except (SiteautoError, KeyboardInterrupt) as reason:
        return undo(part) or isinstance(reason, KeyboardInterrupt)
    finally:
        site.leftovers.update(part.leftovers)
    interrupted = roll_forward(part) | save_confirmed(site)
    site.leftovers.update(part.leftovers)
    return interrupted


def _must_all_be_new(site: SitePush, found: Found, confirmed: set[DeviceName]) -> None:
    """Devices that could not be reached may only have hung on one that was old. Raises PushError where they did not."""
    site.deadline = min(site.deadline, site.now())  # they are given the time that a timer takes, once more
    dark = list(found.dark)
    insist(site, dark, lambda one: _settle(site, one, found, confirmed))
    if left := [name for name in dark if site.progress.states[name] is not State.CONFIRMED]:
        raise PushError(
            f"{', '.join(left)}: not new, although everything else is ready",
            expected="every device of the change",
            next_step="What was armed again is undone. Resume when they can be reached",
        )


def _not_reached(site: SitePush, name: DeviceName, error: UnreachableError) -> PushError:
    return PushError(
        f"{name}: the change is decided, and this device could not be reached to carry it out",
        expected="its new configuration, confirmed and saved",
        found=str(error),
        next_step=f"When it can be reached again, type: siteauto resume {site.name}",
    )


def _still_old(site: SitePush, name: DeviceName) -> PushError:
    return PushError(
        f"{name}: the change is decided, and this device still runs its old configuration",
        next_step=f"Remove what stands in the way (it is named above), then type: siteauto resume {site.name}",
    )
