"""Site files with another tool's devices in them, as boxes that are only backed up."""

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import AddressValueError, IPv4Address

from siteauto.core.errors import UsageError
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.site.naming import SITE_NAME, SITE_NAME_RULE
from siteauto.core.way_in.old_devices import OldDevice
from siteauto.core.way_in.other_names import Tool, platform_of

LONGEST = 30  # characters of a device's name within its site


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSite:
    """A site file that is to be written."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """All that was read. `secrets` are the values by name, empty where the other tool has none."""

    sites: tuple[ImportedSite, ...]
    devices: int
    gaps: tuple[str, ...]
    notes: tuple[str, ...]
    secrets: Mapping[str, str] = field(repr=False)


def sites_of(groups: Collection[str], named: Mapping[str, str], site: str) -> dict[str, str]:
    """The site of each group: the one of all, the one that was said, or the group's own name. Raises UsageError."""
    found = {group: site or named.get(group, group) for group in sorted(groups)}
    wrong = [group for group, name in found.items() if SITE_NAME.fullmatch(name) is None]
    if wrong:
        raise UsageError(
            f"No site is named for {', '.join(wrong)}",
            expected=SITE_NAME_RULE,
            next_step="Say which: " + " ".join(f"--group {group}=SITE" for group in wrong) + ", or --site SITE for all",
        )
    return found


def make_sites(
    devices: Sequence[OldDevice],
    sites: Mapping[str, str],
    *,
    platforms: Mapping[PlatformName, PlatformSpec],
    tool: Tool,
) -> Imported:
    """One site file for each site, with named gaps for what only a person knows. What stands twice is taken once."""
    times = Counter(devices)
    lines: dict[str, list[str]] = {}
    taken: dict[str, set[str]] = {}
    gaps, secrets = [], {}
    for one in times:
        site = sites[one.group]
        short = _short(one.name, taken.setdefault(site, set()))
        secret = f"imported/{_slug(one.login.name)}" if one.login.name else f"{site}/{short}"
        secrets[secret] = one.login.password
        said, missing = _said(one, short, platform_of(one.model, platforms, tool), secret)
        lines.setdefault(site, []).append(f"  {short}: {said}")
        gaps += [f"{site} {short}: {each}" for each in missing]
    return Imported(
        sites=tuple(ImportedSite(name=site, text=_text(site, said)) for site, said in lines.items()),
        devices=len(times),
        gaps=tuple(gaps),
        notes=(
            *(f"{one.name} {note}" for one in times for note in one.notes),
            *(f"{one.name} stands there {number} times" for one, number in times.items() if number > 1),
        ),
        secrets=secrets,
    )


def _text(site: str, devices: Sequence[str]) -> str:
    return "\n".join([f"site: {site}", "backup_only:", *devices]) + "\n"


def _said(one: OldDevice, short: str, platform: PlatformName | None, secret: str) -> tuple[str, tuple[str, ...]]:
    """The device's line, and what is missing in it."""
    missing = []
    if platform is None:
        missing.append(f"platform: siteauto has none for {one.model or 'a model that nobody named'}")
    if not _is_address(one.host):
        missing.append(f"address: only the name {one.host} is known")
    if not one.login.username:
        missing.append("username: the other tool names none")
    parts = {
        "platform": platform or f"<platform of {short}, which is called {one.model}>",
        "address": one.host if _is_address(one.host) else f"<address of {one.host}>",
        "port": str(one.port) if one.port else "",
    }
    login = {"username": one.login.username or f"<user name for {short}>", "password": f"secret://{secret}"}
    words = [f"{key}: {_word(value)}" for key, value in parts.items() if value]
    return (
        f"{{{', '.join(words)}, login: {{{', '.join(f'{key}: {_word(value)}' for key, value in login.items())}}}}}",
        (*missing,),
    )


def _is_address(host: str) -> bool:
    try:
        IPv4Address(host)
    except AddressValueError:
        return False
    return True


def _short(name: str, taken: set[str]) -> str:
    """A name as devices have it within a site: lower case, a letter first, and nobody else's."""
    words = name if _is_address(name) else name.partition(".")[0]
    plain = _slug(words)
    plain = (plain if plain[:1].isalpha() else f"box-{plain}")[:LONGEST].rstrip("-")
    short, number = plain, 1
    while short in taken:
        number += 1
        short = f"{plain[: LONGEST - 4]}-{number}"
    taken.add(short)
    return short


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "box"


def _word(text: str) -> str:
    """A text as YAML in a flow mapping."""
    return text if re.fullmatch(r"[A-Za-z][\w./:-]*|\d+(?:\.\d+)*", text) else json.dumps(text, ensure_ascii=False)
