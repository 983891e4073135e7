"""Every device of the example site, and of the test-only sites that platforms bring, as it is to be configured.

<platform>/<device>/ holds intended.cfg and bootstrap.cfg; <platform>/inventory/ a platform's own site, see companies.py.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.golden.companies import EXAMPLE, ROUTER, company, platform_sites, site_and_intents

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.core.config import parse, to_candidate
from siteauto.core.config.bodies import logical_lines
from siteauto.core.config.secret_tokens import FoundSecret, replace_secrets
from siteauto.core.intent import DeviceIntent
from siteauto.core.models import PlatformName
from siteauto.platforms import load_platforms

HERE = Path(__file__).parent

PLATFORMS = load_platforms()
RENDERER = JinjaRenderer(company() / "templates")
CASES = sorted(file.parent.relative_to(HERE).as_posix() for file in HERE.glob("*/*/intended.cfg"))


@cache
def intents() -> dict[str, DeviceIntent]:
    sites = [(name, platform) for platform, name in platform_sites().items()]
    return {
        f"{intent.device.platform}/{intent.device.name}": intent
        for name, only in [(EXAMPLE, None), (ROUTER, "openwrt"), *sites]
        for intent in site_and_intents(name)[1]
        if intent.device.platform is not None and only in (None, intent.device.platform)
    }


@cache
def intended(case: str) -> str:
    return RENDERER.render(intents()[case], platform_of(case)).text


@cache
def bootstrap(case: str) -> str:
    return RENDERER.bootstrap(intents()[case], platform_of(case)).text


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


@pytest.mark.parametrize("case", CASES)
def test_every_secret_is_a_reference(case: str):
    """In whatever place the platform's rules know: a marker, never a value."""
    rules = platform_of(case).config
    holding: list[str] = []

    def note(secret: FoundSecret) -> str:
        holding.append(secret.written)
        return secret.written

    for text in (intended(case), bootstrap(case)):
        for logical in logical_lines(rules, text):
            replace_secrets(rules, logical.line, note, whole=False, here=logical.here)
    assert holding
    assert [written for written in holding if f"secret://{intents()[case].site}/" not in written] == []


@pytest.mark.parametrize("case", CASES)
def test_bootstrap_gives_nothing_of_the_site_away(case: str):
    assert set(re.findall(r"secret://[\w/-]+", bootstrap(case))) == {f"secret://{intents()[case].site}/bootstrap"}
