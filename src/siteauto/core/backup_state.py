"""What is known of every device's backups, from one night to the next: tried when, proven when, and what went wrong."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from siteauto.core.backup import BackupReport, BackupStatus
from siteauto.core.errors import StoreError
from siteauto.core.models import DeviceName, SiteName

SCHEMA = "siteauto/backup-state/1"
PROVEN = frozenset({BackupStatus.STORED, BackupStatus.UNCHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """One device. Moments are UTC, ISO 8601; `proven` is when it was last seen that the stored copy is what it runs."""

    site: SiteName
    device: DeviceName
    tried: str = ""
    proven: str = ""
    status: str = ""
    reason: str = ""
    failures: int = 0  # in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """All devices, and the last run. `seconds`: how long it took; `masked`: how much only the last gate found."""

    devices: Mapping[DeviceName, DeviceState] = field(default_factory=dict)
    ran: str = ""
    seconds: float = 0.0
    exit_code: int = 0
    masked: int = 0

    def as_json(self) -> str:
        """The state's file."""
        facts = {"schema": SCHEMA, **_facts(self), "devices": [_facts(one) for one in self.devices.values()]}
        return json.dumps(facts, sort_keys=True) + "\n"  # without indentation it is ten times as quick


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old one device's last proven copy is. `hours` is None where there never was one."""

    site: SiteName
    device: DeviceName
    hours: float | None
    stale: bool
    status: str = ""
    reason: str = ""

    @property
    def verdict(self) -> str:
        """One word or two for people."""
        return "never backed up" if self.hours is None else "too old" if self.stale else "fresh"


def read_state(text: str) -> BackupState:
    """The state in this file. Raises StoreError where it is none of ours."""
    try:
        found: dict[str, Any] = json.loads(text)
        devices = [DeviceState(**one) for one in found.pop("devices")]
        if found.pop("schema") == SCHEMA:
            return BackupState(**{**found, "devices": {one.device: one for one in devices}})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable() from error
    raise _unreadable()


def after(state: BackupState, report: BackupReport) -> BackupState:
    """The state after a site was backed up."""
    known = dict(state.devices)
    for one in report.devices:
        last = known.get(one.device, DeviceState(site=report.site, device=one.device))
        good = one.status in PROVEN
        known[one.device] = replace(
            last,
            tried=report.at,
            proven=report.at if good else last.proven,
            status=str(one.status),
            reason=one.reason,
            failures=0 if good else last.failures + 1,
        )
    return replace(state, devices=known, masked=state.masked + sum(len(one.masked) for one in report.devices))


def keep_known(state: BackupState, devices: Iterable[DeviceName]) -> BackupState:
    """The state without devices that the inventory has no more."""
    wanted = set(devices)
    return replace(state, devices={name: one for name, one in state.devices.items() if name in wanted})


def find_freshness(
    state: BackupState, devices: Sequence[tuple[SiteName, DeviceName]], *, now: datetime, hours: int
) -> tuple[Freshness, ...]:
    """How old the copy of every device of the inventory is: a device without one is no silence."""
    return tuple(_freshness(state.devices.get(device), site, device, now, hours) for site, device in devices)


def _freshness(known: DeviceState | None, site: SiteName, device: DeviceName, now: datetime, hours: int) -> Freshness:
    if known is None or not known.proven:
        status, reason = (known.status, known.reason) if known is not None else ("", "")
        return Freshness(site=site, device=device, hours=None, stale=True, status=status, reason=reason)
    age = now - datetime.fromisoformat(known.proven)
    return Freshness(
        site=site,
        device=device,
        hours=age.total_seconds() / 3600,
        stale=age > timedelta(hours=hours),
        status=known.status,
        reason=known.reason,
    )


def _facts(state: DeviceState | BackupState) -> dict[str, Any]:
    return {one.name: getattr(state, one.name) for one in fields(state)}


def _unreadable() -> StoreError:
    return StoreError(
        "The state of backups cannot be read",
        expected=SCHEMA,
        next_step="Delete the file; until the next run every device counts as never backed up",
    )
