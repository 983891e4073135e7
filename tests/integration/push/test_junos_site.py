"""A site on an SRX and EX switches: made, checked, changed and troubled over NETCONF, with NAPALM's driver unmodified.

The tests go on with the site that the first one has made, in their order.
"""

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.change.candidate import SecretForms
from siteauto.core.change.transaction import Decision, Verdict
from siteauto.core.checks.plan import plan_checks
from siteauto.core.errors import DeviceError, HostKeyError, PushError
from siteauto.testing.fakes import MemoryJournal
from siteauto.testing.site_lab import running_site
from siteauto.workflows import push, push_look, push_undo
from siteauto.workflows.verify import Verifier, verify

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tests" / "golden"))

from companies import lay_out  # noqa: E402

SITE = "us-bos-jun01"
BOXES = ("fw1", "sw1", "sw2")
LATER = 600.0
PORT = "ge-0/0/5"  # of sw2: what the tests change, one after the other


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return lay_out(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="module")
def lab(company, tmp_path_factory):
    with running_site(company, SITE, tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture
def desk(lab, make_desk):
    lab.lab.control("clear")
    return make_desk(lab).only(*BOXES)


def shown(desk, short, command):
    return desk.typed(short, "set cli screen-length 0", command)


def verified(desk, targets):
    checks = [one for one in plan_checks(desk.lab.view.intents, desk.lab.view.company.platforms)
              if one.device.rpartition("-")[2] in BOXES]  # fmt: skip
    verifier = Verifier(
        transport=desk.transport,
        parser=TextFsmParser(),
        runner=NornirRunner(workers=4),
        book=desk.lab.book,
        intended={name: one.text for name, one in desk.rendered.items()},
    )
    return verify(checks, targets, verifier)


@pytest.mark.proves("provision", "juniper_junos")
def test_a_factory_new_site_becomes_as_intended_and_stays_so(desk):
    plan = desk.plan()
    assert all(one.changes and not one.unsupported for one in plan.devices)
    result = desk.push(plan)
    assert (result.verdict, result.exit_code, str(result.reason)) == (Verdict.COMMITTED, 0, "None")
    assert set(desk.states(result).values()) == {"saved"}
    again = desk.plan(result.targets)
    assert [one.diff for one in again.devices] == [()] * 3
    values = [value for value in desk.lab.book.values.values() if len(value) > 3]
    told = repr(desk.journal.records) + repr(desk.events) + repr(result)
    assert not [value for value in values if value in told]
    order = [one.device[-3:] for one in desk.events if one.phase == "arm"]
    assert order == ["sw2", "sw1", "fw1"]


@pytest.fixture
def settled(desk):
    """The site as the first test has left it: its own accounts let us in, and nothing is left of the test before."""
    assert "description edge;" in shown(desk, "sw2", f"show configuration interfaces {PORT}")
    assert "contact" not in shown(desk, "sw2", "show configuration snmp")
    return desk


@pytest.mark.proves("verify", "juniper_junos")
def test_every_check_of_the_site_passes_and_a_pulled_cable_fails_some(settled):
    lab = settled.lab.lab
    report = verified(settled, settled.targets)
    assert [one.message for one in report.results if one.status != "pass"] == []
    assert {one.check.kind for one in report.results} >= {
        *("interface", "vlan", "trunk", "neighbour", "default_route", "ping", "clock", "policy", "default_deny"),
    }
    lab.control("unplug", device=settled.name("sw2"), port="xe-0/1/0")
    try:
        failed = {one.check.kind for one in verified(settled, settled.only("sw1").targets).results
                  if one.status == "fail"}  # fmt: skip
    finally:
        lab.control("plug", device=settled.name("sw2"), port="xe-0/1/0")
    assert {"interface", "neighbour"} <= failed


@pytest.mark.proves("drift", "juniper_junos")
def test_drift_is_what_somebody_has_committed_and_a_push_takes_it_away(settled):
    settled.only("sw2")
    settled.typed("sw2", "configure", 'set snmp contact "ask Bob"', "commit", "exit")
    plan = settled.plan()
    assert [line.split(maxsplit=1) for line in plan.devices[0].diff if "contact" in line] == [
        ["-", 'contact "ask Bob"']
    ]
    assert settled.push(plan).verdict is Verdict.COMMITTED
    assert settled.plan().devices[0].diff == ()


def moved(desk, line='description "stock room";'):
    """A plan with one small change of a switch."""
    name = desk.only("sw2").name("sw2")
    before, after = desk.rendered[name].text.split(f"    {PORT} {{\n        description ")
    text = f"{before}    {PORT} {{\n        {line}\n{after.partition(chr(10))[2]}"
    desk.rendered[name] = replace(desk.rendered[name], text=text)
    return desk.plan()


@pytest.mark.parametrize("line", ["+   services telnet;", "+ntp server 192.0.2.99"])
def test_a_diff_of_the_box_with_a_line_that_the_plan_did_not_show_is_refused(settled, line):
    plan = moved(settled)
    settled.fault(
        "sw2", "insert", "configuration compare", text=line, after=5
    )  # in the preflight the box is asked the same
    result = settled.push(plan)
    assert settled.states(result) == {"sw2": "idle"}
    assert "its own diff holds lines that the plan did not show" in str(result.reason)
    assert line.strip("+ ;") in str(result.reason)
    assert "stock room" not in shown(settled, "sw2", "show configuration")


class Hand:
    """The acts of a push on one switch, one at a time."""

    def __init__(self, desk):
        self.plan = moved(desk)
        self.ports = push.PushPorts(
            transport=desk.transport,
            runner=NornirRunner(1),
            clock=desk.lab.clock,
            journal=MemoryJournal(),
            forms=SecretForms(secrets=desk.lab.secrets, book=desk.lab.book, salt=lambda: os.urandom(16)),
        )
        target = desk.targets[0]
        self.push = push.Push(
            plan=self.plan.devices[0],
            target=target,
            method=target.platform.push_method(target.device.role),
            token="a1b2c3",
        )
        self.staged = push.stage(self.push, self.ports, lambda _: None)
        self.words = push.arm(self.push, self.staged, self.ports, desk.lab.clock.now() + timedelta(minutes=5))

    def look(self):
        return push_look.look(self.push, self.staged, self.words, self.ports)


@pytest.mark.proves("timed undo", "juniper_junos")
def test_the_box_undoes_by_itself_what_nobody_confirms(settled):
    hand = Hand(settled)
    assert hand.staged.device_diff.count("description") == 2
    assert hand.look() is push_look.Seen.PENDING
    assert "commit confirmed, rollback in 5mins" in shown(settled, "sw2", "show system commit")
    settled.lab.clock.sleep(LATER)
    assert hand.look() is push_look.Seen.OLD
    assert "by root via other" in shown(settled, "sw2", "show system commit").splitlines()[1]


def test_any_commit_by_anyone_confirms_and_an_undo_then_goes_back_all_the_same(settled):
    plan = moved(settled)

    def somebody_commits(targets):
        settled.typed("sw2", "configure", "commit", "exit")
        assert "commit confirmed" not in shown(settled, "sw2", "show system commit").splitlines()[1]
        return ["sw2: something is wrong"]

    result = settled.push(plan, verify=somebody_commits)
    assert (result.verdict, settled.states(result)) == (Verdict.ABORTED, {"sw2": "reverted"}), str(result.reason)
    assert [one.base for one in settled.plan().devices] == [one.base for one in plan.devices]


def test_what_somebody_else_commits_in_the_window_is_not_taken_away(settled):
    plan = moved(settled)

    def somebody_works(targets):
        settled.typed("sw2", "configure", "set snmp contact me", "commit", "exit")
        return ["sw2: something is wrong"]

    result = settled.push(plan, verify=somebody_works)
    assert result.exit_code == 6, (
        settled.states(result),
        str(result.reason),
        [str(one.error) for one in result.devices],
    )
    assert "contact me" in shown(settled, "sw2", "show configuration snmp")
    settled.typed("sw2", "configure", "rollback 2", "commit", "exit")
    assert [one.base for one in settled.plan().devices] == [one.base for one in plan.devices]


def test_a_candidate_that_somebody_has_locked_or_changed_is_left_alone(settled):
    plan = moved(settled)
    settled.typed("sw2", "configure exclusive")
    result = settled.push(plan)
    assert settled.states(result) == {"sw2": "idle"}
    assert "configuration database locked by: console" in str(result.reason)
    settled.typed("sw2", "request system logout user console")
    settled.typed("sw2", "configure", "set snmp contact me", "exit")
    result = settled.push(plan)
    assert "a candidate that nobody has changed" in str(result.reason)
    assert "contact me" in settled.typed("sw2", "configure", "show | compare", "rollback 0", "exit")


@pytest.mark.proves("refused line", "juniper_junos")
def test_a_statement_that_the_box_does_not_know_is_named_and_nothing_is_live(settled):
    plan = moved(settled, line="flying-carpet;")
    result = settled.push(plan)
    assert settled.states(result) == {"sw2": "idle"}
    assert "flying-carpet" in str(result.reason)
    assert isinstance(result.reason, PushError)
    assert "[edit" not in settled.typed("sw2", "configure", "show | compare", "exit")


def test_what_the_commit_refuses_undoes_the_change(settled):
    plan = moved(
        settled,
        line="description x;\n        native-vlan-id 999;\n        unit 1 { family inet { filter { input nobody; } } }",
    )
    result = settled.push(plan)
    assert "Referenced filter 'nobody' is not defined" in str(result.reason)
    assert settled.states(result) == {"sw2": "reverted"}


def test_a_fresh_process_confirms_what_another_has_armed(settled):
    hand = Hand(settled)
    settled.fresh_transport()
    another = replace(hand.ports, transport=settled.transport)
    push.read_back(hand.push, hand.staged, hand.words, another)
    push.confirm(hand.push, hand.staged, hand.words, another)
    settled.lab.clock.sleep(LATER)
    assert hand.look() is push_look.Seen.NEW
    settled.typed("sw2", "configure", "rollback 2", "commit", "exit")


def test_a_power_cut_in_the_window_keeps_the_change_and_an_undo_takes_it_back(settled):
    """What the log of commits says of it is still there, the timer is not: only an undo that looks finds out."""
    hand = Hand(settled)
    settled.lab.lab.control("power", device=settled.name("sw2"), state="off")
    settled.lab.lab.control("power", device=settled.name("sw2"), state="on")
    settled.lab.clock.sleep(LATER)
    assert hand.look() in (push_look.Seen.PENDING, push_look.Seen.NEW)
    push_undo.revert(hand.push, hand.staged, hand.words, hand.ports, generation=push.AS_PLANNED)
    push_undo.prove_old(hand.push, hand.staged, hand.ports)


def test_a_session_that_is_lost_while_it_commits_undoes_the_change(settled):
    plan = moved(settled)
    settled.fault("sw2", "drop", "^commit-configuration confirmed")
    result = settled.push(plan, verify=lambda targets: ["sw2: something is wrong"])
    assert (result.verdict, settled.states(result)) == (Verdict.ABORTED, {"sw2": "reverted"})
    assert [one["decision"] for one in settled.journal.records if one["record"] == "decision"] == [Decision.ABORT]


@pytest.mark.proves("backup", "juniper_junos")
def test_half_a_configuration_is_no_backup(settled):
    settled.fault("sw2", "truncate", "^show configuration$")
    with settled.transport.connect(settled.lab.target("sw2")) as session, pytest.raises(DeviceError, match="not whole"):
        session.fetch("running")


def test_an_unknown_host_key_is_refused_and_a_changed_one_always(settled, tmp_path):
    target = replace(settled.lab.target("sw2"), known_hosts=tmp_path / "none")
    with pytest.raises(HostKeyError, match="is not known"), settled.transport.connect(target):
        pass
    with settled.transport.connect(replace(target, trust_new_host_key=True)) as session:
        assert "ex2300-24p" in session.run("show version")
    line, other = target.known_hosts.read_text(), settled.lab.target("sw1").known_hosts.read_text()
    stranger = next(one for one in other.splitlines() if "ssh-ed25519" in one and line.split()[2] not in one)
    target.known_hosts.write_text(f"{line.split()[0]} {' '.join(stranger.split()[1:])}\n")
    for trust in (False, True):
        changed = replace(target, trust_new_host_key=trust)
        with pytest.raises(HostKeyError, match="has changed"), settled.transport.connect(changed):
            pass
