"""Every kind of secret that a system can hold: gone from the redacted text, and no word of configuration with it.

`<platform>/secrets.txt` lists them under `## kind`, a paragraph for each form that a device prints. What must vanish stands
in « and »; every other character must stay. A kind that a system has not is named with the reason: `## isis, wifi: …`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from siteauto.core.leaks import gate
from siteauto.core.models import PlatformName
from siteauto.core.redact import redact
from siteauto.platforms import load_platforms

HERE = Path(__file__).parent
PLATFORMS = load_platforms()
KEY = bytes(32)
SECRET = re.compile(r"«([^»]*)»")
TOKEN = r"‹[^›]*›"
STAYS = "nothing"  # the kind of lines that only look as if they held something
KINDS = (
    "users",
    "enable",
    "console",
    "snmp communities",
    "snmp v3",
    "tacacs",
    "radius",
    "ldap",
    "ntp",
    "ospf",
    "bgp",
    "isis",
    "key chains",
    "gateways",  # VRRP, HSRP, GLBP, CARP
    "clusters",  # between the members of a stack, a pair or a mesh
    "vpn",
    "wifi",
    "ppp",
    "ddns",
    "private keys",
    "tokens",  # of the box's own API, of a cloud, of a service that it calls
    "urls",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One form of one kind, with its secrets marked."""

    platform: PlatformName
    kind: str
    marked: str

    @property
    def text(self) -> str:
        return self.marked.replace("«", "").replace("»", "")

    @property
    def secrets(self) -> list[str]:
        return SECRET.findall(self.marked)

    def __str__(self) -> str:
        return f"{self.platform}: {self.kind}: {' '.join(self.text.split())[:60]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One platform's file: its cases, and the kinds that the system has not, each with the reason."""

    cases: tuple[Case, ...]
    absent: dict[str, str]


def read_sheet(platform: PlatformName) -> Sheet:
    kind, cases, absent = "", list[Case](), dict[str, str]()
    file = HERE / platform / "secrets.txt"
    for paragraph in re.split(r"\n(?:[ \t]*\n)+", file.read_text(encoding="utf-8").strip("\n")):
        if not paragraph.startswith("## "):
            cases.append(Case(platform=platform, kind=kind, marked=paragraph))
            continue
        kind, _, reason = paragraph.removeprefix("## ").partition(": ")
        if reason:
            absent |= dict.fromkeys(kind.split(", "), " ".join(reason.split()))
    return Sheet(cases=tuple(cases), absent=absent)


SHEETS = {name: read_sheet(name) for name in PLATFORMS if (HERE / name / "secrets.txt").exists()}
CASES = [case for sheet in SHEETS.values() for case in sheet.cases]


def test_every_platform_has_its_sheet():
    assert set(PLATFORMS) == set(SHEETS)


@pytest.mark.parametrize("name", SHEETS)
def test_every_kind_is_shown_or_is_said_to_be_absent(name):
    sheet = SHEETS[name]
    shown = {case.kind for case in sheet.cases}
    assert shown | set(sheet.absent) <= {*KINDS, STAYS}
    assert not shown & set(sheet.absent)
    assert not set(KINDS) - shown - set(sheet.absent)
    assert all((case.kind == STAYS) != bool(case.secrets) for case in sheet.cases)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_secret_goes_and_nothing_else_does(case):
    rules = PLATFORMS[case.platform].config
    shown = redact(rules, case.text, KEY)
    assert not [secret for secret in case.secrets if secret in re.sub(TOKEN, "", shown)]
    assert re.fullmatch(TOKEN.join(map(re.escape, re.split(SECRET.pattern, case.marked)[::2])), shown), shown
    assert gate(shown, {}, KEY).masked == (), "only the last gate saw it"
    assert redact(rules, shown, KEY) == shown
