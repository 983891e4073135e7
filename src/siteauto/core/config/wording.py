"""How lines are written: full names, one space, the sections that one header stands for. One per platform, kept."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from siteauto.core.config.names import full_name, spread_names, spread_numbers
from siteauto.core.config.patterns import FirstMatch
from siteauto.core.config.rules import (
    Alias,
    ConfigRules,
    Line,
    Numbered,
    NumberSet,
    OrderedTable,
    Paused,
    Rank,
    Reset,
    Section,
    Slot,
    WordSet,
)

Scoped = TypeVar("Scoped", Line, Section, Slot, NumberSet, Numbered, OrderedTable, WordSet, Rank, Reset, Paused)


class Wording:
    """The rules of one platform, as far as they tell of lines without their mode."""

    def __init__(self, rules: ConfigRules) -> None:
        self.rules = rules
        self.free_text = FirstMatch(rules.free_text)

    def scoped(self, rules: Iterable[Scoped], mode: str) -> tuple[Scoped, ...]:
        """Those of the rules that hold in this mode."""
        return tuple(rule for rule in rules if re.fullmatch(rule.within, mode))

    @cached_property
    def spreads(self) -> tuple[tuple[re.Pattern[str], str, Callable[[str], tuple[str, ...]]], ...]:
        """Headers that stand for several sections: pattern, header of one, and how to read the list."""
        ways: dict[str, Callable[[str], tuple[str, ...]]] = {
            "names": lambda text: spread_names(text, self.rules.interface_types),
            "numbers": spread_numbers,
        }
        return tuple((re.compile(rule.pattern), rule.each, ways[rule.kind]) for rule in self.rules.spreads)

    @cached_property
    def renumberings(self) -> tuple[tuple[Numbered, re.Pattern[str]], ...]:
        """Commands that give the entries of a list new numbers."""
        return tuple((rule, re.compile(_renumbering(rule.renumber))) for rule in self.rules.numbered)

    @cached_property
    def aliases(self) -> tuple[tuple[re.Pattern[str], Alias], ...]:
        """One-line forms of lines in sections."""
        return tuple((re.compile(rule.pattern), rule) for rule in self.rules.aliases)

    def alias(self, line: str) -> tuple[str, str] | None:
        """The section and the line in it that a one-line form stands for; None: it is none."""
        found = ((rule, pattern.fullmatch(line)) for pattern, rule in self.aliases)
        return next(((match.expand(rule.section), match.expand(rule.line)) for rule, match in found if match), None)

    @cached_property
    def _name_places(self) -> FirstMatch:
        return FirstMatch(self.rules.interface_words)

    @cached_property
    def _name_patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.rules.interface_words)

    def canonical(self, line: str) -> str:
        """The line with single spaces and full interface names, as the device itself would hold it."""
        if ("  " in line or "\t" in line) and self.free_text.matches(line) is None:
            line = _single_spaces(line)
        place = self._name_places.index(line)
        found = None if place is None else self._name_patterns[place].match(line)
        if found is None:
            return line
        start, end = found.span("name")
        return f"{line[:start]}{full_name(found['name'], self.rules.interface_types)}{line[end:]}"

    def spread(self, line: str) -> tuple[str, ...]:
        """The headers that this one stands for; the line itself where it stands for one."""
        for pattern, each, read in self.spreads:
            found = pattern.fullmatch(line)
            items = read(found["list"]) if found else ()
            if items:
                return tuple(each.format(item=item) for item in items)
        return (line,)


def _renumbering(command: str) -> str:
    words = re.escape(command).replace(r"\{name\}", r"(?P<name>\S+)")
    return words.replace(r"\{start\}", r"(?P<start>\d+)").replace(r"\{step\}", r"(?P<step>\d+)")


def _single_spaces(line: str) -> str:
    if '"' not in line:
        return " ".join(line.split())
    parts = re.split(r'("(?:[^"\\]|\\.)*")', line)
    return "".join(part if part.startswith('"') else re.sub(r"\s+", " ", part) for part in parts)
