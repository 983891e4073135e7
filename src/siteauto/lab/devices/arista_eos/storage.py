"""What the box keeps of a secret that is typed: a SHA-512 hash, type 7, or a key that is bound to its SNMP engine."""

import hashlib
import re
import secrets

from siteauto.core.config.sha_crypt import is_sha_crypt, sha512_crypt
from siteauto.core.config.stored_forms import type7

PASSWORD = re.compile(r"((?:username \S+ .*?secret|enable (?:password|secret)) )(?:0 )?(?!sha512 |5 |\* )(\S+)$")
KEY = re.compile(r"((?:(?:radius|tacacs)-server .*\bkey|ntp authentication-key \d+ \S+) )(?:0 )?(?!7 |8a )(\S+)$")
SNMP_USER = re.compile(
    r"(?P<head>snmp-server user \S+ \S+ v3) auth (?P<auth>\S+) (?P<password>\S+)(?: priv (?P<priv>\S+) (?P<key>\S+))?$"
)
KEY_BYTES = {"des": 16, "3des": 32, "aes": 16, "aes192": 24, "aes256": 32}
MEGABYTE = 1048576


def stored(line: str, *, engine: str) -> str:
    """The line as the running configuration holds it."""
    found = PASSWORD.match(line)
    if found:
        return f"{found[1]}sha512 {sha512_crypt(found[2], secrets.token_bytes(16))}"
    found = KEY.match(line)
    if found:
        return f"{found[1]}7 {type7(found[2], secrets.token_bytes(16))}"
    return SNMP_USER.sub(lambda match: _localised(match, engine), line)


def holds(kind: str, kept: str, password: str) -> bool:
    """Whether this is the password behind what the box keeps."""
    return kind == "sha512" and is_sha_crypt(kept, password)


def _localised(found: re.Match[str], engine: str) -> str:
    """The user with keys of RFC 3414, which are worth nothing on another box."""
    line = f"{found['head']} localized {engine} auth {found['auth']} {_key(found['auth'], found['password'], engine)}"
    if not found["priv"]:
        return line
    key = _key(found["auth"], found["key"], engine)
    return f"{line} priv {found['priv']} {key[: 2 * KEY_BYTES[found['priv']]]}"


def _key(algorithm: str, password: str, engine: str) -> str:
    name = {"sha": "sha1"}.get(algorithm, algorithm)
    secret = password.encode()
    long = hashlib.new(name, (secret * (MEGABYTE // len(secret) + 1))[:MEGABYTE]).digest()
    return hashlib.new(name, long + bytes.fromhex(engine) + long).hexdigest()
