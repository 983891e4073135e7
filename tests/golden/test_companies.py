"""Every device of the sites under tests/companies, as it is to be configured: companies/<company>/<device>/*.cfg.

A platform that no site of the example shows whole has a company with one, named after it.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.config import parse, to_candidate
from siteauto.core.intent import DeviceIntent
from siteauto.core.intent.build import build_intents
from siteauto.core.models import SiteName
from siteauto.platforms import load_platforms
from tests.companies import HERE as COMPANIES
from tests.companies import ROOT, company_with

HERE = Path(__file__).parent / "companies"
PLATFORMS = load_platforms()
RENDERER = JinjaRenderer(ROOT / "templates")
NAMES = sorted(folder.name for folder in COMPANIES.iterdir() if folder.is_dir())
CASES = sorted(file.parent.relative_to(HERE).as_posix() for file in HERE.glob("*/*/intended.cfg"))


@cache
def _company(name: str, folder: Path) -> dict[str, DeviceIntent]:
    """The devices of the company's own platform, at its own sites."""
    inventory = YamlInventory(company_with(name, folder) / "inventory", PLATFORMS)
    sites = [SiteName(file.stem) for file in (COMPANIES / name / "sites").glob("*.yaml")]
    intents = [intent for site in sites for intent in build_intents(inventory.site(site), PLATFORMS)]
    return {f"{name}/{one.device.name}": one for one in intents if one.device.platform == name}


@pytest.fixture(scope="module")
def intent_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], DeviceIntent]:
    folder = tmp_path_factory.mktemp("companies")
    return lambda case: _company(case.split("/")[0], folder / case.split("/")[0])[case]


def rendered(intent: DeviceIntent) -> tuple[str, str]:
    platform = PLATFORMS[intent.device.platform]
    return RENDERER.render(intent, platform).text, RENDERER.bootstrap(intent, platform).text


@pytest.mark.parametrize("name", NAMES)
def test_every_device_has_its_case(name: str, tmp_path: Path):
    assert set(_company(name, tmp_path)) == {case for case in CASES if case.startswith(f"{name}/")}


@pytest.mark.parametrize("case", CASES)
def test_intended_and_bootstrap(case: str, intent_of, expect_text: Callable[[Path, str], None]):
    intended, bootstrap = rendered(intent_of(case))
    expect_text(HERE / case / "intended.cfg", intended)
    expect_text(HERE / case / "bootstrap.cfg", bootstrap)


@pytest.mark.parametrize("case", CASES)
def test_is_written_as_the_device_prints_it(case: str, intent_of):
    rules = PLATFORMS[intent_of(case).device.platform].config
    for text in rendered(intent_of(case)):
        assert to_candidate(parse(rules, text)) == text


@pytest.mark.parametrize("case", CASES)
def test_bootstrap_gives_nothing_of_the_site_away(case: str, intent_of):
    _, bootstrap = rendered(intent_of(case))
    assert set(re.findall(r"secret://\S+", bootstrap)) == {f"secret://{intent_of(case).site}/bootstrap"}


@pytest.mark.parametrize("case", CASES)
def test_every_secret_is_in_a_place_that_the_platform_knows(case: str, intent_of):
    from siteauto.core.config import seal

    platform = PLATFORMS[intent_of(case).device.platform]
    sealed = seal(platform.config, "".join(rendered(intent_of(case))), lambda _: "Value-of-it-2026", lambda: b"s" * 16)
    assert "secret://" not in sealed
