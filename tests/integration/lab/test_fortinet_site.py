"""The example site's firewall: what is rendered, remediated and typed into a factory-new box is what it then shows."""

import itertools
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.config import diff, diff_text, normalise, remediate, seal
from siteauto.core.intent.build import build_intents
from siteauto.core.models import SiteName
from siteauto.lab.clock import LabClock
from siteauto.lab.devices.fortinet import Fortigate, build
from siteauto.lab.shell import Shell
from siteauto.lab.spec import DeviceSpec, LabSpec
from siteauto.lab.world import World
from siteauto.platforms import load_platforms
from siteauto.platforms.fortinet import PLATFORM

ROOT = Path(__file__).parents[3]
RULES = PLATFORM.config


@pytest.fixture(scope="module")
def texts() -> tuple[str, str]:
    """Day-0 and intended text of fw1, with references for secrets."""
    platforms = load_platforms()
    site = YamlInventory(ROOT / "inventory", platforms).site(SiteName("us-nyc-mad01"))
    intent = next(one for one in build_intents(site, platforms) if one.device.short == "fw1")
    renderer = JinjaRenderer(ROOT / "templates")
    return renderer.bootstrap(intent, PLATFORM).text, renderer.render(intent, PLATFORM).text


def sealed(text: str) -> str:
    return seal(RULES, text, lambda name: f"value-of-{name.rpartition('/')[2]}", lambda: os.urandom(16))


@pytest.fixture
def fortigate(texts: tuple[str, str]) -> Fortigate:
    """Factory-new, with the day-0 text typed at its console."""
    spec = LabSpec(site="us-nyc-mad01", port=0, members=(), links=(), circuits=())
    world = World(spec, LabClock(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)))
    return build(
        DeviceSpec(
            name="us-nyc-mad01-fw1",
            short="fw1",
            platform=PLATFORM,
            model="FGT-60F",
            serial="FGT60FTK20001234",
            base_mac="00:09:0f:aa:00:10",
            boot_text=sealed(texts[0]),
            world=world,
        )
    )


def type_lines(shell: Shell, *lines: str) -> str:
    """Type them; nothing may be refused."""
    printed = ""
    for line in itertools.chain.from_iterable(text.splitlines() for text in lines):
        answer = shell.receive(line).text
        assert "Command fail" not in answer, f"{line.strip()}: {answer.strip()}"
        printed += answer
    return printed


def test_remediation_brings_a_new_box_to_its_intent_and_back(fortigate: Fortigate, texts: tuple[str, str]) -> None:
    shell = fortigate.shell("day0")
    intended = normalise(RULES, texts[1])
    day_0 = normalise(RULES, type_lines(shell, "show"))
    change = remediate(day_0, intended)
    assert change.converges, change.refused

    type_lines(shell, "execute config-transaction start", sealed("\n".join(change.commands)))
    assert diff_text(diff(normalise(RULES, type_lines(fortigate.shell("day0"), "show")), day_0)) == ""
    type_lines(shell, "execute config-transaction commit")

    shell = fortigate.shell("siteauto")
    running = normalise(RULES, type_lines(shell, "show"))
    assert diff_text(diff(running, intended)) == ""
    assert remediate(running, intended).commands == ()
    assert fortigate.authenticate("siteauto", "value-of-local_admin")
    assert not fortigate.authenticate("day0", "value-of-bootstrap")


def test_every_rendered_line_is_shown_again_as_it_was_written(fortigate: Fortigate, texts: tuple[str, str]) -> None:
    """A default, a word out of order or another form of an address would be drift for ever."""
    shell = fortigate.shell("day0")
    change = remediate(normalise(RULES, type_lines(shell, "show")), normalise(RULES, texts[1]))
    type_lines(shell, sealed("\n".join(change.commands)))
    shown = {line.strip() for line in type_lines(shell, "show").splitlines()}
    written = {line.strip() for line in texts[1].splitlines() if "secret://" not in line}
    assert written <= shown
