"""What two fetches of one configuration have in common: the normalised text that decides whether anything changed."""

import difflib
import hashlib
import hmac
import re
from collections.abc import Callable

from siteauto.core.config.bodies import Logical, logical_lines
from siteauto.core.config.grammar import Grammar, grammar_of
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.secret_tokens import FoundSecret, replace_secrets
from siteauto.core.platform_spec import PlatformSpec


def comparable(platform: PlatformSpec, text: str) -> str:
    """The text without comments, noise and volatile lines; secrets that the device salts anew are masked.

    Every other secret stays as it is: whoever shows this text redacts it first.
    """
    write, kept = _masking(platform.backup.resalted), list[str]()
    for logical in logical_lines(platform.config, text):
        if logical.plain:
            kept.append(f"{logical.raw[0].rstrip()}\n")
        elif _counts(grammar_of(platform.config), logical.line):
            kept.append(f"{_line(platform.config, logical, write)}\n")
    return "".join(kept)


def fingerprint(platform: PlatformSpec, text: str, key: bytes) -> str:
    """What stands for the normalised text and its secrets. Keyed, so that nobody can guess a password against it."""
    return hmac.new(key, comparable(platform, text).encode(errors="surrogateescape"), hashlib.sha256).hexdigest()[:32]


def diff_copies(platform: PlatformSpec, before: str, now: str, *, names: tuple[str, str]) -> str:
    """What differs between two redacted texts, as a unified diff; empty where only noise does."""
    old, new = (comparable(platform, text).splitlines() for text in (before, now))
    return "\n".join(difflib.unified_diff(old, new, *names, lineterm=""))


def _counts(grammar: Grammar, line: str) -> bool:
    if not line or line.startswith(grammar.rules.comment):
        return False
    return grammar.noise.matches(line) is None and grammar.volatile.matches(line) is None


def _line(rules: ConfigRules, logical: Logical, write: Callable[[FoundSecret], str]) -> str:
    return replace_secrets(rules, "\n".join(line.rstrip() for line in logical.raw), write, whole=False)


def _masking(resalted: tuple[str, ...]) -> Callable[[FoundSecret], str]:
    def write(secret: FoundSecret) -> str:
        known = f"{secret.kind} {secret.stored}"
        anew = any(re.match(pattern, known) for pattern in resalted)
        return "‹salted anew›" if anew else secret.written

    return write
