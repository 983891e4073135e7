"""Lines that a device shows in another form than the one in which they were typed."""

import re
from functools import lru_cache

from siteauto.core.config.rules import ConfigRules


def respell(rules: ConfigRules, line: str) -> str:
    """The line in the form in which it is compared."""
    for pattern, written in _compiled(rules):
        found = pattern.match(line)
        if found is not None:
            line = found.expand(written) + line[found.end() :]
    return line


@lru_cache(maxsize=64)
def _compiled(rules: ConfigRules) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule.pattern), rule.line) for rule in rules.spellings)
