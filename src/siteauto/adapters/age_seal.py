"""Sealing with age: many may be able to open what is written, and the machine that writes need not be one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage  # type: ignore[import-untyped]  # ships no types

from siteauto.core.errors import SecretError, StoreError, UsageError


class AgeSealer:
    """Implements `ports.Sealer` for recipients: age public keys, or OpenSSH ones (ed25519, rsa)."""

    def __init__(self, recipients: Sequence[str]) -> None:
        """Raises UsageError for a recipient that is no public key."""
        self._recipients = [_recipient(one) for one in recipients]

    def seal(self, exact: bytes) -> bytes:
        """The bytes as only an identity of a recipient can open them. Raises UsageError where there is no recipient."""
        if not self._recipients:
            raise UsageError(
                "There is nobody who could open a sealed backup",
                expected="at least one age recipient, whose identity is kept elsewhere too",
                found="none in backup.yaml, and none in your settings file",
                next_step="Make a pair with `siteauto backup --new-identity`, keep the identity in a safe place, and "
                "put the recipient into backup.yaml",
            )
        return bytes(pyrage.encrypt(exact, self._recipients))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgePair:
    """A new key pair: the recipient is public, the identity opens everything that is sealed to it."""

    recipient: str
    identity: str = field(repr=False)


def new_pair() -> AgePair:
    """A pair that nobody has seen."""
    identity = pyrage.x25519.Identity.generate()
    return AgePair(recipient=str(identity.to_public()), identity=str(identity))


def unseal(sealed: bytes, identity: str) -> bytes:
    """The exact bytes. Raises SecretError for text that is no identity, StoreError where it does not open the seal."""
    try:
        key = _identity(identity.strip())
    except (pyrage.IdentityError, ValueError) as error:
        raise SecretError(
            "The identity for sealed backups cannot be used",
            expected="AGE-SECRET-KEY-1…, or the text of an OpenSSH private key without a passphrase",
            found="something else",
            next_step="Correct the secret that holds it",
        ) from error
    try:
        return bytes(pyrage.decrypt(sealed, [key]))
    except pyrage.DecryptError as error:
        raise StoreError(
            "A sealed backup does not open",
            expected="a copy sealed to this identity, and whole",
            found=str(error),
            next_step="Use the identity of another recipient (the escrow's), or look at the repository with git fsck",
        ) from error


def _recipient(text: str) -> "pyrage.x25519.Recipient | pyrage.ssh.Recipient":
    try:
        kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
        return kind.Recipient.from_str(text.strip())
    except (pyrage.RecipientError, ValueError) as error:
        raise UsageError(
            f"{text[:24]}… is no recipient of age",
            expected="age1… or an OpenSSH public key (ssh-ed25519, ssh-rsa)",
            next_step="Correct it in backup.yaml or in your settings file",
        ) from error


def _identity(text: str) -> "pyrage.x25519.Identity | pyrage.ssh.Identity":
    if text.startswith("-----BEGIN"):
        return pyrage.ssh.Identity.from_buffer(text.encode() + b"\n")
    return pyrage.x25519.Identity.from_str(text)
