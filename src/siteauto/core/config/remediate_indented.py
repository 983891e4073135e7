"""The commands that turn one configuration of an indented platform into another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from siteauto.core.config.bodies import body_lines, open_body, text_marks
from siteauto.core.config.commands import DEFAULT, NEGATION, held_numbers, split_negation
from siteauto.core.config.flat import change_flat, clear_flat
from siteauto.core.config.grammar import Grammar, grammar_of
from siteauto.core.config.guards import Guards
from siteauto.core.config.meanings import Meaning
from siteauto.core.config.modes import Mode
from siteauto.core.config.number_lists import write_numbers
from siteauto.core.config.pairs import Pair, equal, pairs, reorder
from siteauto.core.config.remediate_entries import entry_lines
from siteauto.core.config.rules import NumberSet
from siteauto.core.config.secret_tokens import MARKER, differ_in_hashes, holds_token, mask
from siteauto.core.config.tree import ConfigTree, Node

DEFINE, CHANGE, REMOVE, FORGET = range(4)


def commands(running: ConfigTree, intended: ConfigTree, guards: Guards, *, keep_owned: bool) -> tuple[str, ...]:
    """Objects are made first, then everything else changes, then lines go, then objects that nobody uses any more."""
    writer = _Writer(grammar=grammar_of(intended.rules), guards=guards, keep_owned=keep_owned)
    turns = defaultdict[tuple[int, int], list[tuple[str, ...]]](list)
    for when, lines in writer.changes(running, intended):
        turns[when].append(lines)
    turns[REMOVE, 0].reverse()
    return tuple(line for when in sorted(turns) for lines in turns[when] for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    grammar: Grammar
    guards: Guards
    keep_owned: bool

    def changes(self, running: ConfigTree, intended: ConfigTree) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
        """The commands for each top-level line, with their turn."""
        mode = self.grammar.mode("")
        for pair in pairs(running.children, intended.children, mode, keep_owned=self.keep_owned):
            rank = pair.meaning.definition
            if pair.intended is None:
                yield (REMOVE, 0) if rank is None else (FORGET, -rank), self._removal(pair, mode, ())
            else:
                yield (CHANGE, 0) if rank is None else (DEFINE, rank), self._change(pair, pair.intended, mode, ())

    def _removal(self, pair: Pair, mode: Mode, path: tuple[str, ...]) -> tuple[str, ...]:
        node = pair.running
        if node is None or node.note == "default" or not self.guards.may_remove(path, pair.key):
            return ()
        flat = mode.child(node.line).flat if pair.meaning.section is not None else None
        line = clear_flat(flat, node.line) if flat is not None else _negation(mode, pair, node.line)
        if holds_token(line):
            self.guards.refuse(f"{' / '.join((*path, mask(node.line)))}: a secret that is not known stands in it")
            return ()
        return (line,)

    def _change(self, pair: Pair, theirs: Node, mode: Mode, path: tuple[str, ...]) -> tuple[str, ...]:
        """The line, where it is new or another one, and what changes inside it."""
        ours = pair.running
        if ours is None and theirs.note == "default":
            return ()
        meaning = pair.meaning if ours is None else mode.meaning(theirs.line)
        header = self._line(pair, theirs, mode, meaning)
        if not theirs.children and (ours is None or not ours.children) and meaning.section is None:
            return header
        inside = mode.child(theirs.line)
        if inside.flat is not None:
            order = reorder(ours.children if ours else {}, theirs.children, inside)
            return tuple(change_flat(inside.flat, theirs.line, order, self.guards))
        before, lines = self._section(ours, theirs, inside, (*path, pair.key))
        if not lines and (not header or meaning.section is None):
            return (*before, *header)
        return (*before, *(header or (theirs.line,)), *(f" {line}" for line in lines), " exit")

    def _line(self, pair: Pair, theirs: Node, mode: Mode, meaning: Meaning) -> tuple[str, ...]:
        ours = pair.running
        if ours is not None and (equal(mode, ours, theirs) or _untold(ours, theirs)):
            return ()
        if ours is not None and meaning.numbers is not None and meaning.numbers[1] == pair.key:
            return tuple(_number_lines(meaning.numbers[0], pair.key, ours, theirs))
        if not theirs.body:
            return (theirs.line,) if open_body(self.grammar.rules, theirs.line) is None else self._endless(theirs.line)
        if any(mark in line for mark in text_marks(self.grammar.rules) for line in theirs.body):
            self.guards.refuse(f"{theirs.line}: its text holds the delimiter, so that the rest would be commands")
            return ()
        return ("\n".join(body_lines(self.grammar.rules, theirs.line, theirs.body)),)

    def _endless(self, line: str) -> tuple[str, ...]:
        self.guards.refuse(f"{line}: its text has no end, so that all that follows would be taken for it")
        return ()

    def _section(
        self, ours: Node | None, theirs: Node, mode: Mode, path: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What has to be typed before a section, and inside it."""
        running, intended = (ours.children if ours else {}), theirs.children
        if running is intended:
            return (), ()
        if mode.numbered is not None:
            return entry_lines(reorder(running, intended, mode), mode.numbered, theirs.line, self.guards)
        first, running = _resets(running, intended, mode)
        both = list(pairs(running, intended, mode, keep_owned=self.keep_owned))
        adds = [line for pair in both if pair.intended for line in self._change(pair, pair.intended, mode, path)]
        removes = [line for pair in both if pair.intended is None for line in self._removal(pair, mode, path)]
        # Removals come first: where no rule says that a line takes the place of another, the new one still stays.
        lines = sorted((*first, *removes, *adds), key=self._turn)
        return (), _paused(mode, tuple(lines), running, intended)

    def _turn(self, line: str) -> int:
        """Where a line of a section is typed: what brings it down first, what brings it up last."""
        if line.startswith(" "):
            return 0
        if self.grammar.first.matches(line) is not None:
            return -1
        return 0 if self.grammar.last.matches(line) is None else 1


def _negation(mode: Mode, pair: Pair, line: str) -> str:
    """The command that takes a line away: its negation, or its default where the negation would be shown."""
    word, text = split_negation(line)
    if word:
        return text if mode.meaning(text).hidden else f"{DEFAULT} {text}"
    meaning, key = pair.meaning, pair.key
    is_value = MARKER in text or holds_token(text) or meaning.free_text
    is_value = is_value or (meaning.numbers is not None and not meaning.numbers[0].additive)
    short = key if is_value and text.startswith(key) else text
    return f"{DEFAULT if meaning.shows_negation else NEGATION} {short}"


def _untold(ours: Node, theirs: Node) -> bool:
    """Whether only secrets differ, and nobody can say whether they do."""
    if mask(ours.line) != mask(theirs.line) or ours.body != theirs.body:
        return False
    return "opaque" in (ours.note, theirs.note) or differ_in_hashes(ours.line, theirs.line)


def _number_lines(rule: NumberSet, key: str, ours: Node, theirs: Node) -> Iterator[str]:
    """A list of numbers changes by adding and removing, so that what stays is never touched."""
    held, wanted = held_numbers({key: ours}, rule, key), held_numbers({key: theirs}, rule, key)
    added, gone = write_numbers(wanted - held), write_numbers(held - wanted)
    is_all = bool(rule.full) and theirs.line == f"{key} {rule.full}"
    if not held or not wanted or is_all or theirs.note == "default":
        yield theirs.line
    elif rule.additive:
        yield from (f"{key} {added}",) if added else ()
        yield from (f"{NEGATION} {key} {gone}",) if gone else ()
    else:
        yield from (f"{key} add {added}",) if added else ()
        yield from (f"{key} remove {gone}",) if gone else ()


def _resets(
    running: Mapping[str, Node], intended: Mapping[str, Node], mode: Mode
) -> tuple[tuple[str, ...], Mapping[str, Node]]:
    """Lines that make the device drop others come first; what it drops then is typed again."""
    lines: list[str] = []
    left = dict(running)
    for pattern, drops in mode.resets:
        for key in [key for key in (*running, *intended) if pattern.match(key)]:
            ours, theirs = running.get(key), intended.get(key)
            if ours is not None and theirs is not None and ours.line == theirs.line:
                continue
            if key in left or theirs is not None:
                lines += [theirs.line] if theirs is not None else [f"{NEGATION} {left[key].line}"]
                left = {name: node for name, node in left.items() if not drops.match(node.line) and name != key}
                left |= {key: theirs} if theirs is not None else {}
    return tuple(dict.fromkeys(lines)), left


def _paused(
    mode: Mode, lines: tuple[str, ...], running: Mapping[str, Node], intended: Mapping[str, Node]
) -> tuple[str, ...]:
    """Where a section can only be changed while it is down, it is taken down first and put up last."""
    rule = mode.paused
    if rule is None or not lines:
        return lines
    was_up = any(node.line == rule.start for node in running.values())
    ends_up = any(node.line == rule.start for node in intended.values())
    rest = tuple(line for line in lines if line not in (rule.stop, rule.start))
    stays_down = rule.stop in lines and not was_up
    return (
        *((rule.stop,) if was_up or stays_down else ()),
        *rest,
        *((rule.start,) if ends_up else ()),
    )
