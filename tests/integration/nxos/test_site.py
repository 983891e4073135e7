"""A site around a Nexus: from the factory to a checked one, and a change that its own timer takes back."""

from dataclasses import replace

import pytest
from tests.golden.companies import lay_out
from tests.integration.push.conftest import Desk

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.change.transaction import Verdict
from siteauto.core.checks import Status
from siteauto.core.checks.plan import plan_checks
from siteauto.core.errors import DeviceError
from siteauto.core.redact import redact_known
from siteauto.testing.site_lab import running_site
from siteauto.workflows.verify import Verifier, verify


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    company = lay_out(tmp_path_factory.mktemp("company"))
    with running_site(company, "us-pdx-tst02", tmp_path_factory.mktemp("nxos")) as lab:
        desk = Desk(lab).only("fw1", "sw1")
        desk.first = desk.push(desk.plan())
        desk.targets = desk.first.targets
        yield desk


def add_vlan(desk):
    name = desk.name("sw1")
    text = desk.rendered[name].text
    more = text.replace("\nvlan 998\n", "\nvlan 200\n  name test\n!\nvlan 998\n")
    desk.rendered[name] = replace(desk.rendered[name], text=more)


@pytest.mark.proves("provision", "cisco_nxos")
@pytest.mark.proves("verify", "cisco_nxos")
def test_a_factory_new_site_becomes_as_intended_and_passes_every_check(desk):
    assert desk.first.verdict is Verdict.COMMITTED, str(desk.first.reason)
    assert [one.diff for one in desk.plan().devices] == [()] * 2
    assert "siteauto-" not in desk.typed("sw1", "dir bootflash:")
    lab = desk.lab
    verifier = Verifier(
        transport=lab.transport,
        parser=TextFsmParser(),
        runner=NornirRunner(4),
        book=lab.book,
        intended={name: each.text for name, each in lab.rendered.items()},
    )
    intents = [intent for intent in lab.view.intents if intent.device.short in ("fw1", "sw1")]
    report = verify(plan_checks(intents, lab.view.company.platforms), desk.targets, verifier)
    wrong = [one.message for one in report.results if one.status is not Status.PASS]
    assert wrong == []


@pytest.mark.proves("backup", "cisco_nxos")
def test_a_backup_holds_no_secret_and_a_refusal_is_none(desk):
    target = desk.lab.target("sw1")
    desk.fault("sw1", "refuse", "^show running-config$", text="% Permission denied for the role")
    with desk.transport.connect(target) as session, pytest.raises(DeviceError, match="Permission denied"):
        session.fetch("running")
    desk.lab.lab.control("clear")
    exact = desk.only("sw1").exact()[target.device.name]
    desk.targets = desk.first.targets
    stored = redact_known(target.platform.config, exact, desk.lab.book)
    assert "snmp-server user netmon network-operator" in stored
    assert not [value for value in desk.lab.book.values.values() if len(value) > 3 and value in stored]


@pytest.mark.proves("drift", "cisco_nxos", "fortinet")
def test_drift_is_what_somebody_typed_and_a_push_takes_it_away(desk):
    desk.typed("sw1", "configure terminal", "interface Ethernet1/40", "description ask Bob", "end")
    desk.typed("sw1", "copy running-config startup-config")
    desk.typed("fw1", "config firewall address", 'edit "net-corp"', 'set comment "ask Bob"', "next", "end")
    plan = desk.plan()
    found = {one.device[-3:]: one.diff for one in plan.devices}
    assert "-  description ask Bob" in found["sw1"]
    assert [line.split() for line in found["fw1"] if "ask Bob" in line] == [["-", "set", "comment", '"ask', 'Bob"']]
    assert desk.push(plan).verdict is Verdict.COMMITTED
    assert [one.diff for one in desk.plan().devices] == [()] * 2


@pytest.mark.proves("restore", "cisco_nxos")
def test_a_copy_goes_back(desk):
    desk.only("sw1")
    exact, before = desk.exact(), dict(desk.rendered)
    add_vlan(desk)
    assert desk.push(desk.plan()).verdict is Verdict.COMMITTED
    assert "vlan 200" in desk.exact()[desk.name("sw1")]
    restored = desk.go_back(exact)
    desk.rendered = before
    assert (restored.verdict, str(restored.reason)) == (Verdict.COMMITTED, "None")
    assert [one.diff for one in desk.plan().devices] == [()]


def test_a_full_bootflash_stops_the_change_before_anything_is_staged(desk):
    before = desk.rendered
    desk.rendered, desk.events[:] = dict(before), []
    add_vlan(desk)
    assert desk.is_refused_for_room(desk.plan(), "sw1")
    desk.rendered = before


@pytest.mark.proves("refused line", "cisco_nxos")
def test_a_refused_line_and_a_check_that_fails_leave_nothing(desk):
    desk.only("sw1")
    add_vlan(desk)
    plan = desk.plan()
    desk.fault("sw1", "refuse", "name test", text="% Invalid command at '^' marker.")
    refused = desk.push(plan)
    desk.lab.lab.control("clear")
    failed = desk.push(plan, verify=lambda targets: ["sw1: uplink is down"])
    for result in (refused, failed):
        assert desk.states(result) == {"sw1": "reverted"}, str(result.reason)
    assert [one.base for one in desk.plan().devices] == [one.base for one in plan.devices]
    assert desk.typed("sw1", "show running-config diff").count("*" * 15) == 0


@pytest.mark.proves("timed undo", "cisco_nxos")
def test_a_timer_that_fires_leaves_the_old_site(desk):
    plan = desk.plan()

    def dawdle(targets):
        desk.lab.clock.sleep(700)
        return ()

    result = desk.push(plan, verify=dawdle)
    assert "took too long" in str(result.reason)
    assert [one.base for one in desk.plan().devices] == [one.base for one in plan.devices]
    assert desk.push(plan).verdict is Verdict.COMMITTED
    desk.lab.clock.sleep(4000)
    assert "vlan 200" in desk.typed("sw1", "show running-config")
