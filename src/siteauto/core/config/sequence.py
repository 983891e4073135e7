"""Which entries of an ordered list can stay where they are when its order changes."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Entry = TypeVar("Entry", bound=Hashable)


def staying(before: Sequence[Entry], after: Sequence[Entry], weight: Callable[[Entry], int]) -> frozenset[Entry]:
    """The heaviest set of entries that both lists have in the same order. Takes n log n time."""
    head, tail = _same_ends(before, after)
    middle = _staying(before[head : len(before) - tail], after[head : len(after) - tail], weight)
    return frozenset((*before[:head], *middle, *before[len(before) - tail :]))


def _same_ends(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[int, int]:
    """How many entries are the same at the start and at the end: most of them, in most lists."""
    shorter, head, tail = min(len(before), len(after)), 0, 0
    while head < shorter and before[head] == after[head]:
        head += 1
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, tail


def _staying(before: Sequence[Entry], after: Sequence[Entry], weight: Callable[[Entry], int]) -> list[Entry]:
    """The same for the whole of two lists. Of two sets as heavy as each other, the one that starts earlier."""
    places = {entry: place for place, entry in enumerate(reversed(after))}
    starts: list[int] = []  # where chains start, seen from the end, of which none behind is as heavy
    weights: list[int] = []  # what they weigh: both grow
    chains: dict[int, tuple[Entry, int | None]] = {}  # by where it starts: the first entry, and where the rest starts
    for entry in reversed(before):
        place = places.get(entry)
        if place is not None:
            at = bisect_left(starts, place)
            total = weight(entry) + (weights[at - 1] if at else 0)
            chains[place] = (entry, starts[at - 1] if at else None)
            lighter = bisect_right(weights, total, at)
            starts[at:lighter], weights[at:lighter] = [place], [total]
    found: list[Entry] = []
    place = starts[-1] if starts else None
    while place is not None:
        entry, place = chains[place]
        found.append(entry)
    return found
