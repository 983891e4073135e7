"""A real `siteauto provision` on the lab, killed from outside by SIGKILL while its journal is watched."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from siteauto.app.company import open_company, open_site
from siteauto.app.labs import ask_lab
from siteauto.app.settings import read_settings
from siteauto.core.change.journal import read_journal

ROOT = Path(__file__).parents[3]
SITE = "us-bos-cop01"  # the smallest there is; the matrix takes larger ones
LIMIT = 300  # seconds after which a process that should have ended is a failure
COMMAND = (sys.executable, "-c", "from siteauto.cli.main import main; main()")


class Desk:
    """An operator's desk whose processes die. Its devices are in a lab of this machine, never anywhere else."""

    def __init__(self, folder, site=SITE, root=ROOT):
        self.folder, self.site = folder, site
        self.environment = os.environ | {
            "SITEAUTO_STATE": str(folder / "state"),
            "SITEAUTO_CACHE": str(folder / "cache"),  # no image: servers are not tested here
            "SITEAUTO_ROOT": str(root),
            "PYTHONPATH": str(ROOT / "src"),
        }
        self.settings = read_settings(self.environment, start=root, root=root)
        view = open_site(open_company(self.settings), site)
        self.targets = {device.short: device for device in view.site.devices if device.platform is not None}
        self.platforms = view.company.platforms
        self.before = {}

    def siteauto(self, *words):
        return subprocess.run(
            [*COMMAND, *words], env=self.environment, capture_output=True, text=True, timeout=LIMIT, check=False
        )

    def lab_up(self):
        done = self.siteauto("lab", "up", self.site)
        assert done.returncode == 0, done.stderr
        self.before = {short: self.read(short) for short in self.targets}

    def lab_down(self):
        self.siteauto("lab", "down", self.site)

    def ask(self, command, **words):
        """Raises UsageError when the lab is down: nothing else is ever asked."""
        return ask_lab(self.settings, self.site, command, **words)

    def typed(self, short, *lines):
        return self.ask("type", device=short, lines=list(lines))["output"]

    def read(self, short):
        """Running and startup as the device itself shows them at its console."""
        platform = self.platforms[self.targets[short].platform]
        shown = (platform.backup.running, platform.backup.startup)
        return tuple(_plain(self.typed(short, command)) for command in shown if command)

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

    def provision_until(self, stop, delay=0.0):
        """Kill a provision as soon as its records say so (and a little later); None: it ended before."""
        known = set((self.folder / "state" / "runs").glob("*/journal.jsonl"))
        with subprocess.Popen(
            [*COMMAND, "provision", self.site, "--yes", "--settle", "0"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            told = []
            reader = threading.Thread(target=lambda: told.extend(process.stderr))
            reader.start()
            until = time.monotonic() + LIMIT
            while process.poll() is None and time.monotonic() < until and not stop(self.journal(known)):
                time.sleep(0.002)
            time.sleep(delay)
            alive = process.poll() is None
            if alive:
                os.kill(process.pid, signal.SIGKILL)
            process.wait()
            reader.join()
        records = self.journal(known)
        return records if alive else None

    def resume(self):
        """Run `siteauto resume`; while it waits for a device, the lab's time passes quickly."""
        with subprocess.Popen(
            [*COMMAND, "resume", self.site],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            told = []
            for line in process.stderr:
                told.append(line)
                if " wait … " in line:
                    self.ask("clock", seconds=60)
            out = process.stdout.read()
        return process.returncode, out + "".join(told)

    def runs(self):
        return json.loads(self.siteauto("runs", "--format", "json").stdout)["runs"]

    def is_old(self):
        return all(self.read(short) == self.before[short] for short in self.targets)

    def is_new(self):
        """No timer runs, and siteauto finds nothing left to change and nothing unsaved."""
        asked = self.siteauto("recover", self.site, "--format", "json")
        found = {item["device"].removeprefix(f"{self.site}-"): item for item in json.loads(asked.stdout)["items"]}
        states = {short: found[short]["status"] for short in self.targets}
        assert states == dict.fromkeys(self.targets, "as intended"), found
        assert asked.returncode == 0, found
        return True


def _plain(text):
    """The configuration without what changes by itself."""
    volatile = ("!", "Building", "Current configuration", "Using ", "#")
    return tuple(line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith(volatile))


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.lab_up()
    yield desk
    desk.lab_down()
