"""The example company for a benchmark: one floor of twelve devices, and twenty sites instead of seventeen."""

import re
import shutil
from pathlib import Path

from siteauto.app.example import example_root

SITE = "us-nyc-hqf01"
MORE = range(4, 11)  # access switches that the example site does not have
COPIED = {"us-mia-des01": "10.44.28.0/22", "us-phx-bil01": "10.46.8.0/22", "us-was-kst01": "10.44.56.0/21"}


def bigger_company(folder: Path) -> Path:
    """The company in this folder."""
    for part in ("inventory", "templates", "playbooks"):
        shutil.copytree(example_root() / part, folder / part)
    sites = folder / "inventory" / "sites"
    file = sites / f"{SITE}.yaml"
    file.write_text(with_ten_switches(file.read_text(encoding="utf-8")), encoding="utf-8")
    for name, supernet in COPIED.items():
        text = (sites / f"{name}.yaml").read_text(encoding="utf-8")
        (sites / f"{second(name)}.yaml").write_text(another_site(text, name, supernet), encoding="utf-8")
    return folder


def with_ten_switches(site: str) -> str:
    """One floor of a firewall, a controller and ten switches of Cisco's alone.

    NAPALM and Netmiko reach all of them over a command line, so that every call can be made bare.
    """
    cisco = re.sub(r"EX3400-48P, serial: NX02183.(....)", r"C9300-48P, serial: FOC2817\1", site)
    more = "".join(f"  sw{n}: {{model: C9300-48P, serial: FOC2818{n:02}Q2, room: idf, role: access}}\n" for n in MORE)
    cables = "".join(f"  sw{n} uplink1: sw1 {20 + n}\n" for n in MORE[1:])  # the core has uplinks for three switches
    return f"{cisco.replace('  wlc1:', f'{more}  wlc1:', 1)}cabling:\n{cables}"


def another_site(text: str, name: str, supernet: str) -> str:
    """The same site once more, with a name, networks, boxes and circuits of its own."""
    text = re.sub(r"^supernet: .*", f"supernet: {supernet}", text.replace(name, second(name)), flags=re.MULTILINE)
    text = re.sub(r"\bid: ([\w.-]+)", r"id: \1-2", text.replace(" 198.51.100.", " 203.0.113."))
    text = re.sub(r"\bmac: 68e5\.9e", "mac: 68e5.9f", text)
    return re.sub(r"\bserial: (\w*)(\w)", lambda found: f"serial: {found[1]}{next_sign(found[2])}", text)


def second(name: str) -> str:
    """The name of a second site at the same place."""
    return f"{name[:-1]}2"


def next_sign(sign: str) -> str:
    """Another digit for a digit, another letter for a letter."""
    return {"9": "0", "Z": "A"}.get(sign, chr(ord(sign) + 1))
