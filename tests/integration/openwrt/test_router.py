"""The smallest site: an OpenWrt router in front of an Aruba switch. It routes, filters, is checked, and goes back."""

from dataclasses import replace
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from tests.integration.openwrt.test_site import checked, told
from tests.integration.push.conftest import Desk

from siteauto.core.change.transaction import Verdict
from siteauto.core.checks import Status
from siteauto.lab.state import NTP, Service
from siteauto.testing.site_lab import running_site

ROOT = Path(__file__).parents[3]
SITE = "us-sea-pik01"
HTTPS = Service(protocol="tcp", first=443, last=443)
TELNET = Service(protocol="tcp", first=23, last=23)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with running_site(ROOT, SITE, tmp_path_factory.mktemp("router")) as lab:
        desk = Desk(lab)
        desk.first = desk.push(desk.plan())
        desk.targets = desk.first.targets
        yield desk


@pytest.mark.proves("provision", "openwrt")
@pytest.mark.proves("verify", "openwrt")
def test_a_router_from_the_carton_becomes_as_intended_and_passes_every_check(desk):
    assert (desk.first.verdict, str(desk.first.reason)) == (Verdict.COMMITTED, "None")
    assert [one.diff for one in desk.plan().devices] == [()] * 2
    report = checked(desk)
    assert told(report) == []
    kinds = {one.check.kind for one in report.results if one.check.device == desk.name("fw1")}
    assert kinds >= {"policy", "policy_order", "default_deny", "default_route", "ping", "neighbour", "interface"}


def test_it_routes_what_a_rule_lets_through_and_nothing_else(desk):
    world, before = desk.lab.lab.lab.world, desk.box("fw1")._box.committed
    switch, ntp = desk.name("sw1"), IPv4Address("10.10.0.11")
    assert world.ping(switch, ntp)
    assert world.reaches(switch, ntp, NTP)
    assert not world.reaches(switch, ntp, TELNET)
    assert not world.ping(switch, IPv4Address("9.9.9.9"))
    server, outside = desk.name("fw1").replace("fw1", "srv1"), IPv4Address("151.101.2.132")
    assert world.reaches(server, outside, HTTPS), "its updates, translated"
    assert world.reaches(server, ntp, NTP), "the company's clock, not translated"
    for number in reversed(range(30)):
        desk.typed("fw1", f"uci -q delete firewall.@nat[{number}]")
    desk.typed("fw1", "uci commit", "reload_config")
    assert not world.reaches(server, outside, HTTPS), "nobody out there knows the way back to 10.0.0.0/8"
    desk.box("fw1")._box.commit_and_reload(before)
    desk.lab.lab.control("unplug", device="fw1", port="eth1")
    try:
        assert not world.ping(switch, ntp)
        failed = {one.check.subject for one in checked(desk, "fw1").of(Status.FAIL)}
        assert failed == {
            "downlink eth1",
            "port eth1",
            *(f"gateway br-lan.{vlan}" for vlan in (10, 20, 30, 70, 95, 99)),
        }
    finally:
        desk.lab.lab.control("plug", device="fw1", port="eth1")


@pytest.mark.proves("drift", "openwrt")
def test_a_rule_that_somebody_opens_is_drift_and_fails_its_checks(desk):
    box = desk.box("fw1")._box
    before = box.committed
    desk.typed("fw1", "uci add firewall forwarding", "uci set firewall.@forwarding[-1].src='pci'")
    desk.typed("fw1", "uci set firewall.@forwarding[-1].dest='internet'", "uci commit", "reload_config")
    assert "-    config forwarding (src=pci, dest=internet)" in desk.only("fw1").plan().devices[0].diff
    wrong = {one.check.kind: one.actual for one in checked(desk, "fw1").of(Status.FAIL)}
    assert wrong["policy_order"] == "0 forwarding pci internet"
    box.commit_and_reload(before)
    assert checked(desk, "fw1").exit_code == 0


@pytest.mark.proves("timed undo", "openwrt")
def test_a_router_that_cuts_itself_off_comes_back_by_its_own_timer(desk):
    desk.only("fw1")
    name = desk.name("fw1")
    text = desk.rendered[name].text
    desk.rendered[name] = replace(
        desk.rendered[name], text=text.replace("option name 'operators'", "option name 'off'")
    )
    desk.rendered[name] = replace(
        desk.rendered[name],
        text=desk.rendered[name].text.replace("option dest_port '22'", "option dest_port '2222'", 1),
    )
    plan = desk.plan()
    result = desk.push(plan)
    assert result.verdict is Verdict.ABORTED
    desk.lab.clock.sleep(700)
    assert desk.typed("fw1", "ubus call uci rollback") == "Command failed: No response\n"
    assert sorted(desk.plan().devices[0].base.splitlines()) == sorted(plan.devices[0].base.splitlines())
    desk.rendered = dict(desk.lab.rendered)
    assert desk.plan().devices[0].diff == ()
