"""How a typed secret is kept: what stands in the configuration instead of it. Words are spelled out in full."""

from siteauto.lab.devices.cisco_ios.passwords import hash_type8, hash_type9, hide_type7, is_hash, reveal_type7

HASHED = "secret"
ENCRYPTED_WRONG = (
    "ERROR: The secret you entered is not a valid encrypted secret.\n"
    "To enter an UNENCRYPTED secret, do not specify type {kind} encryption.\n"
    "When you properly enter an UNENCRYPTED secret, it will be encrypted.\n"
)
TYPE7_WRONG = "% Invalid encrypted password: {text}\n"
SALT8 = "dsYGNam3K1SIJO"


class SecretRefusedError(Exception):
    """What the box prints instead of taking the line."""


def stored(words: tuple[str, ...], mode: str, *, hide: bool) -> tuple[str, ...]:
    """The words as the box keeps them. `hide`: service password-encryption is on."""
    if words[0] in ("username", "enable") and "secret" in words[1:]:
        return _hashed(words)
    if words[0] in ("username", "enable", "password") and "password" in words:
        return _typed(words, words.index("password") + 1, hide=hide)
    if words[:2] == ("ntp", "authentication-key"):
        return _ntp_key(words, hide=hide)
    for start in (("key",), ("server-key",), ("key-string",)):
        if words[: len(start)] == start and mode not in ("config", "config-keychain"):
            return _typed(words, len(start), hide=hide)
    if words[0] == "client" and "server-key" in words:
        return _typed(words, words.index("server-key") + 1, hide=hide)
    return words


def _hashed(words: tuple[str, ...]) -> tuple[str, ...]:
    """`secret PLAIN` and `secret 0 PLAIN` become type 9; a hash must be one."""
    place = words.index(HASHED)
    before, after = words[:place], words[place + 1 :]
    algorithm = "scrypt"
    if "algorithm-type" in before:
        at = before.index("algorithm-type")
        algorithm, before = before[at + 1], before[:at] + before[at + 2 :]
    if len(after) == 1 or after[0] == "0":
        plain = after[-1]
        kept = ("8", hash_type8(plain, SALT8)) if algorithm == "sha256" else ("9", hash_type9(plain))
        return (*before, HASHED, *kept)
    if not is_hash(after[1], after[0]):
        raise SecretRefusedError(ENCRYPTED_WRONG.format(kind=after[0]))
    return words


def _typed(words: tuple[str, ...], place: int, *, hide: bool) -> tuple[str, ...]:
    """A key behind an optional type: 7 stays, plain is hidden where the box hides."""
    before, after = words[:place], words[place:]
    kind, text = ("0", after[0]) if len(after) == 1 else (after[0], after[1])
    if kind in ("6", "8"):
        return words
    if kind == "7":
        if reveal_type7(text) is None:
            raise SecretRefusedError(TYPE7_WRONG.format(text=text))
        return words
    if hide:
        return (*before, "7", hide_type7(text))
    return (*before, text) if len(after) == 1 else (*before, "0", text)


def _ntp_key(words: tuple[str, ...], *, hide: bool) -> tuple[str, ...]:
    """The type stands behind the key here."""
    if words[5:] == ("7",):
        if reveal_type7(words[4]) is None:
            raise SecretRefusedError(TYPE7_WRONG.format(text=words[4]))
        return words
    return (*words[:4], hide_type7(words[4]), "7") if hide else words[:5]
