"""SSIDs of an access point that has no controller: planned for each radio that has the band, judged by what it sends."""

from dataclasses import replace

import pytest
from tests.golden.companies import site_and_intents

from siteauto.core.checks.judge import judge
from siteauto.core.checks.plan import plan_checks
from siteauto.core.readings import SsidReading
from siteauto.platforms import load_platforms


@pytest.fixture(scope="module")
def intents():
    return {intent.device.short: intent for intent in site_and_intents("us-nyc-tst01")[1]}


@pytest.fixture(scope="module")
def checks(intents):
    planned = plan_checks([intents["ap1"]], load_platforms())
    return {check.subject: check for check in planned if check.kind == "ssid"}


STAFF = SsidReading(
    wlan_id=0, profile="", ssid="MaisonVerre-Staff", enabled=True, security="wpa3-sae", vlan="40", band="2.4"
)


def test_an_ssid_is_planned_where_a_radio_has_its_band(checks):
    assert set(checks) == {
        "SSID MaisonVerre on radio1",  # 5 and 6 GHz: the box has no radio for 6
        *(f"SSID MaisonVerre-{name} on {radio}" for name in ("Staff", "Guest") for radio in ("radio0", "radio1")),
    }


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        (STAFF, "Actual: MaisonVerre-Staff, wpa3-sae, VLAN 40"),
        (replace(STAFF, band="5"), "is not on air. Expected: on air at 2.4 GHz"),
        (replace(STAFF, ssid="Other"), "Actual: Other at 2.4 GHz"),
        (replace(STAFF, security=""), "has the wrong security"),
        (replace(STAFF, vlan="50"), "puts clients into the wrong VLAN"),
    ],
)
def test_what_a_radio_sends_is_judged(checks, reading, message):
    assert message in judge(checks["SSID MaisonVerre-Staff on radio0"], [reading]).message


def test_its_cable_is_a_trunk_that_is_not_trusted(intents):
    (uplink,) = (port for port in intents["ap2"].ports if port.kind == "trunk")
    (downlink,) = (port for port in intents["sw1"].ports if port.neighbour and port.neighbour.device.endswith("ap2"))
    assert (uplink.trunk_vlans, downlink.trunk_vlans) == ((10, 40, 50, 99), (10, 40, 50, 99))
    assert (downlink.kind, downlink.trusted, downlink.poe, downlink.poe_priority) == ("trunk", False, True, "critical")
    assert [vlan.role for vlan in intents["ap2"].vlans] == ["corp", "staff", "guest", "mgmt", "native"]
    assert intents["ap2"].posix_timezone == "EST5EDT,M3.2.0,M11.1.0"
