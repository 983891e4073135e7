"""The rules of a platform, ready to be asked: what a line means in a mode. One per platform, kept."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import TypeVar

from siteauto.core.config.levels import CHILD_NAMES
from siteauto.core.config.meanings import Meaning, Printed, Ranking
from siteauto.core.config.names import full_name, natural_key, spread_names, spread_numbers
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
KEPT = 65536  # lines whose meaning is kept for each mode
UNKNOWN = "?"  # the mode of a section that no rule names


@lru_cache(maxsize=64)
def grammar_of(rules: ConfigRules) -> "Grammar":
    """The grammar of these rules."""
    return Grammar(rules)


class Grammar:
    """Answers for one platform; what depends on the mode is compiled once for each mode."""

    def __init__(self, rules: ConfigRules) -> None:
        self.rules = rules
        self.noise = FirstMatch(rules.noise)
        self.volatile = FirstMatch(rules.volatile)
        self.free_text = FirstMatch(rules.free_text)
        self.leaves = FirstMatch(rules.leaves)
        self.first = FirstMatch(rules.first)
        self.last = FirstMatch(rules.last)
        self.definitions = FirstMatch(rules.definitions)
        self.hidden_commands = FirstMatch(reveal.hidden for reveal in rules.reveals)
        self.closings = frozenset(section.closing for section in rules.sections if section.closing)
        self.plain: set[str] = set()  # lines seen before that are neither noise nor the start of a text
        self._modes: dict[str, Mode] = {}
        self._top_lines: dict[str, tuple[tuple[str, str] | None, tuple[str, ...]]] = {}

    def mode(self, name: str) -> "Mode":
        """The rules that hold in a mode."""
        found = self._modes.get(name)
        if found is None:
            found = self._modes[name] = Mode(self, name)
        return found

    def keep_plain(self, line: str) -> None:
        """Remember that there is nothing special about this line."""
        if len(self.plain) >= KEPT:
            self.plain.clear()
        self.plain.add(line)

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

    def top_line(self, text: str) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
        """What a top-level line is a one-line form of, if of anything, and the headers that it stands for."""
        found = self._top_lines.get(text)
        if found is None:
            if len(self._top_lines) >= KEPT:
                self._top_lines.clear()
            line = self.canonical(text)
            found = self._top_lines[text] = self.alias(line), self.spread(line)
        return found

    def alias(self, line: str) -> tuple[str, str] | None:
        """The section and the line in it that a one-line form stands for; None: it is none."""
        if self._alias_lines.index(line) is None:
            return None
        found = ((rule, pattern.fullmatch(line)) for pattern, rule in self.aliases)
        return next(((match.expand(rule.section), match.expand(rule.line)) for rule, match in found if match), None)

    @cached_property
    def _alias_lines(self) -> FirstMatch:
        return FirstMatch(rule.pattern for rule in self.rules.aliases)

    @cached_property
    def _spread_headers(self) -> FirstMatch:
        return FirstMatch(rule.pattern for rule in self.rules.spreads)

    @cached_property
    def _name_places(self) -> FirstMatch:
        return FirstMatch(self.rules.interface_words)

    @cached_property
    def _name_patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.rules.interface_words)

    def canonical(self, line: str) -> str:
        """The line with single spaces and full interface names, as the device itself would hold it."""
        if ("  " in line or "\t" in line) and self.free_text.index(line) is None:
            line = _single_spaces(line)
        place = self._name_places.index(line)
        found = None if place is None else self._name_patterns[place].match(line)
        if found is None:
            return line
        start, end = found.span("name")
        return f"{line[:start]}{full_name(found['name'], self.rules.interface_types)}{line[end:]}"

    def spread(self, line: str) -> tuple[str, ...]:
        """The headers that this one stands for; the line itself where it stands for one."""
        if self._spread_headers.index(line) is None:
            return (line,)
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


class Mode:
    """What lines mean in one mode. What was found out about a line is kept: it will be asked again and again."""

    def __init__(self, grammar: Grammar, name: str) -> None:
        rules = grammar.rules
        self.name = name
        self.rules = rules
        self._grammar = grammar
        self._sections = (*grammar.scoped(rules.sections, name), *(() if name else _flat_sections(rules)))
        self.flat = next((rule for rule in rules.flats if rule.mode == name), None)
        self._opens = FirstMatch(section.opens for section in self._sections)
        self._slots = grammar.scoped(rules.slots, name)
        self._slot = FirstMatch(slot.pattern for slot in self._slots)
        self._number_sets = grammar.scoped(rules.number_sets, name)
        self._number_set = FirstMatch(rule.pattern for rule in self._number_sets)
        self._meanings: dict[str, Meaning] = {}
        self._printed: dict[str, Printed] = {}
        self.quotes_words = rules.syntax == "fortios"
        self.indent = 4 if rules.syntax == "fortios" else rules.indent
        self.numbered = next(iter(grammar.scoped(rules.numbered, name)), None)
        self.tables = grammar.scoped(rules.ordered_tables, name)
        self.ordered = self.flat is not None or bool(self.tables)
        self.paused = next(iter(grammar.scoped(rules.paused, name)), None)
        self.hidden = _lines(grammar, rules.hidden, name)
        self.negations = _lines(grammar, rules.negations, name)
        self.permanent = _lines(grammar, rules.permanent, name)
        self.device_owned = _lines(grammar, rules.device_owned, name)
        self.remade = _lines(grammar, rules.remade, name)
        self.word_sets = FirstMatch(rule.pattern for rule in grammar.scoped(rules.word_sets, name))
        self.lists = _lines(grammar, rules.lists, name)
        self.resets = tuple((re.compile(r.pattern), re.compile(r.drops)) for r in grammar.scoped(rules.resets, name))
        self.own = FirstMatch(
            pattern for section in rules.sections if section.mode == name and name for pattern in section.own
        )

    def meaning(self, command: str) -> Meaning:
        """All that the rules say of a command (given without its negation)."""
        found = self._meanings.get(command)
        if found is None:
            if len(self._meanings) >= KEPT:
                self._meanings.clear()
            found = self._meanings[command] = Meaning(
                key=self._find_slot(command),
                section=self._find_section(command),
                numbers=self._find_numbers(command),
            )
        return found

    def section(self, line: str) -> Section | None:
        """The section that this line opens; None: no rule names one, or it is an entry of an access list."""
        return None if self.numbered is not None else self.meaning(line).section

    def slot(self, command: str) -> str:
        """The slot that a command holds (given without its negation)."""
        return self.meaning(command).key

    def number_set(self, command: str) -> tuple[NumberSet, str, str] | None:
        """The rule of a command that ends in a list of numbers, its words and the rest; None: it is none."""
        return self.meaning(command).numbers

    def _find_section(self, line: str) -> Section | None:
        index = self._opens.index(line)
        return None if index is None else self._sections[index]

    def _find_slot(self, command: str) -> str:
        index = self._slot.index(command)
        if index is None:
            return command
        rule = self._slots[index]
        found = re.match(rule.pattern, command)
        if found is None:  # pragma: no cover - FirstMatch has just matched it
            return command
        return found.expand(rule.key) if rule.key else found.group().rstrip()

    def _find_numbers(self, command: str) -> tuple[NumberSet, str, str] | None:
        index = self._number_set.index(command)
        if index is None:
            return None
        words = self._number_set.matched(command) or ""
        return self._number_sets[index], words.rstrip(), command[len(words) :].strip()

    @cached_property
    def ranking(self) -> Ranking:
        """The order in which the device prints the lines of this mode."""
        ranks = self._grammar.scoped(self._grammar.rules.ranks, self.name)
        rest = next((place for place, rank in enumerate(ranks) if rank.pattern == ANY_OTHER), len(ranks))
        named = FirstMatch(NEVER if rank.pattern == ANY_OTHER else rank.pattern for rank in ranks)
        return Ranking(ranks=ranks, match=named, rest=rest)

    def printed(self, line: str) -> Printed:
        """All that the rules say of a line as it is printed."""
        found = self._printed.get(line)
        if found is None:
            if len(self._printed) >= KEPT:
                self._printed.clear()
            found = self._printed[line] = Printed(
                place=self._find_place(line),
                device_owned=self.device_owned.index(line) is not None,
                permanent=self.permanent.index(line) is not None,
            )
        return found

    def _find_place(self, line: str) -> tuple[int, tuple[str | int, ...]]:
        ranking = self.ranking
        group = ranking.place(line.removeprefix("no "))
        natural = group < len(ranking.ranks) and ranking.ranks[group].sort == "natural"
        return group, natural_key(line) if natural else ()

    def child(self, line: str) -> "Mode":
        """The mode that a line of this mode opens."""
        return self._grammar.mode(self.child_name(line))

    def child_name(self, line: str) -> str:
        """The name of that mode."""
        if self._grammar.rules.syntax == "fortios":
            return self._path_name(line)
        named = CHILD_NAMES.get(self.rules.syntax)
        if named is not None:
            return named(self.rules, self.name, line)
        section = self.section(line)
        return section.mode if section else UNKNOWN

    def _path_name(self, line: str) -> str:
        word, _, rest = line.partition(" ")
        if word == "edit":
            return f"{self.name}/"
        inside = self.name.removesuffix("/") in ("", *self._grammar.rules.containers)
        return rest if inside else f"{self.name.removesuffix('/')}/{rest}"


ANY_OTHER = ".*"  # the pattern of the rank in which lines stand that no other rank names
NEVER = r"(?!)"


def _flat_sections(rules: ConfigRules) -> tuple[Section, ...]:
    return tuple(Section(opens=rf"{rule.header}$", mode=rule.mode) for rule in rules.flats)


def _lines(grammar: Grammar, rules: tuple[Line, ...], mode: str) -> FirstMatch:
    return FirstMatch(rule.pattern for rule in grammar.scoped(rules, mode))
