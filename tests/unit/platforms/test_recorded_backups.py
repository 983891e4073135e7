"""Platforms whose configurations are stored and compared, held against whole recorded sessions of real devices.

Each recording gives the running configuration as the device sent it, what must not be left of it in a redacted text,
what a change must not be seen in, and what its prompt looks like.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from tests.captures import FOLDER

from siteauto.core.comparable import comparable
from siteauto.core.completeness import find_defects, find_loss, measure
from siteauto.core.models import PlatformName
from siteauto.core.redact import redact
from siteauto.platforms import load_platforms

OXIDIZED = FOLDER / "oxidized"
PLATFORMS = load_platforms()
FAMILIES = {
    "aosw": "aruba_os",
    "arubainstant": "aruba_instant",
    "asa": "cisco_asa",
    "cumulus": "cumulus_linux",
    "firelinuxos": "cisco_ftd",
    "fortios": "fortimanager",
    "fsos": "fiberstore_fsos",
    "garderos": "garderos_grs",
    "h3c": "hp_comware",
    "ironware": "ruckus_fastiron",
    "mlnxos": "mellanox_mlnxos",
    "netgear": "netgear_prosafe",
    "perle": "perle_iolan",
    "pfsense": "pfsense",
    "routeros": "mikrotik_routeros",
    "saos10": "ciena_saos10",
    "tnsr": "netgate_tnsr",
    "tplink": "tplink_jetstream",
    "vsololt": "vsol_olt",
    "vyos": "vyos",
}
# What is no whole configuration, and why: of these only what is said in them of secrets and prompts is held against us.
SNIPPETS = {
    "cumulus#VX_5.4.0_frr": "a box that is set up by files, without NVUE",
    "h3c#5130-48G_7.1.070": "four lines of a configuration",
}
OTHERWISE = {"cisco_asa": "more system:running-config"}  # how the recording asked for the same text
PAGE = re.compile(r"(?: ?--More-- ?\x00?|\x1b\[7mlines [\d-]+ ?\x1b?\S*)$")
ERASED = re.compile(r"^(?:[\x08\r]+ *[\x08\r]*|\r\x1b\[K)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recorded session: what was sent, in its order, and what came back."""

    name: str
    answers: tuple[tuple[str, str], ...]

    @property
    def platform(self):
        return PLATFORMS[PlatformName(FAMILIES[self.name.partition("#")[0]])]

    @property
    def running(self) -> str:
        """The running configuration without echo and prompt, its pages put together."""
        sent = [command.strip() for command, _ in self.answers]
        wanted = OTHERWISE.get(self.platform.name, self.platform.backup.running)
        if wanted not in sent:
            return ""
        place = sent.index(wanted)
        text = _heard(self.platform, self.answers[place][1])
        text = text.partition("\n")[2] if text.startswith(wanted) else text  # not every device echoes
        for command, answer in self.answers[place + 1 :]:
            if command != " ":
                break
            text = PAGE.sub("", text) + ERASED.sub("", answer)
        body, _, last = re.sub(r"\r+\n", "\n", text).rpartition("\n")
        last = last.rpartition("\r")[2]
        return f"{body}\n" if re.match(self.platform.prompt, last) else f"{body}\n{last}\n"


def _heard(platform, text: str) -> str:
    for pattern in platform.interruptions:
        text = re.sub(pattern, "", text)
    return text


@cache
def recordings() -> tuple[Recording, ...]:
    found = sorted(OXIDIZED.glob("*simulation.yaml"))
    return tuple(_read(path) for path in found if path.name.partition("#")[0] in FAMILIES)


def _read(path: Path) -> Recording:
    commands = yaml.safe_load(path.read_text(encoding="utf-8"))["commands"]
    items = commands.items() if isinstance(commands, dict) else [pair for one in commands for pair in one.items()]
    answers = tuple((sent, _text(answer or "")) for sent, answer in items)
    return Recording(name=path.name.rpartition("#")[0], answers=answers)


def _text(answer: str) -> str:
    """The recording's escapes as the bytes that they stand for."""
    return answer.replace(r"\e", "\x1b").encode("latin-1", "backslashreplace").decode("unicode_escape")


def cases(kind: str) -> list[tuple[str, dict[str, list[str]]]]:
    paths = [path for path in sorted(OXIDIZED.glob(f"*#{kind}.yaml")) if path.name.partition("#")[0] in FAMILIES]
    return [(path.name.rpartition("#")[0], yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths]


WHOLE = [one for one in recordings() if one.name not in SNIPPETS]
named = {"ids": lambda one: one.name}


def test_the_recordings_are_here():
    if not OXIDIZED.is_dir():
        pytest.skip(f"NO RECORDINGS: {OXIDIZED} is absent; set SITEAUTO_CAPTURES to check against real devices")
    assert {one.name.partition("#")[0] for one in WHOLE} == set(FAMILIES) - {"h3c"}
    assert all(one.running for one in WHOLE)


@pytest.mark.parametrize("recording", WHOLE, **named)
def test_a_recorded_configuration_is_whole(recording: Recording):
    assert find_defects(recording.platform.backup, recording.running) == ()


@pytest.mark.parametrize("recording", WHOLE, **named)
def test_half_of_it_is_not(recording: Recording):
    """By its own end, or, where the platform prints none, against the last good copy."""
    rules, whole = recording.platform.backup, recording.running
    cut = whole[: len(whole) // 2]
    tells = not re.search(rules.end, "any line")
    assert find_defects(rules, cut) or (not tells and find_loss(measure(rules, cut), measure(rules, whole)))


@pytest.mark.parametrize("recording", WHOLE, **named)
def test_it_is_stored_and_compared_as_text(recording: Recording):
    text, rules = recording.running, recording.platform.config
    shown = redact(rules, text, b"key")
    assert len(shown.splitlines()) >= len(text.splitlines()) - 10 * text.count("END ENCRYPTED PRIVATE KEY")
    assert redact(rules, shown, b"key") == shown
    assert comparable(recording.platform, text)


@pytest.mark.parametrize(("name", "case"), cases("secret"), ids=lambda value: value if isinstance(value, str) else "")
def test_no_secret_of_it_is_left(name: str, case: dict[str, list[str]]):
    recording = next(one for one in recordings() if one.name == name)
    shown = redact(recording.platform.config, recording.running, b"key")
    assert not [secret for secret in case["fail"] if secret in shown]
    masked = re.sub(r"‹[^›]*›", "‹›", shown)
    assert not [line for line in case.get("pass", ()) if not re.search(_kept(line), masked)]


def _kept(line: str) -> str:
    """The pattern of a line of which we keep at least as many words around the secret."""
    words = re.split(r"<[^>]+>|secret hidden>", line.strip("^$"))
    return r"(?:\S+ )*‹›".join(map(re.escape, words))


@pytest.mark.parametrize(
    ("name", "case"), cases("significant_changes"), ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_is_no_change_is_not_compared(name: str, case: dict[str, list[str]]):
    recording = next(one for one in recordings() if one.name == name)
    assert not [line for line in case["fail"] if line in comparable(recording.platform, recording.running)]


@pytest.mark.parametrize(("name", "case"), cases("prompt"), ids=lambda value: value if isinstance(value, str) else "")
def test_its_prompts_are_known(name: str, case: dict[str, list[str]]):
    platform = PLATFORMS[PlatformName(FAMILIES[name.partition("#")[0]])]
    assert not [one for one in case.get("pass", ()) if not re.match(platform.prompt, one.rpartition("\r")[2])]
    for raw in case.get("pass_with_expect", ()):
        assert re.match(platform.prompt, _heard(platform, raw))
    assert not [one for one in case.get("fail", ()) if re.match(platform.prompt, one)]
