"""Parameters of the grammar: what each takes, and how the box writes it."""

import re
from collections.abc import Callable
from ipaddress import IPv4Address

INTERFACE_TYPES = (
    "GigabitEthernet",
    "TenGigabitEthernet",
    "TwoGigabitEthernet",
    "FiveGigabitEthernet",
    "TwentyFiveGigE",
    "FortyGigabitEthernet",
    "HundredGigE",
    "AppGigabitEthernet",
    "FastEthernet",
    "Ethernet",
    "Vlan",
    "Loopback",
    "Port-channel",
    "Tunnel",
    "WMI",
    "Null",
)
SHORT_NAMES = {
    "GigabitEthernet": "Gi",
    "TenGigabitEthernet": "Te",
    "TwoGigabitEthernet": "Tw",
    "FiveGigabitEthernet": "Fi",
    "TwentyFiveGigE": "Twe",
    "FortyGigabitEthernet": "Fo",
    "HundredGigE": "Hu",
    "AppGigabitEthernet": "Ap",
    "FastEthernet": "Fa",
    "Ethernet": "Et",
    "Vlan": "Vl",
    "Loopback": "Lo",
    "Port-channel": "Po",
    "Tunnel": "Tu",
    "Null": "Nu",
}


def accepts(parameter: str, text: str) -> str | None:
    """The value as the box writes it; None: it does not fit."""
    bounds = re.fullmatch(r"(\d+)-(\d+)", parameter)
    if bounds:
        return str(int(text)) if text.isdigit() and int(bounds[1]) <= int(text) <= int(bounds[2]) else None
    return _KINDS[parameter](text)


def full_interface_name(text: str) -> str | None:
    """`gi1/0/1` -> `GigabitEthernet1/0/1`; None: no interface type begins like this."""
    found = re.fullmatch(r"([A-Za-z-]+)(\d+(?:/\d+)*(?:\.\d+)?)", text)
    if found is None:
        return None
    begun = found[1].lower()
    by_short = [full for full, short in SHORT_NAMES.items() if short.lower() == begun]
    by_start = [full for full in INTERFACE_TYPES if full.lower().startswith(begun)]
    exact = [full for full in by_start if full.lower() == begun]
    names = exact or by_short or by_start
    return names[0] + found[2] if names else None


def short_interface_name(name: str) -> str:
    """`GigabitEthernet1/0/1` -> `Gi1/0/1`."""
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


def _pattern(expression: str, write: Callable[[str], str] = str) -> Callable[[str], str | None]:
    compiled = re.compile(expression)
    return lambda text: write(text) if compiled.fullmatch(text) else None


def _address(text: str) -> str | None:
    try:
        return str(IPv4Address(text))
    except ValueError:
        return None


def _mask(text: str) -> str | None:
    if _address(text) is None:
        return None
    bits = f"{int(IPv4Address(text)):032b}"
    return text if "01" not in bits else None


def _vlans(text: str) -> str | None:
    if not re.fullmatch(r"\d+(-\d+)?(,\d+(-\d+)?)*", text):
        return None
    return text if all(1 <= int(number) <= 4094 for number in re.findall(r"\d+", text)) else None


def _file(text: str) -> str | None:
    """A path; the two configurations by name may be abbreviated."""
    names = [name for name in ("running-config", "startup-config") if len(text) > 2 and name.startswith(text.lower())]
    return names[0] if names else text


_KINDS: dict[str, Callable[[str], str | None]] = {
    "word": _pattern(r"\S+|\"[^\"]*\""),
    "name": _pattern(r"[A-Za-z]\S*|\"[^\"]*\""),
    "line": str,
    "text": str,
    "ip": _address,
    "mask": _mask,
    "wildcard": _address,
    "interface": full_interface_name,
    "vlans": _vlans,
    "mac": _pattern(r"[0-9A-Fa-f]{4}(\.[0-9A-Fa-f]{4}){2}", str.lower),
    "time": _pattern(r"\d{1,2}:\d{2}(:\d{2})?"),
    "hex": _pattern(r"[0-9A-Fa-f]+"),
    "decimal": _pattern(r"\d{1,3}(\.\d{1,2})?"),
    "file": _file,
    "secret": _pattern(r"\S+"),
    "profile": _pattern(r"\"[^\"]*\"|\S+"),
    "offset": lambda text: text if re.fullmatch(r"-?\d{1,2}", text) and -23 <= int(text) <= 23 else None,
    "bridge-priority": lambda text: text if text.isdigit() and int(text) <= 61440 and int(text) % 4096 == 0 else None,
    "prefix": _pattern(r"\d+\.\d+\.\d+\.\d+/\d+"),
}
