"""A whole transaction on fake devices, and everything that may come in its way."""

import contextlib
from dataclasses import replace

import pytest
from tests.unit.push.conftest import FakeSite

from siteauto.core.change.transaction import Decision, Pace, State, Verdict
from siteauto.core.errors import PushError, SecretError, StalePlanError, StoreError, UnreachableError, UsageError
from siteauto.core.platform_spec import Step
from siteauto.testing.fake_platform import NONE, fake_platform
from siteauto.testing.fake_transport import Trouble


def ends(result):
    return {one.device: one.state for one in result.devices}


def test_every_device_ends_new_and_saved(site):
    result = site.push()
    assert (result.verdict, result.decision, result.exit_code) == (Verdict.COMMITTED, Decision.COMMIT, 0)
    assert set(ends(result).values()) == {State.SAVED}
    for short, device in site.devices.items():
        assert site.runs(short) == "new"
        assert device.startup == device.running
        assert device.timer is None
        assert not device.files


def test_no_refused_password_is_sent_twice(site):
    site.push()
    for device in site.devices.values():
        refused = [login for login in device.logins if not login[1]]
        assert refused == [("site", False)]  # once, on the factory-new box
        assert [user for user, accepted in device.logins if accepted].count("site") > 0


def test_no_secret_reaches_journal_events_or_result(site):
    result = site.push()
    told = repr(site.journal.records) + repr(site.events) + repr(result)
    assert not [value for value in site.secret_values if value in told]
    assert "secret://us-nyc-mad01/admin" in "".join(one.device_diff for one in result.devices)


def test_the_journal_has_the_decision_after_every_verification_and_before_any_confirm(site):
    site.push()
    kinds = [(one["record"], one.get("act") or one.get("state")) for one in site.journal.records]
    decision = kinds.index(("decision", None))
    assert [kind for kind in kinds[:decision] if kind[1] == State.VERIFIED] != []
    assert all(kind[1] != State.VERIFIED for kind in kinds[decision:])
    assert all(kind[1] not in ("confirm", "save") for kind in kinds[:decision])
    assert [one["deadline"] for one in site.journal.records if one.get("act") == "arm"]


def test_order_is_outside_in(site):
    site.push()
    assert [one.device for one in site.events if one.phase == "arm"] == ["sw2", "wlc1", "sw1", "fw1"]
    assert [one.device for one in site.events if one.phase == "confirm"] == ["sw2", "wlc1", "sw1", "fw1"]


def test_coupled_links_lose_nothing(make_site):
    site = make_site(coupled=True)
    assert site.push().verdict is Verdict.COMMITTED
    site = make_site(coupled=True)
    result = site.push(verify=lambda targets: ["no"])
    assert result.verdict is Verdict.ABORTED
    assert {site.runs(short) for short in site.shorts} == {"old"}


def test_the_second_run_has_nothing_to_do_and_opens_no_session(site):
    site.push()
    plan = site.plan()
    assert plan.changing == ()
    sent = {short: len(device.sent) for short, device in site.devices.items()}
    result = site.push(plan)
    assert (result.verdict, result.exit_code, result.devices) == (Verdict.COMMITTED, 0, ())
    assert {short: len(device.sent) for short, device in site.devices.items()} == sent


def test_failed_checks_undo_and_prove(site):
    result = site.push(verify=lambda targets: ["sw2: uplink is down"])
    assert (result.verdict, result.exit_code) == (Verdict.ABORTED, 3)
    assert set(ends(result).values()) == {State.REVERTED}
    assert {site.runs(short) for short in site.shorts} == {"old"}
    assert [one.device for one in site.events if one.phase == "undo"] == ["sw2", "wlc1", "sw1", "fw1"]
    assert not any(device.files for device in site.devices.values())


def test_verify_gets_targets_that_it_may_only_read_and_that_run_the_new_configuration(site):
    seen = []
    site.push(verify=lambda targets: seen.extend(targets) or ())
    assert {(target.writable, target.generation) for target in seen} == {(False, 1)}


def test_a_refused_line_on_one_undoes_all(site):
    site.trouble("sw1", "^replace", "refuse")
    result = site.push()
    assert (result.verdict, result.exit_code) == (Verdict.ABORTED, 3)
    assert ends(result) == dict.fromkeys(("sw1", "sw2", "wlc1"), State.REVERTED) | {"fw1": State.IDLE}
    assert "did not take" in str(result.reason)


def test_a_device_that_only_pretends_is_found_out_by_reading_it(site):
    site.trouble("wlc1", "^merge", "pretend")
    result = site.push()
    assert "does not run what was planned" in str(result.reason)
    assert {site.runs(short) for short in site.shorts} == {"old"}


def test_a_diff_of_the_device_with_more_than_the_plan_stops_the_site(site):
    plan = site.plan()
    site.trouble("sw1", "^show stage", lambda: site.devices["sw1"].type(["ntp server 192.0.2.1"]))
    result = site.push(plan)
    assert "lines that the plan did not show" in str(result.reason)
    assert "-ntp server 192.0.2.1" in str(result.reason)
    assert set(ends(result).values()) == {State.IDLE}


def test_a_stale_plan_is_refused_with_what_changed(site):
    plan = site.plan()
    site.devices["sw2"].type(["ntp server 192.0.2.1"])
    result = site.push(plan)
    assert isinstance(result.reason, StalePlanError)
    assert "ntp server 192.0.2.1" in str(result.reason)
    assert result.exit_code == 2
    assert not any(device.files for device in site.devices.values())


def test_all_that_speaks_against_a_change_is_found_at_once_and_before_anything_is_touched(site):
    plan = site.plan()
    site.devices["sw1"].type(["ntp server 192.0.2.1"])
    site.devices["sw2"].startup = "ntp server 192.0.2.2\n" + site.devices["sw2"].startup
    site.devices["wlc1"]._arm("300")
    site.devices["fw1"].reachable = lambda: False
    result = site.push(plan)
    for told in (
        "sw1: its configuration has changed since the plan was made",
        "sw2: its startup configuration is not what it runs",
        "Keep it with save",
        "wlc1: 'show timer' does not answer as it must",
        "fw1: no session",
    ):
        assert told in str(result.reason), told
    assert result.exit_code == 2
    assert set(ends(result).values()) == {State.IDLE}
    for device in site.devices.values():
        assert not device.files
        assert {line.split()[0] for line in device.sent} <= {"show"}
    kept = next(one for one in site.journal.read() if one["record"] == "preflight")
    assert set(kept["errors"]) == {"sw1", "sw2", "wlc1", "fw1"}


def test_a_candidate_that_its_flash_cannot_hold_is_found_before_anything_is_touched(make_site):
    def with_room(answer):
        asked = Step(send="show flash", capture=r"(?P<free>\d+) free", room="free")
        platform = fake_platform()
        platform = replace(platform, push=tuple(replace(one, preflight=(asked,)) for one in platform.push))
        site = make_site("sw1", platforms={"sw1": platform})
        site.devices["sw1"].answers["flash"] = answer
        return site.push()

    assert "no room for the candidate" in str(with_room("10 free").reason)
    assert with_room("100000 free").exit_code == 0


def test_advice_is_told_and_stops_nothing(make_site):
    asked = Step(send="show clock", expect="synchronised", needs="a clock that a server vouches for", advice=True)
    platform = fake_platform()
    platform = replace(platform, push=tuple(replace(one, preflight=(asked,)) for one in platform.push))
    site = make_site("sw1", "sw2", platforms={"sw1": platform, "sw2": platform})
    assert site.push().exit_code == 0
    assert [one.message for one in site.events if one.phase == "preflight"] == [
        "no change waits for it: a clock that a server vouches for is lacking on sw1, sw2"
    ]
    kept = next(one for one in site.journal.read() if one["record"] == "preflight")["advice"]
    assert sorted(kept) == ["sw1", "sw2"]
    assert "'show clock' says" in kept["sw2"][0]


def test_a_configuration_that_only_an_aaa_server_lets_in_is_refused(make_site):
    platform = fake_platform()
    rule = r"^login local"
    platform = replace(platform, push=tuple(replace(one, local_login=rule) for one in platform.push))
    result = make_site("sw1", platforms={"sw1": platform}).push()
    assert "while no AAA server answers" in str(result.reason)


def test_a_change_that_takes_the_management_address_away_is_refused(site):
    site.devices["sw1"].type(["interface p1", " address 10.0.0.2"])
    site.devices["sw2"].type(["interface p1", " address 10.0.0.20"])
    for device in site.devices.values():
        device.startup = device.running
    result = site.push()
    assert "sw1: its new configuration does not hold the address at which it is reached" in str(result.reason)
    assert "sw2" not in str(result.reason)
    assert set(ends(result).values()) == {State.IDLE}


def test_a_missing_secret_stops_the_site_before_anything_is_live(site):
    site.secrets._values.pop("us-nyc-mad01/admin")
    for device in site.devices.values():
        device.passwords["site"] = "x"
    site.transport._logins._secrets = type(site.secrets)(
        {"us-nyc-mad01/admin": "no", "us-nyc-mad01/day0": "Day0-Secret-2"}
    )
    result = site.push()
    assert isinstance(result.reason, SecretError)
    assert result.exit_code == 2
    assert {site.runs(short) for short in site.shorts} == {"old"}


def test_a_lost_confirm_is_asked_about_again(site):
    site.trouble("sw1", "^confirm", "drop-after")
    result = site.push()
    assert result.verdict is Verdict.COMMITTED


def test_a_device_lost_for_good_between_decision_and_confirm_is_named(site):
    down = []
    site.devices["sw1"].reachable = lambda: not down
    site.trouble("sw1", "^confirm", lambda: down.append(1))
    site.trouble("sw1", "^confirm", "drop")
    site.devices["sw1"].troubles.reverse()
    plan = site.plan()
    site.devices["sw2"].troubles.clear()
    site.trouble("sw2", "^confirm", lambda: down.append(1))
    result = site.push(plan)
    assert result.verdict is Verdict.MIXED
    assert result.exit_code == 6
    assert ends(result)["sw1"] is State.MIXED
    assert "could not be confirmed" in str(next(one.error for one in result.devices if one.device == "sw1"))
    assert {ends(result)[name] for name in ("sw2", "wlc1", "fw1")} <= {State.SAVED, State.MIXED}


def test_a_save_that_does_not_save_is_named_with_what_to_type(site):
    site.trouble("wlc1", "^save", "pretend")
    result = site.push()
    assert (result.verdict, result.exit_code) == (Verdict.MIXED, 6)
    assert ends(result)["wlc1"] is State.MIXED
    assert ends(result)["sw1"] is State.SAVED


def test_a_candidate_that_cannot_be_removed_is_named_and_nothing_else(site):
    site.trouble("sw2", "^delete", "refuse")
    result = site.push()
    assert result.verdict is Verdict.COMMITTED
    assert "siteauto-" in next(one.leftover for one in result.devices if one.device == "sw2")


def test_a_revert_that_is_refused_is_left_to_the_timer_and_proven(site):
    site.trouble("sw2", "^revert", "refuse", times=1000)
    result = site.push(verify=lambda targets: ["no"])
    assert result.verdict is Verdict.ABORTED
    assert any(one.phase == "wait" and one.device == "sw2" for one in site.events)
    assert site.runs("sw2") == "old"


def test_a_device_that_does_not_come_back_is_named_with_what_to_type(site):
    def gone(targets):
        site.devices["sw2"].reachable = lambda: False
        return ["sw2 is gone"]

    result = site.push(verify=gone)
    assert (result.verdict, result.exit_code) == (Verdict.MIXED, 6)
    assert "revert" in str(next(one.error for one in result.devices if one.device == "sw2"))
    assert ends(result)["sw1"] is State.REVERTED


def test_a_save_of_somebody_else_hides_no_timer_from_the_confirm(make_site):
    site = make_site("sw1", platforms={"sw1": fake_platform(sees_timer=False)})
    device = site.devices["sw1"]

    def saved_by_another(_):
        device.startup = device.running
        return ()

    result = site.push(verify=saved_by_another)
    assert (result.verdict, ends(result)) == (Verdict.COMMITTED, {"sw1": State.SAVED})
    site.let_timers_fire()
    assert site.runs("sw1") == "new"


def test_somebody_who_saved_in_the_window_is_found(site):
    def saved(targets):
        site.devices["sw1"].startup = site.devices["sw1"].running
        return ["no"]

    result = site.push(verify=saved)
    assert ends(result)["sw1"] is State.MIXED
    assert "startup" in str(next(one.error for one in result.devices if one.device == "sw1"))


def test_a_path_that_takes_a_while_is_waited_for(site):
    answers = iter([False, False])
    site.trouble("sw2", "^replace", lambda: setattr(site.devices["sw2"], "reachable", lambda: next(answers, True)))
    assert site.push().verdict is Verdict.COMMITTED


def test_a_full_disk_before_the_decision_undoes_the_site_all_the_same(site):
    def full(record):
        if record["record"] == "decision" or record.get("act") == "undo":
            raise StoreError("The state folder cannot be written")

    site.journal._before_append = full
    result = site.push()
    assert isinstance(result.reason, StoreError)
    assert result.journal_error is not None
    assert {site.runs(short) for short in site.shorts} == {"old"}
    assert result.exit_code == 1


def test_too_late_to_decide_means_abort(site):
    result = site.push(verify=lambda targets: site.clock.sleep(575) or ())
    assert "took too long" in str(result.reason)
    assert result.verdict is Verdict.ABORTED


def test_a_window_that_a_timer_cannot_hold_is_refused_before_any_session(site):
    with pytest.raises(UsageError, match="do not fit"):
        site.push(pace=Pace(window=7200))
    assert not any(device.logins for device in site.devices.values())


def test_one_device_without_a_timer_goes_last(make_site):
    site = make_site(platforms={"fw1": fake_platform(timer=NONE)})
    plan = site.plan()
    assert any("goes last" in note for note in plan.device("fw1").notes)
    assert site.push(plan).verdict is Verdict.COMMITTED
    assert [one.device for one in site.events if one.phase == "arm"][-1] == "fw1"
    verified = [one.device for one in site.events if one.state == State.VERIFIED and one.phase == "state"]
    assert verified[-1] == "fw1"


def test_a_device_without_a_timer_is_undone_by_us(make_site):
    site = make_site(platforms={"fw1": fake_platform(timer=NONE)})
    looks = []
    result = site.push(verify=lambda targets: looks.append(1) or (["no"] if len(looks) == 2 else []))
    assert result.verdict is Verdict.ABORTED
    assert {site.runs(short) for short in site.shorts} == {"old"}


def test_two_devices_without_a_timer_are_refused(make_site):
    site = make_site(platforms={name: fake_platform(timer=NONE) for name in ("fw1", "wlc1")})
    with pytest.raises(UsageError, match="2 devices have no timer"):
        site.push()


def test_ctrl_c_while_staging_leaves_nothing(site):
    def interrupt():
        raise KeyboardInterrupt

    site.trouble("sw2", "^show stage", interrupt)
    result = site.push()
    assert result.exit_code == 130
    assert set(ends(result).values()) == {State.IDLE}
    assert not any(device.files for device in site.devices.values())


def test_ctrl_c_after_the_decision_stops_nothing(site):
    def interrupt():
        raise KeyboardInterrupt

    site.trouble("sw1", "^confirm", interrupt)
    result = site.push()
    assert result.verdict is Verdict.COMMITTED
    assert result.exit_code == 130
    assert {site.runs(short) for short in site.shorts} == {"new"}


def test_a_second_ctrl_c_ends_the_waiting_and_names_the_device(site):
    def interrupt():
        raise KeyboardInterrupt

    site.trouble("sw2", "^revert", interrupt)
    site.trouble("sw2", "^revert", "refuse", times=1000)
    started = site.clock.now()
    result = site.push(verify=lambda targets: ["no"])
    assert result.interrupted
    assert ends(result)["sw2"] is State.MIXED
    assert (site.clock.now() - started).total_seconds() < 60


def test_an_unreachable_device_is_exit_code_4(site):
    plan = site.plan()
    site.devices["wlc1"].reachable = lambda: False
    result = site.push(plan)
    assert isinstance(result.reason, UnreachableError)
    assert (result.exit_code, set(ends(result).values())) == (4, {State.IDLE})


def test_a_plan_for_a_device_that_is_not_there_is_refused(site):
    plan = site.plan()
    del site.devices["sw2"]
    with pytest.raises(UsageError, match="cannot be changed"):
        site.push(plan)


def test_a_reboot_in_the_window_is_found_and_the_site_undone(site):
    def reboots(targets):
        site.devices["sw2"].reboot()
        return ["sw2: rebooted"]

    result = site.push(verify=reboots)
    assert result.verdict is Verdict.ABORTED
    assert {site.runs(short) for short in site.shorts} == {"old"}


def test_a_foreign_timer_stops_the_push(site):
    plan = site.plan()
    site.devices["sw1"]._arm("300")
    result = site.push(plan)
    assert isinstance(result.reason, PushError)
    assert site.devices["sw1"].timer is not None


def test_a_complaint_is_shown_with_the_lines_around_it(site):
    def told(answer):
        site.devices["sw2"].troubles.clear()
        site.trouble("sw2", "^replace", "refuse")
        site.devices["sw2"].refusal = answer
        return str(site.push().reason)

    assert "Found: 3; bad line here; error refused; later." in told(
        "1\n2\n3\n\n*****\nbad line here\nerror refused\n\nlater\n"
    )
    assert "Found: error refused." in told("error refused")
    site.trouble("sw1", "^show timer", "pretend")
    assert "Found: nothing." in str(site.push().reason)


def test_a_disk_that_fills_up_after_the_decision_does_not_leave_the_site_half_confirmed(site):
    """The decision is on the disk: what follows it is done, and the journal's trouble is told at the end."""

    def full(record):
        if any(one["record"] == "decision" for one in site.journal.records):
            raise StoreError("disk full")

    site.journal._before_append = full
    result = site.push()
    assert result.verdict is Verdict.COMMITTED, ends(result)
    assert set(ends(result).values()) == {State.SAVED}
    assert result.journal_error is not None
    assert result.exit_code == 1


def test_a_session_that_must_live_until_the_confirm_is_held():
    """Some software undoes the change when the session that armed it ends."""
    fake = fake_platform()
    holding = replace(fake, push=tuple(replace(method, holds_session=True) for method in fake.push))
    site = FakeSite("sw1", platforms={"sw1": holding})
    connect, open_now, seen = site.transport.connect, [], {}

    @contextlib.contextmanager
    def counted(target):
        with connect(target) as session:
            open_now.append(target)
            try:
                yield session
            finally:
                open_now.pop()

    site.transport.connect = counted
    for line in ("confirm", "save"):
        site.devices["sw1"].troubles.append(
            Trouble(pattern=line, kind=lambda line=line: seen.update({line: len(open_now)}))
        )
    assert site.push().verdict is Verdict.COMMITTED
    assert seen["confirm"] == 2
    assert seen["save"] == 2
    assert open_now == []
