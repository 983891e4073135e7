"""Lines that are a command and nothing else: nearly all of a configuration, so nothing more is asked about them."""

import re
from collections.abc import Iterator

from siteauto.core.config.patterns import Inside
from siteauto.core.config.rules import ConfigRules


class Plain:
    """Tells plain lines from those that mean nothing, leave a section, start a text or hold a secret."""

    def __init__(self, rules: ConfigRules) -> None:
        self._others = Inside((*special(rules), *_rewritten(rules)))

    def holds(self, line: str) -> bool:
        """Whether this line is one: it is kept as it stands, in the section in which it stands."""
        return bool(line) and not self._others.matches(line)


def special(rules: ConfigRules) -> Iterator[str]:
    """Lines that mean nothing, leave a section or start a text of several lines."""
    yield from (*rules.noise, *(body.opens for body in rules.bodies), re.escape(rules.comment))
    closings = (section.closing for section in rules.sections)
    yield from (f"{re.escape(line)}$" for line in (rules.end, "exit", *closings) if line)


def _rewritten(rules: ConfigRules) -> Iterator[str]:
    """Lines that are dropped, or kept in other words than those in which they are shown."""
    yield from rules.volatile
    yield from (secret.pattern for secret in rules.secrets if not secret.under)
    yield from (spelling.pattern for spelling in rules.spellings)
