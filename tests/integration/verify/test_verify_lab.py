"""Verification of the example site over real sockets: what is right passes, what is wrong fails for its reason."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from siteauto.core.checks import Status
from siteauto.workflows.verify import verify

UPLINK = "TenGigabitEthernet1/1/1"


def failures(report):
    return {(each.check.device[-4:].lstrip("-"), each.check.kind): each for each in report.of(Status.FAIL)}


def messages(report):
    return [result.message for result in report.results if result.status is not Status.PASS]


@contextmanager
def unplugged(site, device, port):
    site.lab.control("unplug", device=device, port=port)
    yield
    site.lab.control("plug", device=device, port=port)


@contextmanager
def typed(site, device, lines, undo):
    site.lab.control("type", device=device, lines=["configure terminal", *lines, "end"])
    yield
    site.lab.control("type", device=device, lines=["configure terminal", *undo, "end"])


@pytest.mark.proves("verify", "cisco_ios", "fortinet")
def test_a_provisioned_site_passes_every_check(site):
    report = site.verify()
    assert messages(report) == []
    assert len(report.results) == len(site.checks) == sum(report.totals.values())
    assert report.exit_code == 0


def test_a_missing_cable_fails_on_both_ends(site):
    with unplugged(site, "ap1", "GigabitEthernet0"):
        found = failures(site.verify("sw2", "wlc1"))
    assert {("sw2", "interface"), ("sw2", "neighbour"), ("wlc1", "access_point")} == set(found)
    assert "Check the patch to us-nyc-mad01-ap1 GigabitEthernet0" in found["sw2", "interface"].message


def test_a_device_behind_a_missing_cable_is_unreachable_and_nothing_of_it_passes(site):
    with unplugged(site, "sw2", UPLINK):
        report = site.verify("sw1", "sw2")
    behind = {result.status for result in report.results if result.check.device.endswith("sw2")}
    assert behind == {Status.UNREACHABLE}
    assert ("sw1", "interface") in failures(report)
    assert report.exit_code == 4


@pytest.mark.parametrize(
    ("device", "lines", "undo", "kinds"),
    [
        (
            "sw2",
            ["interface GigabitEthernet1/0/31", "switchport access vlan 10"],
            ["interface GigabitEthernet1/0/31", "switchport access vlan 70"],
            {"running_intended", "running_saved", "interface"},
        ),
        (
            "sw2",
            ["interface GigabitEthernet1/0/48", "shutdown"],
            ["interface GigabitEthernet1/0/48", "no shutdown"],
            {"running_intended", "running_saved", "interface", "neighbour"},
        ),
        (
            "sw1",
            ["vlan 666", "name secret-lab"],
            ["no vlan 666"],
            {"running_intended", "running_saved", "no_extra_vlans"},
        ),
        (
            "sw1",
            [f"interface {UPLINK}", "switchport trunk allowed vlan remove 70"],
            [f"interface {UPLINK}", "switchport trunk allowed vlan add 70"],
            {"running_intended", "running_saved", "trunk"},
        ),
        (
            "wlc1",
            ["wlan guest 3 MaisonVerre-Guest", "shutdown"],
            ["wlan guest 3 MaisonVerre-Guest", "no shutdown"],
            {"running_intended", "running_saved", "ssid"},
        ),
    ],
    ids=["wrong VLAN", "shut port", "extra VLAN", "VLAN missing on a trunk", "SSID down"],
)
def test_what_somebody_typed_fails_for_its_reason(site, device, lines, undo, kinds):
    with typed(site, device, lines, undo):
        found = failures(site.verify(device))
    assert {kind for _, kind in found} == kinds
    assert messages(site.verify(device)) == []


def test_a_policy_that_somebody_opened_fails(site):
    opened = ["config firewall policy", "edit 9999", "set action accept", "end"]
    closed = ["config firewall policy", "edit 9999", "set action deny", "end"]
    site.lab.control("type", device="fw1", lines=opened)
    found = failures(site.verify("fw1"))
    site.lab.control("type", device="fw1", lines=closed)
    assert {kind for _, kind in found} >= {"policy", "default_deny", "running_intended"}
    assert "accepts everything" in found["fw1", "default_deny"].message


def test_an_unreachable_device_and_an_unknown_host_key_never_pass(site):
    fw1 = next(target for target in site.targets if target.device.short == "fw1")
    sw1 = next(target for target in site.targets if target.device.short == "sw1")
    deaf = replace(fw1, port=site.lab.port - 1)
    stranger = replace(sw1, known_hosts=Path("/dev/null"))
    checks = [check for check in site.checks if check.device in (fw1.device.name, sw1.device.name)]
    report = verify(checks, (deaf, stranger), site.verifier)
    assert {result.status for result in report.results} == {Status.UNREACHABLE}
    assert len(report.results) == len(checks)
    assert report.exit_code == 4
