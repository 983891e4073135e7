"""Two sections side by side: which lines belong together, and which of them are the device's own affair."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Interface
from typing import NamedTuple

from siteauto.core.config.entries import split_entry
from siteauto.core.config.meanings import Meaning, Place
from siteauto.core.config.modes import Mode
from siteauto.core.config.sequence import staying
from siteauto.core.config.tree import Node
from siteauto.core.config.words import bare, split_words


class Pair(NamedTuple):
    """What stands in one slot on both sides; None: nothing. `meaning`: of the running line, if there is one."""

    key: str
    running: Node | None
    intended: Node | None
    meaning: Meaning


def pairs(
    running: Mapping[str, Node], intended: Mapping[str, Node], mode: Mode, *, keep_owned: bool = True
) -> Iterator[Pair]:
    """The slots of both sections that differ or hold others, in the device's order.

    What the device owns and the intent does not name is left out (`keep_owned`); a section that cannot be removed is
    compared with an empty one.
    """
    meaning_of = mode.meaning
    found = [
        Pair(key, ours, theirs, meaning_of(ours.line))
        for key, ours in running.items()
        if (theirs := intended.get(key)) is None or not _is_same(ours, theirs)
    ]
    found += [Pair(key, None, node, meaning_of(node.line)) for key, node in intended.items() if key not in running]
    if mode.ranks and len(found) > 1:
        found.sort(key=_place)
    for pair in found:
        _, ours, theirs, meaning = pair
        if theirs is None and meaning.device_owned and keep_owned:
            continue
        if not meaning.permanent:
            yield pair
        elif theirs is None and ours is not None:
            yield Pair(pair.key, ours, Node(ours.line), meaning)
        elif ours is not None or (theirs is not None and theirs.children):
            yield pair


def _place(pair: Pair) -> Place:
    return pair.meaning.place


def _is_same(ours: Node, theirs: Node) -> bool:
    """Whether nothing needs to be said of this slot; found out early, since this is so for nearly all of them."""
    if ours is theirs:
        return True
    if ours.line != theirs.line or ours.body != theirs.body or ours.note != theirs.note:
        return False
    return ours.children is theirs.children or _hold_the_same(ours.children, theirs.children)


def _hold_the_same(ours: Mapping[str, Node], theirs: Mapping[str, Node]) -> bool:
    """Whether two sections hold the same lines in the same order."""
    if len(ours) != len(theirs):
        return False
    both = zip(ours.items(), theirs.items(), strict=True)
    return all(key == other and _is_same(node, its) for (key, node), (other, its) in both)


def equal(mode: Mode, one: Node, other: Node) -> bool:
    """Whether two lines say the same."""
    if one.line == other.line:
        return one.body == other.body
    return one.body == other.body and _meaning(mode, one.line) == _meaning(mode, other.line)


def _meaning(mode: Mode, line: str) -> tuple[str, ...]:
    if not mode.quotes_words:
        return tuple(sorted(split_words(line))) if mode.word_sets.matches(line) is not None else (line,)
    words = [_mask_of(bare(word)) for word in split_words(line)]
    if mode.word_sets.matches(line) is not None:
        words[2:] = sorted(words[2:])
    return tuple(" ".join(words).split(" ")) if mode.word_sets.matches(line) is None else tuple(words)


def _mask_of(word: str) -> str:
    """An address with a prefix length, written with its mask."""
    address, slash, length = word.partition("/")
    if not slash or not length.isdigit() or address.count(".") != 3:
        return word
    try:
        return IPv4Interface(word).with_netmask.replace("/", " ")
    except ValueError:
        return word


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorder:
    """How one ordered list becomes another: the entries of both by what they say, and those that stay in place."""

    running: tuple[tuple[str, Node], ...]
    intended: tuple[tuple[str, Node], ...]
    stays: frozenset[str]

    @property
    def moved(self) -> tuple[str, ...]:
        """Entries of both lists that have to move, in the intended order."""
        held = {key for key, _ in self.running}
        return tuple(key for key, _ in self.intended if key in held and key not in self.stays)

    def predecessors(self) -> dict[str, str | None]:
        """The entry that stands right before each one in the intended order; None: it is the first."""
        keys = [key for key, _ in self.intended]
        return dict(zip(keys, (None, *keys), strict=False))


def reorder(running: Mapping[str, Node], intended: Mapping[str, Node], mode: Mode, only: str = "") -> Reorder:
    """Compare two ordered lists, or those of their lines that match `only`.

    Entries that stop traffic rather stay, since they must never be missing.
    """
    ours, theirs = _entries(running, mode, only), _entries(intended, mode, only)

    def weight(key: str) -> int:
        return 1 if mode.stops_traffic.matches(key) is None else len(ours) + 1

    stays = staying([key for key, _ in ours], [key for key, _ in theirs], weight)
    return Reorder(running=ours, intended=theirs, stays=stays)


def _entries(children: Mapping[str, Node], mode: Mode, only: str) -> tuple[tuple[str, Node], ...]:
    if mode.numbered is None:
        return tuple(
            (key, node)
            for key, node in children.items()
            if not only or re.match(only, key) or re.match(only, node.line)
        )
    rows = [(*split_entry(node.line), node) for node in children.values()]
    rows.sort(key=lambda row: row[0] or 0)
    seen: dict[str, int] = {}
    found = []
    for _, content, node in rows:
        seen[content] = seen.get(content, 0) + 1
        found.append((content if seen[content] == 1 else f"{content}\0{seen[content]}", node))
    return tuple(found)
