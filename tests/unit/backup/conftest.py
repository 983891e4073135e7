"""A site of fake devices whose copies go into a real repository."""

from dataclasses import dataclass
from ipaddress import IPv4Interface
from pathlib import Path
from types import SimpleNamespace

import pytest

from siteauto.adapters.age_seal import AgeSealer, new_pair
from siteauto.adapters.git_store import GitStore
from siteauto.core.comparable import fingerprint
from siteauto.core.leaks import gate
from siteauto.core.models import Device, DeviceName, Role, SecretRef, SiteName
from siteauto.core.ports import Credential, Target
from siteauto.core.redact import redact
from siteauto.testing.fake_platform import fake_platform
from siteauto.testing.fake_transport import FakeDevice, FakeTransport
from siteauto.testing.fakes import FakeClock, FakeSecrets, SerialRunner
from siteauto.workflows.site_run import Archive

SITE = SiteName("us-nyc-mad01")
PAIR = new_pair()
KEY = bytes(32)
KNOWN = {"x/right": "Right-2026"}


@dataclass
class Shop:
    """`boxes` are its devices by name, `run` is what backs them up."""

    boxes: dict
    run: object
    store: GitStore
    clock: FakeClock


@pytest.fixture
def make_shop(tmp_path):
    def make(count=3):
        platform, clock = fake_platform(), FakeClock()
        names = [DeviceName(f"{SITE}-sw{number}") for number in range(1, count + 1)]
        boxes = {
            name: FakeDevice(
                name=name,
                platform=platform,
                clock=clock,
                running=f"hostname {name}\nuser admin secret Right-2026\n"
                + "".join(f"interface p{port}\n speed {port}\n" for port in range(1, 31))
                + "end\n",
            )
            for name in names
        }
        store = GitStore(tmp_path / "backups", AgeSealer([PAIR.recipient]))
        archive = Archive(
            store=store,
            redact=lambda platform, text: redact(platform.config, text, KEY),
            gate=lambda text: gate(text, KNOWN, KEY),
            fingerprint=lambda platform, text: fingerprint(platform, text, KEY),
            folder=str(store.repository),
        )
        run = SimpleRun(
            id="r1",
            site=SimpleNamespace(name=SITE),
            described_as="fake",
            targets=tuple(_target(name, platform) for name in names),
            transport=FakeTransport(list(boxes.values()), FakeSecrets(KNOWN)),
            runner=SerialRunner(),
            clock=clock,
            archive=archive,
        )
        return Shop(boxes=boxes, run=run, store=store, clock=clock)

    return make


@dataclass(frozen=True, kw_only=True)
class SimpleRun:
    """The part of a `SiteRun` that backups need."""

    id: str
    site: object
    described_as: str
    targets: tuple
    transport: object
    runner: object
    clock: FakeClock
    archive: Archive

    def met_at(self, met):
        """No fake device moves."""

    def now(self):
        return self.clock.now().isoformat(timespec="seconds")


def _target(name, platform):
    device = Device(
        name=name,
        short=name.rpartition("-")[2],
        role=Role.ACCESS,
        platform=platform.name,
        model="F1",
        serial=name,
        address=IPv4Interface("10.0.0.2/24"),
    )
    login = Credential(username="admin", password=SecretRef(name="x/right"))
    return Target(device=device, platform=platform, host=name, port=22, credentials=(login,), known_hosts=Path("none"))
