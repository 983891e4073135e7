"""What the levels of a path are called: which words make one line, and the mode that such a line opens."""

from functools import lru_cache

from siteauto.core.config.path_rules import Header
from siteauto.core.config.path_words import TAGS, path_words
from siteauto.core.config.patterns import FirstMatch
from siteauto.core.config.rules import ANYWHERE, ConfigRules

UNKNOWN = "?"  # the mode of what no rule names


class Level:
    """The rules of one mode of a path syntax."""

    def __init__(self, rules: ConfigRules, name: str) -> None:
        self._name = name
        self._rules = rules
        self._headers: dict[str, list[tuple[tuple[str, ...], Header]]] = {}
        within = [rule for rule in rules.headers if FirstMatch([f"(?:{rule.within})$"]).index(name) is not None]
        for rule in sorted(within, key=lambda rule: rule.within == ANYWHERE):  # the one of this mode first
            words = tuple(rule.words.split())
            self._headers.setdefault(words[0], []).append((words, rule))

    def header(self, words: tuple[str, ...]) -> Header | None:
        """The rule of the line that these words start with; None: no rule names it."""
        for first in (words[0], "*"):
            for pattern, rule in self._headers.get(first, ()):
                if len(words) >= len(pattern) and all(
                    one in ("*", word) for one, word in zip(pattern, words, strict=False)
                ):
                    return rule
        return None

    def inside(self, words: tuple[str, ...]) -> str:
        """The mode that a line of these words opens."""
        rule = self.header(words)
        if rule is None:
            return self._joined(words[0]) if len(words) == 1 and words[0] in self._rules.containers else UNKNOWN
        return self._joined(rule.words.partition(" ")[0]) if rule.mode is None else self._joined(rule.mode)

    def _joined(self, word: str) -> str:
        if self._name == UNKNOWN:
            return word if not word else UNKNOWN
        return f"{self._name}/{word}" if self._name and word else word


@lru_cache(maxsize=4096)
def level(rules: ConfigRules, name: str) -> Level:
    """The rules of a mode, made ready once."""
    return Level(rules, name)


def path_mode(rules: ConfigRules, name: str, line: str) -> str:
    """The mode that a line opens where configurations are paths of words."""
    words = tuple(word for word in path_words(line) if word not in TAGS)
    return level(rules, name).inside(words) if words else UNKNOWN


def uci_mode(_rules: ConfigRules, name: str, line: str) -> str:
    """The mode that a line opens in UCI: the package, then the type of the section."""
    words = line.split(" ", 2)
    return f"{name}/{words[1]}" if name and len(words) > 1 else "".join(words[1:2])


def nft_mode(_rules: ConfigRules, name: str, line: str) -> str:
    """The mode that a line opens in an nftables ruleset: table, table/chain, table/set."""
    word = line.partition(" ")[0]
    return f"{name}/{word}" if name else word


CHILD_NAMES = {"paths": path_mode, "uci": uci_mode, "nft": nft_mode}
