"""Markers -> what the device stores, right before the text leaves for it."""

import re
from collections.abc import Callable, Iterable

from siteauto.core.config.bodies import Logical, logical_lines
from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.config.secret_tokens import MARKER, FoundSecret, holds_token, replace_secrets
from siteauto.core.config.sha_crypt import sha512_crypt
from siteauto.core.config.stored_forms import type7, type9
from siteauto.core.config.stored_forms_juniper import junos9
from siteauto.core.config.words import quoted
from siteauto.core.errors import SecretError

_FORMS: dict[str, Callable[[str, bytes], str]] = {
    "type9": type9,
    "type7": type7,
    "sha512": sha512_crypt,
    "junos9": junos9,
    "plain": lambda value, _: value,
    "quoted": lambda value, _: quoted(value),
}
_HASHES = frozenset({"sha512"})  # of these a device takes the hash alone where it is written so


def seal(rules: ConfigRules, text: str, resolve: Callable[[str], str], salt: Callable[[], bytes]) -> str:
    """The text with every `secret://NAME` replaced by the stored form of `resolve(NAME)`, salted by `salt()`.

    Raises SecretError that names the reference where the platform cannot carry the value or the place is unknown.
    """
    lines = [_seal_line(rules, item, resolve, salt) for item in logical_lines(rules, text)]
    return "\n".join(lines)


def left_to_type(rules: ConfigRules, commands: Iterable[str]) -> tuple[str, ...]:
    """For whoever types commands by hand: each word that stands for a secret in them, and what to put in its place."""
    found: dict[str, str] = {}

    def look(secret: FoundSecret) -> str:
        if secret.is_marker:
            hashed = secret.rule.seal in _HASHES
            found.setdefault(secret.stored, f"type its {secret.rule.seal} hash" if hashed else "type its value")
        elif secret.is_token:
            found[secret.stored] = "type what stands there in the text that was read; it is not shown"
        return secret.written

    for item in logical_lines(rules, "\n".join(commands)):
        replace_secrets(rules, "\n".join(item.raw), look, whole=True, here=item.here)
    return tuple(f"{word}: {what}" for word, what in found.items())


def _seal_line(rules: ConfigRules, item: Logical, resolve: Callable[[str], str], salt: Callable[[], bytes]) -> str:
    raw = "\n".join(item.raw)
    if MARKER not in raw and not holds_token(raw):
        return raw

    def write(secret: FoundSecret) -> str:
        return _sealed(secret, resolve, salt) if secret.is_marker else secret.written

    sealed = replace_secrets(rules, raw, write, whole=True, here=item.here)
    if MARKER in sealed or _is_unsendable(rules, sealed, item.here):
        raise SecretError(
            "A line names a secret in a place that the platform file does not know",
            expected="a line that one of its secret rules matches",
            found=re.sub(r"secret://\S+|‹[^›]*›", "…", raw.strip().splitlines()[0]),
            next_step="Add a rule for this line, or take the reference out of the template",
        )
    return sealed


def _is_unsendable(rules: ConfigRules, line: str, here: tuple[Secret, ...]) -> bool:
    """Whether a token of an unknown secret stands where a device expects the secret itself."""
    found: list[bool] = []

    def look(secret: FoundSecret) -> str:
        found.append(secret.is_token)
        return secret.written

    replace_secrets(rules, line, look, whole=False, here=here)
    return any(found)


def _sealed(secret: FoundSecret, resolve: Callable[[str], str], salt: Callable[[], bytes]) -> str:
    name = secret.stored.removeprefix(MARKER)
    value = resolve(name)
    if not re.fullmatch(secret.rule.charset, value):
        raise SecretError(
            f"The value of {secret.stored} cannot be typed on this platform",
            expected=f"characters of {secret.rule.charset}",
            found="another character, or nothing",
            next_step="Choose another value for this secret",
        )
    return secret.rule.layout.format(value=_FORMS[secret.rule.seal](value, salt()))
