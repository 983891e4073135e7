"""Lines that a device holds and never shows among its configuration, read back from other commands."""

import re
from collections.abc import Mapping

from siteauto.core.config.rules import ConfigRules, Reveal


def reveal(rules: ConfigRules, outputs: Mapping[str, str]) -> tuple[str, ...]:
    """The hidden lines that these outputs (command -> text) show. Secrets in them are tokens that tell nothing."""
    return tuple(line for rule in rules.reveals for line in _lines(rule, outputs.get(rule.command, "")))


def reveal_commands(rules: ConfigRules) -> tuple[str, ...]:
    """The commands whose outputs `reveal` reads."""
    return tuple(dict.fromkeys(rule.command for rule in rules.reveals))


def _lines(rule: Reveal, text: str) -> list[str]:
    words = dict(rule.words)
    return [
        rule.line.format(**{name: words.get(value, value) for name, value in found.groupdict().items()})
        for found in re.finditer(rule.reads, text)
    ]
