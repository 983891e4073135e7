"""Store running configurations: redacted for people, sealed for a restore, and nothing that is not whole."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from siteauto.core.backup import BackupReport, BackupStatus, DeviceBackup
from siteauto.core.comparable import diff_copies
from siteauto.core.completeness import measure, prove
from siteauto.core.errors import DeviceError, SiteautoError, StoreError, UnreachableError
from siteauto.core.models import DeviceName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Target
from siteauto.core.run import Outcome
from siteauto.core.stored_copy import CopyRecord, NewCopy
from siteauto.workflows.fetch_copy import Fetched, fetch_copy
from siteauto.workflows.judge_copy import find_reasons
from siteauto.workflows.reach import reach
from siteauto.workflows.site_run import SiteRun


def back_up(run: SiteRun, *, reason: str, accepted: str = "") -> BackupReport:
    """Fetch the running configuration of each device over a fresh session, and store what is whole in one commit.

    `accepted` says who lets copies in that have lost much, and why.
    """
    outcomes = run.runner.run(run.targets, lambda target: fetch(run, target))
    return store_backup(run, outcomes, reason=reason, accepted=accepted)


def fetch(run: SiteRun, target: Target) -> Fetched:
    """What a device sends over a fresh session, whole or not. Raises UnreachableError, DeviceError."""
    with reach(run.transport, target) as (session, reached):
        fetched = fetch_copy(session, target.platform)
    if fetched.identity is not None and fetched.identity.serial == target.device.serial:
        with contextlib.suppress(StoreError):  # a copy is worth more than to know where it came from
            run.met_at({target.device.name: reached.host})
    return fetched


def store_backup(
    run: SiteRun, fetched: Mapping[DeviceName, Outcome[Fetched]], *, reason: str, accepted: str = ""
) -> BackupReport:
    """Store exact running configurations. A copy that is not whole never replaces a good one."""
    names = [target.device.name for target in run.targets]
    last = run.archive.store.last(run.site.name, names)
    judged = [
        _judge(run, target, fetched[name], last=last.get(name), accepted=accepted)
        for name, target in zip(names, run.targets, strict=True)
    ]
    new = [one.new for one in judged if one.new is not None]
    commit = run.archive.store.save(run.site.name, new, _message(run, reason, new))
    return BackupReport(
        site=run.site.name,
        target=run.described_as,
        at=run.now(),
        folder=run.archive.folder,
        commit=commit,
        devices=tuple(one.backup for one in judged),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    backup: DeviceBackup
    new: NewCopy | None = field(default=None, repr=False)


def _judge(
    run: SiteRun, target: Target, outcome: Outcome[Fetched], *, last: CopyRecord | None, accepted: str
) -> _Judged:
    name, file = target.device.name, f"{target.device.name}.{target.platform.backup.extension}"
    if outcome.value is None:
        return _Judged(backup=DeviceBackup(device=name, status=_status(outcome.error), reason=_reason(outcome.error)))
    reasons = find_reasons(target.platform.backup, outcome.value, last, accepted=bool(accepted))
    if reasons:
        kept = run.archive.store.quarantine(run.site.name, name, outcome.value.exact, reasons)
        why = f"the copy is not whole ({'; '.join(reasons)}); the last good one stays"
        return _Judged(
            backup=DeviceBackup(device=name, status=BackupStatus.INCOMPLETE, file=file, reason=why, quarantine=kept)
        )
    record = _record(run, target, outcome.value, accepted)
    if last is not None and _same(record, last):
        return _Judged(backup=DeviceBackup(device=name, status=BackupStatus.UNCHANGED, file=file))
    gated = run.archive.gate(run.archive.redact(target.platform, outcome.value.text))
    return _Judged(
        backup=DeviceBackup(
            device=name,
            status=BackupStatus.STORED,
            file=file,
            masked=gated.masked,
            changed_by=record.changed_by,
            diff=_difference(run, target.platform, file, gated.text) if last is not None else "",
        ),
        new=NewCopy(record=record, redacted=gated.text, exact=outcome.value.exact),
    )


def _difference(run: SiteRun, platform: PlatformSpec, file: str, now: str) -> str:
    """What has changed, for people; empty where there was nothing before."""
    before = run.archive.store.latest(run.site.name, file)
    if before is None:
        return ""
    return diff_copies(platform, before, now, names=("before", "now"))


def _record(run: SiteRun, target: Target, fetched: Fetched, accepted: str) -> CopyRecord:
    rules, identity = target.platform.backup, fetched.identity
    size = measure(rules, fetched.text)
    return CopyRecord(
        site=run.site.name,
        device=target.device.name,
        platform=target.platform.name,
        file=f"{target.device.name}.{rules.extension}",
        at=run.now(),
        fingerprint=run.archive.fingerprint(target.platform, fetched.text),
        lines=size.lines,
        sections=size.sections,
        size=size.size,
        proof=prove(rules, fetched.text),
        model=identity.model if identity else "",
        serial=identity.serial if identity else "",
        version=identity.version if identity else "",
        changed_by=fetched.changed_by,
        changed_at=fetched.changed_at,
        accepted=accepted,
    )


def _same(record: CopyRecord, last: CopyRecord) -> bool:
    """Whether there is nothing new to store. A box that nobody asked for its name is taken for the same one."""
    box, before = (record.model, record.serial, record.version), (last.model, last.serial, last.version)
    return record.fingerprint == last.fingerprint and (box == before or not any(box))


def _status(error: SiteautoError | None) -> BackupStatus:
    if isinstance(error, UnreachableError):
        return BackupStatus.UNREACHABLE
    return BackupStatus.INCOMPLETE if isinstance(error, DeviceError) else BackupStatus.ERROR


def _reason(error: SiteautoError | None) -> str:
    return str(error) if error is not None else "no answer was recorded"


def _message(run: SiteRun, reason: str, new: list[NewCopy]) -> str:
    """What a person reads first, then trailers for programs."""
    site = run.site.name
    count = f"{len(new)} device{'s' if len(new) != 1 else ''}"
    trailers = [("Run", run.id), ("Site", site), ("Reason", reason)]
    for copy in new:
        record = copy.record
        trailers.append(("Device", record.device))
        if record.changed_by or record.changed_at:
            who = record.changed_by or "somebody"
            trailers.append(("Changed-By", f"{who} on {record.device} at {record.changed_at or 'an unknown time'}"))
        if record.accepted:
            trailers.append(("Accepted-By", f"{record.accepted} ({record.device})"))
    said = "\n".join(f"{key}: {' '.join(value.split())}" for key, value in trailers)
    return f"Back up {site}: {count}, {reason}\n\n{said}\n"
