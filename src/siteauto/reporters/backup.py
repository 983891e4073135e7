"""Backups in words: a site's report as a document, a whole run for people, and how old everybody's copies are."""

from collections.abc import Iterable, Mapping, Sequence

from siteauto.core.backup import BackupReport, BackupStatus, DeviceBackup
from siteauto.core.backup_state import Freshness
from siteauto.core.night import Night
from siteauto.reporters.document import Document, Item
from siteauto.reporters.safe_text import visible

MOST_LINES = 200  # of a diff in a notice


def backup_document(report: BackupReport) -> Document:
    """One item per device, or one for a site that is down; the commit and the folder as facts."""
    return Document(
        kind="backup",
        site=report.site,
        target=report.target,
        at=report.at,
        exit_code=report.exit_code,
        items=tuple(_items(report)),
        facts=(("repository", report.folder), ("commit", report.commit or "none")),
    )


def freshness_document(found: Sequence[Freshness], *, at: str, hours: int) -> Document:
    """One item per device: fresh, too old, or never backed up."""
    stale = [one for one in found if one.stale]
    return Document(
        kind="backup status",
        site="all",
        target="the state of earlier runs (no device is contacted)",
        at=at,
        exit_code=3 if stale else 0,
        items=tuple(
            Item(
                device=one.device,
                name=_age(one),
                status="ok" if not one.stale else "fail",
                message=": ".join(word for word in (_verdict(one), one.status, visible(one.reason)) if word),
            )
            for one in found
        ),
        summary=f"{len(found) - len(stale)} of {len(found)} devices have a copy that is no older than {hours} hours",
    )


def night_text(night: Night) -> str:
    """The end of a whole run: what a person must see to."""
    lines = [f"{trouble.what}: {visible(str(trouble.error))}" for trouble in night.troubles]
    told = {one.device for one in _devices(night)}  # with its reason, where it failed in this run
    lines += [f"{one.device}: {_verdict(one)}{_reason(one) if one.device not in told else ''}" for one in night.stale]
    count = len(night.reports)
    sites = f"{count} site{'' if count == 1 else 's'}"
    return "\n".join([*lines, f"backup of {sites} in {night.seconds:.0f} s: {_counts(night)}"])


def night_notice(night: Night) -> str:
    """The whole run for people who did not watch it, with what has changed. Nothing secret is in it."""
    lines = [night_text(night), ""]
    for report in night.reports:
        lines += [f"{item.device}: {item.status}. {item.message}" for item in _items(report) if item.message]
        for one in report.devices:
            if one.diff:
                who = f" (last changed by {one.changed_by})" if one.changed_by else ""
                shown = visible(one.diff).splitlines()
                cut = [f"… {len(shown) - MOST_LINES} more lines"] if len(shown) > MOST_LINES else []
                lines += ["", f"{one.device} has changed{who}:", *shown[:MOST_LINES], *cut]
    return "\n".join(lines).rstrip() + "\n"


def night_facts(night: Night) -> Mapping[str, object]:
    """The same for programs."""
    return {
        "kind": "siteauto/backup-notice/1",
        "at": night.at,
        "exit_code": night.exit_code,
        "changed": [str(one.device) for one in _devices(night) if one.status is BackupStatus.STORED],
        "failed": [
            {"device": str(one.device), "status": str(one.status), "reason": one.reason}
            for one in _devices(night)
            if one.status not in (BackupStatus.STORED, BackupStatus.UNCHANGED)
        ],
        "stale": [str(one.device) for one in night.stale],
        "troubles": [{"what": one.what, "reason": str(one.error)} for one in night.troubles],
    }


def _items(report: BackupReport) -> Iterable[Item]:
    silent = [one for one in report.devices if report.down and one.status is BackupStatus.UNREACHABLE]
    if silent:
        names = ", ".join(one.device for one in silent)
        message = f"{report.down}. Not backed up: {names}"
        yield Item(device=report.site, name="site", status="unreachable", message=message)
    for one in report.devices:
        if one in silent:
            continue
        words = [one.reason] if one.reason else []
        words += [f"the refused text is in {one.quarantine}"] if one.quarantine else []
        words += [f"masked by the last gate: {', '.join(one.masked)}"] if one.masked else []
        yield Item(
            device=one.device,
            name=one.file or "running configuration",
            status=one.status,
            message="; ".join(words),
        )


def _devices(night: Night) -> Iterable[DeviceBackup]:
    return (one for report in night.reports for one in report.devices)


def _counts(night: Night) -> str:
    statuses = [str(one.status) for one in _devices(night)]
    return ", ".join(f"{statuses.count(status)} {status}" for status in BackupStatus if status in statuses) or "nothing"


def _verdict(one: Freshness) -> str:
    return one.verdict if one.hours is None else f"{one.verdict} ({_age(one)})"


def _reason(one: Freshness) -> str:
    return f": {visible(one.reason)}" if one.reason else ""


def _age(one: Freshness) -> str:
    return "no copy" if one.hours is None else f"copy proven {one.hours:.0f} hours ago"
