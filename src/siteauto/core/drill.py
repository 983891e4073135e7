"""Restore drills: which stored copies were proven to be restorable, when, and how old the oldest proof is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from siteauto.core.completeness import find_defects, find_shortfall, measure
from siteauto.core.config.bodies import unended_texts
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.run import worst_exit_code
from siteauto.core.stored_copy import CopyRecord

DAY = 86400


class DrillStatus(StrEnum):
    """What a drill found of one copy."""

    PROVEN = "proven"  # loaded into a simulated device, read back, and the same
    READABLE = "readable"  # it opens, is whole and what its record says; nothing here can be loaded with it
    FAILED = "failed"
    UNTESTED = "untested"  # it should have been loaded, and could not be tried


EXIT_CODES = {DrillStatus.PROVEN: 0, DrillStatus.READABLE: 0, DrillStatus.FAILED: 3, DrillStatus.UNTESTED: 4}


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
class Proofs:
    """When each device's last copy was proven restorable, or, where nothing can be loaded with it, readable."""

    restorable: Mapping[DeviceName, str] = field(default_factory=dict)
    readable: Mapping[DeviceName, str] = field(default_factory=dict)

    def of(self, device: DeviceName) -> str:
        """The moment of the better proof; empty: there is none."""
        return self.restorable.get(device) or self.readable.get(device, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDrill:
    """The repository itself: cloned, checked, counted. `problems` is empty where all is well.

    `source` is what was cloned, `opened` how many sealed copies of the clone were opened and are what their records
    say; None: that was not asked for.
    """

    source: str
    devices: int
    commits: int = 0
    opened: int | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillReport:
    """One drill. `by` ran it, with the identity `opened_with`. `proofs` are all that there are, this drill's too."""

    at: str
    target: str
    by: str
    opened_with: str
    store: StoreDrill
    drilled: tuple[DeviceDrill, ...]
    proofs: Proofs
    devices: tuple[DeviceName, ...]  # all that have a copy

    @property
    def proven(self) -> int:
        """How many of the devices with a copy were proven restorable, now or earlier."""
        return sum(name in self.proofs.restorable for name in self.devices)

    @property
    def readable(self) -> int:
        """How many more were proven readable, and no more than that."""
        return sum(name in self.proofs.readable and name not in self.proofs.restorable for name in self.devices)

    @property
    def oldest_days(self) -> int | None:
        """The age of the oldest proof; None: there is none."""
        moments = [datetime.fromisoformat(at) for at in map(self.proofs.of, self.devices) if at]
        return int((datetime.fromisoformat(self.at) - min(moments)).total_seconds() // DAY) if moments else None

    @property
    def exit_code(self) -> int:
        """0 where every drilled copy was proven, 3 where one or the store failed, 4 where one could not be tried."""
        codes = [EXIT_CODES[one.status] for one in self.drilled]
        return worst_exit_code([*codes, 3] if self.store.problems else codes)


def choose(devices: Sequence[DeviceName], proofs: Proofs, count: int) -> tuple[DeviceName, ...]:
    """The devices to drill: those that were never proven first, then those whose proof is the oldest. 0: all."""
    ranked = sorted(devices, key=lambda name: (proofs.of(name), name))
    return tuple(ranked[:count] if count else ranked)


def with_proofs(proofs: Proofs, drilled: Iterable[DeviceDrill], *, at: str) -> Proofs:
    """The proofs after a drill: a copy that failed has lost those that earlier ones had."""
    restorable, readable = dict(proofs.restorable), dict(proofs.readable)
    for one in drilled:
        if one.status is DrillStatus.PROVEN:
            restorable[one.device] = at
        elif one.status is DrillStatus.READABLE:
            readable[one.device] = at
        elif one.status is DrillStatus.FAILED:
            restorable.pop(one.device, None)
            readable.pop(one.device, None)
    return Proofs(restorable=restorable, readable=readable)


def find_flaws(platform: PlatformSpec | None, record: CopyRecord, exact: bytes) -> tuple[str, ...]:
    """Why an opened copy is not the whole configuration that its record speaks of; empty when it is."""
    text = exact.decode(errors="ignore")
    size = len(text.encode())
    flaws = () if size == record.size else (f"its record tells of {record.size} bytes, and it has {size}",)
    if platform is None:
        return (*flaws, f"there is no platform {record.platform} here to read it with")
    if measure(platform.backup, text).lines != record.lines:
        flaws = (*flaws, f"its record tells of {record.lines} lines")
    broken = tuple(
        f"the text that line {number} starts has no end" for number, _ in unended_texts(platform.config, text)
    )
    return (*flaws, *find_defects(platform.backup, text), *find_shortfall(platform.backup, text), *broken)
