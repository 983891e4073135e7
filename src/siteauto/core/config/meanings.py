"""What the rules of a platform say of one line: values that are found out once and kept."""

from dataclasses import dataclass
from typing import NamedTuple

from siteauto.core.config.patterns import FirstMatch
from siteauto.core.config.rules import NumberSet, Rank, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Where the lines of one mode are printed."""

    ranks: tuple[Rank, ...]
    match: FirstMatch
    rest: int  # the place of lines that no rule names

    def place(self, line: str) -> int:
        """Position of the line's group."""
        found = self.match.index(line)
        return self.rest if found is None else found


class Printed(NamedTuple):
    """A line as the device prints it: where it stands, and whether it is the device's own or stays for ever."""

    place: tuple[int, tuple[str | int, ...]]
    device_owned: bool
    permanent: bool


class Meaning(NamedTuple):
    """What a command is in one mode: the slot that it holds, the section that it opens, the list that it ends in."""

    key: str
    section: Section | None
    numbers: tuple[NumberSet, str, str] | None
