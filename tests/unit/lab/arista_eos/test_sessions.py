"""Configuration sessions and the commit timer, as the box keeps them."""

import json

import pytest

PENDING = "Session with pending commit timer"


def sessions(bench):
    return bench.type("show configuration sessions detail")


def test_nothing_is_live_before_the_commit(sw1):
    diff = sw1.type("configure session s1", "vlan 77", "name test", "show session-config diffs", "end")
    assert "+vlan 77\n+   name test\n" in diff
    assert diff.startswith("--- system:/running-config\n+++ session:/s1-session-config\n@@ ")
    assert "vlan 77" not in sw1.type("show running-config")
    sw1.type("configure session s1 commit")
    assert "vlan 77\n   name test\n" in sw1.type("show running-config")
    assert "vlan 77" not in sw1.type("show startup-config")


def test_a_timer_is_confirmed_by_the_name_from_any_login(sw1):
    sw1.type("configure session s1", "vlan 77", "end", "configure session s1 commit timer 00:05:00")
    assert f"{PENDING}: s1" in sessions(sw1)
    assert "in 0:05:00" in sessions(sw1)
    sw1.type("configure session s1 commit")
    assert PENDING not in sessions(sw1)
    sw1.world.clock.advance(600)
    assert "vlan 77" in sw1.type("show running-config")


@pytest.mark.parametrize("how", ["the timer", "an abort"])
def test_what_is_not_confirmed_is_undone(sw1, how):
    before = sw1.box.text()
    sw1.type("configure session s1", "vlan 77", "end", "configure session s1 commit timer 00:05:00")
    assert sw1.box.text() != before
    if how == "the timer":
        sw1.world.clock.advance(301)
    else:
        sw1.type("configure session s1 abort")
    assert sw1.box.text() == before
    assert PENDING not in sessions(sw1)


def test_there_is_one_timer(sw1):
    sw1.type("configure session s1", "vlan 77", "end", "configure session s1 commit timer 00:05:00")
    said = sw1.type("configure session s2", "vlan 78", "end", "configure session s2 commit timer 00:05:00")
    assert said.startswith("% ")
    assert "vlan 78" not in sw1.box.text()


def test_a_commit_overwrites_what_others_have_changed_since(sw1):
    sw1.type("configure session s1", "vlan 77", "end")
    sw1.type("configure", "vlan 78", "end")
    sw1.type("configure session s1 commit")
    assert sw1.box.running.find("vlan 77") is not None
    assert sw1.box.running.find("vlan 78") is None


def test_sessions_die_of_a_reboot_and_of_age(world, sw1):
    sw1.type("configure session s1", "vlan 77", "end")
    world.power(sw1.device.name, on=False)
    world.power(sw1.device.name, on=True)
    assert "s1" not in sessions(sw1)
    sw1.type("configure session s2", "vlan 77", "end")
    world.clock.advance(24 * 3600)
    assert "s2" not in sessions(sw1)


def test_five_sessions_and_no_more(sw1):
    for number in range(5):
        assert sw1.type(f"configure session s{number}", "end") == ""
    assert "Maximum number of pending sessions" in sw1.type("configure session s5", "end")


def test_clean_config_is_what_the_factory_ships(sw1):
    sw1.type("configure session s1", "rollback clean-config", "end")
    text = sw1.type("show session-config named s1")
    assert "hostname localhost" in text
    assert "vlan 99" not in text


def test_programs_see_the_timer_by_the_uptime(sw1):
    sw1.world.clock.advance(1000)
    sw1.type("configure session s1", "vlan 77", "end", "configure session s1 commit timer 00:05:00")
    data = json.loads(sw1.type("show configuration sessions detail | json"))
    assert data["commitTimerSessionName"] == "s1"
    assert data["commitTimerExpireTime"] == pytest.approx(1300)
    assert data["sessions"]["s1"]["state"] == "committed"
