"""The order of a table while its entries move: each move takes the same time, however long the table is."""

from collections.abc import Iterable, Iterator


class Chain:
    """Keys in an order, each linked with its neighbours."""

    def __init__(self, keys: Iterable[str]) -> None:
        ordered: tuple[str | None, ...] = (None, *keys)
        self._after: dict[str | None, str | None] = dict(zip(ordered, (*ordered[1:], None), strict=True))
        self._before: dict[str | None, str | None] = {after: before for before, after in self._after.items()}

    def move(self, key: str, anchor: str, *, after: bool) -> None:
        """Put one key right before or after another."""
        self._link(self._before[key], self._after[key])
        before = anchor if after else self._before[anchor]
        behind = self._after[before]
        self._link(before, key)
        self._link(key, behind)

    def _link(self, before: str | None, after: str | None) -> None:
        self._after[before] = after
        self._before[after] = before

    def __iter__(self) -> Iterator[str]:
        key = self._after[None]
        while key is not None:
            yield key
            key = self._after[key]
