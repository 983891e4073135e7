"""Many patterns tried at once: which rule is the first that matches a line."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from siteauto.core.config.openings import openings
from siteauto.core.config.remembered import Remembered

Said = TypeVar("Said")
Answers = tuple[str | None, ...]  # one for each pattern that was tried; None: it did not match
Match = Callable[[str], re.Match[str] | None]
_BEGINNINGS = 4096  # more than these are no command words, so they are forgotten now and then
_GROUP = re.compile(r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|\((?:\?P<\w+>|(?!\?))", re.DOTALL)  # not escaped, nor in a class


def beginning(text: str) -> str:
    """What rules most patterns out: the first word with two characters of the next one, or the first digit."""
    first, space = text[:1], text.find(" ")
    if first.isdigit():
        return first
    return text if space < 0 else text[: space + 3]


class Questions(Generic[Said]):
    """Lists of patterns with names, all asked in one go, and what follows from the answers.

    Only patterns that can match a text with this beginning are tried: a line of a configuration is asked for a hundred
    patterns, and its first letters rule out nearly all of them. Thousands of lines then give the same answers:
    `conclude` is asked once for each kind of them, with the position of the first pattern that matches, for each list
    of which one does. Patterns must not use back references, since their groups are taken out here.
    """

    __slots__ = ("_by_start", "_conclude", "_patterns", "_ready")

    def __init__(self, conclude: Callable[[Mapping[str, int]], Said], **lists: Iterable[str]) -> None:
        every = ((name, place, _ungrouped(text)) for name, texts in lists.items() for place, text in enumerate(texts))
        self._patterns = tuple((name, place, text, openings(text)) for name, place, text in every)
        self._conclude = conclude
        self._by_start = Remembered(self._fitting, kept=_BEGINNINGS)
        self._ready = Remembered(self._compiled)

    def said(self, text: str) -> Said:
        """What follows for this text."""
        match, conclusions = self._by_start[beginning(text)]
        found = match(text)
        return conclusions[found.groups() if found is not None else ()]

    def _fitting(self, start: str) -> tuple[Match, Remembered[Answers, Said]]:
        ways = enumerate(openings for *_, openings in self._patterns)
        return self._ready[
            tuple(at for at, every in ways if any(way.startswith(start) or start.startswith(way) for way in every))
        ]

    def _compiled(self, tried: tuple[int, ...]) -> tuple[Match, Remembered[Answers, Said]]:
        """These patterns as one that matches every text: behind each of them, an empty group says that it does."""
        patterns = [self._patterns[at] for at in tried]

        def conclude(answers: Answers) -> Said:
            both = zip(patterns, answers, strict=True)
            matching = [(name, place) for (name, place, *_), answer in both if answer is not None]
            return self._conclude(dict(reversed(matching)))

        looks = "".join(f"(?:(?={text})()|)" for _, _, text, _ in patterns)
        return re.compile(looks).match, Remembered(conclude)


class FirstMatch:
    """A list of patterns as one; each matches from the start of the text."""

    __slots__ = ("_patterns", "matches")

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(map(_ungrouped, patterns))
        self.matches = re.compile("|".join(f"(?:{each})" for each in self._patterns) or r"(?!)").match

    def index(self, text: str) -> int | None:
        """Position of the first pattern that matches; None: none does."""
        if self.matches(text) is None:
            return None
        return next(place for place, each in enumerate(self._patterns) if re.match(each, text))


class Inside:
    """Patterns that may match behind other words, all searched for in one go: whether one of them does."""

    LEADS = (r"(?:.*?\s)?", r"(?:.* )?")  # how such a pattern begins

    __slots__ = ("_first", "_search")

    def __init__(self, patterns: Iterable[str]) -> None:
        every = tuple(map(_ungrouped, patterns))
        inside = [each.removeprefix(lead) for lead in self.LEADS for each in every if each.startswith(lead)]
        self._first = FirstMatch(each for each in every if not each.startswith(self.LEADS))
        self._search = re.compile(rf"\s(?:{'|'.join(inside)})", re.DOTALL).search if inside else None

    def matches(self, text: str) -> bool:
        """Whether one of the patterns matches."""
        if self._first.matches(text) is not None:
            return True
        return self._search is not None and self._search(f" {text}") is not None


def _ungrouped(pattern: str) -> str:
    """The pattern without groups of its own."""
    return _GROUP.sub(lambda found: found[1] or "(?:", pattern)
