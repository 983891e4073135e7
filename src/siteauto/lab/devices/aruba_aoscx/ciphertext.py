"""How the box keeps secrets: encrypted with a key of its own, so that no other box can use what it shows."""

import base64
import hashlib
import hmac
import re
import secrets

MARK = "AQBap"  # what every recorded ciphertext starts with
SALT = 9


class Cipher:
    """The box's own key. Two ciphertexts of one secret differ."""

    def __init__(self, serial: str) -> None:
        self._key = hashlib.sha256(f"export-password of {serial}".encode()).digest()

    def hide(self, value: str) -> str:
        """What the configuration shows for this value."""
        salt = secrets.token_bytes(SALT)
        return MARK + base64.b64encode(salt + self._mix(value.encode(), salt)).decode()

    def holds(self, stored: str, value: str) -> bool:
        """Whether this value is behind what is stored."""
        if not stored.startswith(MARK):
            return False
        try:
            raw = base64.b64decode(stored.removeprefix(MARK), validate=True)
        except ValueError:
            return False
        return hmac.compare_digest(self._mix(raw[SALT:], raw[:SALT]), value.encode())

    def hide_all(self, line: str) -> str:
        """The line as it is kept: no secret in it can be read any more."""
        return re.sub(r"\bplaintext (\S+)", lambda found: f"ciphertext {self.hide(found[1])}", line)

    def _mix(self, value: bytes, salt: bytes) -> bytes:
        stream = hashlib.shake_256(self._key + salt).digest(len(value))
        return bytes(one ^ other for one, other in zip(value, stream, strict=True))
