"""The lab's clock."""

from datetime import UTC, datetime, timedelta

from siteauto.lab.clock import LabClock

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_it_moves_only_when_told_unless_real_time_is_given():
    elapsed = 0.0
    standing, running = LabClock(START), LabClock(START, lambda: elapsed)
    elapsed = 5.0
    assert standing.now() == START
    assert running.now() == START + timedelta(seconds=5)


def test_timers_fire_in_their_order_and_at_their_own_time():
    clock, seen = LabClock(START), []
    clock.call_at(START + timedelta(seconds=60), lambda: seen.append(("late", clock.now())))
    clock.call_at(START + timedelta(seconds=30), lambda: seen.append(("early", clock.now())))
    clock.advance(59)
    assert seen == [("early", START + timedelta(seconds=30))]
    clock.advance(1)
    assert seen[1] == ("late", START + timedelta(seconds=60))


def test_a_timer_that_a_timer_sets_fires_in_the_same_move():
    clock, seen = LabClock(START), []

    def again():
        clock.call_at(clock.now() + timedelta(seconds=10), lambda: seen.append(clock.now()))

    clock.call_at(START + timedelta(seconds=10), again)
    clock.advance(30)
    assert seen == [START + timedelta(seconds=20)]


def test_a_cancelled_timer_does_nothing_and_is_not_the_next_one():
    clock, seen = LabClock(START), []
    clock.call_at(START + timedelta(seconds=1), lambda: seen.append(1)).cancel()
    assert clock.seconds_to_next() is None
    clock.advance(5)
    assert seen == []
