"""A company of many equal sites, for measuring: the same number always gives the same files.

Each site has ten devices that siteauto configures (a firewall, a core switch, seven access switches of 48 ports and a
wireless controller), four access points and a server. Everything is what the example's headquarters floor has; the
archetype has five more access switches.
"""

import shutil
from pathlib import Path
from typing import Any

import yaml

CONFIGURED = 10  # devices of a site that get a configuration
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STATES = (("New York", "NY", "America/New_York"), ("San Francisco", "CA", "America/Los_Angeles"))
ARCHETYPE = "bench-floor"
MODELS = {
    "fw1": ("FGT-91G", "FGT91GTK24"),
    "sw1": ("C9300-48UXM", "FOC2811"),
    "wlc1": ("C9800-L-F-K9", "FCL2723"),
    "srv1": ("NUC13", "G6BN3268"),
}


def make_fleet(folder: Path, example: Path, sites: int) -> Path:
    """Write the repository of a company with so many sites into a folder; address locks are not in it yet."""
    inventory = folder / "inventory"
    for part in ("archetypes", "sites"):
        (inventory / part).mkdir(parents=True)
    for part in ("templates", "playbooks"):
        shutil.copytree(example / part, folder / part)
    defaults = _read(example / "inventory" / "defaults.yaml")
    defaults["regions"] = {
        "east": {"pools": ["10.64.0.0/11"], "timezone": STATES[0][2], "states": [STATES[0][1]]},
        "west": {"pools": ["10.96.0.0/11"], "timezone": STATES[1][2], "states": [STATES[1][1]]},
    }
    _write(inventory / "defaults.yaml", defaults)
    _write(inventory / "archetypes" / f"{ARCHETYPE}.yaml", _archetype(example))
    for number in range(sites):
        site = _site(number)
        _write(inventory / "sites" / f"{site['site']}.yaml", site)
    return folder


def site_name(number: int) -> str:
    """us-aaa-aab07: by the site standard's own rule."""
    place, two = divmod(number, 100)
    word = "".join(LETTERS[place // 26**power % 26] for power in (2, 1, 0))
    return f"us-ben-{word}{two:02d}"


def _archetype(example: Path) -> dict[str, Any]:
    archetype = _read(example / "inventory" / "archetypes" / "hq-floor.yaml")
    archetype["archetype"] = ARCHETYPE
    for number in range(4, 9):
        archetype["devices"][f"sw{number}"] = {"role": "access", "platform": "cisco_ios", "host": str(16 + number)}
        archetype["ports"][f"sw{number}"] = archetype["ports"]["sw2"]
    return archetype


def _site(number: int) -> dict[str, Any]:
    city, state, timezone = STATES[number % 2]
    third, fourth = divmod(number // 2 * 4096, 65536)
    return {
        "site": site_name(number),
        "archetype": ARCHETYPE,
        "address": {"street": f"{number + 1} Bench St", "city": city, "state": state, "zip": f"{10001 + number}"},
        "timezone": timezone,
        "supernet": f"10.{(64, 96)[number % 2] + third}.{fourth // 256}.0/20",
        "capacity": {
            "staff": "300",
            "phones": "250",
            "aps": "8",
            "cameras": "30",
            "guests_peak": "120",
            "growth": "15%",
        },
        "circuits": {
            "wan1": {
                "provider": "Bench Fiber",
                "id": f"BF-{number:05d}",
                "rate": "1000/1000",
                "address": f"198.18.{number // 64}.{number % 64 * 4 + 2}/30",
            },
            "wan2": {"provider": "Bench Mobile", "id": f"BM-{number:05d}", "rate": "80/15", "address": "dhcp"},
        },
        "rooms": {"idf": {"floor": "3", "e911": "Network room"}, "west": {"floor": "3", "e911": "West wing"}},
        "devices": _devices(number),
    }


def _devices(number: int) -> dict[str, dict[str, str]]:
    devices = {
        key: {"model": model, "serial": prefix + (f"{number:06d}" if key == "fw1" else _serial(number)), "room": "idf"}
        for key, (model, prefix) in MODELS.items()
    }
    for switch in range(2, 9):
        serial = "FOC2845" + _serial(number * 8 + switch)
        devices[f"sw{switch}"] = {"model": "C9300-48P", "serial": serial, "room": "idf"}
    for ap in range(1, 5):
        count = number * 4 + ap
        devices[f"ap{ap}"] = {
            "model": "CW9166I",
            "serial": "KWC2725" + _serial(count),
            "mac": f"68e5.9e{count // 4096:02x}.{count % 4096:03x}0",
            "room": "west",
        }
    return devices


def _serial(number: int) -> str:
    return "".join(DIGITS[number // 36**power % 36] for power in (3, 2, 1, 0))


def _read(path: Path) -> dict[str, Any]:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return {key: _nulls(value) for key, value in data.items()}


def _nulls(data: Any) -> Any:
    """`null` takes something away; a plain reader has made a word of it."""
    if isinstance(data, dict):
        return {key: _nulls(value) for key, value in data.items()}
    return None if data == "null" else data


def _write(path: Path, data: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=yaml.CDumper, sort_keys=False, default_flow_style=None, width=200)
    path.write_text(text, encoding="utf-8")
