"""What was found out about a line, kept for the next device: a network is made of the same lines."""

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
KEPT = 65536


class Remembered(dict[Key, Value]):
    """A dictionary that begins anew when it is full."""

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= KEPT:
            self.clear()
        super().__setitem__(key, value)
