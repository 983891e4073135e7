"""How the box keeps passwords: type 9 (scrypt), type 8 (PBKDF2) and type 7 (hidden, not hashed)."""

import base64
import hashlib
import hmac
import re
import secrets

STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
CISCO = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TO_CISCO = str.maketrans(STANDARD, CISCO)
TYPE7_KEY = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"


def hash_type9(password: str, salt: str | None = None) -> str:
    """What `secret 9` shows for a password."""
    salt = salt or "".join(secrets.choice(CISCO) for _ in range(14))
    digest = hashlib.scrypt(password.encode(), salt=salt.encode(), n=16384, r=1, p=1, dklen=32)
    return f"$9${salt}${_encode(digest)}"


def hash_type8(password: str, salt: str) -> str:
    """What `secret 8` shows for a password."""
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 20000, 32)
    return f"$8${salt}${_encode(digest)}"


def hide_type7(password: str, offset: int | None = None) -> str:
    """What `password 7` and keys show for a password."""
    start = secrets.randbelow(16) if offset is None else offset
    hidden = bytes(byte ^ TYPE7_KEY[(start + i) % len(TYPE7_KEY)] for i, byte in enumerate(password.encode()))
    return f"{start:02d}{hidden.hex().upper()}"


def reveal_type7(hidden: str) -> str | None:
    """The password that `password 7` shows; None: it cannot be one."""
    if not re.fullmatch(r"\d\d([0-9A-Fa-f]{2})+", hidden):
        return None
    start = int(hidden[:2])
    plain = bytes(byte ^ TYPE7_KEY[(start + i) % len(TYPE7_KEY)] for i, byte in enumerate(bytes.fromhex(hidden[2:])))
    return plain.decode(errors="replace")


def is_hash(stored: str, kind: str) -> bool:
    """Whether this is a stored form of the kind (5, 8 or 9) that the box takes."""
    shapes = {
        "5": r"\$1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}",
        "8": r"\$8\$[./0-9A-Za-z]{14}\$[./0-9A-Za-z]{43}",
        "9": r"\$9\$[./0-9A-Za-z]{14}\$[./0-9A-Za-z]{43}",
    }
    return kind in shapes and re.fullmatch(shapes[kind], stored) is not None


def verify(password: str, kind: str, stored: str) -> bool:
    """Whether the password is the one behind what the box stores."""
    match kind:
        case "0":
            return hmac.compare_digest(password, stored)
        case "7":
            return reveal_type7(stored) == password
        case "8" | "9" if is_hash(stored, kind):
            salt = stored.split("$")[2]
            again = hash_type9(password, salt) if kind == "9" else hash_type8(password, salt)
            return hmac.compare_digest(again, stored)
        case _:
            return False


def _encode(digest: bytes) -> str:
    return base64.b64encode(digest).decode().rstrip("=").translate(TO_CISCO)
