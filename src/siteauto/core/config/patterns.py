"""Many patterns tried at once: which rule is the first that matches a line."""

import re
from collections.abc import Iterable


class FirstMatch:
    """A list of patterns as one; each matches from the start of the text.

    Patterns must not use numbered back references, since their groups are renumbered here.
    """

    __slots__ = ("_all", "_groups")

    def __init__(self, patterns: Iterable[str]) -> None:
        parts = tuple(patterns)
        self._all = re.compile("|".join(f"({part})" for part in map(_unnamed, parts))) if parts else None
        self._groups: dict[int, int] = {}
        position = 1
        for index, part in enumerate(parts):
            self._groups[position] = index
            position += 1 + re.compile(part).groups

    def index(self, text: str) -> int | None:
        """Position of the first pattern that matches; None: none does."""
        found = self._all.match(text) if self._all else None
        return None if found is None else self._groups[found.lastindex or 0]

    def matched(self, text: str) -> str | None:
        """What the first pattern that matches has matched; None: none does."""
        found = self._all.match(text) if self._all else None
        return None if found is None else found.group()


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(", pattern)
