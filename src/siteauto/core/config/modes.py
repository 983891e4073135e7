"""What lines mean in one mode of a platform."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from siteauto.core.config.levels import CHILD_NAMES, UNKNOWN
from siteauto.core.config.meanings import Meaning, Place
from siteauto.core.config.names import natural_key
from siteauto.core.config.patterns import FirstMatch, Questions
from siteauto.core.config.remembered import Remembered
from siteauto.core.config.rules import ConfigRules, Line, NumberSet, Section
from siteauto.core.config.wording import Wording

ANY_OTHER = ".*"  # the pattern of the rank in which lines stand that no other rank names
NEVER = "\0"  # no line has this character


class _Kind(NamedTuple):
    """What thousands of lines of a mode have in common: the rules that match them."""

    slot: tuple[re.Pattern[str], str] | None
    rank: int
    is_natural: bool  # it stands in its rank by the numbers in it
    has_other_forms: bool  # it may be written otherwise
    numbers: tuple[re.Pattern[str], NumberSet] | None
    said: tuple[Section | None, int | None, bool, bool, bool, bool, bool, bool]  # the rest of its meaning


class Mode:
    """The rules that hold in one mode, compiled, and what they say of each line. `mode_of` knows the other modes."""

    def __init__(self, wording: Wording, name: str, mode_of: Callable[[str], "Mode"]) -> None:
        rules = wording.rules
        self.name = name
        self.rules = rules
        self.quotes_words = rules.syntax == "fortios"
        self.indent = 4 if rules.syntax == "fortios" else rules.indent
        self.flat = next((rule for rule in rules.flats if rule.mode == name), None)
        self.flats = () if name else rules.flats
        self.numbered = next(iter(wording.scoped(rules.numbered, name)), None)
        self.stops_traffic = FirstMatch(rule.blocks for rule in (self.numbered, self.flat) if rule and rule.blocks)
        self.tables = wording.scoped(rules.ordered_tables, name)
        self.ordered = self.flat is not None or bool(self.tables)
        self.paused = next(iter(wording.scoped(rules.paused, name)), None)
        self.hidden = FirstMatch(_lines(wording, rules.hidden, name))
        self.remade = FirstMatch(_lines(wording, rules.remade, name))
        self.lists = FirstMatch(_lines(wording, rules.lists, name))
        self.word_sets = FirstMatch(rule.pattern for rule in wording.scoped(rules.word_sets, name))
        self.resets = tuple((re.compile(r.pattern), re.compile(r.drops)) for r in wording.scoped(rules.resets, name))
        self.own = FirstMatch(
            pattern for section in rules.sections if section.mode == name and name for pattern in section.own
        )
        self.ranks = wording.scoped(rules.ranks, name)
        self.meaning = Remembered(self._find).__getitem__  # line -> all that the rules say of it
        self._other_rank = next(
            (at for at, rank in enumerate(self.ranks) if rank.pattern == ANY_OTHER), len(self.ranks)
        )
        self._wording = wording
        self._mode_of = mode_of
        self._sections = (*wording.scoped(rules.sections, name), *(() if name else _flat_sections(rules)))
        self._slots = [(re.compile(slot.pattern), slot.key) for slot in wording.scoped(rules.slots, name)]
        self._number_sets = [(re.compile(r.pattern), r) for r in wording.scoped(rules.number_sets, name)]
        self._questions = self._all_questions()

    def _all_questions(self) -> Questions[_Kind]:
        wording, rules, name = self._wording, self.rules, self.name
        return Questions(
            self._kind,
            slot=(pattern.pattern for pattern, _ in self._slots),
            section=() if self.numbered else (section.opens for section in self._sections),
            numbers=(pattern.pattern for pattern, _ in self._number_sets),
            hidden=_lines(wording, rules.hidden, name),
            negation=_lines(wording, rules.negations, name),
            permanent=_lines(wording, rules.permanent, name),
            owned=_lines(wording, rules.device_owned, name),
            definition=rules.definitions,
            text=rules.free_text,
            rank=(NEVER if rank.pattern == ANY_OTHER else rank.pattern for rank in self.ranks),
            renumber=(pattern.pattern for _, pattern in wording.renumberings),
            name=rules.interface_words,
            alias=() if name else (rule.pattern for rule in rules.aliases),
            range=() if name else (rule.pattern for rule in rules.spreads),
        )

    def _kind(self, answers: Mapping[str, int]) -> _Kind:
        rank = answers.get("rank", self._other_rank)
        return _Kind(
            slot=self._slots[answers["slot"]] if "slot" in answers else None,
            rank=rank,
            is_natural=rank < len(self.ranks) and self.ranks[rank].sort == "natural",
            has_other_forms=not answers.keys().isdisjoint(("name", "alias", "range")),
            numbers=self._number_sets[answers["numbers"]] if "numbers" in answers else None,
            said=(
                self._sections[answers["section"]] if "section" in answers else None,
                answers.get("definition"),
                "hidden" in answers,
                "negation" in answers,
                "permanent" in answers,
                "owned" in answers,
                "text" in answers,
                "renumber" in answers,
            ),
        )

    def _find(self, line: str) -> Meaning:
        kind = self._questions.said(line)
        alias, stands_for = self._otherwise(line, kind)
        return Meaning(  # by place, not by name: this is done for every line that was not met before
            line if kind.slot is None else _slot(line, *kind.slot),
            self._place(line, kind),
            stands_for,
            alias,
            None if kind.numbers is None else _numbers(line, *kind.numbers),
            *kind.said,
        )

    def _otherwise(self, line: str, kind: _Kind) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
        """What else the line may be written for: a line in a section, or other lines in its place."""
        if not kind.has_other_forms and "  " not in line and "\t" not in line:
            return None, ()
        full = self._wording.canonical(line)
        if not self.name:
            each = self._wording.spread(full)
            return self._wording.alias(full), () if each == (line,) else each
        return None, () if full == line else (full,)

    def _place(self, line: str, kind: _Kind) -> Place:
        """Where the device prints the line among those of this mode."""
        if line.startswith("no "):
            kind = self._questions.said(line[3:])
        return kind.rank, natural_key(line) if kind.is_natural else ""

    def child(self, line: str) -> "Mode":
        """The mode that a line of this mode opens."""
        return self._mode_of(self.child_name(line))

    def child_name(self, line: str) -> str:
        """The name of that mode."""
        named = CHILD_NAMES.get(self.rules.syntax)
        if named is not None:
            return named(self.rules, self.name, line)
        section = self.meaning(line).section
        return section.mode if section else UNKNOWN


def _slot(command: str, pattern: re.Pattern[str], key: str) -> str:
    found = pattern.match(command)
    if found is None:
        return command
    return found.expand(key) if key else found.group().rstrip()


def _numbers(command: str, pattern: re.Pattern[str], rule: NumberSet) -> tuple[NumberSet, str, str] | None:
    found = pattern.match(command)
    words = found.group() if found is not None else ""
    return rule, words.rstrip(), command[len(words) :].strip()


def _flat_sections(rules: ConfigRules) -> tuple[Section, ...]:
    return tuple(Section(opens=rf"{rule.header}$", mode=rule.mode) for rule in rules.flats)


def _lines(wording: Wording, rules: tuple[Line, ...], mode: str) -> tuple[str, ...]:
    return tuple(rule.pattern for rule in wording.scoped(rules, mode))
