"""The rules of a platform, ready to be asked: what a line means in a mode. One per platform, kept."""

from functools import lru_cache

from siteauto.core.config.modes import Mode
from siteauto.core.config.patterns import FirstMatch
from siteauto.core.config.plain import special
from siteauto.core.config.remembered import Remembered
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.wording import Wording


@lru_cache(maxsize=64)
def grammar_of(rules: ConfigRules) -> "Grammar":
    """The grammar of these rules."""
    return Grammar(rules)


class Grammar:
    """Answers for one platform; what depends on the mode is compiled once for each mode."""

    def __init__(self, rules: ConfigRules) -> None:
        self.rules = rules
        self.noise = FirstMatch(rules.noise)
        self.volatile = FirstMatch(rules.volatile)
        self.wording = Wording(rules)
        self.leaves = FirstMatch(rules.leaves)
        self.first = FirstMatch(rules.first)
        self.last = FirstMatch(rules.last)
        self.definitions = FirstMatch(rules.definitions)
        self.hidden_commands = FirstMatch(reveal.hidden for reveal in rules.reveals)
        self.closings = frozenset(section.closing for section in rules.sections if section.closing)
        self.special = FirstMatch(special(rules))
        self.mode = Remembered(self._mode).__getitem__  # name -> the rules that hold in this mode

    def _mode(self, name: str) -> Mode:
        return Mode(self.wording, name, self.mode)
