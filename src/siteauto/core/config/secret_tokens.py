"""Secrets in lines: where they stand, and the token that stands for one. No value ever leaves through here."""

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from siteauto.core.config.patterns import Inside
from siteauto.core.config.remembered import Remembered
from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.config.stored_forms import READERS, VERIFIERS
from siteauto.core.config.words import bare

MARKER = "secret://"
_TOKEN = re.compile(r"secret://[^\s\"]+|‹[^›]*›")
_HASH = re.compile(r"‹(?:type[589]|sha|sha512) #[^›]*›")
_DIGITS = 8
_KEYED = re.compile(rf"#[0-9a-f]{{{_DIGITS}}}›")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretBook:
    """The known values by name, and the key of the tokens for unknown ones.

    Make one for a run and keep it: what it has verified is remembered (a scrypt hash costs 50 ms a try).
    """

    values: Mapping[str, str] = field(repr=False)
    key: bytes = field(repr=False)
    _seen: dict[tuple[str, str], str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def key_name(self) -> str:
        """Tells tokens that can be compared from those of another machine; says nothing of the key."""
        return hmac.new(self.key, b"the name of this key", hashlib.sha256).hexdigest()[:_DIGITS]

    def token(self, kind: str, stored: str) -> str:
        """`secret://NAME` where the stored form holds a known value; else a token that equal secrets share."""
        found = self._seen.get((kind, stored))
        if found is None:
            found = self._seen[kind, stored] = self._find(kind, stored)
        return found

    def name(self, marker: str) -> str:
        """The marker under the first name that has its value, so that two names of one value are equal."""
        value = self.values.get(marker.removeprefix(MARKER))
        names = (name for name, known in self.values.items() if value is not None and known == value)
        return MARKER + next(names, marker.removeprefix(MARKER))

    def knows(self, marker: str) -> bool:
        """Whether there is a value for this marker."""
        return marker.removeprefix(MARKER) in self.values

    def _find(self, kind: str, stored: str) -> str:
        verify, label = VERIFIERS.get(kind), f"type{kind}" if kind.isdigit() else kind
        if verify is None:
            return f"‹{label}›"
        for name, value in self.values.items():
            if verify(stored, value):
                return MARKER + name
        read = READERS.get(kind)
        plain = (read(stored) if read is not None else None) or stored
        digest = hmac.new(self.key, plain.encode(), hashlib.sha256).hexdigest()
        return f"‹{label} #{digest[:_DIGITS]}›"


def by_place(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts with tokens that say where equal secrets stand, and not which: the same under every key."""
    places: dict[str, int] = {}

    def placed(found: re.Match[str]) -> str:
        return f"#{places.setdefault(found[0], len(places) + 1)}›"

    return tuple(_KEYED.sub(placed, text) for text in texts)


OPAQUE = SecretBook(values={}, key=os.urandom(32))  # knows nothing; its tokens mean nothing to another process


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSecret:
    """One secret in a line. `written` is what stands there, `stored` the same without quotes."""

    rule: Secret
    kind: str
    stored: str
    written: str

    @property
    def is_marker(self) -> bool:
        """Whether it is a reference and not a value."""
        return self.stored.startswith(MARKER)

    @property
    def is_token(self) -> bool:
        """Whether it has been replaced by a token before."""
        return self.stored.startswith("‹")


def has_secret(rules: ConfigRules, raw: str) -> bool:
    """Whether a secret stands in this line, indented or not."""
    return _compiled(rules).any[raw]


def replace_secrets(
    rules: ConfigRules,
    raw: str,
    write: Callable[[FoundSecret], str],
    *,
    whole: bool,
    here: tuple[Secret, ...] = (),
) -> str:
    """The line, indented or not, with each secret written anew; `whole`: the digit of its type is a part of it.

    `here` are the rules that hold where the line stands and not elsewhere.
    """
    if not here and not has_secret(rules, raw):
        return raw
    line = raw.lstrip()
    indent = raw[: len(raw) - len(line)]
    for rule, pattern in (*_compiled(rules).rules, *((rule, re.compile(rule.pattern, re.DOTALL)) for rule in here)):
        found = pattern.match(line)
        if found is not None:
            kind = found["type"] if "type" in pattern.groupindex else None
            spans = (found.span("secret"), found.span("type")) if kind and whole else (found.span("secret"),)
            start, end = min(span[0] for span in spans), max(span[1] for span in spans)
            secret = FoundSecret(
                rule=rule,
                kind="opaque" if rule.opaque else kind or rule.untyped,
                stored=bare(found["secret"]),
                written=line[start:end],
            )
            line = f"{line[:start]}{write(secret)}{line[end:]}"
    return indent + line


def mask(line: str) -> str:
    """The line without its tokens, to see whether two lines differ in nothing but secrets."""
    return _TOKEN.sub("‹›", line)


def differ_in_hashes(one: str, other: str) -> bool:
    """Whether nothing but hashes of unknown secrets differs: each is salted, so two of one secret differ too."""
    return _HASH.sub("‹›", one) == _HASH.sub("‹›", other) and one != other


def holds_token(text: str) -> bool:
    """Whether a token stands in the text that no device could be sent."""
    return "‹" in text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compiled:
    any: Remembered[str, bool]  # whether one of the rules matches a line, indented or not
    rules: tuple[tuple[Secret, re.Pattern[str]], ...]


@lru_cache(maxsize=64)
def _compiled(rules: ConfigRules) -> _Compiled:
    every = tuple(rule for rule in rules.secrets if not rule.under)
    one = Inside(rule.pattern for rule in every)
    return _Compiled(
        any=Remembered(lambda raw: one.matches(raw.lstrip())),
        rules=tuple((rule, re.compile(rule.pattern, re.DOTALL)) for rule in every),
    )
