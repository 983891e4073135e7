"""Many patterns tried at once: which rule is the first that matches a line."""

import re
from collections.abc import Callable, Iterable, Mapping

from siteauto.core.config.openings import openings

Tried = tuple[Callable[[str], re.Match[str] | None], Mapping[int, int]]  # patterns as one, and which group is which
_KEPT = 4096  # beginnings; more than these are no command words, so they are forgotten now and then


def beginning(text: str) -> str:
    """What rules most patterns out: the first word with two characters of the next one, or the first digit."""
    first, space = text[:1], text.find(" ")
    if first.isdigit():
        return first
    return text if space < 0 else text[: space + 3]


class FirstMatch:
    """A list of patterns as one; each matches from the start of the text.

    Only patterns that can match a text with this beginning are tried: a line of a configuration is asked for a hundred
    patterns, and its first letters rule out nearly all of them. Patterns must not use numbered back references, since
    their groups are renumbered here.
    """

    __slots__ = ("_by_patterns", "_by_start", "_openings", "_patterns")

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(map(_unnamed, patterns))
        self._openings = tuple(map(openings, self._patterns))
        self._by_start: dict[str, Tried | None] = {}
        self._by_patterns: dict[tuple[int, ...], Tried | None] = {(): None}

    def index(self, text: str) -> int | None:
        """Position of the first pattern that matches; None: none does."""
        tried = self.tried(beginning(text)) if self._patterns else None
        if tried is None:
            return None
        match, groups = tried
        found = match(text)
        return None if found is None else groups[found.lastindex or 0]

    def matched(self, text: str) -> str | None:
        """What the first pattern that matches has matched; None: none does."""
        tried = self.tried(beginning(text))
        found = tried[0](text) if tried is not None else None
        return None if found is None else found.group()

    def tried(self, start: str) -> Tried | None:
        """The patterns to try for texts with this beginning; None: none can match."""
        try:
            return self._by_start[start]
        except KeyError:
            return self._learn(start)

    def _learn(self, start: str) -> Tried | None:
        both = enumerate(self._openings)
        fitting = tuple(at for at, ways in both if any(way.startswith(start) or start.startswith(way) for way in ways))
        if fitting not in self._by_patterns:
            self._by_patterns[fitting] = self._compiled(fitting)
        if len(self._by_start) >= _KEPT:
            self._by_start.clear()
        found = self._by_start[start] = self._by_patterns[fitting]
        return found

    def _compiled(self, indexes: tuple[int, ...]) -> Tried:
        groups: dict[int, int] = {}
        position = 1
        for index in indexes:
            groups[position] = index
            position += 1 + re.compile(self._patterns[index]).groups
        return re.compile("|".join(f"({self._patterns[index]})" for index in indexes)).match, groups


class Questions:
    """Lists of patterns with names, all asked at once: those that the beginning rules out are not even looked at."""

    __slots__ = ("_by_start", "_lists")

    def __init__(self, **lists: Iterable[str]) -> None:
        self._lists = {name: FirstMatch(patterns) for name, patterns in lists.items()}
        self._by_start: dict[str, tuple[tuple[str, Tried], ...]] = {}

    def answers(self, text: str) -> dict[str, int]:
        """For each list of which a pattern matches, the position of the first one."""
        start = beginning(text)
        asked = self._by_start.get(start)
        if asked is None:
            if len(self._by_start) >= _KEPT:
                self._by_start.clear()
            known = ((name, patterns.tried(start)) for name, patterns in self._lists.items())
            asked = self._by_start[start] = tuple((name, tried) for name, tried in known if tried is not None)
        return {name: groups[found.lastindex or 0] for name, (match, groups) in asked if (found := match(text))}


class Inside:
    """Patterns that may match behind other words, all searched for in one go: whether one of them does."""

    LEADS = (r"(?:.*?\s)?", r"(?:.* )?")  # how such a pattern begins

    __slots__ = ("_first", "_search")

    def __init__(self, patterns: Iterable[str]) -> None:
        every = tuple(map(_unnamed, patterns))
        inside = [each.removeprefix(lead) for lead in self.LEADS for each in every if each.startswith(lead)]
        self._first = FirstMatch(each for each in every if not each.startswith(self.LEADS))
        self._search = re.compile(rf"\s(?:{'|'.join(inside)})", re.DOTALL).search if inside else None

    def matches(self, text: str) -> bool:
        """Whether one of the patterns matches."""
        found = self._search(f" {text}") if self._search is not None else None
        return found is not None or self._first.index(text) is not None


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(", pattern)
