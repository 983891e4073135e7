"""What befalls a change of access points that have no controller: rpcd's own undo, a power cut, other people."""

import contextlib
from dataclasses import replace

import pytest

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.core.change.candidate import SecretForms
from siteauto.core.change.run_history import tell_history
from siteauto.core.change.transaction import Verdict
from siteauto.workflows.push import PushPorts
from siteauto.workflows.resume import resume_transaction

IS_PENDING = "ubus call uci rollback"  # without a session it is refused either way
NOTHING_PENDING = "Command failed: No response\n"
STRANGER = "0" * 32


class DiedError(BaseException):
    """The process is gone."""


def box(desk, short):
    return desk.box(short)._box


def in_any_order(device_plan):
    """The old configuration. What has no order of its own may stand elsewhere after an undo."""
    return sorted(device_plan.base.splitlines())


def is_as_found(desk, plan, *shorts):
    """Nothing is left: the old configuration, no timer, no session, and nothing staged."""
    assert [in_any_order(one) for one in desk.plan().devices] == [in_any_order(one) for one in plan.devices]
    for short in shorts:
        assert desk.typed(short, IS_PENDING) == NOTHING_PENDING
        assert (box(desk, short).rpcd.sessions, box(desk, short).deltas) == ({}, {})


def test_checks_that_fail_undo_every_access_point(desk):
    desk.only("ap1", "ap2")
    plan = desk.plan()
    on_air = []

    def fails(targets):
        on_air.append(desk.typed("ap1", "iwinfo"))
        return ["ap1: nobody can join"]

    result = desk.push(plan, verify=fails)
    assert desk.states(result) == {"ap1": "reverted", "ap2": "reverted"}, [str(one.error) for one in result.devices]
    assert 'ESSID: "MaisonVerre-Staff"' in on_air[0]
    assert desk.typed("ap1", "iwinfo") == ""
    is_as_found(desk, plan, "ap1", "ap2")


@pytest.mark.proves("timed undo", "openwrt")
def test_what_nobody_confirms_is_rolled_back_by_the_timer(desk):
    desk.only("ap1")
    plan = desk.plan()

    def dawdle(targets):
        desk.lab.clock.sleep(700)
        return ()

    result = desk.push(plan, verify=dawdle)
    assert "took too long" in str(result.reason)
    assert desk.states(result) == {"ap1": "reverted"}
    is_as_found(desk, plan, "ap1")


def test_a_change_that_a_power_cut_has_kept_is_found_by_looking_and_undone(desk):
    desk.only("ap1")
    plan = desk.plan()

    def power_cut(targets):
        desk.lab.lab.control("power", device="ap1", state="cycle")
        desk.lab.clock.sleep(60)
        assert desk.typed("ap1", IS_PENDING) == NOTHING_PENDING
        assert 'ESSID: "MaisonVerre-Staff"' in desk.typed("ap1", "iwinfo")
        return ["a check failed"]

    result = desk.push(plan, verify=power_cut)
    assert desk.states(result) == {"ap1": "reverted"}, [str(one.error) for one in result.devices]
    is_as_found(desk, plan, "ap1")


def test_a_process_that_died_in_the_window_is_taken_up_again(desk):
    desk.only("ap1")
    plan = desk.plan()

    def die(targets):
        raise DiedError

    with contextlib.suppress(DiedError):
        desk.push(plan, verify=die)
    sid = box(desk, "ap1").rpcd.pending.sid
    assert sid not in repr(desk.journal.records) + repr(desk.events), "it would let anybody confirm"
    result = resume(desk, plan)
    assert (result.verdict, desk.states(result)) == (Verdict.ABORTED, {"ap1": "reverted"})
    is_as_found(desk, plan, "ap1")


def resume(desk, plan):
    desk.fresh_transport()
    ports = PushPorts(
        transport=desk.transport,
        runner=NornirRunner(1),
        clock=desk.lab.clock,
        journal=desk.journal,
        forms=SecretForms(secrets=desk.lab.secrets, book=desk.lab.book, salt=lambda: b"salt"),
    )
    return resume_transaction(tell_history("r1", desk.journal.read()), plan, desk.targets, ports, by="a test")


def test_an_overlay_without_room_stops_the_push(desk):
    desk.only("ap1", "ap2")
    assert desk.is_refused_for_room(desk.plan(), "ap2")


def test_a_stranger_cannot_confirm(desk):
    desk.only("ap1")
    plan = desk.plan()
    answers = []

    def meanwhile(targets):
        answers.append(desk.typed("ap1", f'ubus call uci confirm \'{{"ubus_rpc_session":"{STRANGER}"}}\''))
        answers.append(desk.typed("ap1", IS_PENDING))
        return ["a check failed"]

    desk.push(plan, verify=meanwhile)
    assert answers == ["Command failed: Permission denied\n", "Command failed: Invalid argument\n"]
    is_as_found(desk, plan, "ap1")


def test_an_apply_of_somebody_else_stops_the_push(desk):
    desk.only("ap1")
    plan = desk.plan()
    rpcd = box(desk, "ap1").rpcd
    session = rpcd.create(600)
    said = f'"ubus_rpc_session":"{session.id}"'
    desk.typed("ap1", f'ubus call session grant \'{{{said},"scope":"uci","objects":[["*","write"]]}}\'')
    desk.typed("ap1", f"uci -t /var/run/rpcd/uci-{session.id} set system.@system[0].notes='mine'")
    desk.typed("ap1", f'ubus call uci apply \'{{{said},"rollback":true,"timeout":90}}\'')
    assert desk.typed("ap1", IS_PENDING) == "Command failed: Invalid argument\n"
    result = desk.push(plan)
    assert "no other apply that waits for its confirm" in str(result.reason)
    assert desk.states(result) == {"ap1": "idle"}
    desk.lab.clock.sleep(91)
    rpcd.destroy(session.id)
    is_as_found(desk, plan, "ap1")


def test_what_somebody_has_staged_and_not_committed_stops_the_push(desk):
    desk.only("ap1")
    desk.typed("ap1", "uci set system.@system[0].notes='half a thought'")
    result = desk.push(desk.plan())
    assert "no changes that somebody has staged" in str(result.reason)
    assert "half a thought" in desk.typed("ap1", "uci changes")
    box(desk, "ap1").deltas.clear()


@pytest.mark.proves("refused line", "openwrt")
def test_a_line_that_uci_refuses_is_known_before_anything_is_live(desk):
    desk.only("ap1")
    plan = desk.plan()
    name = desk.name("ap1")
    nonsense = "package nonsense\n\nconfig flying 'carpet'\n\toption enable '1'\n\n"
    desk.rendered[name] = replace(desk.rendered[name], text=desk.rendered[name].text + nonsense)
    result = desk.push(desk.plan())
    assert "uci set nonsense.carpet" in str(result.reason)
    assert desk.states(result) == {"ap1": "idle"}
    assert not [one for one in desk.events if one.phase == "arm"]
    desk.rendered = dict(desk.lab.rendered)
    is_as_found(desk, plan, "ap1")
