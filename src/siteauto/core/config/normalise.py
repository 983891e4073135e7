"""Text -> the one tree that all texts of the same meaning share."""

from siteauto.core.config.bodies import Logical
from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.parse import Read, load
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.secret_tokens import OPAQUE, FoundSecret, SecretBook, replace_secrets
from siteauto.core.config.spellings import respell
from siteauto.core.config.tree import ConfigTree


def normalise(rules: ConfigRules, text: str, *, secrets: SecretBook = OPAQUE) -> ConfigTree:
    """The canonical tree: names, ranges and lists written out, volatile lines gone, secrets as tokens.

    Defaults that the device does not show stay in it with a note, so that a difference can be explained.
    """
    return load(rules, text, _reader(rules, secrets), keep_hidden=True)


def _reader(rules: ConfigRules, secrets: SecretBook) -> Read:
    grammar = grammar_of(rules)

    def read(logical: Logical) -> tuple[str, str] | None:
        if logical.plain:
            return logical.line, ""
        if grammar.volatile.matches(logical.line) is not None:
            return None
        notes: list[str] = []

        def write(secret: FoundSecret) -> str:
            token, note = _token(secret, secrets)
            notes.append(note)
            return token

        line = replace_secrets(rules, logical.line, write, whole=True, here=logical.here)
        return respell(rules, line), _worst(notes)

    return read


def _token(secret: FoundSecret, secrets: SecretBook) -> tuple[str, str]:
    if secret.is_token:
        return secret.stored, "" if "#" in secret.stored else "opaque"
    if secret.is_marker:
        return secrets.name(secret.stored), "" if secrets.knows(secret.stored) else "opaque"
    token = secrets.token(secret.kind, secret.stored)
    if token.startswith("‹"):
        return token, "" if "#" in token else "opaque"
    return token, "verified"


def _worst(notes: list[str]) -> str:
    return next((note for note in ("opaque", "verified") if note in notes), "")
