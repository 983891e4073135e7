"""Lines that are a command and nothing else: nearly all of a configuration, so nothing more is asked about them."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from siteauto.core.config.patterns import Inside
from siteauto.core.config.remembered import Remembered
from siteauto.core.config.rules import ConfigRules


def plain_test(rules: ConfigRules) -> Callable[[str], bool]:
    """Tells lines that are kept as they stand from those that mean nothing, start a text or hold a secret."""
    others = Inside((*special(rules), *_rewritten(rules)))
    return lambda line: bool(line) and not others.matches(line)


@lru_cache(maxsize=64)
def plain_lines(rules: ConfigRules) -> Remembered[str, bool]:
    """The same, remembered for each line."""
    return Remembered(plain_test(rules))


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
