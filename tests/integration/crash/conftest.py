"""A real `siteauto provision` on the lab that dies by SIGKILL, and what its devices say of themselves afterwards."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from siteauto.adapters.session_parts import fetch
from siteauto.app.company import open_company, open_site
from siteauto.app.labs import ask_lab
from siteauto.app.settings import read_settings
from siteauto.app.site_run import open_site_run
from siteauto.core.change.candidate import changes
from siteauto.core.change.journal import read_journal
from siteauto.core.change.recovery import Condition
from siteauto.workflows.recover import recover_site

ROOT = Path(__file__).parents[3]
SITE = "us-bos-cop01"  # the smallest there is; the matrix takes larger ones
KILLED = -9


class Nursery:
    """Where processes of siteauto come from."""

    def __init__(self, root):
        paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.crash.nursery"],
            env=os.environ | {"SITEAUTO_ROOT": str(root), "PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def bear(self, **request):
        """Wait for the end of a child; its exit code."""
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


class Console:
    """Implements ports.Session at the device's own console: whoever sits there is cut off by nothing."""

    def __init__(self, desk, target):
        self.desk, self.target = desk, target

    def run(self, command, answers=()):
        return self.desk.typed(self.target.device.short, command)

    def fetch(self, which):
        return fetch(self.run, self.target, which)


class Consoles:
    """Implements ports.Transport."""

    def __init__(self, desk):
        self.desk = desk

    @contextlib.contextmanager
    def connect(self, target):
        yield Console(self.desk, target)


class Desk:
    """An operator's desk whose processes die. Its devices are in a lab of this machine, never anywhere else."""

    def __init__(self, folder, nursery, site=SITE, root=ROOT):
        self.folder, self.nursery, self.site = folder, nursery, site
        self.before = {}
        self.records = 0  # of the last provision
        self.searched = set()  # journals that no run writes any more, and that keep every secret
        self.intend(root)

    def intend(self, root):
        """From now on the site shall be as this company says."""
        self.environment = {
            "SITEAUTO_STATE": str(self.folder / "state"),
            "SITEAUTO_CACHE": str(self.folder / "cache"),  # no image: servers are not tested here
            "SITEAUTO_ROOT": str(root),
        }
        self.settings = read_settings(os.environ | self.environment, start=root, root=root)
        self.company = open_company(self.settings)
        view = open_site(self.company, self.site)
        self.targets = {device.short: device for device in view.site.devices if device.platform is not None}
        self.platforms = view.company.platforms

    def remember(self):
        """What is there now is the old."""
        self.before = {short: self.read(short) for short in self.targets}

    def siteauto(self, *words, die=None, clock=True):
        told = [self.folder / name for name in ("out", "err", "calls")]
        code = self.nursery.bear(
            arguments=list(words),
            environment=self.environment,
            site=self.site if clock else "",
            out=str(told[0]),
            err=str(told[1]),
            calls=str(told[2]),
            die=die or {},
        )
        return Ended(code, *(file.read_text() for file in told[:2]))

    def lab_up(self):
        done = self.siteauto("lab", "up", self.site, clock=False)
        assert done.returncode == 0, done.stderr
        self.remember()

    def lab_down(self):
        self.siteauto("lab", "down", self.site, clock=False)

    def ask(self, command, **words):
        """Raises UsageError when the lab is down: nothing else is ever asked."""
        return ask_lab(self.settings, self.site, command, **words)

    def typed(self, short, *lines):
        return self.ask("type", device=short, lines=list(lines))["output"]

    def read(self, short):
        """Running and startup as the device itself shows them at its console."""
        platform = self.platforms[self.targets[short].platform]
        shown = (platform.backup.running, platform.backup.startup)
        return tuple(self.typed(short, command) for command in shown if command)

    def journal(self, known):
        """The records of the run that began after these."""
        new = set((self.folder / "state" / "runs").glob("*/journal.jsonl")) - known
        return read_journal(new.pop().read_bytes()).records if new else ()

    @contextlib.contextmanager
    def without_journals(self):
        """The disk with the state folder's runs is gone."""
        runs = self.folder / "state" / "runs"
        runs.rename(self.folder / "lost")
        yield
        shutil.rmtree(runs, ignore_errors=True)
        (self.folder / "lost").rename(runs)

    def provision(self, **die):
        """The records of a provision that dies at its hour; None: it ended before."""
        known = set((self.folder / "state" / "runs").glob("*/journal.jsonl"))
        ended = self.siteauto("provision", self.site, "--yes", "--settle", "0", die=die)
        if ended.returncode not in (KILLED, 0, 4):  # 4: servers are untested
            raise AssertionError(f"{die}: {ended.returncode}\n{ended.stdout}\n{ended.stderr}")
        records = self.journal(known)
        self.records = len(records)
        return records if ended.returncode == KILLED else None

    @property
    def calls(self):
        """How often the last process that was not killed has asked a device for something that may change it."""
        return int((self.folder / "calls").read_text())

    def resume(self):
        """Run `siteauto resume`: while it waits for a device, the lab's time passes."""
        ended = self.siteauto("resume", self.site)
        return ended.returncode, ended.stdout + ended.stderr

    def refused_logins(self):
        """How many logins each device has refused so far."""
        return {name: one["refused_logins"] for name, one in self.ask("status")["devices"].items()}

    def must_keep_secrets(self):
        """No value of the lab's secrets stands in what was said or written down."""
        state = self.folder / "state"
        values = [one.split()[-1].strip("'\"") for one in self.lab_secrets.read_text().splitlines() if ": " in one]
        journals = set((state / "runs").glob("*/journal.jsonl")) - self.searched
        assert values
        for file in (self.folder / "out", self.folder / "err", *journals):
            text = file.read_text()
            assert not [value for value in values if value in text], file
        self.searched |= journals

    @property
    def lab_secrets(self):
        return self.folder / "state" / "lab" / self.site / "secrets.yaml"

    def runs(self):
        return json.loads(self.siteauto("runs", "--format", "json").stdout)["runs"]

    def run(self):
        """What siteauto itself would compare with."""
        return replace(open_site_run(self.settings, self.site, company=self.company), transport=Consoles(self))

    def is_old(self):
        """Running and startup are as they were, as siteauto compares: a FortiGate shows no secret twice the same."""
        book = self.run().book
        for short, device in self.targets.items():
            for now, before in zip(self.read(short), self.before[short], strict=True):
                assert now == before or not changes(self.platforms[device.platform], now, before, book), short
        return True

    def is_new(self):
        """No timer runs, and siteauto finds nothing left to change and nothing unsaved."""
        found = recover_site(self.run()).devices
        assert [one for one in found if one.condition is not Condition.INTENDED or one.unsaved] == [], found
        return True


@pytest.fixture(scope="module")
def nursery():
    nursery = Nursery(ROOT)
    yield nursery
    nursery.close()


@pytest.fixture
def desk(tmp_path, nursery):
    desk = Desk(tmp_path, nursery)
    desk.lab_up()
    yield desk
    desk.lab_down()
