"""Devices without a timer: they go last, their commit decides, and whoever resumes reads them first."""

from dataclasses import replace

import pytest

from siteauto.core.change.transaction import Decision, Verdict
from siteauto.core.errors import UnreachableError, UsageError
from siteauto.core.platform_spec import Step
from siteauto.testing.fake_platform import NONE, fake_platform
from siteauto.workflows.inspection import find_method


class Killed(BaseException):
    pass


def die_at(site, **facts):
    """Run until the journal holds such a record, and die."""
    append = site.journal.append

    def dying(record):
        append(record)
        if all(record.get(name) == value for name, value in facts.items()):
            raise Killed

    site.journal.append = dying
    with pytest.raises(Killed):
        site.push(accept_nonatomic=True)
    site.journal.append = append
    return site


@pytest.fixture
def one(make_site):
    return make_site(platforms={"fw1": fake_platform(timer=NONE)})


def test_its_commit_is_the_decision_although_nobody_wrote_it(one):
    die_at(one, record="state", device="fw1", state="armed")
    one.clock.sleep(100_000)  # everything else has gone back to old by itself
    assert (one.runs("fw1"), one.history.decision) == ("new", None)
    result = one.resume()
    assert (result.verdict, result.exit_code) == (Verdict.COMMITTED, 0)
    assert {one.runs(short) for short in one.shorts} == {"new"}
    assert one.history.decision is Decision.COMMIT


def test_an_intent_that_was_not_carried_out_decides_nothing(one):
    die_at(one, record="begin", act="arm", device="fw1")
    result = one.resume()
    assert result.verdict is Verdict.ABORTED
    assert {one.runs(short) for short in one.shorts} == {"old"}


def test_half_a_change_is_undone(one):
    die_at(one, record="begin", act="arm", device="fw1")
    one.devices["fw1"]._arm("600")
    one.devices["fw1"].type(["interface p1", " speed 1000"])
    assert one.runs("fw1") not in ("old", "new")
    assert one.resume().verdict is Verdict.ABORTED
    assert {one.runs(short) for short in one.shorts} == {"old"}


def test_checks_that_failed_on_it_decide_against_it(one):
    looks = []
    append = one.journal.append

    def dying(record):
        append(record)
        if record["record"] == "verify" and record["problems"]:
            raise Killed

    one.journal.append = dying
    with pytest.raises(Killed):
        one.push(verify=lambda targets: looks.append(1) or (["no"] if len(looks) == 2 else []))
    one.journal.append = append
    assert one.runs("fw1") == "new"
    assert one.resume().verdict is Verdict.ABORTED
    assert {one.runs(short) for short in one.shorts} == {"old"}


def test_nothing_is_decided_before_it_can_be_read(one):
    die_at(one, record="state", device="fw1", state="armed")
    one.devices["fw1"].reachable = lambda: False
    before = len(one.journal.records)
    with pytest.raises(UnreachableError, match="type: siteauto resume"):
        one.resume()
    assert (len(one.journal.records), one.history.unfinished) == (before, True)
    one.devices["fw1"].reachable = lambda: True
    assert one.resume().verdict is Verdict.COMMITTED


def test_an_abort_by_hand_undoes_it_all_the_same(one):
    die_at(one, record="state", device="fw1", state="armed")
    assert one.abort().verdict is Verdict.ABORTED
    assert {one.runs(short) for short in one.shorts} == {"old"}


def test_it_is_not_touched_when_the_timers_of_the_others_are_about_to_fire(one):
    result = one.push(verify=lambda targets: one.clock.sleep(575) or ())
    assert "took too long" in str(result.reason)
    assert "speed 1000" not in one.devices["fw1"].sent


def two(make_site):
    return make_site(platforms={name: fake_platform(timer=NONE) for name in ("fw1", "wlc1")})


def test_two_of_them_need_consent_and_the_plan_says_what_it_means(make_site):
    site = two(make_site)
    plan = site.plan()
    for short in ("fw1", "wlc1"):
        assert any("2 devices without a timer (fw1, wlc1)" in note for note in plan.device(short).notes)
    assert not any("--accept-nonatomic" in note for note in plan.device("sw1").notes)
    with pytest.raises(UsageError, match="--accept-nonatomic"):
        site.push(plan)
    assert site.push(plan, accept_nonatomic=True).verdict is Verdict.COMMITTED
    assert [one.device for one in site.events if one.phase == "arm"][-2:] == ["wlc1", "fw1"]


def test_of_two_the_first_alone_decides_nothing(make_site):
    site = die_at(two(make_site), record="state", device="wlc1", state="verified")
    assert site.runs("wlc1") == "new"
    assert site.resume().verdict is Verdict.ABORTED
    assert {site.runs(short) for short in site.shorts} == {"old"}


def test_two_that_are_both_new_decide_it(make_site):
    site = die_at(two(make_site), record="state", device="fw1", state="armed")
    assert site.resume().verdict is Verdict.COMMITTED
    assert {site.runs(short) for short in site.shorts} == {"new"}


def test_a_box_is_changed_by_the_first_method_that_suits_it(site):
    platform = fake_platform()
    timed = tuple(
        replace(one, name="timer", suits=(Step(send="show ha", expect="^standalone", needs="a standalone box"),))
        for one in platform.push
    )
    alone = tuple(replace(one, name="no timer", timer=NONE, pending=None, confirm=()) for one in platform.push)
    target = replace(site.targets[0], platform=replace(platform, push=timed + alone))
    with site.transport.connect(target) as session:
        for answer, name in (("standalone", "timer"), ("cluster", "no timer")):
            site.devices["fw1"].answers["ha"] = answer
            method, why_not = find_method(target, session)
            assert (method.name, why_not) == (name, "")
        method, why_not = find_method(replace(target, platform=replace(platform, push=timed)), session)
        assert (method, why_not) == (None, "a standalone box")
