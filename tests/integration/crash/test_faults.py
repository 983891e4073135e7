"""`make crash-matrix`: every fault of the lab in every phase, on every platform: one device in trouble beside one that is well.

Asked of the devices themselves, after every timer: each is old or new, and as it was claimed to be. A phase begins when
the journal says so, and that is when something happens to the device; or a line of the phase is struck. Whether the
checks pass alternates where the phase leaves it open.
"""

import contextlib
import os
import re
from dataclasses import replace
from functools import cache
from itertools import cycle, product

import asyncssh
import pytest
from tests.integration.crash.shards import LOGS, WANTED, company, in_shard
from tests.integration.push.conftest import Desk

from siteauto.app.company import open_company, open_site
from siteauto.app.settings import read_settings
from siteauto.core.change.transaction import Decision, State, Verdict
from siteauto.core.errors import SiteautoError
from siteauto.core.platform_spec import Step
from siteauto.lab.building import known_devices
from siteauto.testing.fakes import MemoryJournal
from siteauto.testing.site_lab import running_site
from siteauto.workflows.push_steps import fill

pytestmark = pytest.mark.skipif(not WANTED, reason="SITEAUTO_CRASH_MATRIX is not set: make crash-matrix")
BY_ANOTHER = ("saved by another", "confirmed by another", "changed by another")
LATE = 100_000  # seconds: after every deadline
STRIKES = ("refuse", "drop", "hang", "reboot")  # at a line of a phase
LINES = ("preflight", "prepare", "arm", "pending", "confirm", "save", "revert", "cleanup")
PHASES = {  # the record of the device with which it begins
    "preflight": {"record": "plan"},
    "stage": {"act": "stage"},
    "arm": {"act": "arm"},
    "window": {"state": "verified"},
    "confirm": {"act": "confirm"},
    "save": {"act": "save"},
    "undo": {"act": "undo"},
}
EVENTS = (
    "power cut",
    *BY_ANOTHER,
    "clock step",
    "login refused",
    "answers cut",
    "disk full",
    "wrong diff",
    "management address gone",
)
FAULTS = {
    "login refused": "wrong-password",
    "answers cut": "truncate",
    "disk full": "disk-full",
    "management address gone": "cut-off",
}
PASSING, FAILING = (
    ("confirm", "save", "cleanup"),
    ("undo", "revert"),
)  # phases that come with one end of the checks only


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


class PatientDesk(Desk):
    """Whoever judges how it ended waits for a busy machine; whoever pushes does not."""

    def read(self, target):
        return super().read(replace(target, timeout=30.0))


class Site:
    """A device in trouble and one that is well. What both shall be changes whenever they have become that."""

    def __init__(self, lab, short):
        self.desk = PatientDesk(lab)
        others = [target.device.short for target in self.desk.targets if target.device.short != short]
        self.short, self.other = short, others[0]
        self.desk.only(short, self.other)
        self.method = lab.target(short).platform.push_method(lab.target(short).device.role)
        self.during, self.begins = "", {}
        self.wishes = cycle(self.texts(logs) for logs in LOGS)
        self.make_well()

    def texts(self, logs):
        """What the devices shall be with these servers for their logs."""
        here, there = LOGS[0].partition(",")[0], logs.partition(",")[0]
        rendered = self.desk.lab.rendered
        return {name: replace(each, text=each.text.replace(here, there)) for name, each in rendered.items()}

    def make_well(self):
        """Whatever they have become, they are both as somebody wants them, and will be wanted otherwise."""
        self.desk.rendered = next(self.wishes)
        self.begin({}, "")
        result = self.desk.push(self.desk.plan())
        assert result.exit_code == 0, result.reason
        self.desk.rendered = next(self.wishes)

    def begin(self, begins, during):
        """A new change, in which this happens as soon as such a record is written."""
        self.begins, self.during = begins, during
        self.desk.journal, self.desk.events = MemoryJournal(self.heard), []
        self.desk.fresh_transport()

    def heard(self, record):
        ours = record.get("device", self.desk.name(self.short)) == self.desk.name(self.short)
        if self.begins and ours and all(record.get(name) == value for name, value in self.begins.items()):
            self.begins = {}
            self.happens(self.during)

    def session(self):
        """The one of our push: rpcd takes a confirm from no other."""
        told = [one["words"]["sid"] for one in self.desk.journal.records if "sid" in one.get("words", {})]
        return self.desk.journal.unseal(told[-1]) if told else ""

    def typed(self, steps):
        words = {"name": "x", "token": "x", "file": "x", "sid": self.session()}
        self.desk.typed(self.short, *(fill(step.send, words) for step in steps if isinstance(step, Step)))

    def happens(self, kind):
        """What somebody or something does to the device."""
        match kind:
            case "power cut":
                self.desk.lab.lab.control("power", device=self.short, state="cycle")
            case "saved by another":
                self.typed(self.method.save)
            case "confirmed by another":
                self.typed(self.method.confirm)
            case "changed by another":
                self.desk.typed(self.short, *TYPED[str(self.desk.lab.target(self.short).platform.name)])
            case "clock step":
                self.desk.lab.lab.control("clock", seconds=700)
            case "wrong diff":
                self.desk.fault(self.short, "insert", "diff|compare", text="+ ntp server 192.0.2.99;", seconds=0)
            case _ if kind:
                self.desk.fault(self.short, FAULTS[kind], "show" if kind == "answers cut" else "")

    def push(self, plan, problems):
        result = self.desk.push(plan, verify=lambda targets: problems)
        self.desk.lab.lab.control("clear")
        self.desk.lab.clock.sleep(LATE)
        return result

    def must_be_whole(self, plan, result, name):
        """Nothing between old and new, nothing that is not what was claimed; after a resume all is as was decided."""
        ends = self.ends(plan, result, name)
        if result.verdict is Verdict.MIXED:
            assert [one for one in result.devices if one.state is State.MIXED and one.error is not None], name
            assert result.exit_code == 6, name
            again = self.desk.resume(plan)
            self.desk.lab.clock.sleep(LATE)
            ends = self.ends(plan, again, name)
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

    def ends(self, plan, result, name):
        """What each device runs now, by itself."""
        self.desk.fresh_transport()
        after = {one.device: one for one in self.desk.plan().devices}
        foreign = {self.desk.name(self.short)} if self.during == "changed by another" else set()
        ends = {}
        for one in result.devices:
            before, now = plan.device(one.device), after[one.device]
            kept = set(before.base.splitlines()) <= set(now.base.splitlines())  # IOS never shows, nor undoes, a user
            ends[one.device] = "new" if not now.diff else "old" if now.base == before.base or kept else "other"
            if one.device in foreign:  # their line stands in between, and nobody takes it away
                del ends[one.device]
                continue
            assert ends[one.device] != "other", (name, one.device, now.diff_text)
            if one.state is State.SAVED:
                assert ends[one.device] == "new", (name, one.device, now.diff_text)
            if one.state in (State.IDLE, State.REVERTED):
                assert ends[one.device] == "old", (name, one.device, now.diff_text)
        return ends


TYPED = {  # a line of somebody else, at the console
    "cisco_ios": ("configure terminal", "ntp server 192.0.2.77", "end"),
    "cisco_nxos": ("configure terminal", "ntp server 192.0.2.77", "end"),
    "arista_eos": ("configure terminal", "ntp server 192.0.2.77", "end"),
    "aruba_aoscx": ("configure terminal", "ntp server 192.0.2.77", "end"),
    "juniper_junos": ("configure", "set system ntp server 192.0.2.77", "commit and-quit"),
    "fortinet": ("config system global", "set alias somebody", "end"),
    "openwrt": ("uci set system.@system[0].notes='somebody'", "uci commit"),
}


def cases():
    """(name, what strikes at a line of which phase, what happens when which phase begins, whether the checks pass)."""
    for number, (phase, kind) in enumerate(product(LINES, STRIKES)):
        yield f"{kind} at {phase}", (phase, kind), ("", ""), checks_pass(phase, number + number // 4)
    for number, (phase, event) in enumerate(product(PHASES, EVENTS)):
        yield f"{event} at {phase}", None, (phase, event), checks_pass(phase, number)


def checks_pass(phase, number):
    return phase in PASSING or (phase not in FAILING and number % 2 == 0)


@contextlib.contextmanager
def troubled(site, short, folder):
    """The site in a lab of its own, as it is wanted at first."""
    folder.mkdir(parents=True)
    with running_site(company(), site, folder, timeout=2.0) as lab:
        yield Site(lab, short)


def try_all(numbered, site, short, folder):
    """How each ended, and what was wrong. After a trouble that leaves a mark the site is built anew."""
    left, ends, wrong, count = list(numbered), [], [], 0
    while left:
        count += 1
        with troubled(site, short, folder / str(count)) as there:
            while left:
                name, *case = left.pop(0)
                try:
                    end = try_one(there, name, *case)
                    ends += [end] if end else []
                    if there.during in BY_ANOTHER:
                        break
                except (AssertionError, SiteautoError) as error:
                    wrong.append(f"{name}: {error}")
                    ends.append("WRONG")
                    print(f"\n{site} {short} {wrong[-1]}", flush=True)
                    break
    return ends, wrong


def try_one(there, name, strike, begins, passing):
    """Empty: the platform has no such line."""
    phase, event = begins
    there.begin(PHASES.get(phase, {}), event)
    plan = there.desk.plan()
    if strike is not None:
        pattern = lines_of(there.method, strike[0])
        if not pattern:
            return ""
        there.desk.fault(there.short, strike[1], pattern)
    result = there.push(plan, () if passing else ("a check failed",))
    end = there.must_be_whole(plan, result, f"{name}, checks {'pass' if passing else 'fail'}")
    if end == "all new":
        there.desk.rendered = next(there.wishes)
    return end


@pytest.mark.parametrize(("site", "short"), sites())
def test_every_fault_in_every_phase(site, short, tmp_path, record_property, monkeypatch):
    monkeypatch.setattr(asyncssh, "generate_private_key", cache(asyncssh.generate_private_key))  # RSA takes its time
    ours = [case for number, case in enumerate(cases()) if in_shard(number)]
    ends, wrong = try_all(ours, site, short, tmp_path / "labs")
    record_property("crash matrix", (f"faults at {site}-{short}", ends))
    assert not wrong, "\n\n".join(wrong)
