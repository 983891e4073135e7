"""The demo finds something to type and a cable to pull at any site."""

from pathlib import Path

import pytest

from siteauto.app.demo import write_script
from siteauto.app.settings import read_settings

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("site", "switch", "typed", "uplink"),
    [
        ("us-nyc-mad01", "sw2", "interface GigabitEthernet1/0/29", "TenGigabitEthernet1/1/1"),
        ("us-asp-gal01", "sw1", "interface GigabitEthernet1/0/17", "GigabitEthernet1/0/1"),
        ("us-was-kst01", "sw2", "interface Ethernet41", "Ethernet49"),
        ("us-dal-nor01", "sw2", "interface 1/1/50", "1/1/49"),
        ("us-nyc-hqf01", "sw3", 'set interfaces ge-0/0/42 description "ask Bob"', "xe-0/2/0"),
    ],
)
def test_the_farthest_switch_is_described_and_its_uplink_pulled(site, switch, typed, uplink):
    settings = read_settings({"HOME": "/nowhere", "SITEAUTO_NO_CACHE": "1"}, start=ROOT, root=ROOT)
    script = write_script(settings, site, text="ask Bob")
    assert (script.switch, script.uplink) == (switch, uplink)
    assert script.typed[1] == typed
    assert "ask Bob" in " ".join(script.typed)
