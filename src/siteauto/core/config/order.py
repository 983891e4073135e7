"""An order that changes all the time: where a key stands, which one stands at a place, and moves, none of them slow."""

from collections.abc import Iterable, Iterator
from itertools import chain

SIZE = 256  # of a block; none grows to more than twice as many


class Order:
    """Keys in an order, in blocks of some hundreds: what is asked or changed concerns one block and not the rest."""

    def __init__(self, keys: Iterable[str]) -> None:
        every = list(keys)
        self._blocks = [every[at : at + SIZE] for at in range(0, len(every), SIZE)] or [[]]
        self._block_of = {key: block for block in self._blocks for key in block}

    def __len__(self) -> int:
        return len(self._block_of)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._blocks)

    def place_of(self, key: str) -> int:
        """How many keys stand before this one."""
        block, before = self._block_of[key], 0
        for other in self._blocks:
            if other is block:
                break
            before += len(other)
        return before + block.index(key)

    def key_at(self, place: int) -> str | None:
        """The key at this place; None: there are not so many."""
        for block in self._blocks:
            if place < len(block):
                return block[place]
            place -= len(block)
        return None

    def remove(self, key: str) -> None:
        """Take a key out."""
        self._block_of.pop(key).remove(key)

    def insert(self, place: int, key: str) -> None:
        """Put a new key at this place; at the end where there are not so many."""
        number = 0
        while number < len(self._blocks) - 1 and place > len(self._blocks[number]):
            place -= len(self._blocks[number])
            number += 1
        block = self._blocks[number]
        block.insert(place, key)
        self._block_of[key] = block
        if len(block) > 2 * SIZE:
            self._split(number)

    def move(self, key: str, anchor: str, *, after: bool) -> None:
        """Put one key right before or after another."""
        self.remove(key)
        self.insert(self.place_of(anchor) + after, key)

    def _split(self, number: int) -> None:
        block = self._blocks[number]
        behind, block[SIZE:] = block[SIZE:], []
        self._blocks.insert(number + 1, behind)
        self._block_of.update((key, behind) for key in behind)
