"""What a backup run stored, and what it did not and why."""

from dataclasses import dataclass
from enum import StrEnum

from siteauto.core.models import DeviceName, SiteName
from siteauto.core.run import worst_exit_code


class BackupStatus(StrEnum):
    """What became of one device's copy."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    INCOMPLETE = "incomplete"  # the text is not whole: it is in quarantine, and the last good copy stays
    ERROR = "error"
    UNREACHABLE = "unreachable"


EXIT_CODES = {
    BackupStatus.STORED: 0,
    BackupStatus.UNCHANGED: 0,
    BackupStatus.INCOMPLETE: 3,
    BackupStatus.ERROR: 4,
    BackupStatus.UNREACHABLE: 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceBackup:
    """One device's copy: where it went, or why there is none.

    `quarantine` is the sealed file of a text that was refused; `masked` says which kinds of secrets only the last gate
    found; `changed_by` is the device's own word. `diff` is redacted.
    """

    device: DeviceName
    status: BackupStatus
    file: str = ""
    reason: str = ""
    quarantine: str = ""
    masked: tuple[str, ...] = ()
    changed_by: str = ""
    diff: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """A whole site. `folder` holds the repository, `commit` is the state after the run.

    `down` says that the whole site does not answer, which is one finding and not one for each device.
    """

    site: SiteName
    target: str
    at: str
    folder: str
    commit: str
    devices: tuple[DeviceBackup, ...]
    down: str = ""

    @property
    def exit_code(self) -> int:
        """0 when every device has a whole copy, 3 where one was not whole, 4 where one could not be fetched."""
        return worst_exit_code(EXIT_CODES[device.status] for device in self.devices)
