"""A small site of AOS-CX switches from the factory to a verified site, and what a change of them does in trouble."""

from dataclasses import replace

import pytest
from tests.integration.push.conftest import Desk

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.change.transaction import Verdict
from siteauto.core.checks import Status
from siteauto.core.checks.plan import plan_checks
from siteauto.core.config import diff, diff_text, normalise
from siteauto.core.errors import DeviceError, PushError
from siteauto.testing.site_lab import running_site
from siteauto.workflows.verify import Verifier, verify

SITE = "us-pdx-tst01"
WEB = "no https-server vrf default"
VLAN_200 = ("vlan 200\n    name test\n!\n", "vlan 998\n")


@pytest.fixture(scope="module")
def provisioned(company, tmp_path_factory):
    with running_site(company, SITE, tmp_path_factory.mktemp("aoscx")) as lab:
        desk = Desk(lab)
        desk.first = desk.push(desk.plan())
        desk.targets = desk.first.targets
        yield desk


def add_vlan(desk, short):
    """Ask for one more VLAN, in the middle of the configuration."""
    name = desk.name(short)
    text = desk.rendered[name].text
    desk.rendered[name] = replace(desk.rendered[name], text=text.replace(VLAN_200[1], "".join(VLAN_200)))


@pytest.mark.proves("provision", "aruba_aoscx")
def test_a_factory_new_site_becomes_as_intended_and_stays_so(provisioned):
    result = provisioned.first
    assert result.verdict is Verdict.COMMITTED, str(result.reason)
    assert set(provisioned.states(result).values()) == {"saved"}
    assert [one.diff for one in provisioned.plan().devices] == [()] * 5
    for short in ("sw1", "sw2", "sw3"):
        assert provisioned.typed(short, "checkpoint diff startup-config running-config").strip().count("@@") == 0
        assert "expires in" in provisioned.typed(short, "checkpoint auto 1"), "the timer of the push has ended"
        provisioned.typed(short, "checkpoint auto confirm")


@pytest.mark.proves("verify", "aruba_aoscx")
def test_what_was_provisioned_passes_every_check(provisioned):
    lab = provisioned.lab
    checks = plan_checks(lab.view.intents, lab.view.company.platforms)
    verifier = Verifier(
        transport=lab.transport,
        parser=TextFsmParser(),
        runner=NornirRunner(4),
        book=lab.book,
        intended={name: each.text for name, each in lab.rendered.items()},
    )
    report = verify(checks, provisioned.targets, verifier)
    wrong = [one.message for one in report.results if one.status is not Status.PASS]
    assert wrong == []
    kinds = {one.check.kind for one in report.results if "-sw" in str(one.check.device)}
    assert {
        "interface",
        "vlan",
        "trunk",
        "neighbour",
        "default_route",
        "ping",
        "clock",
        "running_intended",
        "running_saved",
    } <= kinds
    lab.lab.control("unplug", device="sw1", port="1/1/26")
    found = verify([one for one in checks if str(one.device).endswith("sw1")], provisioned.targets, verifier)
    lab.lab.control("plug", device="sw1", port="1/1/26")
    failed = {(one.check.kind, one.check.subject) for one in found.of(Status.FAIL)}
    assert ("interface", "downlink 1/1/26") in failed


@pytest.mark.proves("backup", "aruba_aoscx")
def test_a_backup_is_whole_and_a_cut_one_is_refused(provisioned):
    target = next(one for one in provisioned.targets if one.device.short == "sw3")
    with provisioned.transport.connect(target) as session:
        assert session.fetch("running").rstrip().endswith("no https-server vrf default")
        assert "!Version ArubaOS-CX PL.10.13" in session.fetch("startup")
    provisioned.fault("sw3", "truncate", "^show running-config$")
    with provisioned.transport.connect(target) as session, pytest.raises(DeviceError, match="not whole"):
        session.fetch("running")
    provisioned.lab.lab.control("clear")


@pytest.mark.proves("drift", "aruba_aoscx")
def test_drift_is_the_line_that_somebody_typed(provisioned):
    provisioned.typed("sw2", "configure terminal", "interface 1/1/40", "no shutdown", "description ours", "end")
    target = next(one for one in provisioned.targets if one.device.short == "sw2")
    rules = target.platform.config
    with provisioned.transport.connect(target) as session:
        running = normalise(rules, session.fetch("running"), secrets=provisioned.lab.book)
    intended = normalise(rules, provisioned.rendered[target.device.name].text, secrets=provisioned.lab.book)
    found = diff_text(diff(running, intended)).splitlines()
    assert "-    description ours" in found
    assert "-    no shutdown" in found
    assert provisioned.push(provisioned.plan()).verdict is Verdict.ABORTED, "what nobody saved stops a push"
    provisioned.typed("sw2", "write memory")
    assert provisioned.push(provisioned.plan()).verdict is Verdict.COMMITTED
    assert [one.diff for one in provisioned.plan().devices] == [()] * 5


# ── trouble ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def undone(desk, plan, result):
    """Nothing is left of the change: it runs what it booted from."""
    assert result.verdict is Verdict.ABORTED
    assert {str(one.state) for one in result.devices} <= {"idle", "reverted"}, [
        str(one.error) for one in result.devices
    ]
    assert [one.base for one in desk.plan(result.targets or None).devices] == [one.base for one in plan.devices]
    for one in plan.devices:
        assert "@@" not in desk.typed(str(one.device)[-3:], "checkpoint diff startup-config running-config")


def test_checks_that_fail_undo_every_switch(provisioned):
    provisioned.only("sw2", "sw3")
    for short in ("sw2", "sw3"):
        add_vlan(provisioned, short)
    plan = provisioned.plan()
    result = provisioned.push(plan, verify=lambda targets: ["sw2: uplink is down"])
    assert provisioned.states(result) == {"sw2": "reverted", "sw3": "reverted"}
    undone(provisioned, plan, result)
    assert "expires in" in provisioned.typed("sw2", "checkpoint auto 1"), "nobody's timer is left in the next one's way"
    provisioned.typed("sw2", "checkpoint auto confirm")


@pytest.mark.proves("refused line", "aruba_aoscx")
def test_a_line_refused_in_the_middle_leaves_no_half_state(provisioned):
    plan = provisioned.plan()
    provisioned.fault("sw3", "refuse", "name test", text="Invalid input: test")
    result = provisioned.push(plan)
    assert isinstance(result.reason, PushError)
    assert "name test" in str(result.reason)
    provisioned.lab.lab.control("clear")
    undone(provisioned, plan, result)


def test_a_first_line_that_is_refused_leaves_no_timer_in_the_next_ones_way(provisioned):
    plan = provisioned.plan()
    provisioned.fault("sw3", "refuse", "vlan 200", text="Invalid input: 200")
    result = provisioned.push(plan)
    assert "vlan 200" in str(result.reason)
    provisioned.lab.lab.control("clear")
    undone(provisioned, plan, result)
    assert "expires in" in provisioned.typed("sw3", "checkpoint auto 1")
    provisioned.typed("sw3", "checkpoint auto confirm")


def test_a_session_that_drops_among_the_lines_is_undone(provisioned):
    plan = provisioned.plan()
    provisioned.fault("sw3", "drop", "^vlan 200")
    result = provisioned.push(plan)
    undone(provisioned, plan, result)


@pytest.mark.proves("timed undo", "aruba_aoscx")
def test_a_timer_that_fires_leaves_the_old_site_and_its_warnings_are_nobodys_answer(provisioned):
    plan = provisioned.plan()

    def dawdle(targets):
        """While sessions are open: the warnings come in the middle of them."""
        target = targets[0]
        with provisioned.transport.connect(target) as session:
            assert session.run("show version").startswith("---")
            for _ in range(14):
                provisioned.lab.clock.sleep(50)
                assert session.run("show version").startswith("---")
                assert session.run("show running-config vlan 200") in ("", "vlan 200\n    name test\n    exit\n")
            assert session.run("show running-config vlan 200") == ""
        return ()

    result = provisioned.push(plan, verify=dawdle)
    assert "took too long" in str(result.reason)
    undone(provisioned, plan, result)


def test_a_checkpoint_auto_of_somebody_else_is_never_confirmed(provisioned):
    plan = provisioned.plan()
    provisioned.typed("sw3", "checkpoint auto 30")
    result = provisioned.push(plan)
    assert "no checkpoint auto of somebody else" in str(result.reason)
    assert "already ON" in str(result.reason)
    undone(provisioned, plan, result)
    assert "already ON" in provisioned.typed("sw3", "checkpoint auto 1")
    provisioned.typed("sw3", "checkpoint auto confirm")


def test_an_unfinished_change_of_somebody_else_stops_the_push_before_anything_is_live(provisioned):
    provisioned.typed("sw3", "checkpoint auto 30", "configure terminal", "vlan 300", "end")
    plan = provisioned.plan()
    result = provisioned.push(plan)
    assert "its startup configuration is not what it runs" in str(result.reason)
    assert provisioned.states(result) == {"sw2": "idle", "sw3": "idle"}
    provisioned.lab.clock.sleep(1801)
    assert "vlan 300" not in provisioned.typed("sw3", "show running-config")


def test_a_confirm_whose_answer_is_lost_is_asked_about_again(provisioned):
    plan = provisioned.plan()
    provisioned.fault("sw3", "drop", "^checkpoint auto confirm")
    result = provisioned.push(plan)
    assert result.verdict is Verdict.COMMITTED, str(result.reason)
    assert provisioned.states(result) == {"sw2": "saved", "sw3": "saved"}
    provisioned.lab.clock.sleep(3700)
    assert "vlan 200" in provisioned.typed("sw3", "show running-config vlan 200")
