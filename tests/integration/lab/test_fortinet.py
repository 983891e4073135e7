"""A simulated FortiGate over real sockets, with the unmodified Netmiko driver."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import IPv4Interface
from pathlib import Path

import pytest
from netmiko import ConnectHandler

from siteauto.adapters.netmiko_transport import NetmikoTransport
from siteauto.core.errors import AuthenticationError, DeviceError, HostKeyError, UnreachableError, UsageError
from siteauto.core.models import Device, DeviceName, PlatformName, Role, SecretRef
from siteauto.core.platform_spec import Lines, Step
from siteauto.core.ports import Credential, Session, Target
from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.faults import make_fault
from siteauto.lab.in_process import InProcessLab, running_in_process
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.platforms.fortinet import PLATFORM

FW1 = "us-nyc-mad01-fw1"
DAY_0 = """
config system global
    set hostname "us-nyc-mad01-fw1"
    set timezone "America/New_York"
end
config firewall policy
    delete 1
end
config system dhcp server
    delete 1
end
config system virtual-switch
    delete "internal"
end
config system interface
    edit "vl99-mgmt"
        set vdom "root"
        set ip {address} 255.255.255.224
        set allowaccess ping ssh
        set interface "internal1"
        set vlanid 99
    next
end
config system admin
    edit "day0"
        set accprofile "super_admin"
        set vdom "root"
        set password "a-lab-password"
    next
end
"""
STANDARD = "config system console\n    set output standard\nend\n"
CHANGE = ("config system global", 'set alias "changed"', "end")
METHOD = PLATFORM.push[0]


class OnePassword:
    """Implements Secrets."""

    def resolve(self, ref: SecretRef) -> str:
        return {"good": "a-lab-password", "bad": "not-the-password"}[ref.name]

    def missing(self, refs: tuple[SecretRef, ...]) -> tuple[SecretRef, ...]:
        return ()


@contextlib.contextmanager
def lab_of_one(address: str, day_0: str = DAY_0 + STANDARD) -> Iterator[InProcessLab]:
    member = MemberSpec(
        name=FW1,
        short="fw1",
        role="firewall",
        platform="fortinet",
        model="FGT-60F",
        serial="FGT60FTK20001234",
        address=IPv4Interface(f"{address}/27"),
        boot_text=day_0.format(address=address),
    )
    spec = LabSpec(site="us-nyc-mad01", port=0, members=(member,), links=(), circuits=())
    clock = LabClock(datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
    with running_in_process(build_world(spec, {PlatformName("fortinet"): PLATFORM}, clock)) as lab:
        yield lab


@pytest.fixture
def lab() -> Iterator[InProcessLab]:
    with lab_of_one("10.44.19.1") as running:
        yield running


def target_of(lab: InProcessLab, folder: Path, secret: str = "good", *, writable: bool = False) -> Target:
    known_hosts = folder / "known_hosts"
    if not known_hosts.exists():
        known_hosts.write_text(lab.known_hosts_text)
    device = Device(
        name=DeviceName(FW1),
        short="fw1",
        role=Role.FIREWALL,
        platform=PlatformName("fortinet"),
        model="FGT-60F",
        serial="FGT60FTK20001234",
        address=IPv4Interface("10.44.19.1/27"),
    )
    return Target(
        device=device,
        platform=PLATFORM,
        host=lab.address(FW1),
        port=lab.port,
        credentials=(Credential(username="day0", password=SecretRef(name=secret)),),
        known_hosts=known_hosts,
        timeout=10,
        writable=writable,
    )


@pytest.fixture
def target(lab: InProcessLab, tmp_path: Path) -> Target:
    return target_of(lab, tmp_path, writable=True)


@pytest.fixture
def transport() -> NetmikoTransport:
    return NetmikoTransport(OnePassword())


def take(session: Session, steps: tuple[Step | Lines, ...], words: dict[str, str], lines: tuple[str, ...] = ()) -> str:
    """The steps of a push as the push workflow takes them; returns all that was printed."""
    printed = ""
    for step in steps:
        if isinstance(step, Lines):
            printed += session.configure(lines)
            continue
        try:
            answer = session.run(step.send.format_map(words), step.answers)
        except UnreachableError:
            assert step.disconnects
            return printed
        assert step.advice or re.search(step.expect, answer, re.MULTILINE), (step, answer)
        if step.capture:
            words.update(re.search(step.capture, answer, re.MULTILINE).groupdict())
        printed += answer
    return printed


def refused(printed: str) -> bool:
    return any(re.search(pattern, printed, re.MULTILINE) for pattern in PLATFORM.failures)


def alias(session: Session) -> str:
    found = re.search(r'alias "(.*)"', session.run("show system global | grep alias"))
    return found[1] if found else ""


def is_pending(session: Session, words: dict[str, str]) -> bool:
    return bool(re.search(METHOD.pending_pattern, session.run(METHOD.pending.send.format_map(words)), re.MULTILINE))


# ── login ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_login_writes_nothing_where_output_is_standard(lab, target, transport):
    with transport.connect(target) as session:
        before = session.fetch("running")
    with transport.connect(target) as session:
        assert session.fetch("running") == before


def test_netmiko_turns_paging_off_where_it_is_on(tmp_path, transport):
    with lab_of_one("10.44.20.1", DAY_0) as lab:
        target = target_of(lab, tmp_path)
        with transport.connect(target) as session:
            assert "set output standard" in session.run("show system console")
            assert session.fetch("running").endswith("config router multicast\nend\n\n")


def test_a_banner_before_the_password_is_no_obstacle(tmp_path, transport):
    banner = "config system global\n    set pre-login-banner enable\nend\n"
    with lab_of_one("10.44.21.1", DAY_0 + STANDARD + banner) as lab:
        target = target_of(lab, tmp_path)
        with transport.connect(target) as session:
            assert "FGT60FTK20001234" in session.run("get system status")


def test_the_wrong_password_is_refused(lab, tmp_path, transport):
    with pytest.raises(AuthenticationError), transport.connect(target_of(lab, tmp_path, "bad")):
        pass


def test_plain_netmiko_logs_in_with_the_key_exchanges_that_it_leaves(lab):
    """Its fortinet class disables all but four, whatever paramiko knows: a real FortiGate has one of them."""
    with ConnectHandler(
        device_type="fortinet", host=lab.address(FW1), port=lab.port, username="day0", password="a-lab-password"
    ) as session:
        assert "FortiGate-60F" in session.send_command("get system status")


def test_an_unknown_host_key_is_refused(lab, tmp_path, transport):
    (tmp_path / "known_hosts").write_text("")
    with pytest.raises(HostKeyError), transport.connect(target_of(lab, tmp_path)):
        pass


def test_outside_a_push_nothing_can_be_written(target, transport):
    with transport.connect(replace(target, writable=False)) as session:
        assert "FGT60FTK20001234" in session.run("get system status")
        with pytest.raises(UsageError):
            session.configure(CHANGE)


# ── a push ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def words() -> dict[str, str]:
    return {"token": "20261123-170000-4f2a", "when": "2026-11-23 12:10:00"}


@pytest.fixture
def armed(target, transport, words) -> dict[str, str]:
    """The box, changed, with its stitch set for ten past twelve."""
    with transport.connect(target) as session:
        printed = take(session, (*METHOD.preflight, *METHOD.prepare), words)
        printed += take(session, METHOD.rehearsal, words, CHANGE)
        assert alias(session) == ""
        printed += take(session, METHOD.arm, words, CHANGE)
    assert not refused(printed)
    assert (words["revision"], words["date"], words["time"]) == ("1", "2026-11-23", "12:00:00")
    return words


def test_a_confirmed_change_stays(lab, target, transport, armed):
    with transport.connect(target) as session:
        assert is_pending(session, armed)
        assert alias(session) == "changed"
        assert not refused(take(session, METHOD.confirm, armed))
        assert not is_pending(session, armed)
        assert not refused(take(session, METHOD.cleanup, armed))
    lab.control("clock", seconds=3600)
    with transport.connect(target) as session:
        assert alias(session) == "changed"
        assert "siteauto-" not in session.fetch("running") + session.run("execute revision list config")


def test_without_a_confirm_the_box_restores_itself(lab, target, transport, armed):
    lab.control("clock", seconds=599)
    with transport.connect(target) as session:
        assert alias(session) == "changed"
        lab.control("clock", seconds=1)
        with pytest.raises(UnreachableError):
            session.run("get system status")
    with pytest.raises(UnreachableError), transport.connect(target):
        pass
    lab.control("clock", seconds=60)
    with transport.connect(target) as session:
        assert alias(session) == ""
        assert not is_pending(session, armed)


def test_a_revert_restores_at_once(lab, target, transport, armed):
    with transport.connect(target) as session:
        take(session, METHOD.revert, armed)
    lab.control("clock", seconds=60)
    with transport.connect(target) as session:
        assert alias(session) == ""
        assert not is_pending(session, armed)
        assert "Last reboot reason: warm reboot" in session.run("get system status")
        assert not refused(take(session, METHOD.cleanup, armed))


def test_a_refused_line_shows_in_the_rehearsal_and_nothing_is_live(target, transport, words):
    with transport.connect(target) as session:
        take(session, (*METHOD.preflight, *METHOD.prepare), words)
        session.run("execute config-transaction start")
        printed = session.configure(("config system global", 'set alias "x"', "set nonsense 1", "end"))
        assert refused(printed)
    with transport.connect(target) as session:
        assert alias(session) == ""


def test_a_session_lost_in_the_middle_of_the_lines_leaves_nothing_live(lab, target, transport, words):
    with contextlib.suppress(UnreachableError), transport.connect(target) as session:
        take(session, (*METHOD.preflight, *METHOD.prepare), words)
        lab.lab.faults[FW1].add(make_fault("drop", pattern="set alias"))
        take(session, METHOD.arm, words, CHANGE)
    lab.lab.faults[FW1].clear()
    with transport.connect(target) as session:
        assert alias(session) == ""
        assert is_pending(session, words)


def test_a_truncated_configuration_is_not_taken_for_a_whole_one(lab, target, transport):
    lab.lab.faults[FW1].add(make_fault("truncate", pattern="^show$"))
    with transport.connect(target) as session, pytest.raises(DeviceError, match="not whole"):
        session.fetch("running")
