"""A small office on Arista switches: what a site transaction makes of it, whatever happens to them."""

from dataclasses import replace

import pytest
from tests.companies import company_with
from tests.integration.backup.wire_faults import FAULTS, fault, what_becomes_of_a_copy
from tests.integration.push.conftest import Desk

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.change.transaction import Decision, Verdict
from siteauto.core.checks import Status
from siteauto.core.checks.plan import plan_checks
from siteauto.core.errors import AuthenticationError, DeviceError, HostKeyError, PushError, UnreachableError
from siteauto.lab.certificates import make_certificate
from siteauto.platforms import load_platforms
from siteauto.testing.site_lab import running_site
from siteauto.workflows.verify import Verifier, verify

SITE = "us-nyc-eos01"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The switches of the office, provisioned once; the firewall keeps its day-0 text, and lets everything through."""
    folder = tmp_path_factory.mktemp("office")
    with running_site(company_with("arista_eos", folder), SITE, folder) as lab:
        desk = Desk(lab).only("sw1", "sw2")
        plan = desk.plan()
        desk.first = desk.push(plan)
        desk.before = [one.diff for one in plan.devices]
        yield desk


@pytest.fixture
def desk(office):
    """As intended, without faults, and with no memory of refused logins."""
    office.lab.lab.control("clear")
    office.rendered = dict(office.lab.rendered)
    office.events.clear()
    office.journal.records.clear()
    office.fresh_transport()
    yield office
    assert sessions(office, "sw1") == sessions(office, "sw2") == ""


def sessions(desk, short):
    """The pending sessions of a switch, and the one whose timer runs."""
    text = desk.typed(short, "show configuration sessions detail")
    lines = [line.strip("* ") for line in text.splitlines() if line[:2] in ("  ", "* ") or "pending commit" in line]
    return "\n".join(line for line in lines if "pending" in line)


def untouched(desk, result):
    """Nothing is left of the change, and the device says so itself."""
    assert result.verdict is Verdict.ABORTED, result
    assert {str(one.state) for one in result.devices} <= {"idle", "reverted"}
    assert "VLAN of the test" not in desk.typed("sw2", "show running-config")
    assert "VLAN of the test" not in desk.typed("sw2", "show startup-config")


def change(desk):
    """A plan that gives sw2 another VLAN."""
    desk.add_line("sw2", "interface Vlan77\n   description VLAN of the test")
    return desk.plan()


@pytest.mark.proves("provision", "arista_eos")
def test_factory_new_switches_become_as_intended_and_stay_so(desk):
    assert desk.first.verdict is Verdict.COMMITTED, desk.first.reason
    assert all(desk.before)
    assert [one.diff for one in desk.plan().devices] == [(), ()]
    assert "secret sha512 $6$" in desk.typed("sw2", "show startup-config")
    assert "username day0" not in desk.typed("sw2", "show running-config")


@pytest.mark.proves("verify", "arista_eos")
def test_every_check_of_the_switches_passes(desk):
    names = {target.device.name for target in desk.targets}
    checks = [one for one in plan_checks(desk.lab.view.intents, load_platforms()) if one.device in names]
    verifier = Verifier(
        transport=desk.transport,
        parser=TextFsmParser(),
        runner=NornirRunner(2),
        book=desk.lab.book,
        intended={name: one.text for name, one in desk.rendered.items()},
    )
    report = verify(checks, desk.targets, verifier)
    # The firewall has its day-0 text: what lies behind it cannot be reached yet.
    bad = {f"{one.check.device[-3:]} {one.check.kind}" for one in report.results if one.status is not Status.PASS}
    assert bad <= {"sw1 clock", "sw2 clock", "sw1 ping", "sw2 ping"}, bad
    assert len(report.results) > 100


def test_a_change_is_saved_and_taken_back_again(desk):
    result = desk.push(change(desk))
    assert (result.verdict, str(result.reason)) == (Verdict.COMMITTED, "None")
    assert "VLAN of the test" in desk.typed("sw2", "show startup-config")
    desk.rendered = dict(desk.lab.rendered)
    again = desk.push(desk.plan())
    assert again.verdict is Verdict.COMMITTED
    values = [value for value in desk.lab.book.values.values() if len(value) > 3]
    told = repr(desk.journal.records) + repr(desk.events) + repr(result)
    assert not [value for value in values if value in told]


@pytest.mark.proves("timed undo", "arista_eos")
def test_the_timer_undoes_what_nobody_confirms(desk):
    result = desk.push(change(desk), verify=lambda targets: desk.lab.clock.sleep(3600) or ())
    assert "too long" in str(result.reason)
    assert not [one for one in desk.journal.records if one.get("decision") == Decision.COMMIT]
    untouched(desk, result)


def test_checks_that_fail_undo_the_change_at_once(desk):
    result = desk.push(change(desk), verify=lambda targets: ["sw2: uplink is down"])
    assert "uplink is down" in str(result.reason)
    untouched(desk, result)


def test_a_fresh_process_confirms_by_the_sessions_name(desk):
    result = desk.push(change(desk), verify=lambda targets: desk.fresh_transport() or ())
    assert result.verdict is Verdict.COMMITTED
    desk.rendered = dict(desk.lab.rendered)
    desk.push(desk.plan())


@pytest.mark.parametrize("last", ["end", "commit timer 00:30:00"])
def test_a_session_of_somebody_else_is_respected(desk, last):
    plan = change(desk)
    desk.typed("sw2", "configure session bob", "vlan 88", last)
    try:
        result = desk.push(plan)
        assert "no configuration session of somebody else" in str(result.reason)
        assert "bob" in sessions(desk, "sw2"), "it is not ours to end"
        assert not [one for one in desk.events if one.phase == "arm"]
    finally:
        desk.typed("sw2", "configure session bob abort")
    untouched(desk, result)


@pytest.mark.proves("backup", "arista_eos")
@pytest.mark.parametrize("kind", FAULTS)
def test_what_befalls_a_copy_on_the_wire_is_named(desk, kind):
    """Over eAPI: half an answer, an error, a cut line and silence are no configuration."""
    target = next(one for one in desk.targets if one.device.short == "sw1")
    with fault(desk.lab.lab.control, desk.name("sw1"), kind, "show running-config"):
        assert what_becomes_of_a_copy(desk.transport, target) != "whole"
    assert what_becomes_of_a_copy(desk.transport, target) == "whole", "and then it is well again"


def test_what_is_not_saved_stops_a_change(desk):
    desk.typed("sw2", "configure", "vlan 88", "end")
    try:
        result = desk.push(change(desk))
        assert "nothing unsaved" in str(result.reason)
    finally:
        desk.typed("sw2", "configure", "no vlan 88", "end")
    untouched(desk, result)


def test_a_full_flash_stops_the_change_before_anything_is_staged(desk):
    assert desk.is_refused_for_room(change(desk.only("sw2")), "sw2")


def test_a_diff_of_the_switch_with_a_line_that_the_plan_did_not_show_is_refused(desk):
    plan = change(desk.only("sw2"))
    desk.fault("sw2", "insert", "session-config.*diffs", text="+ntp server 192.0.2.99")
    result = desk.push(plan)
    assert "its own diff holds lines that the plan did not show" in str(result.reason)
    assert "ntp server 192.0.2.99" in str(result.reason)
    untouched(desk, result)


@pytest.mark.proves("refused line", "arista_eos")
def test_a_refused_line_is_named_before_anything_is_live(desk):
    plan = change(desk)
    desk.fault("sw2", "refuse", "snmp-server user", text="% Invalid input (at token 5: 'Lab-snmp_auth-2026')")
    result = desk.push(plan)
    assert isinstance(result.reason, PushError)
    assert "snmp-server user netmon" in str(result.reason)
    assert "Lab-" not in str(result.reason)
    assert not [one for one in desk.events if one.phase == "arm"]
    untouched(desk, result)


def test_an_answer_that_is_lost_is_no_change_that_is_lost(desk):
    plan = change(desk)
    desk.fault("sw2", "drop", "commit timer")
    result = desk.push(plan)
    assert result.verdict is Verdict.COMMITTED, result.reason
    desk.rendered = dict(desk.lab.rendered)
    desk.push(desk.plan())


def test_a_reboot_in_the_window_brings_the_old_configuration(desk):
    def power_cut(targets):
        desk.lab.lab.control("power", device="sw2", state="off")
        desk.lab.lab.control("power", device="sw2", state="on")
        return ["sw2: has rebooted"]

    untouched(desk, desk.push(change(desk), verify=power_cut))


def test_a_reboot_that_no_check_sees_is_found_when_it_is_confirmed(desk):
    def power_cut(targets):
        desk.lab.lab.control("power", device="sw2", state="off")
        desk.lab.lab.control("power", device="sw2", state="on")
        return ()

    result = desk.push(change(desk), verify=power_cut)
    assert result.verdict is Verdict.MIXED
    assert result.exit_code == 6
    assert "does not run what was planned" in str(next(one.error for one in result.devices if one.error))


def connect(desk, target):
    with desk.transport.connect(target) as session:
        return session.fetch("running")


def test_lines_are_typed_until_one_is_refused(desk):
    target = replace(desk.lab.target("sw2"), writable=True)
    with desk.transport.connect(target) as session:
        printed = session.configure(["vlan 88", "flying carpet enable", "vlan 89"])
    assert printed == "flying carpet enable\n% Invalid input (at token 0: 'flying')\n"
    assert "vlan 89" not in desk.typed("sw2", "show running-config")
    desk.typed("sw2", "configure", "no vlan 88", "end")


def test_a_changed_certificate_stops_everything(desk, tmp_path):
    from base64 import b64encode

    target = desk.lab.target("sw2")
    other = b64encode(make_certificate("sw2").der).decode()
    pins = tmp_path / "known_hosts"
    pins.write_text(f"[{target.host}]:{target.port} tls-certificate {other}\n")
    for trust in (False, True):
        with pytest.raises(HostKeyError, match="has changed"):
            connect(desk, replace(target, known_hosts=pins, trust_new_host_key=trust))


def test_each_refused_password_is_sent_once(desk):
    desk.fault("sw2", "wrong-password", "")
    desk.lab.lab.lab.faults[desk.name("sw2")].refused_logins = 0
    for _ in range(2):
        with pytest.raises(AuthenticationError):
            connect(desk, desk.lab.target("sw2"))
    assert desk.lab.lab.lab.faults[desk.name("sw2")].refused_logins == 2


def test_half_a_configuration_is_an_error(desk):
    desk.fault("sw2", "truncate", "^show running-config$")
    with pytest.raises(DeviceError, match="not whole"):
        connect(desk, desk.lab.target("sw2"))


def test_a_pulled_cable_is_unreachable(desk):
    desk.lab.lab.control("unplug", device="sw2", port="Ethernet49")
    try:
        with pytest.raises(UnreachableError, match="no HTTPS session"):
            connect(desk, desk.lab.target("sw2"))
    finally:
        desk.lab.lab.control("plug", device="sw2", port="Ethernet49")


@pytest.mark.proves("restore", "arista_eos")
def test_copies_go_back(desk):
    exact = desk.exact()
    assert desk.push(change(desk)).verdict is Verdict.COMMITTED
    assert "VLAN of the test" in desk.exact()[desk.name("sw2")]
    restored = desk.go_back(exact)
    assert (restored.verdict, str(restored.reason)) == (Verdict.COMMITTED, "None")
    assert "VLAN of the test" not in desk.exact()[desk.name("sw2")]
