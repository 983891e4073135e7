"""A site of several vendors: one run provisions it over real sockets, and a pulled cable is told on both its ends."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.integration.backup.wire_faults import FAULTS, fault, what_becomes_of_a_copy
from tests.integration.push.conftest import Desk

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.change.transaction import Verdict
from siteauto.core.checks import Status
from siteauto.core.checks.plan import plan_checks
from siteauto.testing.site_lab import running_site
from siteauto.workflows.verify import Verifier, verify

ROOT = Path(__file__).parents[3]
SITE = "us-dal-nor01"
VENDORS = {"aruba_aoscx", "juniper_junos", "openwrt"}
CORE, DOWNLINK = "sw1", "1/1/25"
SWITCH, UPLINK = "sw2", "1/1/49"


class MixedSite(Desk):
    """The lab of the site after one run, and what that run came to."""

    def __init__(self, lab):
        super().__init__(lab)
        self.result = self.push(self.plan())
        self.after = self.plan(self.result.targets)

    def verify(self, *shorts):
        names = {self.name(short) for short in shorts}
        checks = plan_checks(self.lab.view.intents, self.lab.view.company.platforms)
        verifier = Verifier(
            transport=self.transport,
            parser=TextFsmParser(),
            runner=NornirRunner(8),
            book=self.lab.book,
            intended={name: each.text for name, each in self.lab.rendered.items()},
        )
        chosen = [check for check in checks if not names or check.device in names]
        return verify(chosen, self.result.targets, verifier)

    @contextmanager
    def unplugged(self, device, port):
        self.lab.lab.control("unplug", device=device, port=port)
        yield
        self.lab.lab.control("plug", device=device, port=port)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    with running_site(ROOT, SITE, tmp_path_factory.mktemp("mixed"), timeout=20.0) as lab:
        yield MixedSite(lab)


def test_one_run_provisions_the_boxes_of_every_vendor(mixed):
    assert {target.platform.name for target in mixed.targets} == VENDORS
    assert (mixed.result.verdict, str(mixed.result.reason)) == (Verdict.COMMITTED, "None")
    assert set(mixed.states(mixed.result).values()) == {"saved"}
    assert {str(one.device): one.diff for one in mixed.after.devices if one.diff} == {}


def test_every_check_passes_across_vendors(mixed):
    report = mixed.verify()
    assert [(str(one.status), one.message) for one in report.results if one.status is not Status.PASS] == []


def test_a_pulled_cable_is_told_on_its_near_end_and_cuts_off_its_far_end(mixed):
    with mixed.unplugged(SWITCH, UPLINK):
        report = mixed.verify(CORE, SWITCH)
    failed = {one.check.kind for one in report.results if one.status is Status.FAIL and DOWNLINK in one.check.subject}
    assert {"interface", "neighbour"} <= failed
    assert f"Check the patch to {SITE}-{SWITCH} {UPLINK}" in " ".join(one.message for one in report.results)
    behind = {one.status for one in report.results if one.check.device == f"{SITE}-{SWITCH}"}
    assert behind == {Status.UNREACHABLE}


@pytest.mark.proves("backup", "aruba_aoscx", "juniper_junos", "openwrt")
@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize(
    ("short", "command"),
    [("sw1", "show running-config"), ("fw1", "show configuration"), ("ap1", "uci export")],
    ids=["aruba_aoscx", "juniper_junos", "openwrt"],
)
def test_what_befalls_a_copy_on_the_wire_is_named(mixed, short, command, kind):
    """Over the terminal and NETCONF: half an answer, an error, a cut line and silence are no configuration."""
    target = next(one for one in mixed.result.targets if one.device.short == short)
    control = mixed.lab.lab.control
    with fault(control, mixed.name(short), kind, command):
        told = what_becomes_of_a_copy(mixed.transport, target)
    assert told != "whole"
    assert what_becomes_of_a_copy(mixed.transport, target) == "whole", "and then it is well again"


@pytest.mark.proves("restore", "aruba_aoscx", "juniper_junos", "openwrt")
def test_copies_of_every_vendor_go_back(mixed):
    exact = mixed.exact()
    moved = mixed.push(mixed.say_elsewhere("Dallas", "Houston"))
    assert (moved.verdict, len(moved.devices)) == (Verdict.COMMITTED, len(mixed.targets)), moved.reason
    assert all("Houston" in text for text in mixed.exact().values())
    restored = mixed.go_back(exact)
    assert (restored.verdict, str(restored.reason)) == (Verdict.COMMITTED, "None")
    assert all("Houston" not in text for text in mixed.exact().values())
