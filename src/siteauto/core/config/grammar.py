"""The rules of a platform, ready to be asked: what a line means in a mode. One per platform, kept."""

import re
from collections.abc import Iterator
from functools import lru_cache

from siteauto.core.config.modes import Mode
from siteauto.core.config.patterns import FirstMatch
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
        self.special = FirstMatch((*rules.noise, *(body.opens for body in rules.bodies), *_leaving(rules)))
        self._modes: dict[str, Mode] = {}

    def mode(self, name: str) -> Mode:
        """The rules that hold in a mode."""
        found = self._modes.get(name)
        if found is None:
            found = self._modes[name] = Mode(self.wording, name, self.mode)
        return found


def _leaving(rules: ConfigRules) -> Iterator[str]:
    """Lines that mean nothing or leave a section."""
    yield re.escape(rules.comment)
    closings = (section.closing for section in rules.sections)
    yield from (f"{re.escape(line)}$" for line in (rules.end, "exit", *closings) if line)
