"""What the levels of a path are called: which words make one line, and the mode that such a line opens."""

import re
from functools import lru_cache
from typing import NamedTuple

from siteauto.core.config.path_rules import Header
from siteauto.core.config.path_words import TAGS, Words, path_words
from siteauto.core.config.rules import ANYWHERE, ConfigRules

UNKNOWN = "?"  # the mode of what no rule names


class Named(NamedTuple):
    """A rule for lines, how many words such a line has, what it opens, and its words that are no names."""

    rule: Header
    size: int
    inside: str
    fixed: tuple[tuple[int, str], ...]


class Level:
    """The rules of one mode of a path syntax, and the modes that its lines open."""

    def __init__(self, rules: ConfigRules, name: str) -> None:
        self._name = name
        self._words = frozenset(rules.containers)
        self._headers: dict[str, list[Named]] = {}
        within = [rule for rule in rules.headers if re.fullmatch(rule.within, name)]
        for rule in sorted(within, key=lambda rule: rule.within == ANYWHERE):  # the one of this mode first
            first, *others = rule.words.split()
            inside = self._joined(first if rule.mode is None else rule.mode)
            named = Named(rule=rule, size=1 + len(others), inside=inside, fixed=_fixed(others))
            self._headers.setdefault(first, []).append(named)

    def named(self, words: Words) -> Named | None:
        """What rules say of the line that these words start with; None: no rule names it."""
        size = len(words)
        for first in (words[0], "*"):
            for named in self._headers.get(first, ()):
                if size >= named.size and (not named.fixed or all(words[at] == word for at, word in named.fixed)):
                    return named
        return None

    def inside(self, words: Words) -> str:
        """The mode that a line of these words opens, where no rule names it."""
        return self._joined(words[0]) if len(words) == 1 and words[0] in self._words else UNKNOWN

    def _joined(self, word: str) -> str:
        if self._name == UNKNOWN:
            return word if not word else UNKNOWN
        return f"{self._name}/{word}" if self._name and word else word


def _fixed(words: list[str]) -> tuple[tuple[int, str], ...]:
    return tuple((place, word) for place, word in enumerate(words, start=1) if word != "*")


@lru_cache(maxsize=4096)
def level(rules: ConfigRules, name: str) -> Level:
    """The rules of a mode, made ready once."""
    return Level(rules, name)


def path_mode(rules: ConfigRules, name: str, line: str) -> str:
    """The mode that a line opens where configurations are paths of words."""
    words = tuple(word for word in path_words(line) if word not in TAGS)
    if not words:
        return UNKNOWN
    found = level(rules, name)
    named = found.named(words)
    return found.inside(words) if named is None else named.inside


def uci_mode(_rules: ConfigRules, name: str, line: str) -> str:
    """The mode that a line opens in UCI: the package, then the type of the section."""
    words = line.split(" ", 2)
    return f"{name}/{words[1]}" if name and len(words) > 1 else "".join(words[1:2])


def nft_mode(_rules: ConfigRules, name: str, line: str) -> str:
    """The mode that a line opens in an nftables ruleset: table, table/chain, table/set."""
    word = line.partition(" ")[0]
    return f"{name}/{word}" if name else word


def fortios_mode(rules: ConfigRules, name: str, line: str) -> str:
    """The mode that a line opens on FortiOS: the path of the table, with a slash behind it inside an entry."""
    word, _, rest = line.partition(" ")
    if word == "edit":
        return f"{name}/"
    inside = name.removesuffix("/") in ("", *rules.containers)
    return rest if inside else f"{name.removesuffix('/')}/{rest}"


CHILD_NAMES = {"fortios": fortios_mode, "paths": path_mode, "uci": uci_mode, "nft": nft_mode}
