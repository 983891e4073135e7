"""The order of a site transaction, searched exhaustively, and its clockwork."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from siteauto.core.change.transaction import (
    NEXT,
    Decision,
    Pace,
    Participant,
    State,
    Verdict,
    deadline_of,
    decide,
    judge,
    make_order,
    make_waves,
    may_confirm,
    move,
    timer_seconds,
    unfit_timers,
)
from siteauto.core.models import DeviceName
from siteauto.core.platform_spec import Timer

NATIVE = Timer(kind="native")
NONE = Timer(kind="none")
START = datetime(2026, 11, 1, 2, 0, 7, tzinfo=UTC)

# Firewall, core, two distribution switches, eight access switches: each with what stands before it.
PATHS = {
    "fw": (),
    "core": ("fw",),
    "dist1": ("fw", "core"),
    "dist2": ("fw", "core"),
    **{f"acc{n}": ("fw", "core", "dist1") for n in range(1, 5)},
    **{f"acc{n}": ("fw", "core", "dist2") for n in range(5, 9)},
}
SITE = tuple(
    Participant(device=DeviceName(name), path=tuple(map(DeviceName, path)), timer=NATIVE)
    for name, path in PATHS.items()
)


def reachable(device, new):
    """Worst case: a link works only while both its ends run the same version."""
    return len({hop in new for hop in (*PATHS[device], device)}) == 1


def states_met(groups):
    """Every old/new state in which the order may leave the site: whole groups done, and any part of the next."""
    position = {device: index for index, group in enumerate(groups) for device in group}
    for bits in product((False, True), repeat=len(PATHS)):
        new = {device for device, is_new in zip(PATHS, bits, strict=True) if is_new}
        front = max((position[device] for device in new), default=0)
        if all(device in new for device in PATHS if position[device] < front):
            yield new


def test_outside_in_never_cuts_off_a_device_that_is_still_to_be_changed():
    groups = make_order(SITE).timed
    position = {device: index for index, group in enumerate(groups) for device in group}
    met = 0
    for new in states_met(groups):
        met += 1
        turn = max((position[device] for device in new), default=0)
        for device in PATHS:
            if device not in new and position[device] >= turn:
                assert reachable(device, new), (device, new)
    assert met == 2**8 + (2**2 - 1) + 1 + 1  # the subsets of each group; a full one begins the next


def test_the_other_way_round_would_cut_most_devices_off():
    inside_out = tuple(reversed(make_order(SITE).timed))
    new, cut = set(), set()
    for group in inside_out:
        cut |= {device for device in group if not reachable(device, new)}
        new |= set(group)
    assert len(cut) == 11


def test_a_new_site_is_made_from_the_inside():
    waves = make_waves({one.device: one.path for one in SITE})
    assert [len(wave) for wave in waves] == [1, 1, 2, 8]
    done = set()
    for wave in waves:
        assert all(set(PATHS[device]) <= done for device in wave)
        done |= set(wave)


def test_groups_are_by_depth_deepest_first():
    order = make_order(SITE)
    assert [len(group) for group in order.timed] == [8, 2, 1, 1]
    assert order.timed[-1] == ("fw",)
    assert order.last == ()


def test_devices_without_a_timer_go_last_and_alone():
    two = (
        Participant(device=DeviceName("ap"), path=(DeviceName("fw"),), timer=NONE),
        Participant(device=DeviceName("fw"), path=(), timer=NONE),
    )
    order = make_order((*two, Participant(device=DeviceName("sw"), path=(DeviceName("fw"),), timer=NATIVE)))
    assert order.timed == (("sw",),)
    assert order.last == (("ap",), ("fw",))


@pytest.mark.parametrize(("elapsed", "expected"), [(0, 600), (1, 600), (59, 600), (60, 540), (599, 60), (700, 60)])
def test_timers_fire_at_the_shared_deadline_or_just_after(elapsed, expected):
    deadline = deadline_of(START, Pace())
    assert timer_seconds(NATIVE, now=START + timedelta(seconds=elapsed), deadline=deadline) == expected


def test_a_timer_in_seconds_is_not_rounded_to_minutes():
    timer = Timer(kind="native", unit=1, minimum=10)
    assert timer_seconds(timer, now=START + timedelta(seconds=0.5), deadline=deadline_of(START, Pace())) == 600


def test_a_window_that_a_timer_cannot_hold_is_refused():
    short = Participant(device=DeviceName("a"), path=(), timer=Timer(kind="native", maximum=300))
    long = Participant(device=DeviceName("b"), path=(), timer=Timer(kind="native", minimum=900, maximum=7200))
    assert [text.split(":")[0] for text in unfit_timers((short, long), Pace())] == ["a", "b"]
    assert unfit_timers((Participant(device=DeviceName("c"), path=(), timer=NONE),), Pace()) == ()
    assert unfit_timers((), Pace(window=30))


def test_nothing_is_confirmed_in_the_guard():
    deadline = deadline_of(START, Pace())
    assert may_confirm(now=deadline - timedelta(seconds=31), deadline=deadline, pace=Pace())
    assert not may_confirm(now=deadline - timedelta(seconds=30), deadline=deadline, pace=Pace())


def test_anything_unclear_means_abort():
    everyone = {DeviceName("a"): State.VERIFIED, DeviceName("b"): State.VERIFIED}
    assert decide(everyone) is Decision.COMMIT
    for state in set(State) - {State.VERIFIED}:
        assert decide({**everyone, DeviceName("b"): state}) is Decision.ABORT
    assert decide({}) is Decision.ABORT


def test_the_site_is_all_new_or_all_old_or_named():
    a, b = DeviceName("a"), DeviceName("b")
    assert judge({a: State.SAVED, b: State.SAVED}) is Verdict.COMMITTED
    assert judge({a: State.REVERTED, b: State.IDLE}) is Verdict.ABORTED
    assert judge({a: State.SAVED, b: State.REVERTED}) is Verdict.MIXED
    assert judge({a: State.MIXED}) is Verdict.MIXED


def test_a_confirmed_device_is_never_rolled_back():
    after = {State.CONFIRMED, *NEXT[State.CONFIRMED], *NEXT[State.SAVED]}
    assert State.REVERTED not in after
    assert State.FAILED not in after
    with pytest.raises(ValueError, match="cannot become reverted"):
        move(State.CONFIRMED, State.REVERTED)
    assert move(State.ARMED, State.VERIFIED) is State.VERIFIED
