"""Compare the last backups with the intent. No device is asked."""

from dataclasses import dataclass, replace

from siteauto.core.change.make_offline_plan import Freshness
from siteauto.core.change.offline_plan import StoredCopy
from siteauto.core.completeness import find_defects
from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.drift.ignore import report_ignores
from siteauto.core.drift.make_drift import Ignores, JudgedDrift, judge_drift
from siteauto.core.errors import UsageError
from siteauto.core.ports import Backups
from siteauto.workflows.rendered_sites import RenderedDevice, RenderedSite
from siteauto.workflows.site_drift import SiteDrift, facts_of, subject_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where the last backups are, from when on they are too old, and which drift is agreed upon."""

    backups: Backups
    fresh: Freshness
    ignores: Ignores


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One device: the verdict, and the stored text where there is one that can be compared."""

    judged: JudgedDrift
    text: str | None = None


def find_offline_drift(site: RenderedSite, stored: Stored) -> SiteDrift:
    """One verdict per device. Raises UsageError when there is nothing to compare, StoreError for a broken store."""
    if not site.devices:
        raise UsageError(f"{site.site} has no device to compare", expected="at least one")
    read = [(one, _read(one, stored)) for one in site.devices]
    return SiteDrift(
        report=DriftReport(
            site=site.site,
            target=f"last backups in {stored.backups.name} (no device is contacted)",
            at=stored.fresh.now.isoformat(timespec="seconds"),
            devices=tuple(each.judged.drift for _, each in read),
            ignores=report_ignores(
                stored.ignores.rules,
                [rule for _, each in read for rule in each.judged.used],
                compared=[subject_of(one.intent) for one, each in read if each.text is not None],
                known=[subject_of(one.intent) for one in site.devices],
                today=stored.ignores.today,
            ),
        ),
        devices=site.devices,
        running={one.intent.device.name: each.text for one, each in read if each.text is not None},
        ignores=stored.ignores,
    )


def _read(one: RenderedDevice, stored: Stored) -> _Read:
    copy = stored.backups.last(one.intent.site, one.backup_file)
    if copy is None:
        return _unknown(one, "it has no backup")
    if defects := find_defects(one.platform.backup, copy.text):
        return _unknown(one, f"its backup cannot be read: {'; '.join(defects)}")
    judged = judge_drift(facts_of(one, copy.text, revealed=False), stored.ignores)
    drift = replace(judged.drift, source=_source(copy), stale=stored.fresh.is_stale(copy))
    return _Read(judged=replace(judged, drift=drift), text=copy.text)


def _unknown(one: RenderedDevice, reason: str) -> _Read:
    drift = DeviceDrift(device=one.intent.device.name, status=DriftStatus.UNKNOWN, reason=reason)
    return _Read(judged=JudgedDrift(drift=drift))


def _source(copy: StoredCopy) -> str:
    return f"backup {copy.commit[:10]} of {copy.at}"
