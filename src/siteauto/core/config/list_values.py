"""The values of one setting while they come and go: none is slower to change than another."""

from collections.abc import Iterable


class ListValues:
    """Values in the order in which they came; one may stand there twice."""

    def __init__(self, values: Iterable[str]) -> None:
        self._values = dict(enumerate(values))
        self._next = len(self._values)
        self._places: dict[str, list[int]] = {}
        for place, value in self._values.items():
            self._places.setdefault(value, []).append(place)

    def add(self, value: str) -> None:
        """Put a value at the end."""
        self._values[self._next] = value
        self._places.setdefault(value, []).append(self._next)
        self._next += 1

    def remove(self, value: str) -> None:
        """Take a value out, wherever it stands."""
        for place in self._places.pop(value, ()):
            del self._values[place]

    def held(self) -> tuple[str, ...]:
        """The values as they stand."""
        return tuple(self._values.values())
