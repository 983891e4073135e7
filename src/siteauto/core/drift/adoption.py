"""What a person could write into a site's file so that it says what a device holds: proposals, none of them proven.

A proposal is tried by rendering the site with it (see `workflows.adopt_drift`): nothing here knows what a template does
with a value, and nothing of it is believed before the drift has become less.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from siteauto.core.config import Difference
from siteauto.core.intent import DeviceIntent

VLAN_IDS = range(2, 4095)
WORD = re.compile(r"[\w.:/-]+")
SECRETS = ("‹", "secret://")  # stands for a secret: it can be compared, and not written down
Value = str | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One value of the site's file. `is_overlay`: it is text that siteauto does not understand."""

    path: tuple[str, ...]
    value: Value
    is_overlay: bool = False

    @property
    def words(self) -> str:
        """The edit for people: `ports.sw1.1/0/3.description: till`."""
        value = self.value if isinstance(self.value, str) else ", ".join(self.value)
        return f"{'.'.join(self.path)}: {value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Differences of one device that stand together."""

    intent: DeviceIntent
    differences: tuple[Difference, ...]

    @property
    def name(self) -> str:
        """The first line of it."""
        first = self.differences[0]
        return (*first.path, first.running or first.intended)[0]

    def lines(self, side: str) -> list[str]:
        """What the device holds (running), or what it shall hold (intended)."""
        return [line for item in self.differences if (line := getattr(item, side))]


def sections_of(intent: DeviceIntent, differences: Sequence[Difference]) -> tuple[Section, ...]:
    """By what they stand under; single lines that begin with the same word go together."""
    groups: dict[str, list[Difference]] = {}
    for item in differences:
        line = (*item.path, item.running or item.intended)[0]
        groups.setdefault(item.path[0] if item.path else line.removeprefix("no ").partition(" ")[0], []).append(item)
    return tuple(Section(intent=intent, differences=tuple(each)) for each in groups.values())


def proposals(section: Section, profiles: Sequence[str], vlans: Mapping[str, int]) -> Iterator[Edit]:
    """What to try, in this order: what says most about the site first, the overlay last."""
    for edit in (
        *_of_port(section, profiles, vlans),
        *_of_vlan(section, vlans),
        *_of_organisation(section),
        *_overlay(section),
    ):
        if not any(sign in edit.words for sign in SECRETS):
            yield edit


def _of_port(section: Section, profiles: Sequence[str], vlans: Mapping[str, int]) -> Iterator[Edit]:
    words = set(WORD.findall(section.name))
    port = next((one.name for one in section.intent.ports if one.name in words), None)
    if port is None:
        return
    at = ("ports", section.intent.device.short, _short(port, section))
    for profile in profiles:
        yield Edit(path=(*at, "profile"), value=profile)
    numbers = {word for line in section.lines("running") for word in WORD.findall(line)}
    for vlan, number in vlans.items():
        if str(number) in numbers:
            yield Edit(path=(*at, "vlan"), value=vlan)
            yield Edit(path=(*at, "voice"), value=vlan)
    for line in section.lines("running"):
        if text := line.partition(" ")[2].strip().strip('"'):
            yield Edit(path=(*at, "description"), value=text)


def _short(port: str, section: Section) -> str:
    """1/0/3 for GigabitEthernet1/0/3, where no other port of the box has this number."""
    number = port.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    alike = [one.name for one in section.intent.ports if one.name.endswith(number)]
    return number if number and len(alike) == 1 else port


def _of_vlan(section: Section, vlans: Mapping[str, int]) -> Iterator[Edit]:
    """A VLAN that only the device knows."""
    numbers = [int(word) for word in re.findall(r"\d+", section.name) if int(word) in VLAN_IDS]
    if "vlan" not in section.name.lower() or len(numbers) != 1 or numbers[0] in vlans.values():
        return
    for line in section.lines("running"):
        name = re.sub(r"[^a-z0-9]+", "-", line.split()[-1].strip('"').lower()).strip("-")
        if name and not name.isdigit() and name not in vlans:
            yield Edit(path=("vlans", name), value={"id": str(numbers[0])})


def _of_organisation(section: Section) -> Iterator[Edit]:
    """A list of servers that has become another one: at the whole site, or at this device."""
    held = _words(section.lines("running"))
    wanted = _words(section.lines("intended"))
    organisation = section.intent.organisation
    for each in fields(organisation):
        value = getattr(organisation, each.name)
        if not isinstance(value, tuple) or not value or not all(WORD.fullmatch(str(one)) for one in value):
            continue
        old = [str(one) for one in value]
        if wanted and not set(old) & set(wanted):
            continue  # what the device lacks is none of these
        new = [one for one in old if one not in wanted or one in held]
        new += [word for word in held if word not in wanted and word not in new and _is_alike(word, old[0])]
        if new != old and new:
            yield Edit(path=("organisation", each.name), value=new)
            yield Edit(path=("devices", section.intent.device.short, "organisation", each.name), value=new)


def _words(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for line in lines for word in WORD.findall(line)))


def _is_alike(word: str, old: str) -> bool:
    """An address for an address, a network for a network."""
    return (word.count("."), word.count(":") > 0, "/" in word) == (old.count("."), old.count(":") > 0, "/" in old)


def _overlay(section: Section) -> Iterator[Edit]:
    """The lines of the device as they are, behind those that are there already."""
    lines: list[str] = section.intent.extra_cli.splitlines()
    open_path: tuple[str, ...] = ()
    for item in section.differences:
        if not item.running:
            continue
        if item.path != open_path:
            lines += [f"{' ' * depth}{line}" for depth, line in enumerate(item.path)]
            open_path = item.path
        lines += [f"{' ' * len(item.path)}{line}" for line in item.running.split("\n")]
    if lines != section.intent.extra_cli.splitlines():
        path = ("devices", section.intent.device.short, "extra_cli")
        yield Edit(path=path, value="\n".join(lines), is_overlay=True)
