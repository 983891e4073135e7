"""Store running configurations: redacted text in git, exact bytes beside it, and nothing that is not whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from siteauto.core.backup import BackupReport, BackupStatus, DeviceBackup
from siteauto.core.errors import SiteautoError, UnreachableError
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Clock, Runner, Store, Target, Transport
from siteauto.core.run import Outcome
from siteauto.core.snapshot import Snapshot, find_defects

Redactor = Callable[[PlatformSpec, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Where backups go. `redact` replaces every secret in a text of a platform; `folder` is for people to read."""

    store: Store
    redact: Redactor
    folder: str


def fetch_running(
    targets: Sequence[Target], *, transport: Transport, runner: Runner, clock: Clock
) -> Mapping[DeviceName, Outcome[Snapshot]]:
    """The exact running configuration of each device, over a fresh session each."""
    at = clock.now().isoformat(timespec="seconds")

    def fetch(target: Target) -> Snapshot:
        with transport.connect(target) as session:
            return Snapshot(device=target.device.name, at=at, running=session.fetch("running"))

    return runner.run(targets, fetch)


def store_backup(
    site: SiteName,
    targets: Sequence[Target],
    snapshots: Mapping[DeviceName, Outcome[Snapshot]],
    archive: Archive,
    *,
    at: str,
    described_as: str,
    reason: str,
) -> BackupReport:
    """Store what is whole in one commit. A copy that is not whole never replaces a good one."""
    devices, files, exact = [], {}, {}
    for target in targets:
        found = _judge(site, target, snapshots[target.device.name], archive)
        devices.append(found.backup)
        if found.backup.status is BackupStatus.STORED:
            files[found.backup.file] = found.redacted
        if found.exact:
            exact[found.backup.file] = found.exact.encode()
    commit = archive.store.save(site, files, exact, _message(site, reason, tuple(files))) if exact else ""
    return BackupReport(
        site=site, target=described_as, at=at, folder=archive.folder, commit=commit, devices=tuple(devices)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    backup: DeviceBackup
    redacted: str = ""
    exact: str = ""


def _judge(site: SiteName, target: Target, outcome: Outcome[Snapshot], archive: Archive) -> _Copy:
    name, platform = target.device.name, target.platform
    file = f"{name}.{platform.backup.extension}"
    if outcome.value is None:
        status = BackupStatus.UNREACHABLE if isinstance(outcome.error, UnreachableError) else BackupStatus.ERROR
        return _Copy(backup=DeviceBackup(device=name, status=status, reason=_reason(outcome.error)))
    text = outcome.value.running
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
