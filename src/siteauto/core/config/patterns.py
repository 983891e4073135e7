"""Many patterns tried at once: which rule is the first that matches a line."""

import re
from collections.abc import Callable, Iterable, Mapping

from siteauto.core.config.openings import openings

Tried = tuple[Callable[[str], re.Match[str] | None], Mapping[int, int]]  # patterns as one, and which group is which
_KEPT = 4096  # first words; more than these are no command words, so they are forgotten now and then


def first_word(text: str) -> str:
    """What rules most patterns out: the word that the text begins with, or the digit."""
    first = text[:1]
    return first if first.isdigit() else text.partition(" ")[0]


class FirstMatch:
    """A list of patterns as one; each matches from the start of the text.

    Only patterns that can match a text with this first word are tried: a line of a configuration is asked for a hundred
    patterns, and its first word rules out nearly all of them. Patterns must not use numbered back references, since
    their groups are renumbered here.
    """

    __slots__ = ("_by_patterns", "_by_word", "_openings", "_patterns")

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(map(_unnamed, patterns))
        self._openings = tuple(map(openings, self._patterns))
        self._by_word: dict[str, Tried | None] = {}
        self._by_patterns: dict[tuple[int, ...], Tried | None] = {(): None}

    def index(self, text: str) -> int | None:
        """Position of the first pattern that matches; None: none does."""
        tried = self.tried(first_word(text)) if self._patterns else None
        found = tried[0](text) if tried is not None else None
        return None if found is None or tried is None else tried[1][found.lastindex or 0]

    def matched(self, text: str) -> str | None:
        """What the first pattern that matches has matched; None: none does."""
        tried = self.tried(first_word(text))
        found = tried[0](text) if tried is not None else None
        return None if found is None else found.group()

    def tried(self, word: str) -> Tried | None:
        """The patterns to try for texts that begin with this word or digit; None: none can match."""
        try:
            return self._by_word[word]
        except KeyError:
            return self._learn(word)

    def _learn(self, word: str) -> Tried | None:
        fitting = tuple(
            index for index, starts in enumerate(self._openings) if any(_may_open(start, word) for start in starts)
        )
        if fitting not in self._by_patterns:
            self._by_patterns[fitting] = self._compiled(fitting)
        if len(self._by_word) >= _KEPT:
            self._by_word.clear()
        found = self._by_word[word] = self._by_patterns[fitting]
        return found

    def _compiled(self, indexes: tuple[int, ...]) -> Tried:
        groups: dict[int, int] = {}
        position = 1
        for index in indexes:
            groups[position] = index
            position += 1 + re.compile(self._patterns[index]).groups
        return re.compile("|".join(f"({self._patterns[index]})" for index in indexes)).match, groups


class Questions:
    """Lists of patterns with names, all asked at once: those that the first word rules out are not even looked at."""

    __slots__ = ("_by_word", "_lists")

    def __init__(self, **lists: Iterable[str]) -> None:
        self._lists = {name: FirstMatch(patterns) for name, patterns in lists.items()}
        self._by_word: dict[str, tuple[tuple[str, Tried], ...]] = {}

    def answers(self, text: str) -> dict[str, int]:
        """For each list of which a pattern matches, the position of the first one."""
        word = first_word(text)
        asked = self._by_word.get(word)
        if asked is None:
            if len(self._by_word) >= _KEPT:
                self._by_word.clear()
            known = ((name, patterns.tried(word)) for name, patterns in self._lists.items())
            asked = self._by_word[word] = tuple((name, tried) for name, tried in known if tried is not None)
        return {name: groups[found.lastindex or 0] for name, (match, groups) in asked if (found := match(text))}


def _may_open(start: str, word: str) -> bool:
    """Whether a text with this first word can begin so. A number stands for all that begin with its first digit."""
    first, space, _ = start.partition(" ")
    if word.isdigit():
        return not first or first[0] == word
    return first == word if space else word.startswith(first)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(", pattern)
