"""The demo finds something to type and a cable to pull at any site."""

from pathlib import Path

import pytest

from siteauto.app.demo import write_script
from siteauto.app.settings import read_settings

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("site", "switch", "port", "uplink"),
    [
        ("us-nyc-mad01", "sw2", "GigabitEthernet1/0/29", "TenGigabitEthernet1/1/1"),
        ("us-asp-gal01", "sw1", "GigabitEthernet1/0/17", "GigabitEthernet1/0/1"),
    ],
)
def test_the_farthest_switch_is_described_and_its_uplink_pulled(site, switch, port, uplink):
    settings = read_settings({"HOME": "/nowhere", "SITEAUTO_NO_CACHE": "1"}, start=ROOT, root=ROOT)
    script = write_script(settings, site, text="ask Bob")
    assert (script.switch, script.uplink) == (switch, uplink)
    assert script.typed == ("configure terminal", f"interface {port}", "description ask Bob", "end")
