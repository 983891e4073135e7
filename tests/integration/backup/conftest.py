"""Nights of a site: its devices on real sockets with the lab's faults, its copies in a real repository."""

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from siteauto.adapters.age_seal import AgeSealer, new_pair, unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.git_store import GitStore
from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.transports import make_transport
from siteauto.app.settings import Settings
from siteauto.app.site_run import open_site_run
from siteauto.core.comparable import fingerprint
from siteauto.core.leaks import gate
from siteauto.core.redact import redact_known
from siteauto.testing.fakes import FakeClock
from siteauto.testing.site_lab import running_site
from siteauto.workflows.backup import back_up
from siteauto.workflows.site_run import Archive, select_devices

ROOT = Path(__file__).parents[3]
SITE = "us-nyc-mad01"
PAIR = new_pair()


@dataclass(frozen=True, kw_only=True)
class Nights:
    """`run` backs up; each night is a day later. `fault` puts trouble into a device."""

    lab: object
    run: object
    store: GitStore
    clock: FakeClock

    def night(self, *devices, targets=None, **words):
        """One night. Each has a transport of its own: what one has learnt of passwords the next has forgotten."""
        self.clock.sleep(86400)
        run = replace(self.run, targets=targets or self.run.targets, transport=make_transport(self.lab.secrets))
        return back_up(select_devices(run, devices), reason="nightly", **words)

    def fault(self, device, kind, **words):
        self.lab.lab.control("fault", device=f"{SITE}-{device}", kind=kind, **words)

    def heal(self):
        self.lab.lab.control("clear")

    def target(self, short):
        return next(one for one in self.run.targets if one.device.short == short)

    def find(self, short, at=""):
        return BackupHistory(self.store.root).find(f"{SITE}-{short}", at)

    def exact(self, short):
        return unseal(self.find(short).sealed, PAIR.identity)

    def git(self, *words):
        done = subprocess.run(["git", *words], cwd=self.store.repository, capture_output=True, text=True, check=True)
        return done.stdout.split("\n")[:-1]


@pytest.fixture(scope="package")
def site_lab(tmp_path_factory):
    with running_site(ROOT, SITE, tmp_path_factory.mktemp("lab"), timeout=2.5) as lab:
        yield lab


@pytest.fixture
def nights(site_lab, tmp_path):
    site_lab.lab.control("clear")
    settings = Settings(root=ROOT, state=tmp_path / "state", environment={})
    clock = FakeClock()
    store = GitStore(tmp_path / "backups", AgeSealer([PAIR.recipient]))
    live = open_site_run(settings, SITE)
    day0 = tuple(replace(one, credentials=one.credentials[1:]) for one in site_lab.targets)
    book = site_lab.book
    archive = Archive(
        store=store,
        redact=lambda platform, text: redact_known(platform.config, text, book),
        gate=lambda text: gate(text, book.values, book.key),
        fingerprint=lambda platform, text: fingerprint(platform, text, book.key),
        folder=str(store.repository),
    )
    run = replace(
        live, targets=day0, transport=site_lab.transport, runner=NornirRunner(8), clock=clock, archive=archive
    )
    yield Nights(lab=site_lab, run=run, store=store, clock=clock)
    site_lab.lab.control("clear")
