"""Ask a device for its running configuration, as often as it takes to get it without a message in the middle."""

import re
from dataclasses import dataclass, field

from siteauto.core.checks.identity import read_identity
from siteauto.core.comparable import comparable
from siteauto.core.completeness import find_interruption
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Session
from siteauto.core.readings import IdentityReading

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a device sent, as text, and byte for byte but for the line ends of its terminal.

    `trouble` says why it cannot be whole although its text looks so.
    """

    text: str = field(repr=False)
    exact: bytes = field(repr=False)
    identity: IdentityReading | None = None
    trouble: tuple[str, ...] = ()
    changed_by: str = ""
    changed_at: str = ""


def fetch_copy(session: Session, platform: PlatformSpec) -> Fetched:
    """The running configuration as the device sent it, whole or not, and what it says of itself."""
    for command in platform.backup.before:
        session.run(command)
    text, trouble = _undisturbed(session, platform)
    asked = [command for command in (platform.identity.command, *platform.identity.also) if command]
    told = "\n".join(session.run(command) for command in asked)
    return describe(platform, text, identity=read_identity(platform, told), trouble=trouble)


def describe(
    platform: PlatformSpec, text: str, *, identity: IdentityReading | None = None, trouble: tuple[str, ...] = ()
) -> Fetched:
    """A text that was fetched before, with what it says of who changed it last."""
    rule = platform.backup.last_change
    readable = text.encode(errors="ignore").decode()
    found = re.search(rule, readable, re.MULTILINE) if rule else None
    said = found.groupdict() if found else {}
    return Fetched(
        text=readable,
        exact=text.encode(errors="surrogateescape"),
        identity=identity,
        trouble=trouble,
        changed_by=(said.get("who") or "").strip(),
        changed_at=(said.get("when") or "").strip(),
    )


def _undisturbed(session: Session, platform: PlatformSpec) -> tuple[str, tuple[str, ...]]:
    """The text of a try that no message disturbed, or one that two tries agree on: then it is configuration."""
    before, message = "", ""
    for _ in range(TRIES):
        text = session.run(platform.backup.running)
        message = find_interruption(platform.backup, text)
        if not message or (before and comparable(platform, text) == comparable(platform, before)):
            return text, ()
        before = text
    return text, (f"in {TRIES} tries the device wrote messages into it, the last one {message!r}",)
