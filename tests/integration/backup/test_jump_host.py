"""Devices behind a jump host: the real OpenSSH client, and a server on loopback that only forwards."""

import shutil
from dataclasses import replace

import pytest
from tests.jump_gate import jump_gate

from siteauto.adapters.transports import make_transport
from siteauto.app.access import credentials_of, proxy_command
from siteauto.app.where import Where
from siteauto.core.backup import BackupStatus
from siteauto.core.models import SecretRef
from siteauto.core.ports import Credential
from siteauto.core.site.access import Access, Login

pytestmark = pytest.mark.skipif(shutil.which("ssh") is None, reason="there is no OpenSSH client on this machine")


@pytest.fixture
def gate(tmp_path):
    with jump_gate(tmp_path) as gate:
        yield gate


def through(nights, gate, target):
    port, config, _ = gate
    site = replace(nights.run.site, access=Access(proxy_jump=f"ops@127.0.0.1:{port}"))
    where = Where(
        lab=False, described_as="", hosts={}, known_hosts=config, secrets=config, backups=config, ssh_config=str(config)
    )
    return replace(target, proxy_command=proxy_command(site, where))


@pytest.mark.parametrize("short", ["sw1", "fw1"])  # one by NAPALM, one by Netmiko alone
def test_a_device_is_backed_up_through_it(nights, gate, short):
    target = through(nights, gate, nights.target(short))
    (one,) = nights.night(targets=(target,)).devices
    assert one.status is BackupStatus.STORED, one.reason
    assert set(gate[2]) == {(target.host, target.port)}


def test_a_file_goes_through_it_too(nights, gate):
    target = replace(through(nights, gate, nights.target("sw1")), writable=True)
    with make_transport(nights.lab.secrets).connect(target) as session:
        running = session.fetch("running")
        session.stage(running.replace("hostname ", "hostname x"), mode="replace", name="candidate.cfg")
        session.discard()
    assert gate[2].count((target.host, target.port)) == 2, "one session to type in, one for the file"


def test_a_device_that_hangs_up_behind_it_is_not_waited_for(nights, gate):
    """Paramiko's ProxyCommand takes the end for silence, and polls until the time of the session is up."""
    target = replace(through(nights, gate, nights.target("sw1")), timeout=600.0)
    nights.fault("sw1", "drop", pattern="show running")
    (one,) = nights.night(targets=(target,)).devices
    assert (one.status, "the session ended" in one.reason) == (BackupStatus.UNREACHABLE, True), one.reason


def test_the_device_must_still_show_the_pinned_key(nights, gate, tmp_path):
    target = through(nights, gate, nights.target("sw1"))
    other = through(nights, gate, nights.target("sw2"))
    lines = (
        target.known_hosts.read_text().replace(f"[{other.host}]", "[x]").replace(f"[{target.host}]", f"[{other.host}]")
    )
    (tmp_path / "pins").write_text(lines)
    (one,) = nights.night(targets=(replace(other, known_hosts=tmp_path / "pins"),)).devices
    assert (one.status, "has changed" in one.reason) == (BackupStatus.UNREACHABLE, True), one.reason


def test_a_jump_host_that_is_not_there_or_not_known_is_named(nights, gate, tmp_path):
    target = through(nights, gate, nights.target("sw1"))
    (tmp_path / "known").write_text("")
    (one,) = nights.night(targets=(target,)).devices
    assert one.status is BackupStatus.UNREACHABLE
    assert "through its jump host" in one.reason
    assert "Found: Host key verification failed." in one.reason
    assert "Try: ssh -o BatchMode=yes" in one.reason


def test_logins_are_tried_in_the_sites_order_each_once(nights):
    """The group `tacacs` is refused by the device, its own administrator is not there yet, day 0 is let in."""
    run = nights.run
    groups = Access(
        order=("tacacs", "local"), logins=(Login(group="tacacs", username="netops", secret="groups/tacacs"),)
    )
    site = replace(run.site, access=groups)
    target = nights.target("sw1")
    logins = credentials_of(site, "", lab=False)
    assert [str(one.password) for one in logins] == [
        "secret://groups/tacacs",
        f"secret://{site.name}/local_admin",
        f"secret://{site.name}/bootstrap",
    ]
    wrong = Credential(username="netops", password=SecretRef(name=f"{site.name}/enable"))
    target = replace(target, credentials=(wrong, *logins[1:]))
    before = refused(nights)
    (one,) = nights.night(targets=(target,)).devices
    assert one.status is BackupStatus.STORED, one.reason
    assert refused(nights) - before == 2
    assert [one.username for one in credentials_of(site, "", lab=True)] == [site.organisation.local_admin, "day0"]


def refused(nights):
    return nights.lab.lab.control("status")["devices"]["us-nyc-mad01-sw1"]["refused_logins"]
