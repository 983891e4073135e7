"""How a site's running configurations differ from the intended ones."""

from dataclasses import dataclass
from enum import StrEnum

from siteauto.core.models import DeviceName, SiteName
from siteauto.core.run import worst_exit_code


class DriftStatus(StrEnum):
    """What the comparison of one device came to."""

    SAME = "same"
    DRIFT = "drift"
    ERROR = "error"  # we could not tell
    UNREACHABLE = "unreachable"


EXIT_CODES = {DriftStatus.SAME: 0, DriftStatus.DRIFT: 5, DriftStatus.ERROR: 4, DriftStatus.UNREACHABLE: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceDrift:
    """One device. `text` shows the differences that count, `minor` counts those that do not (see `ConfigDiff`)."""

    device: DeviceName
    status: DriftStatus
    text: str = ""
    differences: int = 0
    minor: int = 0
    reason: str = ""
    last_change: str = ""  # the device's own words on who changed it and when


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftReport:
    """A whole site. Every device asked for is in it."""

    site: SiteName
    target: str
    at: str
    devices: tuple[DeviceDrift, ...]

    @property
    def exit_code(self) -> int:
        """0 no drift, 5 drift, 4 where a device could not be compared."""
        return worst_exit_code(EXIT_CODES[device.status] for device in self.devices)
