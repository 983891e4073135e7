"""How the box shows passwords: `ENC` and base64, salted anew at every `show`, and hashes that cannot be turned back."""

import base64
import hashlib
import hmac
import os

_KEY = b"the same on every simulated unit, as on real ones without private-data-encryption"


def encrypt(plain: str) -> str:
    """The password as `ENC` text shows it, with a new salt."""
    salt = os.urandom(8)
    data = plain.encode()
    body = bytes(byte ^ pad for byte, pad in zip(data, _stream(salt, len(data)), strict=True))
    return base64.b64encode(salt + _tag(salt, data) + body).decode()


def decrypt(text: str) -> str | None:
    """The password in text that `encrypt` made; None for anything else."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    salt, tag, body = raw[:8], raw[8:16], raw[16:]
    data = bytes(byte ^ pad for byte, pad in zip(body, _stream(salt, len(body)), strict=True))
    return data.decode() if hmac.compare_digest(tag, _tag(salt, data)) else None


def hash_password(plain: str) -> str:
    """An administrator's password as the box stores it: SH2 and base64 of salt and SHA-256."""
    salt = os.urandom(12)
    return "SH2" + base64.b64encode(salt + _digest(salt, plain)).decode()


def is_hash(text: str) -> bool:
    """Whether the text is what `hash_password` makes."""
    return text.startswith("SH2") and len(text) > 40


def verify_password(stored: str, plain: str) -> bool:
    """Whether the password has this hash."""
    raw = base64.b64decode(stored.removeprefix("SH2"))
    return hmac.compare_digest(raw[12:], _digest(raw[:12], plain))


def _digest(salt: bytes, plain: str) -> bytes:
    return hashlib.sha256(salt + plain.encode() + b"simulated").digest()


def _tag(salt: bytes, data: bytes) -> bytes:
    return hmac.new(_KEY, salt + data, hashlib.sha256).digest()[:8]


def _stream(salt: bytes, length: int) -> bytes:
    blocks = (hashlib.sha256(_KEY + salt + bytes([index % 256])).digest() for index in range(length // 32 + 1))
    return b"".join(blocks)[:length]
