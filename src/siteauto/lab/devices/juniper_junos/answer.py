"""One answer of the box: to which command, how it is made, and where its form was seen."""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from siteauto.lab.devices.juniper_junos.box import Box

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the box prints for commands that start with these words; the other words of the line go to `text`.

    `source` says where the form comes from: `recording <path under the captures>`, `manual <where>`, or `guess <why>`.
    """

    command: str
    text: Callable[[Box, Words], str]
    source: str

    @property
    def commands(self) -> tuple[str, ...]:
        """What it answers."""
        return (self.command,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rpc:
    """The same for a request over NETCONF, by its tag."""

    tag: str
    make: Callable[[Box, Element], Element]
    source: str

    @property
    def commands(self) -> tuple[str, ...]:
        """As it is written."""
        return (f"<{self.tag}>",)


class UnknownWordError(Exception):
    """A word of a command that the box does not know there."""


def nothing_more(words: Words, *allowed: str) -> None:
    """Raises UnknownWordError for the first word that is none of these."""
    for word in words:
        if word not in allowed:
            raise UnknownWordError(word)
