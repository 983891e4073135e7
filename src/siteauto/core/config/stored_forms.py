"""The forms in which devices store secrets: making them, and telling whether one holds a known value."""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping

from siteauto.core.config.sha_crypt import is_sha_crypt
from siteauto.core.config.stored_forms_juniper import read_junos9

_CISCO = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_CISCO = str.maketrans(_BASE64, _CISCO, "=")
_TYPE7_PAD = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"
_TYPE7_SALTS = 16
_SALT_LENGTH = 14


def type9(value: str, salt: bytes) -> str:
    """`$9$salt$hash`: scrypt with N=16384, r=1, p=1."""
    return _type9(value, _salt_text(salt))


def type7(value: str, salt: bytes) -> str:
    """The reversible form of keys: it hides from a glance and from nothing else."""
    return _type7(value, salt[0] % _TYPE7_SALTS)


def read_type7(stored: str) -> str | None:
    """The value behind a type 7 form; None: it is malformed."""
    if not re.fullmatch(r"\d\d(?:[0-9A-Fa-f]{2})*", stored):
        return None
    start, coded = int(stored[:2]), bytes.fromhex(stored[2:])
    plain = bytes(byte ^ _TYPE7_PAD[(start + place) % len(_TYPE7_PAD)] for place, byte in enumerate(coded))
    return plain.decode(errors="replace")


def _salt_text(salt: bytes) -> str:
    return "".join(_CISCO[byte % len(_CISCO)] for byte in salt[:_SALT_LENGTH])


def _cisco_base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode().translate(_TO_CISCO)


def _type9(value: str, salt: str) -> str:
    digest = hashlib.scrypt(value.encode(), salt=salt.encode(), n=16384, r=1, p=1, dklen=32)
    return f"$9${salt}${_cisco_base64(digest)}"


def _type8(value: str, salt: str) -> str:
    digest = hashlib.pbkdf2_hmac("sha256", value.encode(), salt.encode(), 20000, 32)
    return f"$8${salt}${_cisco_base64(digest)}"


def _type7(value: str, start: int) -> str:
    coded = bytes(byte ^ _TYPE7_PAD[(start + place) % len(_TYPE7_PAD)] for place, byte in enumerate(value.encode()))
    return f"{start:02d}{coded.hex().upper()}"


def _type5(value: str, salt: str) -> str:
    """MD5-crypt, as old images store `enable secret`."""
    secret, seed = value.encode(), salt.encode()
    inner = hashlib.md5(secret + seed + secret).digest()  # noqa: S324 - the device's own form
    start = secret + b"$1$" + seed + (inner * (len(secret) // 16 + 1))[: len(secret)]
    count = len(secret)
    while count:
        start += b"\0" if count & 1 else secret[:1]
        count >>= 1
    digest = hashlib.md5(start).digest()  # noqa: S324
    for turn in range(1000):
        first, last = (secret, digest) if turn & 1 else (digest, secret)
        middle = (seed if turn % 3 else b"") + (secret if turn % 7 else b"")
        digest = hashlib.md5(first + middle + last).digest()  # noqa: S324
    groups = [(0, 6, 12), (1, 7, 13), (2, 8, 14), (3, 9, 15), (4, 10, 5)]
    text = "".join(_low_first(int.from_bytes(bytes(digest[at] for at in group)), 4) for group in groups)
    return f"$1${salt}${text}{_low_first(digest[11], 2)}"


def _low_first(number: int, length: int) -> str:
    return "".join(_CISCO[(number >> (6 * place)) & 63] for place in range(length))


def _hash_is(make: Callable[[str, str], str]) -> Callable[[str, str], bool]:
    def check(stored: str, value: str) -> bool:
        parts = stored.split("$")
        return len(parts) == 4 and hmac.compare_digest(make(value, parts[2]).encode(), stored.encode())

    return check


VERIFIERS: Mapping[str, Callable[[str, str], bool]] = {
    "9": _hash_is(_type9),
    "8": _hash_is(_type8),
    "5": _hash_is(_type5),
    "7": lambda stored, value: read_type7(stored) == value,
    "0": lambda stored, value: stored == value,
    "plain": lambda stored, value: stored == value,
    "sha": is_sha_crypt,
    "sha512": is_sha_crypt,
    "junos9": lambda stored, value: read_junos9(stored) == value,
}
READERS: Mapping[str, Callable[[str], str | None]] = {"7": read_type7, "junos9": read_junos9}  # forms that come back
