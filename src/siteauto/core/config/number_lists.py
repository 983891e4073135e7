"""Lists of numbers as command lines write them: 10,20-22."""

import re
from functools import lru_cache

_ITEM = r"\d{1,5}(?:\s*-\s*\d{1,5})?"  # no such number is longer, and a long range would take for ever
_LIST = re.compile(rf"{_ITEM}(?:\s*,\s*{_ITEM})*$")
KEPT = 1024  # lists, of thousands of numbers some of them; the ports of a switch share a few


@lru_cache(maxsize=KEPT)
def is_number_list(text: str) -> bool:
    """Whether the text is a list such as 10 or 10,20-22."""
    return _LIST.match(text.strip()) is not None


@lru_cache(maxsize=KEPT)
def read_numbers(text: str) -> frozenset[int]:
    """The numbers of a list. Raises ValueError where it is none."""
    found: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


@lru_cache(maxsize=KEPT)
def write_numbers(numbers: frozenset[int]) -> str:
    """The list in its shortest form: three in a row become a range, two do not."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)
