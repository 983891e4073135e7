"""One answer of the box: to which commands, how it is made as text and as data, and where its form was seen."""

from collections.abc import Callable
from dataclasses import dataclass

from siteauto.lab.devices.arista_eos.view import View

Arguments = tuple[str, ...]
Data = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the box prints for the commands, in the notation of `lab/grammar.py`; each parameter is an argument.

    `data` is the model that eAPI and `| json` give; None: Arista has converted that command, and the lab has not.
    `source` says where the forms come from: `recording <path under the captures>`, `manual <where>`, `guess <why>`.
    """

    commands: tuple[str, ...]
    text: Callable[[View, Arguments], str]
    source: str
    data: Callable[[View, Arguments], Data] | None = None


def arguments_of(pattern: str, words: tuple[str, ...]) -> Arguments | None:
    """What stands in the place of the pattern's parameters; None: another command."""
    expected = pattern.split()
    if len(expected) != len(words):
        return None
    pairs = list(zip(expected, words, strict=True))
    if any(want != word and not want.startswith("<") for want, word in pairs):
        return None
    return tuple(word for want, word in pairs if want.startswith("<"))


def table(rows: list[tuple[str, ...]], widths: tuple[int, ...]) -> str:
    """Rows in columns, two spaces apart; the last one as long as it is."""
    return "".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )
