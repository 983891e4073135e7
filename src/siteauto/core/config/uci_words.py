"""Texts of OpenWrt's UCI -> packages, sections and their options: `uci export`, /etc/config files, `uci show`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from siteauto.core.config.bodies import logical_lines
from siteauto.core.config.rules import ConfigRules

_WORD = re.compile(r"""(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+""", re.DOTALL)
_PART = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)""", re.DOTALL)
_SHOWN = re.compile(
    r"(?P<package>\w+)\.(?P<section>@?[\w-]+(?:\[-?\d+\])?)(?:\.(?P<option>[\w-]+))?=(?P<value>.*)", re.DOTALL
)
_GENERATED = re.compile(r"cfg[0-9a-f]{6}")  # the name that uci gives to a section without one


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a command of uci names: a package, a section in it (`@rule[3]`: by type and number), an option in that."""

    package: str
    section: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: it opens a package or a section, or gives values to an option.

    `kind` is package, config, option, list, or show for one that may be either. `section` names an anonymous section as
    `uci show` does; it is empty where the line stands inside its section.
    """

    kind: str
    package: str = ""
    section: str = ""
    name: str = ""
    values: tuple[str, ...] = ()


def uci_words(text: str) -> tuple[str, ...]:
    """The words of a line without their quotes."""
    return tuple("".join("".join(part) for part in _PART.findall(word)) for word in _WORD.findall(text))


def uci_quoted(value: str) -> str:
    """A value as one word."""
    return "'" + value.replace("'", "'\\''") + "'"


def is_anonymous(section: str) -> bool:
    """Whether a section has no name of its own."""
    return section.startswith("@") or _GENERATED.fullmatch(section) is not None


def target_of(text: str) -> Target:
    """`network.lan.proto`, taken apart."""
    package, _, rest = text.partition(".")
    section, _, option = rest.partition(".")
    return Target(package=package, section=section, option=option)


def entries(rules: ConfigRules, text: str) -> Iterator[Entry]:
    """All entries of a text, in its order, in whichever form each is written; a list comes with all its values."""
    found = (read_entry(logical.line) for logical in logical_lines(rules, text))
    for (kind, name), group in groupby(filter(None, found), key=lambda entry: (entry.kind, entry.name)):
        if kind == "list":
            yield Entry(kind=kind, name=name, values=tuple(value for entry in group for value in entry.values))
        else:
            yield from group


def read_entry(line: str) -> Entry | None:
    """One line; None: it says nothing."""
    if not line or line.startswith("#"):
        return None
    shown = _SHOWN.fullmatch(line)
    return _filed(line) if shown is None else _shown(shown)


def _shown(found: re.Match[str]) -> Entry | None:
    kind, values = "show" if found["option"] else "config", uci_words(found["value"])
    name = found["option"] or ""
    return (
        Entry(kind=kind, package=found["package"], section=found["section"], name=name, values=values)
        if values
        else None
    )


def _filed(line: str) -> Entry | None:
    kind, *words = uci_words(line) or ("",)
    if not words:
        return None
    if kind == "package":
        return Entry(kind=kind, package=words[0])
    if kind == "config":
        return Entry(kind=kind, section=words[1] if len(words) > 1 else "", values=(words[0],))
    if kind in ("option", "list"):
        return Entry(kind=kind, name=words[0], values=(words[1] if len(words) > 1 else "",))
    return None
