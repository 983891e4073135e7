"""Interface names: abbreviations made full, and ranges written out."""

import re
from collections.abc import Iterator, Sequence

from siteauto.core.config.number_lists import is_number_list, read_numbers
from siteauto.core.config.remembered import Remembered

_NAME = re.compile(r"([A-Za-z][A-Za-z-]*?)\s*(\d[\d/.:]*)$")
_NUMBERS = re.compile(r"([0-9]+)")
_RANGE = re.compile(r"([A-Za-z][A-Za-z-]*)\s*((?:\d+/)*)(\d{1,5})(?:\s*-\s*(?:[A-Za-z-]*\s*(?:\d+/)*)?(\d{1,5}))?$")


def full_name(name: str, types: Sequence[str]) -> str:
    """The full name of an interface: gi1/0/1 -> GigabitEthernet1/0/1. Unknown names come back as they are."""
    found = _NAME.match(name.strip())
    kind = _full_type(found[1], types) if found else None
    return f"{kind}{found[2]}" if found and kind else name


def _full_type(word: str, types: Sequence[str]) -> str | None:
    return next((kind for kind in types if kind.lower().startswith(word.lower())), None)


def spread_names(text: str, types: Sequence[str]) -> tuple[str, ...]:
    """The names of a range: `Gi1/0/1 - 3, Te1/1/1` -> four names. Empty where the text is no range."""
    names = list(_spread(text, types))
    return () if None in names else tuple(name for name in names if name is not None)


def _spread(text: str, types: Sequence[str]) -> Iterator[str | None]:
    for part in text.split(","):
        found = _RANGE.match(part.strip())
        kind = _full_type(found[1], types) if found else None
        if found is None or kind is None:
            yield None
            return
        for number in range(int(found[3]), int(found[4] or found[3]) + 1):
            yield f"{kind}{found[2]}{number}"


def spread_numbers(text: str) -> tuple[str, ...]:
    """The numbers of a list, each by itself."""
    return tuple(str(number) for number in sorted(read_numbers(text))) if is_number_list(text) else ()


def natural_key(text: str) -> str:
    """Sorts lines by the numbers in them: Gi1/0/2 before Gi1/0/10."""
    return " ".join(map(_SORTED_BY_SIZE.__getitem__, text.split(" ")))


def _sorted_by_size(word: str) -> str:
    """The word with its numbers behind their lengths, so that texts of such words sort by size."""
    parts = _NUMBERS.split(word)
    digits = (number.lstrip("0") for number in parts[1::2])
    parts[1::2] = [chr(len(number)) + number for number in digits]
    return "".join(parts)


_SORTED_BY_SIZE = Remembered(_sorted_by_size)
