"""The rules of a site transaction: states, order, the shared deadline, and when it may be decided.

Two-phase commit with presumed abort. A device that is *armed* runs its new configuration and undoes it by itself at the
deadline unless it is confirmed. Nothing here does anything.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from siteauto.core.models import DeviceName
from siteauto.core.platform_spec import Timer


class State(StrEnum):
    """Where one device is in the transaction."""

    IDLE = "idle"  # untouched
    STAGED = "staged"  # its candidate is loaded and compared; nothing is live
    ARMED = "armed"  # the change is live, its timer runs
    VERIFIED = "verified"  # live, read again over a fresh session, and as planned
    CONFIRMED = "confirmed"  # stays; not yet in startup
    SAVED = "saved"  # stays, and survives a reboot
    REVERTED = "reverted"  # undone, and proven to be as before
    FAILED = "failed"  # something went wrong; what it runs is not proven yet
    MIXED = "mixed"  # neither proven to be as before nor as planned: needs a person


# What each state may become. A confirmed device is never rolled back automatically.
NEXT: Mapping[State, frozenset[State]] = {
    State.IDLE: frozenset({State.STAGED, State.FAILED}),
    State.STAGED: frozenset(
        {State.ARMED, State.IDLE, State.REVERTED, State.FAILED, State.MIXED}
    ),  # arming may have begun
    State.ARMED: frozenset({State.VERIFIED, State.REVERTED, State.FAILED, State.MIXED}),
    State.VERIFIED: frozenset({State.CONFIRMED, State.REVERTED, State.FAILED, State.MIXED}),
    State.CONFIRMED: frozenset({State.SAVED, State.MIXED}),
    State.SAVED: frozenset(),
    State.REVERTED: frozenset({State.STAGED, State.FAILED, State.MIXED}),  # once more, when a commit is resumed
    State.FAILED: frozenset({State.REVERTED, State.IDLE, State.MIXED}),
    State.MIXED: frozenset({State.REVERTED, State.SAVED}),
}

OLD = frozenset({State.IDLE, State.REVERTED})
NEW = frozenset({State.SAVED})


class Decision(StrEnum):
    """What the site does as one."""

    COMMIT = "commit"
    ABORT = "abort"


class Verdict(StrEnum):
    """How the site ended."""

    COMMITTED = "committed"
    ABORTED = "aborted"
    MIXED = "mixed"


def move(present: State, to: State) -> State:
    """The new state. Raises ValueError for a step that no transaction may take: a fault of ours."""
    if to not in NEXT[present]:
        raise ValueError(f"a device that is {present} cannot become {to}")
    return to


def decide(states: Mapping[DeviceName, State]) -> Decision:
    """Commit only when every device is verified. Anything unclear before the decision means abort."""
    return Decision.COMMIT if states and set(states.values()) == {State.VERIFIED} else Decision.ABORT


def judge(states: Mapping[DeviceName, State]) -> Verdict:
    """All new, all old, or something that must be named."""
    ends = set(states.values())
    if ends <= OLD:
        return Verdict.ABORTED
    return Verdict.COMMITTED if ends <= NEW else Verdict.MIXED


# ── order ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A device of the transaction: what stands between the operator and it, and how it undoes by itself."""

    device: DeviceName
    path: tuple[DeviceName, ...]
    timer: Timer

    @property
    def timed(self) -> bool:
        """Whether the device itself undoes the change at the deadline."""
        return self.timer.kind != "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Groups of devices; each group is handled at once, one group after the other.

    `timed`: farthest on the management path first, so that what is still to be changed always hangs on an unchanged
    path. `last`: devices without a timer, after all others are armed and verified; one such device keeps the
    transaction all-or-nothing, two or more do not.
    """

    timed: tuple[tuple[DeviceName, ...], ...]
    last: tuple[tuple[DeviceName, ...], ...]


def make_order(participants: Iterable[Participant]) -> Order:
    """Outside-in by depth on the management path; devices without a timer at the end, one at a time."""
    everyone = tuple(participants)
    return Order(
        timed=_by_depth(one for one in everyone if one.timed),
        last=tuple((name,) for group in _by_depth(one for one in everyone if not one.timed) for name in group),
    )


def make_waves(paths: Mapping[DeviceName, tuple[DeviceName, ...]]) -> tuple[tuple[DeviceName, ...], ...]:
    """The other way round, for a new site: a far device is reachable only when those before it are done.

    Each wave is a transaction of its own, whose way back is the bootstrap.
    """
    depths = sorted({len(path) for path in paths.values()})
    return tuple(tuple(sorted(name for name, path in paths.items() if len(path) == depth)) for depth in depths)


def _by_depth(participants: Iterable[Participant]) -> tuple[tuple[DeviceName, ...], ...]:
    groups: dict[int, list[DeviceName]] = {}
    for one in participants:
        groups.setdefault(len(one.path), []).append(one.device)
    return tuple(tuple(sorted(groups[depth])) for depth in sorted(groups, reverse=True))


# ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long things may take, in seconds.

    `window`: from the first device armed to the deadline at which every device undoes the change. `guard`: no confirm
    is sent in the last seconds before it, because timers have been seen to fire early and clocks differ. `settle`:
    between the last device armed and the first look at the network.
    """

    window: int = 600
    guard: int = 30
    settle: float = 5.0


def timer_seconds(timer: Timer, *, now: datetime, deadline: datetime) -> int:
    """How long this device's timer must be set to fire at the deadline or just after, in whole units."""
    left = (deadline - now).total_seconds()
    return max(timer.minimum, math.ceil(left / timer.unit) * timer.unit)


def unfit_timers(participants: Iterable[Participant], pace: Pace) -> tuple[str, ...]:
    """Why the window does not suit some device's timer; empty when it suits all."""
    problems = []
    for one in participants:
        if not one.timed:
            continue
        longest = math.ceil(pace.window / one.timer.unit) * one.timer.unit
        if longest > one.timer.maximum:
            problems.append(f"{one.device}: its timer takes {one.timer.maximum} s at most, the window is {longest} s")
        if pace.window < one.timer.minimum:
            problems.append(
                f"{one.device}: its timer takes {one.timer.minimum} s at least, the window is {pace.window} s"
            )
    if pace.window <= pace.guard + pace.settle:
        problems.append(f"a window of {pace.window} s leaves no time between settling and the guard")
    return tuple(problems)


def deadline_of(start: datetime, pace: Pace) -> datetime:
    """When every device that is not confirmed undoes the change."""
    return start + timedelta(seconds=pace.window)


def may_confirm(*, now: datetime, deadline: datetime, pace: Pace) -> bool:
    """Whether a confirm sent now surely comes before every timer fires."""
    return now < deadline - timedelta(seconds=pace.guard)
