"""Compare the last backups with the intent. No device is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from siteauto.core.change.make_offline_plan import Freshness
from siteauto.core.change.offline_plan import StoredCopy
from siteauto.core.completeness import find_defects
from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.drift.ignore import IgnoreRule, Subject, report_ignores
from siteauto.core.drift.make_drift import DriftFacts, Ignores, JudgedDrift, judge_drift
from siteauto.core.errors import UsageError
from siteauto.core.ports import Backups
from siteauto.workflows.rendered_sites import RenderedDevice, RenderedSite


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where the last backups are, from when on they are too old, and which drift is agreed upon."""

    backups: Backups
    fresh: Freshness
    ignores: Ignores


def find_offline_drift(site: RenderedSite, stored: Stored) -> DriftReport:
    """One verdict per device. Raises UsageError when there is nothing to compare, StoreError for a broken store."""
    if not site.devices:
        raise UsageError(f"{site.site} has no device to compare", expected="at least one")
    judged = [_judge(one, stored) for one in site.devices]
    compared = [
        subject_of(one)
        for one, each in zip(site.devices, judged, strict=True)
        if each.drift.status in (DriftStatus.SAME, DriftStatus.DRIFT)
    ]
    used: Sequence[IgnoreRule] = [rule for each in judged for rule in each.used]
    return DriftReport(
        site=site.site,
        target=f"last backups in {stored.backups.name} (no device is contacted)",
        at=stored.fresh.now.isoformat(timespec="seconds"),
        devices=tuple(each.drift for each in judged),
        ignores=report_ignores(stored.ignores.rules, used, compared, today=stored.ignores.today),
    )


def subject_of(one: RenderedDevice) -> Subject:
    """The device as ignore rules see it."""
    device = one.intent.device
    return Subject(site=one.intent.site, device=device.name, role=device.role, platform=one.platform.name)


def facts_of(one: RenderedDevice, running: str) -> DriftFacts:
    """What is compared: the stored text of a device with its intent."""
    return DriftFacts(
        subject=subject_of(one),
        platform=one.platform,
        running=running,
        intended=one.text,
        login=one.intent.organisation.local_admin,
        unread=tuple(rule.hidden for rule in one.platform.config.reveals),
    )


def _judge(one: RenderedDevice, stored: Stored) -> JudgedDrift:
    copy = stored.backups.last(one.intent.site, one.backup_file)
    if copy is None:
        return _unknown(one, "it has no backup")
    if defects := find_defects(one.platform.backup, copy.text):
        return _unknown(one, f"its backup cannot be read: {'; '.join(defects)}")
    facts = facts_of(one, copy.text)
    judged = judge_drift(facts, stored.ignores)
    drift = replace(judged.drift, source=_source(copy), stale=stored.fresh.is_stale(copy))
    return JudgedDrift(drift=drift, used=judged.used)


def _unknown(one: RenderedDevice, reason: str) -> JudgedDrift:
    return JudgedDrift(drift=DeviceDrift(device=one.intent.device.name, status=DriftStatus.UNKNOWN, reason=reason))


def _source(copy: StoredCopy) -> str:
    return f"backup {copy.commit[:10]} of {copy.at}"
