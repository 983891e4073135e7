"""What the rules of a platform say of one line."""

from typing import NamedTuple

from siteauto.core.config.rules import NumberSet, Section

Place = tuple[int, str]  # the group in which a line is printed, and its place there


class Meaning(NamedTuple):
    """All that is known of a line in one mode. It is found out once and kept: it will be asked for again and again.

    `stands_for` are the lines that count in its place: the headers of a range or a list, its full form. `alias` is the
    section and the line there that a one-line form stands for. `key`, `section`, `numbers` and `shows_negation` are
    those of a command, which has no negation before it.
    """

    key: str  # the slot that the command holds
    place: Place
    stands_for: tuple[str, ...]
    alias: tuple[str, str] | None
    numbers: tuple[NumberSet, str, str] | None  # the rule of a list of numbers, the words before it, the rest
    section: Section | None
    definition: int | None  # place in the order in which objects are made
    hidden: bool  # it holds but is not shown
    shows_negation: bool
    permanent: bool
    device_owned: bool
    free_text: bool
    renumbers: bool  # it may give the entries of a list new numbers
