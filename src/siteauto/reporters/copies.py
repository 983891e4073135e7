"""Stored copies of a device in words and as data."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from siteauto.core.stored_copy import Comparison, FoundCopy, Version
from siteauto.reporters.safe_text import visible

CHANGED_BY = "Changed-By"


def history_text(device: str, versions: Sequence[Version]) -> str:
    """One line for each copy."""
    lines = [_line(device, version) for version in versions]
    return "\n".join([*lines, f"{device}: {len(versions)} cop{'y' if len(versions) == 1 else 'ies'}"])


def history_data(device: str, versions: Sequence[Version]) -> dict[str, Any]:
    """The same as data."""
    return {"device": device, "copies": [_version(one) for one in versions]}


def copy_data(copy: FoundCopy) -> dict[str, Any]:
    """A copy with its record; the sealed bytes stay in the repository."""
    return {"version": _version(copy.version), "record": asdict(copy.record), "text": copy.redacted}


def diff_data(device: str, found: Comparison) -> dict[str, Any]:
    """Both copies, and what differs."""
    return {"device": device, "a": _version(found.before), "b": _version(found.now), "diff": found.text.splitlines()}


def _line(device: str, version: Version) -> str:
    who = next(
        (
            f"  changed by {value.replace(f' on {device}', '')}"
            for key, value in version.trailers
            if key == CHANGED_BY and f" on {device} at" in value
        ),
        "",
    )
    return visible(f"{version.at}  {version.commit[:12]}  {version.subject}{who}")


def _version(version: Version) -> dict[str, Any]:
    return {
        "commit": version.commit,
        "at": version.at,
        "subject": version.subject,
        "trailers": [{"key": key, "value": value} for key, value in version.trailers],
    }
