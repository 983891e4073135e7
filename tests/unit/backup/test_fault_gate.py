"""Every fault that leaves a text behind, on every platform that siteauto manages: refused, named, the good copy stays.

What ends a session without a text (dropped, stalled for ever) is the transports': tests/contract, and over sockets in
tests/integration/backup. The texts are the golden ones of the platform, with the lines that a box prints around them.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from siteauto.core.backup import BackupStatus
from siteauto.core.completeness import find_interruption
from siteauto.core.models import PlatformName
from siteauto.core.run import Outcome
from siteauto.platforms import load_platforms
from siteauto.workflows.backup import store_backup
from siteauto.workflows.fetch_copy import describe

GOLDEN = Path(__file__).parents[2] / "golden"
PLATFORMS = load_platforms()
SYSLOG = "*Nov  2 02:00:03.123: %LINEPROTO-5-UPDOWN: Line protocol on Interface Gi1/0/3, changed state to up\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """`head` and `tail` are what a box prints around what was rendered; `answers` are its own words for trouble."""

    golden: str
    head: str = ""
    tail: str = ""
    answers: tuple[str, ...] = ()
    logs: bool = False  # whether the box writes messages into its answers

    def text(self) -> str:
        (file,) = (GOLDEN / self.golden).glob("intended.*")
        body = file.read_text(encoding="utf-8")
        head = self.head.replace("{size}", str(len(body.encode())))
        return head + body + self.tail


REFUSED = (
    "% Authorization failed.",
    "% Configuration buffer full, can't add command",
    "% Invalid input detected at '^' marker.",
)
SAMPLES = {
    "arista_eos": Sample(golden="companies/arista_eos/us-nyc-eos01-sw1", answers=REFUSED, logs=True),
    "aruba_aoscx": Sample(
        golden="aruba_aoscx/us-pdx-tst01-sw1",
        head="Current configuration:\n!\n!Version ArubaOS-CX FL.10.13.1101\n",
        answers=("Invalid input: show", "% Authorization failed."),
    ),
    "cisco_ios": Sample(
        golden="cisco_ios/us-nyc-mad01-sw1",
        head="Building configuration...\n\nCurrent configuration : {size} bytes\nversion 17.12\n",
        answers=REFUSED,
        logs=True,
    ),
    "cisco_nxos": Sample(
        golden="cisco_nxos/us-pdx-tst02-sw1",
        head="!Command: show running-config\nversion 10.3(4a)\n",
        answers=("% Permission denied for the role", "% Invalid command at '^' marker."),
        logs=True,
    ),
    "fortinet": Sample(
        golden="fortinet/us-nyc-mad01-fw1",
        head="#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0\n",
        tail="config router multicast\nend\n",
        answers=("Command fail. Return code -61", "command parse error before 'show'"),
    ),
    "juniper_junos": Sample(
        golden="juniper_junos/us-bos-jun01-sw1",
        head="version 22.4R3.25;\n",
        answers=("error: permission denied: show configuration", "error: could not open configuration database"),
    ),
    "openwrt": Sample(
        golden="openwrt/us-nyc-tst01-ap1",
        head="package network\n\nconfig interface 'loopback'\n\toption proto 'static'\n\n",
        tail="\n# end of export\n",
        answers=("uci: Parse error (EOF) at line 3, byte 1", "-ash: uci: not found", "Command failed: Permission denied"),
    ),
}  # fmt: skip


@dataclass(slots=True)
class MemoryStore:
    """A store in memory: records and redacted texts by device, and what was refused."""

    records: dict = field(default_factory=dict)
    exact: dict = field(default_factory=dict)
    refused: list = field(default_factory=list)

    def save(self, site, copies, message):
        for copy in copies:
            self.records[copy.record.device], self.exact[copy.record.device] = copy.record, copy.exact
        return str(len(self.records))

    def last(self, site, devices):
        return self.records

    def latest(self, site, name):
        return None

    def quarantine(self, site, device, exact, reasons):
        self.refused.append(reasons)
        return "quarantine"


def faults(name):
    """Each fault as the text that it leaves, and what the reason must say."""
    sample = SAMPLES[name]
    whole = sample.text()
    lines = whole.splitlines(keepends=True)
    half = "".join(lines[: len(lines) // 2])
    yield (
        "half of it",
        half,
        ("not with", "lines open a block", "told of", "it lacks", "has lost"),
    )
    yield "cut in a line", whole[: len(whole) * 2 // 3], ("ends with", "open a block", "told of", "has lost", "matches")
    yield "nothing", "", ("the answer is empty",)
    yield "an empty line", "\n", ("the answer is empty",)
    for answer in sample.answers:
        yield answer, f"{answer}\n", (f"the device answered '{answer[:30]}",)
        yield f"half, then {answer}", f"{half}{answer}\n", (f"the device answered '{answer[:30]}",)


CASES = [(name, *fault) for name in SAMPLES for fault in faults(name)]


@pytest.fixture(scope="module")
def nights():
    return {}


def a_night(make_shop, nights, name):
    """A run of one device of this platform, whose good copy is stored."""
    if name not in nights:
        platform = PLATFORMS[PlatformName(name)]
        run = make_shop(1).run
        target = replace(
            run.targets[0], platform=platform, device=replace(run.targets[0].device, platform=platform.name)
        )
        store = MemoryStore()
        run = replace(run, targets=(target,), archive=replace(run.archive, store=store))
        nights[name] = run, store
        stored = back_up(run, SAMPLES[name].text())
        assert stored.status is BackupStatus.STORED, stored.reason
    return nights[name]


def back_up(run, text, trouble=()):
    (target,) = run.targets
    fetched = describe(target.platform, text, trouble=trouble)
    (one,) = store_backup(
        run, {target.device.name: Outcome(device=target.device.name, value=fetched)}, reason="nightly"
    ).devices
    return one


def test_every_platform_that_is_managed_is_here():
    assert set(SAMPLES) == {name for name, spec in PLATFORMS.items() if spec.push}


@pytest.mark.parametrize(
    ("name", "fault", "text", "told"), CASES, ids=[f"{name}: {fault}" for name, fault, *_ in CASES]
)
def test_it_is_refused_and_named_and_the_good_copy_stays(make_shop, nights, name, fault, text, told):
    run, store = a_night(make_shop, nights, name)
    before = dict(store.exact)
    one = back_up(run, text)
    assert one.status is BackupStatus.INCOMPLETE, one.reason
    assert any(word in one.reason for word in told), one.reason
    assert (store.exact, one.quarantine) == (before, "quarantine")


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if sample.logs])
def test_a_message_in_the_middle_is_seen(name):
    text = SAMPLES[name].text()
    middle = text.rfind("\n", 0, len(text) // 2) + 1
    assert find_interruption(PLATFORMS[PlatformName(name)].backup, text[:middle] + SYSLOG + text[middle:])
    assert not find_interruption(PLATFORMS[PlatformName(name)].backup, text)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_text_again_is_no_change(make_shop, nights, name):
    run, _ = a_night(make_shop, nights, name)
    assert back_up(run, SAMPLES[name].text()).status is BackupStatus.UNCHANGED
