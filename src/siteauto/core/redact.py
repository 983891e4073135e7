"""Text that may be shown: every secret replaced by a keyed token, and nothing else lost."""

from siteauto.core.config.bodies import Logical, logical_lines
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.secret_tokens import FoundSecret, SecretBook, replace_secrets


def redact(rules: ConfigRules, text: str, key: bytes) -> str:
    """The exact text with tokens for secrets. Equal secrets give equal tokens under one key; references stay."""
    return redact_known(rules, text, SecretBook(values={}, key=key))


def redact_known(rules: ConfigRules, text: str, book: SecretBook) -> str:
    """The same, with the reference in place of every secret that the book knows.

    A secret that is only salted anew does not change the text, and whoever has nothing but the text can compare it with
    an intent, where secrets are references too.
    """
    return _written(rules, text, book, whole=False)


def tokenise(rules: ConfigRules, text: str, book: SecretBook) -> str:
    """The same as a plan has it: the digit of a stored form's type goes with the secret."""
    return _written(rules, text, book, whole=True)


def _written(rules: ConfigRules, text: str, book: SecretBook, *, whole: bool) -> str:
    def write(secret: FoundSecret) -> str:
        return secret.written if secret.is_marker or secret.is_token else book.token(secret.kind, secret.stored)

    def redacted(logical: Logical) -> str:
        if logical.plain:
            return logical.raw[0]
        return replace_secrets(rules, "\n".join(logical.raw), write, whole=whole, here=logical.here)

    return "\n".join(redacted(logical) for logical in logical_lines(rules, text))
