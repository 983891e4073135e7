"""Port names as engineers write them: `1/0/25-30` for the box's own GigabitEthernet1/0/25 to 30."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import ascii_letters

_RANGE = re.compile(r"(?P<stem>.*?)(?P<first>\d+)-(?P<last>\d+)")
_LONGEST_RANGE = 1000


def split_range(text: str) -> tuple[str, ...]:
    """The ports of a range, in the words of the range; a single port is a range of one. Empty: it runs backwards."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return (text.strip(),)
    first, last = int(match["first"]), int(match["last"])
    if last - first >= _LONGEST_RANGE:
        return ()
    return tuple(f"{match['stem']}{number}" for number in range(first, last + 1))


def full_port_name(text: str, ports: Sequence[str]) -> str | None:
    """The box's own name of a port that may be written short (1/0/25). None: it has no such port, or more than one."""
    return _names(tuple(ports)).get(text)


@lru_cache(maxsize=256)
def _names(ports: tuple[str, ...]) -> Mapping[str, str]:
    """The ports of a box by every name that means one of them only. A model is asked for thousands of times."""
    short = Counter(port.lstrip(ascii_letters) for port in ports)
    by_number = {number: port for port in ports if short[number := port.lstrip(ascii_letters)] == 1 and number}
    return by_number | {port: port for port in ports}
