"""Whether a configuration that a device sent is whole."""

import re

from siteauto.core.platform_spec import BackupRules


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
