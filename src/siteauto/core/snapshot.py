"""A device's configuration as it was at one moment, and whether that text is whole."""

import re
from dataclasses import dataclass

from siteauto.core.models import DeviceName
from siteauto.core.platform_spec import BackupRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a device held. Texts are exact, secrets included: for files of mode 0600 and for rollback, never for show."""

    device: DeviceName
    at: str  # UTC, ISO 8601
    running: str
    startup: str = ""  # empty where the platform keeps no second copy


def find_defects(rules: BackupRules, text: str) -> tuple[str, ...]:
    """Why this text is not a whole configuration; empty when it is."""
    defects = [
        f"the device answered {match.group(0).strip()!r}"
        for pattern in rules.errors
        if (match := re.search(pattern, text, re.MULTILINE))
    ]
    defects += [
        f"nothing in it matches {pattern!r}" for pattern in rules.required if not re.search(pattern, text, re.MULTILINE)
    ]
    last = next((line for line in reversed(text.splitlines()) if line.strip()), "")
    if not re.search(rules.end, last):
        defects.append(f"it ends with {last.strip()[:60]!r}, not with what matches {rules.end!r}")
    return tuple(defects)
