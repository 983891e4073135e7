"""What is checked is derived from the intent, and nothing is left out silently."""

from dataclasses import replace

import pytest
from tests.unit.checks import intents

from siteauto.core.checks import KINDS
from siteauto.core.checks.plan import plan_checks
from siteauto.core.errors import UsageError
from siteauto.core.models import PlatformName, Role
from siteauto.platforms import load_platforms

PLATFORMS = load_platforms()


def subjects(kind, *devices):
    return [check.subject for check in plan_checks(devices, PLATFORMS) if check.kind == kind]


def test_every_planned_kind_is_declared_and_fills_the_words_of_its_probe():
    for check in plan_checks([intents.switch(), intents.controller(), intents.firewall()], PLATFORMS):
        assert tuple(word for word, _ in check.fill) == KINDS[check.kind].words


def test_each_service_is_pinged_once_and_named_for_all_it_does():
    assert subjects("ping", intents.switch()) == [
        "gateway 10.44.19.1",
        "NTP/DNS 10.0.0.5",
        "DNS 10.0.0.6",
        "syslog 10.0.0.7",
        "RADIUS 10.0.0.8",
    ]


def test_a_firewall_pings_the_gateway_of_its_nearest_default_route():
    assert subjects("default_route", intents.firewall()) == ["default route"]
    assert subjects("ping", intents.firewall())[0] == "gateway 198.51.100.1"


def test_ports_are_asked_for_what_their_kind_promises():
    checks = {check.subject: check for check in plan_checks([intents.switch()], PLATFORMS) if check.kind == "interface"}
    assert {subject: check.expected_text for subject, check in checks.items()} == {
        "port GigabitEthernet1/0/1": "not shut, access, VLAN 10",
        "port GigabitEthernet1/0/47": "up, access, VLAN 99",
        "spare port GigabitEthernet1/0/48": "shut",
        f"uplink {intents.UPLINK}": "up, trunk",
    }


def test_what_a_platform_cannot_be_asked_is_planned_as_unsupported():
    blind = replace(PLATFORMS[PlatformName("cisco_ios")], checks={})
    planned = plan_checks([intents.controller()], {PlatformName("cisco_ios"): blind})
    unsupported = {check.kind for check in planned if check.unsupported}
    assert {"ssid", "ssid_vlan", "access_point", "ping", "clock", "default_route"} <= unsupported
    assert not unsupported & {"reachable", "identity", "running_intended", "running_saved"}
    assert "cisco_ios has no probe for ssids" in next(c.unsupported for c in planned if c.kind == "ssid")


def test_startup_is_compared_only_where_the_platform_keeps_one():
    assert subjects("running_saved", intents.switch()) == ["startup configuration"]
    assert subjects("running_saved", intents.firewall()) == []


def test_selecting_nothing_is_an_error():
    with pytest.raises(UsageError, match="Nothing to check"):
        plan_checks([], PLATFORMS)


def test_access_points_and_servers_alone_are_nothing_to_check():
    point = intents.intent(intents.device(intents.AP1, Role.AP, platform=None))
    with pytest.raises(UsageError, match="Nothing to check"):
        plan_checks([point], PLATFORMS)
