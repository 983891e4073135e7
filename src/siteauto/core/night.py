"""A backup run over many sites as one value: what each gave, and what went wrong beside the devices."""

from dataclasses import dataclass, replace

from siteauto.core.backup import BackupReport, BackupStatus
from siteauto.core.backup_state import Freshness
from siteauto.core.errors import SiteautoError
from siteauto.core.run import worst_exit_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What went wrong beside single devices: with a site's data, the repository, the push, or a notice.

    `what` is a site's name, or the part of the run.
    """

    what: str
    error: SiteautoError

    @property
    def exit_code(self) -> int:
        """The error's own; 4 for a repository that could not be kept or pushed."""
        return self.error.exit_code if self.error.exit_code != 1 else 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The whole run. `at` is its end, UTC, ISO 8601."""

    at: str
    seconds: float
    reports: tuple[BackupReport, ...]
    troubles: tuple[Trouble, ...] = ()
    freshness: tuple[Freshness, ...] = ()

    def with_troubles(self, more: tuple[Trouble, ...]) -> "Night":
        """The run with what else went wrong."""
        return replace(self, troubles=(*self.troubles, *more))

    @property
    def stale(self) -> tuple[Freshness, ...]:
        """Devices without a fresh copy, whatever the reason."""
        return tuple(one for one in self.freshness if one.stale)

    @property
    def changed(self) -> bool:
        """Whether some device has changed."""
        return any(one.status is BackupStatus.STORED for report in self.reports for one in report.devices)

    @property
    def failed(self) -> bool:
        """Whether a person must look."""
        return bool(self.exit_code)

    @property
    def exit_code(self) -> int:
        """The worst of all sites, of what went wrong beside them, and 3 where a device has no fresh copy."""
        codes = [report.exit_code for report in self.reports] + [one.exit_code for one in self.troubles]
        return worst_exit_code([*codes, *([3] if self.stale else [])])
