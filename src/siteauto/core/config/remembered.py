"""What was found out about a line, kept for the next device: a network is made of the same lines."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
KEPT = 65536


class Remembered(dict[Key, Value]):
    """Answers to one question, each found the first time that it is asked for. Begins anew when it is full."""

    __slots__ = ("_find", "_kept")

    def __init__(self, find: Callable[[Key], Value], *, kept: int = KEPT) -> None:
        super().__init__()
        self._find = find
        self._kept = kept

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._kept:
            self.clear()
        found = self[key] = self._find(key)
        return found
