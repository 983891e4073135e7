"""Every planned pair of device and check is accounted for, whatever happens on the way."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.unit.checks import intents

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.checks import Status
from siteauto.core.checks.plan import plan_checks
from siteauto.core.config import SecretBook
from siteauto.core.errors import DeviceError, SiteautoError, UnreachableError, UsageError
from siteauto.core.platform_spec import Probe, TextFsm
from siteauto.core.ports import Target
from siteauto.core.run import Outcome
from siteauto.platforms import load_platforms
from siteauto.workflows.verify import Verifier, verify
from siteauto.workflows.verify_device import Answers

PLATFORMS = load_platforms()
RUNNING = "version 17.12\nhostname sw2\nend\n"
VERSION = (
    "Cisco IOS XE Software, Version 17.12.04\n"
    "cisco C9200L-48P-4X (ARM64) processor with 519464K/3071K bytes of memory.\n"
    "Processor board ID JAE27190X4M\n"
)
NTP = "Clock is unsynchronized, stratum 16, no reference clock\n"


class ScriptedSession:
    """Answers from a table; anything else is an unknown command."""

    def __init__(self, answers):
        self.answers = answers
        self.sent = []

    def run(self, command, answers=()):
        self.sent.append(command)
        answer = self.answers.get(command, "                ^\n% Invalid input detected at '^' marker.\n")
        if isinstance(answer, SiteautoError):
            raise answer
        return answer

    def fetch(self, which):
        self.sent.append(which)
        return self.answers.get(which, RUNNING)

    def get(self, getter):
        raise DeviceError(f"the driver has no {getter}")


class ScriptedTransport:
    def __init__(self, sessions):
        self.sessions = sessions

    @contextmanager
    def connect(self, target):
        session = self.sessions.get(target.device.name)
        if session is None:
            raise UnreachableError(f"{target.device.name} does not answer", next_step="Check its power")
        yield session


class InTurn:
    def run(self, targets, operation):
        outcomes = {}
        for target in targets:
            try:
                outcomes[target.device.name] = Outcome(device=target.device.name, value=operation(target))
            except SiteautoError as error:
                outcomes[target.device.name] = Outcome(device=target.device.name, error=error)
        return outcomes


def target(intent):
    platform = PLATFORMS[intent.device.platform]
    return Target(
        device=intent.device, platform=platform, host="127.0.0.1", port=22, credentials=(), known_hosts=Path("hosts")
    )


def run(intents_asked, sessions, **more):
    seen = []
    checks = plan_checks(intents_asked, PLATFORMS)
    verifier = Verifier(
        transport=ScriptedTransport(sessions),
        parser=TextFsmParser(),
        runner=InTurn(),
        book=SecretBook(values={}, key=b"key"),
        intended={intents.SW2: RUNNING},
        **more,
    )
    report = verify(checks, [target(intent) for intent in intents_asked], verifier, seen.append)
    assert len(report.results) == len(checks) == sum(report.totals.values())
    assert sorted(map(id, seen)) == sorted(map(id, report.results))
    return report


def status(report, kind):
    return next(result.status for result in report.results if result.check.kind == kind)


def message(report, kind):
    return next(result.message for result in report.results if result.check.kind == kind)


def test_a_device_that_is_down_makes_all_its_checks_unreachable():
    report = run([intents.switch()], {})
    assert {result.status for result in report.results} == {Status.UNREACHABLE}
    assert report.exit_code == 4
    said = message(report, "reachable")
    assert "was not tested: us-nyc-mad01-sw2 does not answer. Check its power." in said
    assert "Expected" not in said


def test_one_device_down_does_not_hide_the_other():
    report = run([intents.switch(), intents.controller()], {intents.SW2: ScriptedSession({"show version": VERSION})})
    assert {result.status for result in report.results if result.check.device == intents.WLC1} == {Status.UNREACHABLE}
    assert status(report, "identity") is Status.PASS
    assert report.exit_code == 4


def test_each_command_is_sent_once_however_many_checks_need_it():
    session = ScriptedSession({"show version": VERSION, "show ntp status": NTP})
    run([intents.switch()], {intents.SW2: session})
    assert sorted(session.sent) == sorted(set(session.sent))


def test_a_command_that_the_box_does_not_know_is_unsupported_and_not_a_pass():
    report = run([intents.switch()], {intents.SW2: ScriptedSession({"show version": VERSION})})
    assert status(report, "trunk") is Status.UNSUPPORTED
    assert "does not know `show interfaces trunk`" in message(report, "trunk")


def test_output_that_does_not_parse_is_an_error():
    session = ScriptedSession({"show interfaces status": "% something new\n"})
    report = run([intents.switch()], {intents.SW2: session})
    assert status(report, "interface") is Status.ERROR
    assert "could not be parsed" in message(report, "interface")


def test_an_empty_answer_never_passes():
    commands = ("show version", "show interfaces status", "show vlan brief", "show interfaces trunk", "show ip route")
    session = ScriptedSession(dict.fromkeys((*commands, "show lldp neighbors detail", "show ntp status"), ""))
    report = run([intents.switch()], {intents.SW2: session})
    passed = {result.check.kind for result in report.of(Status.PASS)}
    assert passed == {"reachable", "running_intended", "running_saved"}


def test_a_failure_is_told_apart_from_an_error():
    report = run([intents.switch()], {intents.SW2: ScriptedSession({"show ntp status": NTP})})
    assert status(report, "clock") is Status.FAIL
    assert status(report, "identity") is Status.ERROR


def test_a_session_that_breaks_makes_the_rest_unreachable():
    gone = UnreachableError("the session ended")
    report = run([intents.switch()], {intents.SW2: ScriptedSession({"show ntp status": gone})})
    assert status(report, "clock") is Status.UNREACHABLE


def test_unsaved_and_unintended_lines_fail_and_half_a_configuration_is_an_error():
    unsaved = ScriptedSession({"startup": RUNNING.replace("sw2", "switch")})
    assert status(run([intents.switch()], {intents.SW2: unsaved}), "running_saved") is Status.FAIL
    changed = ScriptedSession({"running": RUNNING.replace("sw2", "switch")})
    assert status(run([intents.switch()], {intents.SW2: changed}), "running_intended") is Status.FAIL
    cut = ScriptedSession({"running": "version 17.12\nhostname sw2\n"})
    report = run([intents.switch()], {intents.SW2: cut})
    assert status(report, "running_intended") is status(report, "running_saved") is Status.ERROR


def test_a_device_without_an_intended_text_is_an_error():
    report = run([intents.controller()], {intents.WLC1: ScriptedSession({})})
    assert status(report, "running_intended") is Status.ERROR


def test_checking_nothing_is_an_error():
    verifier = Verifier(
        transport=ScriptedTransport({}),
        parser=TextFsmParser(),
        runner=InTurn(),
        book=SecretBook(values={}, key=b"k"),
        intended={},
    )
    with pytest.raises(UsageError, match="No check"):
        verify([], [], verifier)


def test_two_probes_may_read_one_answer():
    """OpenWrt tells its VLANs and its trunks in one breath; which is asked first must not matter."""
    switch, session = intents.switch(), ScriptedSession({"show both": "word"})
    template = TextFsm(template="Value WORD (\\S+)\n\nStart\n  ^${WORD} -> Record\n")
    answers = Answers(
        session=session,
        target=target(switch),
        parser=TextFsmParser(),
        book=SecretBook(values={}, key=b"key"),
        intended=None,
    )
    vlans = Probe(command="show both", parser=template, read=lambda rows: ("vlans",))
    trunks = Probe(command="show both", parser=template, read=lambda rows: ("trunks",))
    assert [answers.probe(probe, "show both") for probe in (vlans, trunks, vlans)] == [
        ("vlans",),
        ("trunks",),
        ("vlans",),
    ]
    assert session.sent == ["show both"]
