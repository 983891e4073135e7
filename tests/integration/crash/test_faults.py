"""`make crash-matrix`: faults of the lab over phases and platforms, one device in trouble beside one that is well.

Asked of the devices themselves, after every timer: each is old or new, and as it was claimed to be. Two steps of a push
and two kinds of trouble meet in every pair; whether the checks pass alternates.
"""

import os
import re
from itertools import count, product

import pytest
from tests.integration.crash.shards import WANTED, company, in_shard
from tests.integration.push.conftest import Desk

from siteauto.app.company import open_company, open_site
from siteauto.app.settings import read_settings
from siteauto.core.change.transaction import Decision, State, Verdict
from siteauto.core.platform_spec import Step
from siteauto.lab.building import known_devices
from siteauto.testing.site_lab import running_site

pytestmark = pytest.mark.skipif(not WANTED, reason="SITEAUTO_CRASH_MATRIX is not set: make crash-matrix")
BY_ANOTHER = ("saved by another", "confirmed by another")
LATE = 100_000  # seconds: after every deadline
STRIKES = ("refuse", "drop", "hang", "reboot")  # at a line of a phase
PHASES = ("preflight", "prepare", "arm", "pending", "confirm", "save", "revert", "cleanup")


def sites():
    """For every way to push that the lab can show: the smallest site that has it, and the device."""
    if not WANTED:
        return []
    known = open_company(read_settings(os.environ, start=company(), root=company(), use_cache=False))
    found = {}
    for name in known.inventory.sites():
        view = open_site(known, name)
        devices = [device for device in view.site.devices if device.platform is not None]
        if any(device.platform not in known_devices() for device in devices):
            continue
        for device in devices:
            method = known.platforms[device.platform].push_method(device.role)
            key = (device.platform, method.roles if method else ())
            if method is not None and (key not in found or len(devices) < found[key][2]):
                found[key] = (name, device.short, len(devices))
    return [
        pytest.param(site, short, id=f"{platform}-{'-'.join(roles)}")
        for (platform, roles), (site, short, _) in found.items()
    ]


def lines_of(method, phase):
    """A pattern for the first line of a phase that can be told from the others; empty: it has none."""
    steps = getattr(method, phase)
    steps = [steps] if isinstance(steps, Step) else [step for step in steps or () if isinstance(step, Step)]
    return "^" + re.escape(steps[0].send.partition("{")[0].strip()) if steps else ""


class Case:
    """A device in trouble, one that is well, and what became of both."""

    def __init__(self, desk, short):
        self.desk = desk
        others = [target.device.short for target in desk.targets if target.device.short != short]
        self.short, self.other = short, others[0]
        desk.only(short, self.other)
        self.method = desk.lab.target(short).platform.push_method(desk.lab.target(short).device.role)
        self.plan = desk.plan()

    def typed(self, steps):
        words = {"name": "x", "token": "x", "file": "x"}
        self.desk.typed(self.short, *(step.send.format_map(words) for step in steps if isinstance(step, Step)))

    def happens(self, kind):
        """What somebody or something does to the device in the window."""
        control = self.desk.lab.lab.control
        match kind:
            case "power cut":
                control("power", device=self.short, state="cycle")
            case "saved by another":
                self.typed(self.method.save)
            case "confirmed by another":
                self.typed(self.method.confirm)
            case "clock step":
                control("clock", seconds=700)
            case "login refused":
                control("fault", device=self.short, kind="wrong-password", pattern="")
            case "answers cut":
                control("fault", device=self.short, kind="truncate", pattern="show")
            case "disk full":
                control("fault", device=self.short, kind="disk-full", pattern="")

    def push(self, problems, during=""):
        self.during = during

        def verify(targets):
            self.happens(during)
            return problems

        result = self.desk.push(self.plan, verify=verify)
        self.desk.lab.lab.control("clear")
        self.desk.lab.clock.sleep(LATE)
        return result

    def must_be_whole(self, result, name):
        """Nothing between old and new, nothing that is not what was claimed; after a resume all is as was decided."""
        ends = self.ends(result, name)
        if result.verdict is Verdict.MIXED:
            assert [one for one in result.devices if one.state is State.MIXED and one.error is not None], name
            assert result.exit_code == 6, name
            again = self.desk.resume(self.plan)
            self.desk.lab.clock.sleep(LATE)
            ends = self.ends(again, name)
            if self.during in BY_ANOTHER:  # nobody undoes what somebody else has confirmed or saved: it is named
                named = {one.device for one in again.devices if one.state is State.MIXED and one.error is not None}
                assert named <= {self.desk.name(self.short)}, name
                ends = {device: end for device, end in ends.items() if device not in named}
        decided = [one["decision"] for one in self.desk.journal.records if one["record"] == "decision"]
        expected = "new" if Decision.COMMIT in decided else "old"
        assert set(ends.values()) <= {expected}, (name, decided, ends)
        values = [value for value in self.desk.lab.book.values.values() if len(value) > 3]
        told = repr(self.desk.journal.records) + repr(self.desk.events) + str(result.reason)
        assert not [value for value in values if value in told], name
        return "all new" if expected == "new" else "all old"

    def ends(self, result, name):
        """What each device runs now, by itself."""
        self.desk.fresh_transport()
        after = {one.device: one for one in self.desk.plan().devices}
        ends = {}
        for one in result.devices:
            before, now = self.plan.device(one.device), after[one.device]
            kept = set(before.base.splitlines()) <= set(now.base.splitlines())  # IOS never shows, nor undoes, a user
            ends[one.device] = "new" if not now.diff else "old" if now.base == before.base or kept else "other"
            assert ends[one.device] != "other", (name, one.device, now.diff_text)
            if one.state is State.SAVED:
                assert ends[one.device] == "new", (name, one.device, now.diff_text)
            if one.state in (State.IDLE, State.REVERTED):
                assert ends[one.device] == "old", (name, one.device, now.diff_text)
        return ends


def cases():
    """(name, what strikes at which phase, what happens in the window, whether the checks pass)."""
    for number, (phase, kind) in enumerate(product(PHASES, STRIKES)):
        yield f"{kind} at {phase}", (phase, kind), "", phase != "revert" and (number + number // 4) % 2 == 0
    events = ("power cut", "saved by another", "confirmed by another", "clock step", "login refused", "answers cut")
    for number, (event, passing) in enumerate(product((*events, "disk full"), (True, False))):
        phase = PHASES[2 + number % 5]
        yield f"{event}, drop at {phase}", (phase, "drop"), event, passing
        yield event, None, event, passing


@pytest.mark.parametrize(("site", "short"), sites())
def test_every_fault_in_every_phase(site, short, tmp_path, record_property):
    ends = []
    for number, (name, strike, during, passing) in zip(count(), cases()):
        if not in_shard(number):
            continue
        folder = tmp_path / str(number)
        folder.mkdir()
        with running_site(company(), site, folder, timeout=2.0) as lab:
            case = Case(Desk(lab), short)
            if strike is not None:
                phase, kind = strike
                pattern = lines_of(case.method, phase)
                if not pattern:
                    continue
                lab.lab.control("fault", device=short, kind=kind, pattern=pattern)
            result = case.push(() if passing else ("a check failed",), during)
            ends.append(case.must_be_whole(result, f"{site}-{short}: {name}, checks {'pass' if passing else 'fail'}"))
    record_property("crash matrix", (f"faults at {site}-{short}", ends))
