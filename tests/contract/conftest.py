"""The same port, twice: a fake and the real one. Every test of a contract runs against both."""

from dataclasses import dataclass, replace
from ipaddress import IPv4Interface
from pathlib import Path

import pytest
from tests.companies import company_with
from tests.golden.companies import lay_out

from siteauto.core.models import Device, DeviceName, Role, SecretRef
from siteauto.core.ports import Credential, Target, Transport
from siteauto.testing.fake_platform import fake_platform
from siteauto.testing.fake_transport import FakeDevice, FakeTransport, Trouble
from siteauto.testing.fakes import FakeClock, FakeSecrets
from siteauto.testing.site_lab import running_site

ROOT = Path(__file__).parents[2]
RUNNING = "hostname sw1\n!\nuser admin secret Right-2026\nend\n"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A device behind a transport. `fault` puts trouble into it."""

    transport: Transport
    target: Target
    show: str  # a command that every session may send, and a word of its answer
    answer: str
    candidate: str
    fault: object
    logins: object
    refused: str = "reload"

    def as_writable(self):
        return replace(self.target, writable=True)


@pytest.fixture(scope="package")
def site_lab(tmp_path_factory):
    with running_site(ROOT, "us-nyc-mad01", tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="package")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    with running_site(company_with("arista_eos", folder), "us-nyc-eos01", folder) as lab:
        yield lab


@pytest.fixture(scope="package")
def branch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("branch")
    company = folder / "company"
    company.mkdir()
    with running_site(lay_out(company), "us-bos-jun01", folder) as lab:
        yield lab


def fake_subject():
    platform = fake_platform()
    secrets = FakeSecrets({"x/right": "Right-2026", "x/wrong": "Wrong-2026"})
    device = FakeDevice(name="sw1", platform=platform, clock=FakeClock(), running=RUNNING)
    target = Target(
        device=Device(
            name=DeviceName("sw1"),
            short="sw1",
            role=Role.CORE,
            platform=platform.name,
            model="F1",
            serial="sw1",
            address=IPv4Interface("10.0.0.2/24"),
        ),
        platform=platform,
        host="127.0.0.2",
        port=22,
        credentials=(Credential(username="admin", password=SecretRef(name="x/right")),),
        known_hosts=Path("none"),
    )
    return Subject(
        transport=FakeTransport([device], secrets),
        target=target,
        show="show version",
        answer="model F1",
        candidate=RUNNING,
        fault=lambda kind, pattern: device.troubles.append(Trouble(pattern=pattern, kind=kind)),
        logins=lambda: device.logins,
    )


def lab_subject(site_lab, short):
    target = site_lab.target(short)
    name = target.device.name
    site_lab.lab.control("clear")
    cisco = target.platform.names.napalm is not None
    good = tuple(one for one in target.credentials if one.username == "day0")
    return Subject(
        transport=type(site_lab.transport)(site_lab.transport._transports),
        target=replace(target, credentials=good),
        show=target.platform.identity.command,
        answer=target.device.serial,
        candidate="snmp-server location Nowhere\n",
        fault=lambda kind, pattern: site_lab.lab.control("fault", device=name, kind=kind, pattern=pattern),
        logins=None,
        refused="reload" if cisco else "execute reboot",
    )


@pytest.fixture(params=["fake", "napalm", "netmiko", "eapi"])
def subject(request):
    if request.param == "fake":
        return fake_subject()
    if request.param == "eapi":  # its driver asks for the version when it opens, so faults are put on another command
        return replace(lab_subject(request.getfixturevalue("office"), "sw2"), show="show inventory")
    return lab_subject(request.getfixturevalue("site_lab"), {"napalm": "sw1", "netmiko": "fw1"}[request.param])


@pytest.fixture
def fake():
    return fake_subject()
