"""The lab's boxes, wired as example sites are: they boot from the day-0 texts and take every line of what is intended."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.intent.build import build_intents
from siteauto.core.config import SecretBook, diff, diff_text, normalise
from siteauto.core.intent import DeviceIntent
from siteauto.core.models import Site, SiteName
from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.lab.world import World
from siteauto.platforms import load_platforms

ROOT = Path(__file__).parents[2]
PLATFORMS = load_platforms()
RENDERER = JinjaRenderer(ROOT / "templates")
ENTER = {"cisco_ios": "configure terminal"}
SHOW = {"cisco_ios": "show running-config", "fortinet": "show"}
LEAVE_DAY_0 = {
    "cisco_ios": "configure terminal\nno username day0\n\nend",
    "fortinet": "config system admin\ndelete admin\ndelete day0\nend\nconfig firewall policy\ndelete 1\nend",
}
NEVER_SHOWN = "+snmp-server user "
READINGS = {"fortinet": 2}  # in `show`, administrators stand before the groups that they name
SITES = ("us-nyc-mad01", "us-nyc-hqf01", "us-chi-mag01", "us-lax-rod01")
REFUSALS = re.compile(r"^% |Invalid input|Command fail|parse error", re.MULTILINE)


@cache
def example(name: str) -> tuple[Site, tuple[DeviceIntent, ...]]:
    site = YamlInventory(ROOT / "inventory", PLATFORMS).site(SiteName(name))
    return site, build_intents(site, PLATFORMS)


def typed(text: str) -> str:
    """With words in place of secrets, as somebody would type them."""
    return re.sub(r"secret://[\w-]+/(\w+)", r"In-place-of-\1-1", text)


@cache
def book(name: str) -> SecretBook:
    texts = "".join(RENDERER.render(intent, PLATFORMS[intent.device.platform]).text for intent in configured(name))
    names = set(re.findall(r"secret://([\w/-]+)", texts))
    return SecretBook(values={name: typed(f"secret://{name}") for name in names}, key=b"k" * 32)


@pytest.fixture(params=SITES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def world(name: str) -> World:
    site, intents = example(name)
    spec = LabSpec(
        site=site.name, port=0, members=tuple(map(member, intents)), links=site.links, circuits=site.circuits
    )
    return build_world(spec, PLATFORMS, LabClock(datetime(2026, 11, 23, tzinfo=UTC), lambda: 0.0))


def member(intent: DeviceIntent) -> MemberSpec:
    device = intent.device
    platform = PLATFORMS.get(device.platform) if device.platform else None
    return MemberSpec(
        name=device.name,
        short=device.short,
        role=device.role,
        platform=platform.name if platform else "",
        model=device.model,
        serial=device.serial,
        address=device.address,
        managed_by=device.managed_by or "",
        mac=device.mac,
        boot_text=typed(RENDERER.bootstrap(intent, platform).text) if platform else "",
    )


def configured(name: str) -> tuple[DeviceIntent, ...]:
    return tuple(intent for intent in example(name)[1] if intent.device.platform in PLATFORMS)


def type_intended(world: World, intent: DeviceIntent) -> list[str]:
    """Every line that the box refuses, with what it printed."""
    platform = PLATFORMS[intent.device.platform]
    shell = world.devices[intent.device.name].shell("day0")
    lines = [ENTER[platform.name]] if platform.name in ENTER else []
    lines += typed(RENDERER.render(intent, platform).text).splitlines()
    answers: list[tuple[str, str]] = []
    for _ in range(READINGS.get(platform.name, 1)):
        answers = [(line, shell.receive(line).text) for line in lines]
    return [f"{line.strip()}: {answer.strip()}" for line, answer in answers if REFUSALS.search(answer)]


def still_differs(world: World, intent: DeviceIntent) -> list[str]:
    """What the running configuration lacks or has too much, in lines of a diff."""
    platform = PLATFORMS[intent.device.platform]
    shell = world.devices[intent.device.name].shell("siteauto")
    shell.receive("terminal length 0")
    for line in LEAVE_DAY_0[platform.name].splitlines():
        shell.receive(line)
    running = normalise(platform.config, shell.receive(SHOW[platform.name]).text, secrets=book(intent.site))
    wanted = normalise(platform.config, RENDERER.render(intent, platform).text, secrets=book(intent.site))
    return [line for line in diff_text(diff(running, wanted)).splitlines() if not line.startswith(NEVER_SHOWN)]


def test_operators_reach_every_box_on_day_0(world: World, name: str):
    assert {name: bool(open_) for name, open_ in world.open_addresses().items()} == {
        intent.device.name: True for intent in configured(name)
    }


def test_boxes_take_what_is_intended_and_stay_in_reach(world: World, name: str):
    refused = {intent.device.short: type_intended(world, intent) for intent in configured(name)}
    assert {short: lines for short, lines in refused.items() if lines} == {}
    assert all(world.open_addresses().values())
    assert {intent.device.short: still_differs(world, intent) for intent in configured(name)} == {
        intent.device.short: [] for intent in configured(name)
    }
