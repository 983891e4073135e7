"""Lists that are written as top-level lines, one for each entry: access lists of an ASA, its banners line by line.

In the tree such a list is a section: its name is the header, its entries stand inside, in their order.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from siteauto.core.config.draft import Draft, Path
from siteauto.core.config.guards import Guards
from siteauto.core.config.pairs import Reorder
from siteauto.core.config.rules import ConfigRules, Flat
from siteauto.core.config.tree import Node


class FlatLine(NamedTuple):
    """One line of such a list. `number`: the place at which it is put in; 0: at the end. No entry: the whole list."""

    rule: Flat
    header: str
    entry: str = ""
    number: int = 0


def read_flat(rules: ConfigRules, line: str) -> FlatLine | None:
    """The list that a line belongs to; None: to none."""
    for rule, pattern in _compiled(rules):
        found = pattern.fullmatch(line)
        if found is not None:
            groups = found.groupdict()
            return FlatLine(rule, groups["list"], groups.get("entry", ""), int(groups.get("number", 0)))
    return None


@lru_cache(maxsize=64)
def _compiled(rules: ConfigRules) -> tuple[tuple[Flat, re.Pattern[str]], ...]:
    """The commands of every list: the one that clears it, the one that puts an entry at a place, and the plain line."""
    found: list[tuple[Flat, re.Pattern[str]]] = []
    for rule in rules.flats:
        patterns = (("list", rule.header), ("entry", rule.entry), ("number", r"\d+"))
        words = {name: f"(?P<{name}>{pattern})" for name, pattern in patterns}
        commands = (rule.clear, rule.insert, "{list} {entry}")
        found += [(rule, re.compile(command.format(**words))) for command in commands if command]
    return tuple(found)


def put_flat(draft: Draft, line: FlatLine, *, remove: bool) -> Path:
    """Type one line of a list; returns where the list stands."""
    lists, header = draft.open(()), line.header
    if not line.entry:
        lists.pop(header, None)
    elif not remove:
        if header not in lists:
            lists[header] = Node(header)
        _put(draft, draft.open_child(lists, header), line)
    elif header in lists:
        entries = draft.open_child(lists, header)
        _take(draft, entries, line)
        if not entries:
            del lists[header]
    return (header,)


def _take(draft: Draft, entries: dict[str, Node], line: FlatLine) -> None:
    key = _found(draft, entries, line)
    if key is not None:
        if draft.is_moving(entries):
            draft.order(entries).remove(key)
        del entries[key]


def _found(draft: Draft, entries: dict[str, Node], line: FlatLine) -> str | None:
    """The entry that a line names; where the same entry stands twice, a place is given."""
    if line.number:
        at = draft.order(entries).key_at(line.number - 1)
        if at is not None and entries[at].line == line.entry:
            return at
    elif line.entry in entries:
        return line.entry
    behind = islice(draft.order(entries), max(0, line.number - 1), None)
    return next((key for key in behind if entries[key].line == line.entry), None)


def _put(draft: Draft, entries: dict[str, Node], line: FlatLine) -> None:
    key = line.entry
    if key in entries:
        if not re.match(line.rule.repeats, line.entry):
            return
        key = f"{key}\0{sum(node.line == line.entry for node in entries.values()) + 1}"
    if line.number or draft.is_moving(entries):
        order = draft.order(entries)
        order.insert(line.number - 1 if line.number else len(order), key)
    entries[key] = Node(line.entry)


def change_flat(rule: Flat, header: str, order: Reorder, guards: Guards) -> Iterator[str]:
    """The lines that bring a list in its new state: new entries first, then old ones go from the bottom up."""
    if not order.running or not rule.insert:
        same = [node.line for _, node in order.running] == [node.line for _, node in order.intended]
        if order.running and not same:
            yield clear_flat(rule, header)
        yield from () if same else (f"{header} {node.line}" for _, node in order.intended)
        return
    stuck = next((key for key in order.moved if rule.blocks and re.match(rule.blocks, key)), None)
    if stuck is not None:
        guards.refuse(f"{header}: '{stuck}' would be missing for a moment while it moves")
        return
    yield from _insertions(rule, header, order)


def _insertions(rule: Flat, header: str, order: Reorder) -> Iterator[str]:
    held, moved, now = dict(order.running), set(order.moved), _Down(order)
    for number, (key, node) in enumerate(order.intended, start=1):
        if key in order.stays:
            now.pass_to(key)
            continue
        if key in moved:
            entry = held[key].line
            line = now.line_of(key, number) if re.match(rule.repeats, entry) else 0
            yield _removal(rule, header, entry, line)
            now.take(key)
        yield rule.insert.format(list=header, number=number + now.waiting, entry=node.line)
    yield from _removals(rule, header, order)


class _Down:
    """The way down a list while it changes: `waiting` counts the entries above that have still to move or to go."""

    def __init__(self, order: Reorder) -> None:
        self._order = order
        self._wanted = {key: place for place, (key, _) in enumerate(order.intended)}
        self._keys = [key for key, _ in order.running]
        self._places = {key: place for place, key in enumerate(self._keys)}
        self._taken = set[str]()
        self._passed = 0
        self.waiting = 0

    def pass_to(self, key: str) -> None:
        """Go on to an entry that stays."""
        place = self._places[key]
        self.waiting += self._left(self._passed, place)
        self._passed = place + 1

    def line_of(self, key: str, number: int) -> int:
        """Where an old entry stands while the intended one of this number is looked at."""
        place = self._places[key]
        if place >= self._passed:
            return number + self.waiting + self._left(self._passed, place)
        below = next(other for other in self._keys[place:] if other in self._order.stays)
        stays = sum(other in self._order.stays for other in self._keys[:place])
        return self._left(0, place) + self._wanted[below] - stays + 1

    def _left(self, start: int, end: int) -> int:
        return sum(key not in self._taken for key in self._keys[start:end])

    def take(self, key: str) -> None:
        """Take an entry away, from above or from below."""
        self._taken.add(key)
        self.waiting -= self._places[key] < self._passed


def _removals(rule: Flat, header: str, order: Reorder) -> Iterator[str]:
    """The old entries go from the bottom up."""
    places = {key: place for place, (key, _) in enumerate(order.intended)}
    gone = [key for key, _ in order.running if key not in places]
    above = len(places)
    for key, node in reversed(order.running):
        if key in order.stays:
            above = places[key]
        elif key not in places:
            gone.pop()
            line = above + len(gone) + 1 if re.match(rule.repeats, node.line) else 0
            yield _removal(rule, header, node.line, line)


def _removal(rule: Flat, header: str, entry: str, number: int) -> str:
    """The command that takes an entry out; one that may stand twice has a number, and is named by its place too."""
    return f"no {rule.insert.format(list=header, number=number, entry=entry)}" if number else f"no {header} {entry}"


def clear_flat(rule: Flat, header: str) -> str:
    """The command that takes a whole list away."""
    return rule.clear.format(list=header)
