"""Every device of the example site, as it is to be configured: <platform>/<device>/intended.cfg and bootstrap.cfg."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.intent.build import build_intents
from siteauto.core.config import parse, to_candidate
from siteauto.core.intent import DeviceIntent
from siteauto.core.models import PlatformName, SiteName
from siteauto.platforms import load_platforms

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SITE = SiteName("us-nyc-mad01")
PLATFORMS = load_platforms()
CASES = sorted(file.parent.relative_to(HERE).as_posix() for file in HERE.glob("*/*/intended.cfg"))


@cache
def intents() -> dict[str, DeviceIntent]:
    site = YamlInventory(ROOT / "inventory", PLATFORMS).site(SITE)
    return {
        f"{intent.device.platform}/{intent.device.name}": intent
        for intent in build_intents(site, PLATFORMS)
        if intent.device.platform is not None
    }


@cache
def intended(case: str) -> str:
    return JinjaRenderer(ROOT / "templates").render(intents()[case], platform_of(case)).text


@cache
def bootstrap(case: str) -> str:
    return JinjaRenderer(ROOT / "templates").bootstrap(intents()[case], platform_of(case)).text


def platform_of(case: str):
    return PLATFORMS[PlatformName(case.split("/", maxsplit=1)[0])]


def test_every_device_has_its_case():
    assert set(CASES) == set(intents())


@pytest.mark.parametrize("case", CASES)
def test_intended(case: str, expect_text: Callable[[Path, str], None]):
    expect_text(HERE / case / "intended.cfg", intended(case))


@pytest.mark.parametrize("case", CASES)
def test_bootstrap(case: str, expect_text: Callable[[Path, str], None]):
    expect_text(HERE / case / "bootstrap.cfg", bootstrap(case))


@pytest.mark.parametrize("case", CASES)
def test_is_written_as_the_device_prints_it(case: str):
    text = intended(case)
    assert to_candidate(parse(platform_of(case).config, text)) == text


HOLDS_A_SECRET = re.compile(
    r"username |enable secret |key |client .* server-key |ntp authentication-key |snmp-server user "
    r"|security wpa psk |mgmtuser |set (?:password|key|secondary-key|auth-pwd|priv-pwd) "
)


@pytest.mark.parametrize("case", CASES)
def test_every_secret_is_a_reference(case: str):
    lines = [line.strip() for line in (intended(case) + bootstrap(case)).splitlines()]
    holding = [line for line in lines if HOLDS_A_SECRET.match(line)]
    assert holding
    assert [line for line in holding if f"secret://{SITE}/" not in line] == []


@pytest.mark.parametrize("case", CASES)
def test_bootstrap_gives_nothing_of_the_site_away(case: str):
    assert set(re.findall(r"secret://\S+", bootstrap(case))) == {f"secret://{SITE}/bootstrap"}
