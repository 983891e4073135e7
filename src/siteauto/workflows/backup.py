"""Store running configurations: redacted text in git, exact bytes beside it, and nothing that is not whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from siteauto.core.backup import BackupReport, BackupStatus, DeviceBackup
from siteauto.core.completeness import find_defects
from siteauto.core.errors import SiteautoError, UnreachableError
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.ports import Target
from siteauto.core.run import Outcome
from siteauto.workflows.site_run import Archive, SiteRun


def back_up(run: SiteRun, *, reason: str) -> BackupReport:
    """Fetch the running configuration of each device over a fresh session, and store what is whole in one commit."""

    def fetch(target: Target) -> str:
        with run.transport.connect(target) as session:
            return session.fetch("running")

    return store_backup(run, run.runner.run(run.targets, fetch), reason=reason)


def store_backup(run: SiteRun, fetched: Mapping[DeviceName, Outcome[str]], *, reason: str) -> BackupReport:
    """Store exact running configurations. A copy that is not whole never replaces a good one."""
    site = run.site.name
    copies = [_judge(site, target, fetched[target.device.name], run.archive) for target in run.targets]
    files = {one.backup.file: one.redacted for one in copies if one.backup.status is BackupStatus.STORED}
    exact = {one.backup.file: one.exact.encode() for one in copies if one.exact}
    commit = run.archive.store.save(site, files, exact, _message(site, reason, tuple(files))) if exact else ""
    return BackupReport(
        site=site,
        target=run.described_as,
        at=run.now(),
        folder=run.archive.folder,
        commit=commit,
        devices=tuple(one.backup for one in copies),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    backup: DeviceBackup
    redacted: str = ""
    exact: str = ""


def _judge(site: SiteName, target: Target, outcome: Outcome[str], archive: Archive) -> _Copy:
    name, platform = target.device.name, target.platform
    file = f"{name}.{platform.backup.extension}"
    if outcome.value is None:
        status = BackupStatus.UNREACHABLE if isinstance(outcome.error, UnreachableError) else BackupStatus.ERROR
        return _Copy(backup=DeviceBackup(device=name, status=status, reason=_reason(outcome.error)))
    text = outcome.value
    if defects := find_defects(platform.backup, text):
        reason = f"the copy is not whole ({'; '.join(defects)}); the last good one stays"
        return _Copy(backup=DeviceBackup(device=name, status=BackupStatus.INCOMPLETE, file=file, reason=reason))
    redacted = archive.redact(platform, text)
    same = archive.store.latest(site, file) == redacted
    status = BackupStatus.UNCHANGED if same else BackupStatus.STORED
    return _Copy(backup=DeviceBackup(device=name, status=status, file=file), redacted=redacted, exact=text)


def _reason(error: SiteautoError | None) -> str:
    return str(error) if error is not None else "no answer was recorded"


def _message(site: SiteName, reason: str, files: tuple[str, ...]) -> str:
    trailers = "\n".join(f"Device: {file.rsplit('.', 1)[0]}" for file in files)
    return f"Back up {site}: {reason}\n\n{trailers}\n"
