"""Secrets that a later run of this machine must have: encrypted with a key of mode 0600 that never leaves it."""

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from siteauto.core.errors import StoreError

KEY_BYTES = 32


def seal(secret: str, key: bytes) -> str:
    """The secret as text that only the key can read."""
    return Fernet(base64.urlsafe_b64encode(key)).encrypt(secret.encode()).decode()


def unseal(sealed: str, key: bytes) -> str:
    """The secret. Raises StoreError where another key has sealed it, or nothing has."""
    try:
        return Fernet(base64.urlsafe_b64encode(key)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise StoreError(
            "A secret of this run cannot be read: it was sealed with another key",
            expected="the key of the machine that began the run",
            next_step="Resume on that machine, or bring its state folder back from a backup",
        ) from error


def own_key(file: Path) -> bytes:
    """The key in this file; made once, stays on this machine. Raises StoreError, OSError."""
    if not file.exists():
        _make_key(file)
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise StoreError(
            f"{file} is not a key of siteauto",
            expected=f"{KEY_BYTES} bytes",
            found=f"{len(key)}",
            next_step="Bring it back from a backup of this machine, or delete it: what the old one made is lost then",
        )
    return key


def _make_key(file: Path) -> None:
    """Put a new key there, whole or not at all; of two runs that try, one wins."""
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
    finally:
        fresh.unlink(missing_ok=True)
