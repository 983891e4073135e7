"""What a device serves besides SSH, on the wire: an HTTPS interface with a pinned certificate, and a subsystem."""

import base64
import http.client
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Interface
from types import SimpleNamespace

import paramiko
import pytest

from siteauto.adapters.certificates import pinned_context, refused_certificate
from siteauto.core.errors import HostKeyError, UnreachableError
from siteauto.core.platform_spec import Endpoint
from siteauto.lab.clock import LabClock
from siteauto.lab.in_process import running_in_process
from siteauto.lab.output import Output
from siteauto.lab.services import Services, WebReply
from siteauto.lab.spec import LabSpec
from siteauto.lab.state import DeviceState
from siteauto.lab.world import World
from siteauto.testing.fake_platform import fake_platform

ADDRESS = IPv4Interface("10.203.0.2/24")


class Echo:
    """Says back what it was told, a line at a time."""

    def __init__(self, visit):
        self.visit = visit

    def open(self):
        yield Output(data=b"hello\n")

    def feed(self, data):
        for line in data.decode().splitlines():
            text = self.visit.command(line).refusal or f"{line}\n"
            yield Output(data=text.encode(), answer=True)

    def close(self):
        pass


class Kiosk:
    """A box that serves HTTPS and a subsystem, and has no command line worth the name."""

    name = "kiosk"
    files = None
    is_on = True

    def __init__(self):
        self.services = Services(web=self, subsystems={"echo": lambda user, visit: Echo(visit)})

    def state(self):
        return DeviceState(
            name=self.name,
            hostname=self.name,
            model="K1",
            serial="K1",
            base_mac="00:00:00:00:00:01",
            system_description="",
            ports=(),
            vlans=frozenset(),
            vlan_interfaces=(),
            logins=(ADDRESS.ip,) if self.is_on is not None else (),
        )

    def power(self, *, on):
        self.is_on = on

    def login_banner(self):
        return ""

    def authenticate(self, user, password):
        return (user, password) == ("admin", "right")

    def respond(self, request, visit):
        user, _, password = base64.b64decode(request.headers["authorization"].split()[1]).decode().partition(":")
        if not visit.lets_in(user, password):
            return WebReply(status=401, body="no")
        struck = visit.command(request.body)
        return WebReply(status=200, body=struck.refusal or f"{request.method} {request.path} {request.body}")


@pytest.fixture(scope="module")
def kiosk():
    world = World(
        LabSpec(site="us-nyc-mad01", port=0, members=(), links=(), circuits=()),
        LabClock(datetime(2026, 11, 2, tzinfo=UTC)),
    )
    world.add(Kiosk())
    with running_in_process(world) as lab:
        yield lab


@pytest.fixture
def target(kiosk, tmp_path):
    kiosk.control("clear")
    (tmp_path / "known_hosts").write_text(kiosk.known_hosts_text)
    return SimpleNamespace(
        device=SimpleNamespace(name="kiosk"),
        platform=replace(fake_platform(), endpoint=Endpoint(port=443, tls=True)),
        host=kiosk.address("kiosk"),
        port=kiosk.https_port,
        known_hosts=tmp_path / "known_hosts",
        trust_new_host_key=False,
        proxy_command="",
        timeout=5.0,
    )


def ask(target, body="hello", password="right"):
    connection = http.client.HTTPSConnection(target.host, target.port, context=pinned_context(target), timeout=0.5)
    login = base64.b64encode(f"admin:{password}".encode()).decode()
    try:
        connection.request("POST", "/here", body=body, headers={"Authorization": f"Basic {login}"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_https_with_the_pinned_certificate(target, kiosk):
    assert ask(target) == (200, "POST /here hello")
    assert ask(target, password="wrong") == (401, "no")
    assert kiosk.lab.faults["kiosk"].refused_logins == 1


def test_an_unknown_certificate_is_refused_and_shown(target, tmp_path):
    target.known_hosts = tmp_path / "none"
    with pytest.raises(HostKeyError, match="is not known") as caught:
        ask(target)
    assert "SHA256 " in str(caught.value)
    assert f"[{target.host}]:{target.port}" in str(caught.value)
    assert not target.known_hosts.exists()


def test_a_first_contact_that_is_trusted_is_pinned_once(target, tmp_path):
    target.known_hosts, target.trust_new_host_key = tmp_path / "deep" / "known_hosts", True
    assert ask(target)[0] == 200
    first = target.known_hosts.read_text()
    assert len(first.splitlines()) == 1
    assert target.known_hosts.stat().st_mode & 0o077 == 0
    target.trust_new_host_key = False
    assert ask(target)[0] == 200
    assert target.known_hosts.read_text() == first


@pytest.mark.parametrize("trust", [False, True])
def test_a_changed_certificate_is_always_refused(target, trust):
    from siteauto.lab.certificates import make_certificate

    other = base64.b64encode(make_certificate("kiosk").der).decode()
    target.known_hosts.write_text(f"[{target.host}]:{target.port} tls-certificate {other}\n")
    target.trust_new_host_key = trust
    with pytest.raises(ssl.SSLCertVerificationError) as caught:
        ask(target)
    error = refused_certificate(target, caught.value)
    assert "has changed" in str(error)
    assert error.exit_code == 4


def test_no_server_is_unreachable_with_address_and_port(target, tmp_path):
    target.known_hosts, target.port = tmp_path / "none", 1
    with pytest.raises(UnreachableError, match=rf"no HTTPS session to {target.host} port 1"):
        ask(target)


@pytest.mark.parametrize(
    ("kind", "more"), [("drop", {}), ("hang", {}), ("refuse", {"text": "no such thing"}), ("truncate", {})]
)
def test_faults_strike_a_request(target, kiosk, kind, more):
    kiosk.control("fault", device="kiosk", kind=kind, pattern="hello", **more)
    if kind in ("drop", "hang"):
        with pytest.raises((OSError, http.client.HTTPException)):
            ask(target)
        assert ask(target)[0] == 200
    else:
        assert ask(target)[1].startswith("no such thing" if kind == "refuse" else "POST")


def test_a_reboot_takes_the_service_away_until_the_box_is_up(target, kiosk):
    kiosk.control("fault", device="kiosk", kind="reboot", pattern="boom")
    with pytest.raises((OSError, http.client.HTTPException)):
        ask(target, "boom")
    with pytest.raises(ConnectionRefusedError):
        ask(target)
    kiosk.control("clock", seconds=60)
    assert ask(target)[0] == 200


@pytest.fixture
def channel(kiosk):
    kiosk.control("clear")
    with paramiko.SSHClient() as client:
        client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        client.connect(
            kiosk.address("kiosk"), kiosk.port, "admin", "right", look_for_keys=False, allow_agent=False, timeout=5
        )
        channel = client.get_transport().open_session()
        channel.settimeout(5)
        yield channel


def test_a_subsystem_is_served_with_its_faults(channel, kiosk):
    channel.invoke_subsystem("echo")
    assert channel.recv(100) == b"hello\n"
    channel.send(b"one\n")
    assert channel.recv(100) == b"one\n"
    kiosk.control("fault", device="kiosk", kind="refuse", pattern="two", text="never")
    kiosk.control("fault", device="kiosk", kind="drop", pattern="three")
    channel.send(b"two\n")
    assert channel.recv(100) == b"never\n"
    channel.send(b"three\n")
    assert channel.recv(100) == b"thr"
    assert channel.recv(100) == b""


def test_an_unknown_subsystem_ends_at_once(channel):
    channel.invoke_subsystem("netconf")
    assert channel.recv(100) == b""
    assert channel.recv_exit_status() == 1


def test_addresses_are_those_of_the_lab(kiosk):
    assert IPv4Address(kiosk.address("kiosk")) == IPv4Address("127.203.0.2")
