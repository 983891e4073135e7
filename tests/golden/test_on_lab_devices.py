"""The lab's boxes, wired as example sites are: they boot from the day-0 texts and take every line of what is intended."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import yaml
from tests.golden.companies import company, platform_sites
from tests.golden.companies import site_and_intents as example

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.core.config import SecretBook, diff, diff_text, normalise
from siteauto.core.intent import DeviceIntent
from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.lab.world import World
from siteauto.platforms import load_platforms

HERE = Path(__file__).parent

PLATFORMS = load_platforms()
RENDERER = JinjaRenderer(company() / "templates")
# How a person types a configuration there: <platform>/by_hand.yaml.
BY_HAND = {file.parent.name: yaml.safe_load(file.read_text()) for file in HERE.glob("*/by_hand.yaml")}
NEVER_SHOWN = "+snmp-server user "
OF_PLATFORMS = (site for platform, site in platform_sites().items() if platform in BY_HAND)
SITES = ("us-nyc-mad01", "us-chi-wac01", "us-chi-mag01", "us-lax-rod01", *OF_PLATFORMS)
REFUSALS = re.compile(r"^% |Invalid input|Command fail|parse error|does not exist", re.MULTILINE)


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
    lines = [*BY_HAND[platform.name]["enter"], *typed(RENDERER.render(intent, platform).text).splitlines()]
    answers: list[tuple[str, str]] = []
    for _ in range(BY_HAND[platform.name]["readings"]):
        answers = [(line, shell.receive(line).text) for line in lines]
    return [f"{line.strip()}: {answer.strip()}" for line, answer in answers if REFUSALS.search(answer)]


def still_differs(world: World, intent: DeviceIntent) -> list[str]:
    """What the running configuration lacks or has too much, in lines of a diff."""
    platform = PLATFORMS[intent.device.platform]
    shell = world.devices[intent.device.name].shell("siteauto")
    for line in BY_HAND[platform.name]["leave_day_0"]:
        shell.receive(line)
    running = normalise(platform.config, shell.receive(platform.backup.running).text, secrets=book(intent.site))
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
