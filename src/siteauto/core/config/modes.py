"""What lines mean in one mode of a platform."""

import re
from collections.abc import Callable, Mapping

from siteauto.core.config.levels import CHILD_NAMES, UNKNOWN
from siteauto.core.config.meanings import Meaning, Place
from siteauto.core.config.names import natural_key
from siteauto.core.config.patterns import FirstMatch, Questions
from siteauto.core.config.remembered import Remembered
from siteauto.core.config.rules import ConfigRules, Line, NumberSet, Rank, Section
from siteauto.core.config.wording import Wording

ANY_OTHER = ".*"  # the pattern of the rank in which lines stand that no other rank names
NEVER = "\0"  # no line has this character


class Mode:
    """The rules that hold in one mode, compiled, and what they say of each line. `mode_of` knows the other modes."""

    def __init__(self, wording: Wording, name: str, mode_of: Callable[[str], "Mode"]) -> None:
        rules = wording.rules
        self.name = name
        self.rules = rules
        self.quotes_words = rules.syntax == "fortios"
        self.indent = 4 if rules.syntax == "fortios" else rules.indent
        self.flat = next((rule for rule in rules.flats if rule.mode == name), None)
        self.numbered = next(iter(wording.scoped(rules.numbered, name)), None)
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
        self._other_rank = next(
            (at for at, rank in enumerate(self.ranks) if rank.pattern == ANY_OTHER), len(self.ranks)
        )
        self._rank = FirstMatch(_rank_patterns(self.ranks))
        self._wording = wording
        self._mode_of = mode_of
        self._sections = (*wording.scoped(rules.sections, name), *(() if name else _flat_sections(rules)))
        self._slots = [(re.compile(slot.pattern), slot.key) for slot in wording.scoped(rules.slots, name)]
        self._number_sets = wording.scoped(rules.number_sets, name)
        self._number_set = FirstMatch(rule.pattern for rule in self._number_sets)
        self._questions = self._all_questions()
        self._meanings: Remembered[str, Meaning] = Remembered()

    def _all_questions(self) -> Questions:
        wording, rules, name = self._wording, self.rules, self.name
        return Questions(
            slot=(pattern.pattern for pattern, _ in self._slots),
            section=() if self.numbered else (section.opens for section in self._sections),
            numbers=(rule.pattern for rule in self._number_sets),
            hidden=_lines(wording, rules.hidden, name),
            negation=_lines(wording, rules.negations, name),
            permanent=_lines(wording, rules.permanent, name),
            owned=_lines(wording, rules.device_owned, name),
            definition=rules.definitions,
            text=rules.free_text,
            rank=_rank_patterns(self.ranks),
            renumber=(pattern.pattern for _, pattern in wording.renumberings),
            name=rules.interface_words,
            alias=() if name else (rule.pattern for rule in rules.aliases),
            range=() if name else (rule.pattern for rule in rules.spreads),
        )

    def meaning(self, line: str) -> Meaning:
        """All that the rules say of a line."""
        found = self._meanings.get(line)
        if found is None:
            found = self._meanings[line] = self._find(line)
        return found

    def _find(self, line: str) -> Meaning:
        answers = self._questions.answers(line)
        alias, stands_for = self._otherwise(line, answers)
        return Meaning(  # by place, not by name: this is done for every line that was not met before
            self._slot(line, answers.get("slot")),
            stands_for,
            alias,
            self._sections[answers["section"]] if "section" in answers else None,
            self._numbers(line, answers.get("numbers")),
            self._place(line, answers),
            answers.get("definition"),
            "hidden" in answers,
            "negation" in answers,
            "permanent" in answers,
            "owned" in answers,
            "text" in answers,
            "renumber" in answers,
        )

    def _otherwise(self, line: str, answers: Mapping[str, int]) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
        """What else the line may be written for: a line in a section, or other lines in its place."""
        spaced = "  " in line or "\t" in line
        full = self._wording.canonical(line) if spaced or "name" in answers else line
        if not self.name and (full != line or "alias" in answers or "range" in answers):
            each = self._wording.spread(full)
            return self._wording.alias(full), () if each == (line,) else each
        return None, () if full == line else (full,)

    def _slot(self, command: str, index: int | None) -> str:
        pattern, key = (None, "") if index is None else self._slots[index]
        found = pattern.match(command) if pattern is not None else None
        if found is None:
            return command
        return found.expand(key) if key else found.group().rstrip()

    def _numbers(self, command: str, index: int | None) -> tuple[NumberSet, str, str] | None:
        if index is None:
            return None
        words = self._number_set.matched(command) or ""
        return self._number_sets[index], words.rstrip(), command[len(words) :].strip()

    def _place(self, line: str, answers: Mapping[str, int]) -> Place:
        """Where the device prints the line among those of this mode."""
        if not self.ranks:
            return 0, ""
        found = self._rank.index(line[3:]) if line.startswith("no ") else answers.get("rank")
        group = self._other_rank if found is None else found
        natural = group < len(self.ranks) and self.ranks[group].sort == "natural"
        return group, natural_key(line) if natural else ""

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


def _flat_sections(rules: ConfigRules) -> tuple[Section, ...]:
    return tuple(Section(opens=rf"{rule.header}$", mode=rule.mode) for rule in rules.flats)


def _rank_patterns(ranks: tuple[Rank, ...]) -> tuple[str, ...]:
    return tuple(NEVER if rank.pattern == ANY_OTHER else rank.pattern for rank in ranks)


def _lines(wording: Wording, rules: tuple[Line, ...], mode: str) -> tuple[str, ...]:
    return tuple(rule.pattern for rule in wording.scoped(rules, mode))
