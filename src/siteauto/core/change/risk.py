"""How dangerous a change of a device is, by the rules of its platform."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from siteauto.core.config import ConfigTree, Difference
from siteauto.core.config.guards import dangling
from siteauto.core.config.number_lists import read_numbers
from siteauto.core.platform_spec import PlatformSpec, RiskRule

LEVELS = ("low", "medium", "high")
OBJECT_IN_USE = "object in use"
LEVEL_OF = {
    "management path": "high",  # the device may be out of reach afterwards
    "AAA": "high",  # nobody may be let in afterwards
    "VLAN off a trunk": "high",  # all behind the trunk lose it
    "interface flap": "medium",
    "routing peer": "medium",
    "access-list window": "medium",
    OBJECT_IN_USE: "medium",
}
SEPARATOR = " / "


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One reason to look twice: its kind, how bad it can be, and the first line that shows it."""

    kind: str
    level: str
    line: str


def worst_level(risks: Iterable[Risk]) -> str:
    """The class of a device: low where there is no reason."""
    return max((risk.level for risk in risks), key=LEVELS.index, default=LEVELS[0])


def find_risks(differences: Iterable[Difference], platform: PlatformSpec, *, management_vlan: int) -> tuple[Risk, ...]:
    """Every kind of risk in what would be done, once each, the worst first."""
    rules = [(rule, re.compile(rule.pattern.replace("{vlan}", str(management_vlan)))) for rule in platform.risks]
    found: dict[str, Risk] = {}
    for item in differences:
        for rule, pattern in rules:
            line = _shows(rule, pattern, item)
            if line and rule.kind not in found:
                found[rule.kind] = Risk(kind=rule.kind, level=LEVEL_OF[rule.kind], line=line)
    return _worst_first(found.values())


def find_lost_objects(running: ConfigTree, intended: ConfigTree) -> tuple[Risk, ...]:
    """Objects that would go although the intent still refers to them."""
    gone = [node.line for key, node in running.children.items() if key not in intended.children]
    lost = sorted(dangling(intended, gone))
    return tuple(Risk(kind=OBJECT_IN_USE, level=LEVEL_OF[OBJECT_IN_USE], line=line) for line in lost[:1])


def _worst_first(risks: Iterable[Risk]) -> tuple[Risk, ...]:
    order = list(LEVEL_OF)
    return tuple(sorted(risks, key=lambda risk: order.index(risk.kind)))


def _shows(rule: RiskRule, pattern: re.Pattern[str], item: Difference) -> str:
    """The line of this difference that the rule is about; empty where it is about none."""
    sides = {side: pattern.search(text) for side, text in _sides(item)}
    if rule.when == "gone":
        return _of(sides["running"]) if item.word == "extra" else ""
    if rule.when == "fewer":
        return _of(sides["running"]) if _numbers(sides["running"]) - _numbers(sides["intended"]) else ""
    return _of(sides["intended"] or sides["running"])


def _sides(item: Difference) -> Iterator[tuple[str, str]]:
    for side, line in (("running", item.running), ("intended", item.intended)):
        yield side, SEPARATOR.join((*item.path, line.partition("\n")[0])) if line else ""


def _of(match: "re.Match[str] | None") -> str:
    return match.string if match is not None else ""


def _numbers(match: "re.Match[str] | None") -> frozenset[int]:
    return read_numbers(match["numbers"]) if match is not None else frozenset()
