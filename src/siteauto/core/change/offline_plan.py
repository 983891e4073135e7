"""What a change of the repository would do to every device, told from the last backups: a value for people and forges.

It holds no secret: in its texts a secret is a marker (`secret://NAME`) or a keyed token. Nothing in it depends on the
moment when it was made except `stale`, so the same input gives the same bytes.
"""

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

from siteauto.core.change.risk import LEVELS, Risk
from siteauto.core.change.three_way import BY_THE_CHANGE, Hunk, Label
from siteauto.core.models import DeviceName, PlatformName, Role, SiteName
from siteauto.core.platform_spec import Timer
from siteauto.core.run import worst_exit_code

SCHEMA = "siteauto/offline-plan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A state of the repository, as it was asked for and as git calls it."""

    ref: str
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCopy:
    """The last backup of a device. `text` is redacted; `at` is UTC, ISO 8601: when this text was first seen."""

    text: str
    commit: str
    at: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFacts:
    """Which backup a device was compared with. `last_change` is the device's own words on who changed it and when.

    `hours` is its age when the plan was made: for people, not in plan.json, and -1 in a plan that was read from there.
    """

    commit: str
    at: str
    hours: int
    stale: bool
    last_change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceForecast:
    """One device. `trouble` says why it is unknown; `untold` counts places that only who knows the secrets can compare.

    `commands` is what would be typed on a merge, and a prediction on a replace; `refused` says what they do not reach.
    """

    site: SiteName
    device: DeviceName
    role: Role
    platform: PlatformName
    hunks: tuple[Hunk, ...]
    backup: BackupFacts | None
    trouble: str = ""
    untold: int = 0
    suppressed: int = 0
    risks: tuple[Risk, ...] = ()
    level: str = LEVELS[0]
    mode: str = "none"  # replace | merge | none
    timer: Timer
    commands: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def has(self, label: Label) -> bool:
        """Whether a hunk has this label."""
        return any(hunk.label is label for hunk in self.hunks)

    @property
    def touched(self) -> bool:
        """Whether the change of the repository itself would do something here."""
        return any(hunk.label in BY_THE_CHANGE for hunk in self.hunks)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflinePlan:
    """The whole change. `removed` are devices that the new intent has no more: nothing is sent to them."""

    base: Revision
    head: Revision
    devices: tuple[DeviceForecast, ...]
    removed: tuple[DeviceName, ...] = ()
    warnings: tuple[str, ...] = ()
    acknowledged: bool = False  # somebody has agreed to overwrite what was done by hand

    @property
    def totals(self) -> dict[Label, int]:
        """How many devices have hunks of each label."""
        count = Counter(label for one in self.devices for label in {hunk.label for hunk in one.hunks})
        return {label: count[label] for label in Label if count[label]}

    @property
    def unknown(self) -> tuple[DeviceForecast, ...]:
        """Devices of which nobody can tell."""
        return tuple(one for one in self.devices if one.trouble)

    @property
    def exit_code(self) -> int:
        """4 where a device is unknown, 3 for a collision that nobody acknowledged, 5 for anything else to do."""
        codes = [4] if self.unknown else []
        labels = self.totals
        if Label.COLLISION in labels and not self.acknowledged:
            codes.append(3)
        if set(labels) - {Label.ADOPTED, Label.ALREADY_THERE} or self.removed:
            codes.append(5)
        return worst_exit_code(codes)


def below(plan: OfflinePlan, prefix: str) -> OfflinePlan:
    """The plan of a company that is a folder of a larger repository: forges know files from its top."""

    def moved(hunk: Hunk) -> Hunk:
        place = hunk.place
        return replace(hunk, place=replace(place, file=f"{prefix}{place.file}")) if place is not None else hunk

    devices = (replace(one, hunks=tuple(map(moved, one.hunks))) for one in plan.devices)
    return replace(plan, devices=tuple(devices)) if prefix else plan


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedHunk:
    """One hunk and all devices that have it."""

    hunk: Hunk
    devices: tuple[DeviceName, ...]


def shared_hunks(plan: OfflinePlan) -> tuple[SharedHunk, ...]:
    """Every hunk once. In the order of labels, then the most widespread first."""
    found: dict[tuple[Label, str, tuple[str, ...]], list[tuple[Hunk, DeviceName]]] = {}
    for one in plan.devices:
        for hunk in one.hunks:
            found.setdefault((hunk.label, hunk.text, hunk.base), []).append((hunk, one.device))
    groups = [SharedHunk(hunk=all_[0][0], devices=tuple(name for _, name in all_)) for all_ in found.values()]
    order = list(Label)
    return tuple(sorted(groups, key=lambda one: (order.index(one.hunk.label), -len(one.devices))))


def offline_plan_to_dict(plan: OfflinePlan) -> dict[str, Any]:
    """The plan as versioned data: `plan.json`."""
    return {
        "schema": SCHEMA,
        "base": asdict(plan.base),
        "head": asdict(plan.head),
        "exit_code": plan.exit_code,
        "acknowledged_collisions": plan.acknowledged,
        "totals": {str(label): count for label, count in plan.totals.items()},
        "warnings": list(plan.warnings),
        "removed": list(plan.removed),
        "devices": [_device(one) for one in plan.devices],
        "hunks": [
            {**_hunk(one.hunk), "devices": list(one.devices), "count": len(one.devices)} for one in shared_hunks(plan)
        ],
    }


def _device(one: DeviceForecast) -> dict[str, Any]:
    data = asdict(one)
    data["hunks"] = [_placed(hunk) for hunk in one.hunks]
    if one.backup is not None:
        del data["backup"]["hours"]
    return data


def _hunk(hunk: Hunk) -> dict[str, Any]:
    return {"label": str(hunk.label), "section": hunk.section, "text": hunk.text, "base": list(hunk.base)}


def _placed(hunk: Hunk) -> dict[str, Any]:
    place = {"file": hunk.place.file, "line": hunk.place.line} if hunk.place is not None else None
    return {**_hunk(hunk), "place": place}
