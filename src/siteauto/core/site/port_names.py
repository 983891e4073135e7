"""Port names as people write them: the box's own, its numbers alone, or what any vendor's box has.

`1/0/25-30` is short for GigabitEthernet1/0/25 to 30. An archetype does not know whose box a site will have: it counts
the ports of a switch from the left (25-30), and speaks of uplink1, uplink2, wan1 and wan2 in the order of the front.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import ascii_letters

from siteauto.core.models import Role
from siteauto.core.platform_spec import Hardware

_RANGE = re.compile(r"(?P<stem>.*?)(?P<first>\d+)-(?P<last>\d+)")
_LONGEST_RANGE = 1000
_SWITCHES = {Role.CORE, Role.ACCESS}


def split_range(text: str) -> tuple[str, ...]:
    """The ports of a range, in the words of the range; a single port is a range of one. Empty: it runs backwards."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return (text.strip(),)
    first, last = int(match["first"]), int(match["last"])
    if last - first >= _LONGEST_RANGE:
        return ()
    return tuple(f"{match['stem']}{number}" for number in range(first, last + 1))


def full_port_name(text: str, box: Hardware) -> str | None:
    """The box's own name of a port. None: it has no such port, or more than one by that number."""
    return _names(box).get(text)


@lru_cache(maxsize=256)
def _names(box: Hardware) -> Mapping[str, str]:
    """The ports of a box by every name that means one of them only. A model is asked for thousands of times."""
    short = Counter(map(_numbers, box.ports))
    by_number = {number: port for port in box.ports if short[number := _numbers(port)] == 1 and number}
    return dict(_by_place(box)) | by_number | {port: port for port in box.ports}


def _by_place(box: Hardware) -> Iterator[tuple[str, str]]:
    """The names that any vendor's box of this kind has."""
    yield from ((f"uplink{place}", port) for place, port in enumerate(box.uplinks, 1))
    yield from ((f"wan{place}", port) for place, port in enumerate(box.wan, 1))
    if _SWITCHES & {*box.roles}:
        front = (port for port in box.ports if port not in box.uplinks)
        yield from ((str(place), port) for place, port in enumerate(front, 1))


def _numbers(port: str) -> str:
    """1/0/25 of GigabitEthernet1/0/25, 0/0/24 of ge-0/0/24."""
    return port.lstrip(f"{ascii_letters}-")
