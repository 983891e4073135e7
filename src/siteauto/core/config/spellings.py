"""Lines that a device shows in another form than the one in which they were typed."""

import re

from siteauto.core.config.rules import ConfigRules


def respell(rules: ConfigRules, line: str) -> str:
    """The line in the form in which it is compared."""
    for rule in rules.spellings:
        line = re.sub(rule.pattern, rule.line, line)
    return line
