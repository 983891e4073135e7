"""Restore drills: which stored copies were proven to be restorable, when, and how old the oldest proof is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from siteauto.core.models import DeviceName, SiteName
from siteauto.core.run import worst_exit_code

CONTROLS = ("NIST SP 800-53 CP-9 (1): testing of backups", "CP-10: recovery", "CP-4: contingency plan testing")
DAY = 86400


class DrillStatus(StrEnum):
    """What a drill found of one copy."""

    PROVEN = "proven"  # loaded into a simulated device, read back, and the same
    FAILED = "failed"
    UNTESTED = "untested"  # nothing here can be loaded with it


EXIT_CODES = {DrillStatus.PROVEN: 0, DrillStatus.FAILED: 3, DrillStatus.UNTESTED: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceDrill:
    """One copy, drilled."""

    site: SiteName
    device: DeviceName
    status: DrillStatus
    commit: str = ""
    copied_at: str = ""  # UTC, ISO 8601: when the copy was stored
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDrill:
    """The repository itself: cloned, checked, counted. `problems` is empty where all is well."""

    folder: str
    devices: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillReport:
    """One drill. `proofs` are the moments at which each device's copy was last proven, this drill's among them."""

    at: str
    target: str
    store: StoreDrill
    drilled: tuple[DeviceDrill, ...]
    proofs: Mapping[DeviceName, str]
    devices: tuple[DeviceName, ...]  # all that have a copy

    @property
    def proven(self) -> int:
        """How many of the devices with a copy were proven restorable, now or earlier."""
        return sum(name in self.proofs for name in self.devices)

    @property
    def oldest_days(self) -> int | None:
        """The age of the oldest proof; None: there is none."""
        moments = [datetime.fromisoformat(self.proofs[name]) for name in self.devices if name in self.proofs]
        if not moments:
            return None
        return int((datetime.fromisoformat(self.at) - min(moments)).total_seconds() // DAY)

    @property
    def exit_code(self) -> int:
        """0 where every drilled copy was proven, 3 where one or the store failed, 4 where one could not be tried."""
        codes = [EXIT_CODES[one.status] for one in self.drilled]
        return worst_exit_code([*codes, 3] if self.store.problems else codes)


def choose(devices: Sequence[DeviceName], proofs: Mapping[DeviceName, str], count: int) -> tuple[DeviceName, ...]:
    """The devices to drill: those that were never proven first, then those whose proof is the oldest. 0: all."""
    ranked = sorted(devices, key=lambda name: (proofs.get(name, ""), name))
    return tuple(ranked[:count] if count else ranked)


def with_proofs(
    proofs: Mapping[DeviceName, str], drilled: Iterable[DeviceDrill], *, at: str
) -> Mapping[DeviceName, str]:
    """The proofs after a drill: a copy that failed has lost the proof that an earlier one had."""
    kept = dict(proofs)
    for one in drilled:
        if one.status is DrillStatus.PROVEN:
            kept[one.device] = at
        elif one.status is DrillStatus.FAILED:
            kept.pop(one.device, None)
    return kept
