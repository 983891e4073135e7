"""What an attribute may hold: the words of a `set` line -> the words that are stored, or the device's refusal."""

import re
import zoneinfo
from collections.abc import Callable
from datetime import datetime
from functools import cache
from ipaddress import IPv4Address, IPv4Interface

from siteauto.lab.devices.fortinet.encryption import decrypt, hash_password, is_hash
from siteauto.lab.devices.fortinet.grammar import Attribute
from siteauto.lab.devices.fortinet.refusals import bad_value, incomplete, no_such_entry

Keys = Callable[[str], frozenset[str]]  # path of a table -> the keys that a reference may name
Checker = Callable[[Attribute, tuple[str, ...], Keys], tuple[str, ...]]

_SCRIPTING = re.compile(r"[<>()]")  # refused in names and texts: "XSS vulnerability characters"
_PORTS = re.compile(r"\d{1,5}(-\d{1,5})?(:\d{1,5}(-\d{1,5})?)?")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
QUOTED = frozenset({"text", "host", "ref", "refs", "timezone", "quoted-ips", "quoted-hosts", "quoted-words"})
MANY = frozenset({"some", "refs", "ips", "words", "quoted-ips", "quoted-hosts", "quoted-words", "ports"})
_SEVERAL_WORDS = MANY | {"net", "datetime", "secret", "hash"}


def check_value(attribute: Attribute, words: tuple[str, ...], keys: Keys) -> tuple[str, ...]:
    """The words to store. Raises RefusedError."""
    if not words:
        raise incomplete()
    checked = _CHECKERS[attribute.kind](attribute, words, keys)
    if attribute.kind not in _SEVERAL_WORDS and len(words) > 1:
        raise bad_value(words[1])
    return checked


def parse_network(words: tuple[str, ...]) -> IPv4Interface | None:
    """`10.0.0.1 255.255.255.0` or `10.0.0.1/24`; None when it is neither."""
    try:
        return IPv4Interface("/".join(words))
    except ValueError:
        return None


def is_address(word: str) -> bool:
    """Whether the word is an IPv4 address."""
    try:
        IPv4Address(word)
    except ValueError:
        return False
    return True


def _one(attribute: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    if words[0] not in attribute.words:
        raise bad_value(words[0])
    return (words[0],)


def _some(attribute: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    for word in words:
        if word not in attribute.words:
            raise bad_value(word)
    return tuple(word for word in attribute.words if word in words)  # shown in the order of the grammar


def _int(attribute: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    if not words[0].isdigit() or not attribute.low <= int(words[0]) <= attribute.high:
        raise bad_value(words[0])
    return (str(int(words[0])),)


def _text(attribute: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    if len(words[0]) > attribute.high or (attribute.high <= 127 and _SCRIPTING.search(words[0])):
        raise bad_value(words[0])
    return (words[0],)


def _word(attribute: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    if attribute.high and len(words[0]) > attribute.high:
        raise bad_value(words[0])
    return (words[0],)


def _words(_: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    return words


def _ip(_: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    for word in words:
        if not is_address(word):
            raise bad_value(word)
    return words


def _net(attribute: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    network = parse_network(words[:2])
    if network is None or len(words) > 2:
        raise bad_value(words[-1])
    address = network.network.network_address if attribute.name in _WITHOUT_HOST_BITS else network.ip
    return (str(address), str(network.netmask))


_WITHOUT_HOST_BITS = frozenset({"subnet", "dst", "src"})  # FortiOS stores these masked


def _host(attribute: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    for word in words:
        if not _HOST.fullmatch(word) or (attribute.high and len(word) > attribute.high):
            raise bad_value(word)
    return words


def _reference(attribute: Attribute, words: tuple[str, ...], keys: Keys) -> tuple[str, ...]:
    known = frozenset().union(*(keys(path) for path in attribute.words), attribute.literals)
    for word in words:
        if word not in known:
            raise no_such_entry(word)
    return tuple(dict.fromkeys(words))


def _secret(_: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    if words[0] != "ENC":
        return _only(words)
    plain = decrypt(words[1]) if len(words) == 2 else None
    if plain is None:
        raise bad_value(words[-1])
    return (plain,)


def _hash(_: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    if words[0] != "ENC":
        return (hash_password(*_only(words)),)
    if len(words) != 2 or not is_hash(words[1]):
        raise bad_value(words[-1])
    return (words[1],)


def _only(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) > 1:
        raise bad_value(words[1])
    return words


def _ports(_: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    for word in words:
        numbers = [int(number) for number in re.findall(r"\d+", word)]
        if not _PORTS.fullmatch(word) or max(numbers) > 65535:
            raise bad_value(word)
    return words


def _datetime(_: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    try:
        datetime.strptime(" ".join(words), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 (the box writes its own local time)
    except ValueError:
        raise bad_value(words[-1]) from None
    return (" ".join(words),)


def _uuid(_: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    if not _UUID.fullmatch(words[0]):
        raise bad_value(words[0])
    return (words[0],)


@cache
def _timezones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _timezone(_: Attribute, words: tuple[str, ...], __: Keys) -> tuple[str, ...]:
    if words[0] not in _timezones():
        raise no_such_entry(words[0])
    return (words[0],)


_CHECKERS: dict[str, Checker] = {
    "one": _one,
    "some": _some,
    "int": _int,
    "text": _text,
    "word": _word,
    "words": _words,
    "quoted-words": _words,
    "ip": _ip,
    "ips": _ip,
    "quoted-ips": _ip,
    "net": _net,
    "host": _host,
    "quoted-hosts": _host,
    "ref": _reference,
    "refs": _reference,
    "secret": _secret,
    "hash": _hash,
    "ports": _ports,
    "datetime": _datetime,
    "uuid": _uuid,
    "timezone": _timezone,
}
