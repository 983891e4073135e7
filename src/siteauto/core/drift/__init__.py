"""How a site's running configurations differ from the intended ones."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from siteauto.core.drift.ignore import IgnoreReport
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.platform_spec import BackupRules
from siteauto.core.run import worst_exit_code


class DriftStatus(StrEnum):
    """What the comparison of one device came to."""

    SAME = "same"
    DRIFT = "drift"
    ERROR = "error"  # we could not tell
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"  # there is nothing stored that could tell
    NO_INTENT = "no intent"  # siteauto does not say what the device shall be


EXIT_CODES = {
    DriftStatus.SAME: 0,
    DriftStatus.DRIFT: 5,
    DriftStatus.ERROR: 4,
    DriftStatus.UNREACHABLE: 4,
    DriftStatus.UNKNOWN: 4,
    DriftStatus.NO_INTENT: 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceDrift:
    """One device. `text` shows the differences that count, `minor` counts those that do not (see `ConfigDiff`).

    `untold` counts places that cannot be compared: a secret of unknown value, a line that is never shown. `suppressed`
    counts those that an ignore rule hides. `source` says what was compared where it was not the live device.
    `remediation` is what to type against the drift, and `converges` what our proof says of it.
    """

    device: DeviceName
    status: DriftStatus
    text: str = ""
    differences: int = 0
    minor: int = 0
    untold: int = 0
    reason: str = ""
    last_change: str = ""  # the device's own words on who changed it and when
    suppressed: int = 0
    source: str = ""
    stale: bool = False
    remediation: tuple[str, ...] = ()
    converges: str = ""  # converges | full replace | by hand, with the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftReport:
    """A whole site. Every device asked for is in it."""

    site: SiteName
    target: str
    at: str
    devices: tuple[DeviceDrift, ...]
    ignores: IgnoreReport = field(default_factory=IgnoreReport)

    @property
    def exit_code(self) -> int:
        """0 no drift, 5 drift, 3 for an ignore rule that has expired, 4 where a device could not be compared."""
        codes = [EXIT_CODES[device.status] for device in self.devices]
        return worst_exit_code([*codes, *([3] if self.ignores.expired else [])])


def last_change(rules: BackupRules, text: str) -> str:
    """The device's own words on who changed it last and when; empty where it does not say."""
    match = re.search(rules.last_change, text, re.MULTILINE) if rules.last_change else None
    return match.group(0).lstrip("!# ").strip() if match else ""
