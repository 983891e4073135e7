"""How a site transaction, and the provision around it, ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from siteauto.core.backup import BackupReport
from siteauto.core.change.transaction import Decision, State, Verdict
from siteauto.core.checks import CheckReport
from siteauto.core.errors import SiteautoError
from siteauto.core.models import DeviceName
from siteauto.core.ports import PlaybookResult, Target
from siteauto.core.run import worst_exit_code

MIXED_EXIT_CODE = 6
INTERRUPTED_EXIT_CODE = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEnd:
    """Where a device ended, what went wrong on it, and its own diff as it was staged, its secrets hidden."""

    device: DeviceName
    state: State
    error: SiteautoError | None = None
    device_diff: str = ""
    leftover: str = ""  # a file of ours that could not be removed from it


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionResult:
    """How the site ended. `reason` is why it was undone; `deadline` is when the timers would have fired."""

    verdict: Verdict
    decision: Decision
    devices: tuple[DeviceEnd, ...]
    targets: tuple[Target, ...] = ()  # as they are reached from now on
    reason: SiteautoError | None = None
    interrupted: bool = False
    deadline: datetime | None = None
    journal_error: SiteautoError | None = None

    @property
    def met_at(self) -> Mapping[DeviceName, str]:
        """Where the devices that are new were reached, at the end over their planned addresses only."""
        new = {one.device for one in self.devices if one.state in (State.CONFIRMED, State.SAVED)}
        return {target.device.name: target.host for target in self.targets if target.device.name in new}

    @property
    def exit_code(self) -> int:
        """As DESIGN.md has it: mixed before unreachable before failed."""
        errors = [self.reason, self.journal_error, *(one.error for one in self.devices)]
        codes = [error.exit_code for error in errors if error is not None]
        codes += [INTERRUPTED_EXIT_CODE] if self.interrupted else []
        codes += [MIXED_EXIT_CODE] if self.verdict is Verdict.MIXED else []
        return worst_exit_code(codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisioned:
    """How a provision ended. After an undo there are no servers, checks or second backup.

    `errors` are what kept parts of the end from being done; `interrupted`: Ctrl-C did, when the network was new
    already.
    """

    transaction: TransactionResult
    servers: PlaybookResult | None = None
    checks: CheckReport | None = None
    backup: BackupReport | None = None
    errors: tuple[SiteautoError, ...] = ()
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """The worst of all its parts."""
        parts = (self.transaction, self.servers, self.checks, self.backup, *self.errors)
        codes = [part.exit_code for part in parts if part is not None]
        return worst_exit_code([*codes, INTERRUPTED_EXIT_CODE] if self.interrupted else codes)
