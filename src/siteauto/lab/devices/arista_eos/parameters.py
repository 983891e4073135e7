"""Parameters of the grammar: what each takes, and how the box writes it."""

import re
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Interface

SHORT_NAMES = {
    "Ethernet": "Et",
    "Management": "Ma",
    "Port-Channel": "Po",
    "Vlan": "Vl",
    "Loopback": "Lo",
    "Vxlan": "Vx",
}
SEVERITIES = ("alerts", "critical", "debugging", "emergencies", "errors", "informational", "notifications", "warnings")


def accepts(parameter: str, text: str) -> str | None:
    """The value as the box writes it; None: it does not fit."""
    bounds = re.fullmatch(r"(\d+)-(\d+)", parameter)
    if bounds:
        return str(int(text)) if text.isdigit() and int(bounds[1]) <= int(text) <= int(bounds[2]) else None
    return _KINDS[parameter](text)


def full_interface_name(text: str) -> str | None:
    """`et1` -> `Ethernet1`; None: no interface type begins like this."""
    found = re.fullmatch(r"([A-Za-z-]+)(\d+(?:/\d+)*(?:\.\d+)?)", text)
    if found is None:
        return None
    begun = found[1].lower()
    names = [full for full in SHORT_NAMES if full.lower().startswith(begun)]
    return names[0] + found[2] if names else None


def short_interface_name(name: str) -> str:
    """`Ethernet1` -> `Et1`."""
    found = re.fullmatch(r"([A-Za-z-]+)(\d.*)", name)
    return SHORT_NAMES.get(found[1], found[1]) + found[2] if found else name


def expand_vlans(text: str) -> frozenset[int]:
    """`1,10-12` -> {1, 10, 11, 12}. `all` and `none` too."""
    if text in ("all", "none"):
        return frozenset(range(1, 4095)) if text == "all" else frozenset()
    ids: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        ids.update(range(int(first), int(last or first) + 1))
    return frozenset(ids)


def write_vlans(ids: frozenset[int]) -> str:
    """{1, 10, 11, 12} -> `1,10-12`."""
    parts: list[list[int]] = []
    for number in sorted(ids):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)


def _pattern(expression: str, write: Callable[[str], str] = str) -> Callable[[str], str | None]:
    compiled = re.compile(expression)
    return lambda text: write(text) if compiled.fullmatch(text) else None


def _address(text: str) -> str | None:
    try:
        return str(IPv4Address(text))
    except ValueError:
        return None


def _prefix(text: str) -> str | None:
    try:
        return str(IPv4Interface(text)) if "/" in text else None
    except ValueError:
        return None


def _vlans(text: str) -> str | None:
    if not re.fullmatch(r"\d+(-\d+)?(,\d+(-\d+)?)*", text):
        return None
    return text if all(1 <= int(number) <= 4094 for number in re.findall(r"\d+", text)) else None


_KINDS: dict[str, Callable[[str], str | None]] = {
    "word": _pattern(r"\S+|\"[^\"]*\""),
    "line": str,
    "ip": _address,
    "prefix": _prefix,
    "interface": full_interface_name,
    "vlans": _vlans,
    "mac": _pattern(r"[0-9A-Fa-f]{4}(\.[0-9A-Fa-f]{4}){2}", str.lower),
    "hex": _pattern(r"[0-9A-Fa-f]+", str.lower),
    "decimal": _pattern(r"\d{1,3}(\.\d{1,2})?"),
    "severity": lambda text: text if text in SEVERITIES else None,
    "snmp-auth": _pattern(r"md5|sha|sha(224|256|384|512)"),
    "snmp-priv": _pattern(r"des|3des|aes|aes(192|256)"),
}
