"""What single values of the inventory's files may look like. Messages are ours: pydantic's are for programmers."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Interface, IPv4Network
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from siteauto.core.markers import MARKER
from siteauto.core.models import SITE_ROLES, Role


def _refuse(expected: str) -> PydanticCustomError:
    return PydanticCustomError("expected", "{expected}", {"expected": expected})


def _address(value: object) -> IPv4Address:
    try:
        return IPv4Address(str(value))
    except AddressValueError:
        raise _refuse("an IPv4 address such as 10.44.16.1") from None


def _network(value: object) -> IPv4Network:
    expected = "a subnet with its prefix length, such as 10.44.16.0/22"
    if "/" not in str(value):
        raise _refuse(expected)
    try:
        return IPv4Network(str(value))
    except ValueError:
        pass
    try:
        right = IPv4Network(str(value), strict=False)
    except ValueError:
        raise _refuse(expected) from None
    raise _refuse(f"the first address of the subnet, {right}")


def _interface(value: object) -> IPv4Interface:
    try:
        if "/" in str(value):
            return IPv4Interface(str(value))
    except ValueError:
        pass
    raise _refuse("an address with its prefix length, such as 198.51.100.2/30")


def _address_or_dhcp(value: object) -> IPv4Interface | None:
    return None if value == "dhcp" else _interface(value)


def _rate(value: object) -> tuple[int, int]:
    down, _, up = str(value).partition("/")
    if not (down.isdecimal() and up.isdecimal()):
        raise _refuse("megabits per second down and up, such as 500/500")
    return int(down), int(up)


def _mac(value: object) -> str:
    digits = "".join(letter for letter in str(value).lower() if letter not in ".:-")
    if len(digits) != 12 or set(digits) - set("0123456789abcdef"):
        raise _refuse("a MAC address of twelve hexadecimal digits, such as 68e5.9e10.2a40")
    return f"{digits[:4]}.{digits[4:8]}.{digits[8:]}"


def _ports(value: object) -> str:
    first, _, last = str(value).partition("-")
    if not (first.isdecimal() and (not last or last.isdecimal()) and 0 < int(first) <= int(last or first) < 65536):
        raise _refuse("a port number or a range, such as 443 or 8000-8010")
    return str(value)


def _percent(value: object) -> int:
    number = str(value).removesuffix("%").strip()
    if not (number.isascii() and number.isdecimal() and int(number) <= 1000):
        raise _refuse("a growth in per cent, such as 30%")
    return int(number)


def _count(value: object) -> int:
    if not (str(value).isascii() and str(value).isdecimal() and len(str(value)) <= 6):
        raise _refuse("how many there are, such as 14")
    return int(str(value))


def _share(value: object) -> float:
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})?", str(value), re.ASCII) is None:
        raise _refuse("how many addresses one of them takes, such as 1 or 1.5")
    return float(str(value))


def _some_text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _refuse("some text")


def _secret(value: object) -> str:
    match = MARKER.fullmatch(str(value))
    if match is None:
        raise PydanticCustomError("secret", "a secret by name")
    return match["name"]


def _site_role(value: object) -> Role:
    known = [role for role in SITE_ROLES if role == value]
    if not known:
        listed = ", ".join(f"'{role}'" for role in SITE_ROLES)
        raise PydanticCustomError("literal_error", "{expected}", {"expected": listed})
    return known[0]


def _tcp_port(value: object) -> int:
    text = str(value)
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and 0 < int(text) < 65536):
        raise _refuse("a TCP port, 1 to 65535")
    return int(text)


def other_end(value: object) -> object:
    """A cable of which only the other end is said."""
    return {"to": value} if isinstance(value, str) else value


def _metres(value: object) -> float:
    if re.fullmatch(r"\d{1,4}(\.\d{1,2})?", str(value), re.ASCII) is None:
        raise _refuse("a length in metres, such as 3 or 0.5")
    return float(str(value))


def _words(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _pattern(pattern: str, *, also: str = "") -> WithJsonSchema:
    """What an editor accepts: a text of this form, and perhaps a value of another kind."""
    text = {"type": "string", "pattern": f"^{pattern}$"}
    return WithJsonSchema({"anyOf": [text, {"type": also}]} if also else text)


_IPV4 = r"\d{1,3}(\.\d{1,3}){3}"
_NUMBER = r"\d+(\.\d+)?"

Address = Annotated[IPv4Address, BeforeValidator(_address), _pattern(_IPV4)]
Network = Annotated[IPv4Network, BeforeValidator(_network), _pattern(_IPV4 + r"/\d{1,2}")]
Interface = Annotated[IPv4Interface, BeforeValidator(_interface), _pattern(_IPV4 + r"/\d{1,2}")]
AddressOrDhcp = Annotated[
    IPv4Interface | None, BeforeValidator(_address_or_dhcp), _pattern(rf"(dhcp|{_IPV4}/\d{{1,2}})")
]
Rate = Annotated[tuple[int, int], BeforeValidator(_rate), _pattern(r"\d+/\d+")]
Mac = Annotated[str, BeforeValidator(_mac), _pattern(r"([0-9A-Fa-f][.:-]?){12}")]
PortRange = Annotated[str, BeforeValidator(_ports), _pattern(r"\d{1,5}(-\d{1,5})?", also="integer")]
Text = Annotated[str, BeforeValidator(_some_text), WithJsonSchema({"type": ["string", "number"]})]
Percent = Annotated[int, BeforeValidator(_percent), _pattern(r"\d+ ?%?", also="integer")]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Share = Annotated[float, BeforeValidator(_share), WithJsonSchema({"type": "number", "minimum": 0})]
Secret = Annotated[str, BeforeValidator(_secret), _pattern("secret://.+")]
SiteRole = Annotated[Role, BeforeValidator(_site_role), WithJsonSchema({"enum": [str(role) for role in SITE_ROLES]})]
TcpPort = Annotated[
    int, BeforeValidator(_tcp_port), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 65535})
]
Metres = Annotated[float, BeforeValidator(_metres), WithJsonSchema({"type": "number", "minimum": 0})]
Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_words),
    WithJsonSchema({"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": "string"}}]}),
]
