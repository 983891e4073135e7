"""Which entries of an ordered list can stay where they are when its order changes."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

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
    places = {entry: place for place, entry in enumerate(after)}
    best: _BestBefore[Entry] = _BestBefore(len(after))
    chains: dict[Entry, Entry | None] = {}
    for entry in before:
        if entry in places:
            total, last = best.up_to(places[entry])
            chains[entry] = last
            best.offer(places[entry], total + weight(entry), entry)
    _, last = best.up_to(len(after))
    found: list[Entry] = []
    while last is not None:
        found.append(last)
        last = chains[last]
    return found


class _BestBefore(Generic[Entry]):
    """A Fenwick tree: the heaviest chain that ends before a place."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[int, Entry | None]] = [(0, None)] * (size + 1)

    def up_to(self, place: int) -> tuple[int, Entry | None]:
        """The weight of that chain, and its last entry."""
        found: tuple[int, Entry | None] = (0, None)
        while place > 0:
            if self._best[place][0] > found[0]:
                found = self._best[place]
            place -= place & -place
        return found

    def offer(self, place: int, total: int, entry: Entry) -> None:
        """A chain of this weight ends with this entry."""
        place += 1
        while place < len(self._best):
            if total > self._best[place][0]:
                self._best[place] = (total, entry)
            place += place & -place
