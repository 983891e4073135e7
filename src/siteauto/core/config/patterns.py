"""Many patterns tried at once: which rule is the first that matches a line."""

import re
from collections.abc import Callable, Iterable

from siteauto.core.config.openings import openings

_Match = Callable[[str], re.Match[str] | None]
_KEPT = 4096  # first words; more than these are no command words, so they are forgotten now and then


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
        self._by_word: dict[str, tuple[_Match, dict[int, int]] | None] = {}
        self._by_patterns: dict[tuple[int, ...], tuple[_Match, dict[int, int]] | None] = {(): None}

    def index(self, text: str) -> int | None:
        """Position of the first pattern that matches; None: none does."""
        if not self._patterns:
            return None
        first = text[:1]
        try:
            tried = self._by_word[first if first.isdigit() else text.partition(" ")[0]]
        except KeyError:
            tried = self._learn(text)
        found = tried[0](text) if tried is not None else None
        return None if found is None or tried is None else tried[1][found.lastindex or 0]

    def matched(self, text: str) -> str | None:
        """What the first pattern that matches has matched; None: none does."""
        tried = self._learn(text)
        found = tried[0](text) if tried is not None else None
        return None if found is None else found.group()

    def _learn(self, text: str) -> tuple[_Match, dict[int, int]] | None:
        """The patterns to try for texts that begin like this one: with this word, or with this digit."""
        word = text[:1] if text[:1].isdigit() else text.partition(" ")[0]
        fitting = tuple(
            index for index, starts in enumerate(self._openings) if any(_may_open(start, word) for start in starts)
        )
        if fitting not in self._by_patterns:
            self._by_patterns[fitting] = self._compiled(fitting)
        if len(self._by_word) >= _KEPT:
            self._by_word.clear()
        found = self._by_word[word] = self._by_patterns[fitting]
        return found

    def _compiled(self, indexes: tuple[int, ...]) -> tuple[_Match, dict[int, int]]:
        groups: dict[int, int] = {}
        position = 1
        for index in indexes:
            groups[position] = index
            position += 1 + re.compile(self._patterns[index]).groups
        return re.compile("|".join(f"({self._patterns[index]})" for index in indexes)).match, groups


def _may_open(start: str, word: str) -> bool:
    """Whether a text with this first word can begin so. A number stands for all that begin with its first digit."""
    first, space, _ = start.partition(" ")
    if word.isdigit():
        return not first or first[0] == word
    return first == word if space else word.startswith(first)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(", pattern)
