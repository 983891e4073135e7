"""SHA-crypt, `$5$` and `$6$`: the password hashes of Unix, Junos and EOS (https://www.akkadia.org/drepper/SHA-crypt.txt).

Python's own module for them went with version 3.13.
"""

import hashlib
import re

_LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_STORED = re.compile(r"\$(?P<kind>[56])\$(?:rounds=(?P<rounds>\d+)\$)?(?P<salt>[^$]{0,16})\$(?P<hash>[./0-9A-Za-z]+)")
_ROUNDS = 5000
_MOST = 100_000  # more rounds than this are not worth the wait: one cannot tell
_NAMES = {"5": "sha256", "6": "sha512"}
_SALT_LENGTH = 16


def sha512_crypt(value: str, salt: bytes) -> str:
    """`$6$salt$hash`."""
    text = "".join(_LETTERS[byte % len(_LETTERS)] for byte in salt[:_SALT_LENGTH])
    return f"$6${text}${_hash('sha512', value.encode(), text.encode(), _ROUNDS)}"


def is_sha_crypt(stored: str, value: str) -> bool:
    """Whether the hash is of this value."""
    found = _STORED.fullmatch(stored)
    rounds = int(found["rounds"] or _ROUNDS) if found else 0
    if found is None or rounds > _MOST:
        return False
    return _hash(_NAMES[found["kind"]], value.encode(), found["salt"].encode(), max(1000, rounds)) == found["hash"]


def _hash(name: str, secret: bytes, salt: bytes, rounds: int) -> str:
    def digest(data: bytes) -> bytes:
        return hashlib.new(name, data).digest()

    digest_of_all = _start(name, secret, salt)
    secrets = _repeated(digest(secret * len(secret)), len(secret))
    salts = _repeated(digest(salt * (16 + digest_of_all[0])), len(salt))
    for turn in range(rounds):
        first, last = (secrets, digest_of_all) if turn & 1 else (digest_of_all, secrets)
        middle = (salts if turn % 3 else b"") + (secrets if turn % 7 else b"")
        digest_of_all = digest(first + middle + last)
    return _text(digest_of_all)


def _start(name: str, secret: bytes, salt: bytes) -> bytes:
    other = hashlib.new(name, secret + salt + secret).digest()
    data, bits = secret + salt + _repeated(other, len(secret)), len(secret)
    while bits:
        data += other if bits & 1 else secret
        bits >>= 1
    return hashlib.new(name, data).digest()


def _repeated(block: bytes, length: int) -> bytes:
    return (block * (length // len(block) + 1))[:length]


def _text(digest: bytes) -> str:
    """The digest in the order and the alphabet of crypt(3)."""
    third, step = len(digest) // 3, 1 if len(digest) == 64 else 2
    text = ""
    for turn in range(third):
        places = [turn, turn + third, turn + 2 * third]
        shift = turn * step % 3
        high, middle, low = (digest[place] for place in (*places[shift:], *places[:shift]))
        text += _letters(high << 16 | middle << 8 | low, 4)
    return text + (_letters(digest[63], 2) if len(digest) == 64 else _letters(digest[31] << 8 | digest[30], 3))


def _letters(number: int, count: int) -> str:
    return "".join(_LETTERS[number >> 6 * place & 63] for place in range(count))
