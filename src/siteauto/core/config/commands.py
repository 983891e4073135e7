"""What one command of an indented platform (IOS, EOS, AOS-CX …) does to the section in which it is typed."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from siteauto.core.config.draft import Draft, Path
from siteauto.core.config.entries import change_entry
from siteauto.core.config.meanings import Meaning
from siteauto.core.config.modes import Mode
from siteauto.core.config.number_lists import is_number_list, read_numbers, write_numbers
from siteauto.core.config.rules import NumberSet
from siteauto.core.config.tree import NOTHING, Node

NEGATION = "no"
DEFAULT = "default"
_NEGATED = (f"{NEGATION} ", f"{DEFAULT} ")


class Command(NamedTuple):
    """One command, taken apart.

    `shown`: it comes from what a device printed, so that a negative form that no rule knows is held as it stands.
    `keep_hidden`: a default that the device does not show is kept with a note instead of being dropped.
    """

    word: str  # "", no or default
    text: str  # without that word
    body: tuple[str, ...] = ()
    note: str = ""
    shown: bool = False
    keep_hidden: bool = False


def split_negation(line: str) -> tuple[str, str]:
    """The word no or default, where the line starts with it, and the rest."""
    if not line.startswith(_NEGATED):
        return "", line
    word, _, rest = line.partition(" ")
    return word, rest.strip()


def put(draft: Draft, path: Path, mode: Mode, command: Command, meaning: Meaning) -> Path:
    """Type a command of this meaning in a section; returns where a section that it opens stands."""
    children = draft.open(path)
    if mode.numbered is not None:
        change_entry(draft.entries(children), children, mode.numbered, command.text, remove=bool(command.word))
        return (*path, command.text)
    if meaning.numbers is not None and _put_numbers(children, meaning.numbers, command):
        return (*path, meaning.numbers[1])
    key, word = meaning.key, command.word
    line = f"{word} {command.text}" if word else command.text
    if meaning.hidden if not word else mode.hidden.matches(line) is not None:
        _hide(children, key, line, keep=command.keep_hidden)
        return (*path, key)
    old = children.get(key)
    if mode.resets and not command.shown and (word or old is None or old.line != line):
        _reset(children, mode, line)
    if not word or (word == NEGATION and command.shown):
        children[key] = Node(line, command.body, NOTHING if old is None else old.children, command.note)
    else:
        _negate(children, mode, command, meaning)
    return (*path, key)


def _hide(children: dict[str, Node], key: str, line: str, *, keep: bool) -> None:
    children.pop(key, None)
    if keep:
        children[key] = Node(line=line, note="default")


def _reset(children: dict[str, Node], mode: Mode, line: str) -> None:
    for pattern, drops in mode.resets:
        if pattern.match(line):
            for key in [key for key, node in children.items() if drops.match(node.line)]:
                del children[key]


def _negate(children: dict[str, Node], mode: Mode, command: Command, meaning: Meaning) -> None:
    key = meaning.key
    if command.word == NEGATION and meaning.shows_negation:
        children[key] = Node(line=f"{NEGATION} {key}")
    elif key in children:
        _take(children, key, mode)
    else:
        for found in [key for key, node in children.items() if node.line.startswith(command.text + " ")]:
            _take(children, found, mode)


def _take(children: dict[str, Node], key: str, mode: Mode) -> None:
    """Remove a line; a section that the box has by itself is only emptied."""
    if mode.meaning(children[key].line).permanent:
        children[key] = Node(line=children[key].line)
    else:
        del children[key]


def _put_numbers(children: dict[str, Node], found: tuple[NumberSet, str, str], command: Command) -> bool:
    """Change a list of numbers; False: what follows the words is no list."""
    rule, key, rest = found
    every = _every(rule)
    new: frozenset[int] | None
    if command.word:
        subtract = rule.additive and is_number_list(rest)
        new = held_numbers(children, rule, key) - read_numbers(rest) if subtract else None
    else:
        new = _changed(held_numbers(children, rule, key), rule, rest)
        if new is None:
            return False
    full = rule.full_is_hidden and new == every
    if new is None or (full and not command.keep_hidden) or (rule.additive and not new):
        children.pop(key, None)
    else:
        line = f"{key} {_told_numbers(rule, new, every, hidden=full)}"
        children[key] = Node(line=line, note="default" if full else command.note)
    return True


def _told_numbers(rule: NumberSet, numbers: frozenset[int], every: frozenset[int], *, hidden: bool) -> str:
    if hidden:
        return "all"
    return rule.full if rule.full and numbers == every else write_numbers(numbers) or "none"


def held_numbers(children: Mapping[str, Node], rule: NumberSet, key: str) -> frozenset[int]:
    """The numbers that a slot holds now."""
    node = children.get(key)
    rest = node.line[len(key) :].strip() if node else ""
    if is_number_list(rest):
        return read_numbers(rest)
    holds_all = rest == "all" or (rule.full_is_hidden and not rest)
    return _every(rule) if holds_all else frozenset()


@lru_cache(maxsize=64)
def _every(rule: NumberSet) -> frozenset[int]:
    """What "all" means: thousands of numbers, so they are counted up once."""
    return frozenset(range(rule.lowest, rule.highest + 1))


def _changed(held: frozenset[int], rule: NumberSet, rest: str) -> frozenset[int] | None:
    if rest in ("all", "none"):
        return _every(rule) if rest == "all" else frozenset()
    word, _, tail = rest.partition(" ")
    if is_number_list(rest):
        numbers = read_numbers(rest)
        return held | numbers if rule.additive else numbers
    if word not in ("add", "remove", "except") or not is_number_list(tail):
        return None
    numbers = read_numbers(tail)
    if word == "add":
        return held | numbers
    return (held if word == "remove" else _every(rule)) - numbers
