"""The backup repository, read only: every copy of a device, and which commit brought it when."""

import re
from datetime import UTC, datetime, time
from pathlib import Path

from siteauto.adapters.git_program import Git
from siteauto.core.change.offline_plan import StoredCopy
from siteauto.core.errors import UsageError
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.stored_copy import RECORD, SEALED, FoundCopy, Version, read_record

CONFIG = "config"  # the repository within a folder of backups; a clone of it is the repository itself
FIELDS = "%H%x1f%cI%x1f%an%x1f%s"
VERSION = "%H%x1f%cI%x1f%s%x1f%(trailers:only,unfold,separator=%x1e)"
COMMIT = re.compile(r"[0-9a-f]{7,40}|HEAD[~^0-9]*")


class BackupHistory:
    """Implements `ports.Backups` and `ports.Copies` over a folder of backups, or over a clone of its repository."""

    def __init__(self, folder: Path) -> None:
        self._given = folder
        self._repository = folder / CONFIG if (folder / CONFIG).is_dir() else folder
        self._git = Git(self._repository)

    @property
    def name(self) -> str:
        """The repository, for people."""
        return str(self._repository)

    def last(self, site: SiteName, file: str) -> StoredCopy | None:
        """What the last commit holds of this file; None: nothing. Raises UsageError where there are no backups."""
        self._must_be_repository()
        path = f"{site}/{file}"
        logged = self._git.text("log", "-1", f"--format={FIELDS}", "--", path)
        if not logged:
            return None
        commit, at, author, subject = logged.split("\x1f")
        if not self._git.run("ls-tree", "HEAD", "--", path):
            return None  # deleted since
        text = self._git.run("cat-file", "blob", f"HEAD:./{path}").decode(errors="replace")
        return StoredCopy(text=text, commit=commit, at=_utc(at), author=author, subject=subject)

    def devices(self) -> tuple[tuple[SiteName, DeviceName], ...]:
        """Every device that the last commit has a copy of. Raises UsageError where there are no backups."""
        self._must_be_repository()
        paths = self._git.text("ls-tree", "-r", "--name-only", "HEAD").splitlines()
        return tuple(
            (SiteName(site), DeviceName(file.removesuffix(RECORD)))
            for site, _, file in (path.partition("/") for path in paths)
            if file.endswith(RECORD)
        )

    def versions(self, device: str) -> tuple[Version, ...]:
        """The commits that changed this device's copy, the newest first. Raises UsageError for an unknown device."""
        path = self._record_of(device)
        logged = self._git.text("log", f"--format={VERSION}%x00", "--", path)
        return tuple(_version(entry.strip("\n")) for entry in logged.split("\0") if entry.strip("\n"))

    def find(self, device: str, at: str = "") -> FoundCopy:
        """The copy that held at a moment or in a commit; the last one where neither is given. Raises UsageError."""
        version = self._version_at(device, at)
        path = self._record_of(device)
        folder = f"{version.commit}:{path.rpartition('/')[0]}"
        record = read_record(self._git.text("cat-file", "blob", f"{version.commit}:{path}"))
        return FoundCopy(
            version=version,
            record=record,
            redacted=self._git.run("cat-file", "blob", f"{folder}/{record.file}").decode(errors="replace"),
            sealed=self._git.run("cat-file", "blob", f"{folder}/{record.file}{SEALED}"),
            parts=tuple(
                (part, self._git.run("cat-file", "blob", f"{folder}/{device}.{part}{SEALED}")) for part in record.parts
            ),
        )

    def _version_at(self, device: str, at: str) -> Version:
        versions = self.versions(device)
        if not at:
            return versions[0]
        if COMMIT.fullmatch(at):
            return self._version_in(device, at)
        moment = read_moment(at)
        found = next((one for one in versions if datetime.fromisoformat(one.at) <= moment), None)
        if found is None:
            raise UsageError(
                f"There is no copy of {device} that old",
                expected=f"a moment from {versions[-1].at} on",
                found=at,
                next_step=f"List its copies with: siteauto history {device}",
            )
        return found

    def _version_in(self, device: str, commit: str) -> Version:
        """The last change of the device up to this commit."""
        known = self._git.try_to("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
        logged = ""
        if known.returncode == 0:
            full = known.stdout.decode().strip()
            logged = self._git.text("log", "-1", f"--format={VERSION}", full, "--", self._record_of(device))
        if not logged:
            raise UsageError(
                f"There is no copy of {device} in a commit {commit}",
                expected="a commit of the backup repository",
                next_step=f"List its copies with: siteauto history {device}",
            )
        return _version(logged)

    def _record_of(self, device: str) -> str:
        """The path of a device's record: of its last copy, or, for a device that is gone, of the last there was."""
        wanted = f"{device}{RECORD}"
        usual = f"{device.rpartition('-')[0]}/{wanted}"
        if self._repository.is_dir() and self._git.try_to("cat-file", "-e", f"HEAD:{usual}").returncode == 0:
            return usual
        self._must_be_repository()
        paths = self._git.text("ls-tree", "-r", "--name-only", "HEAD").splitlines()
        found = [path for path in paths if path.rpartition("/")[2] == wanted]
        if not found:
            gone = self._git.text("log", "-1", "--format=", "--name-only", "--", f":(glob)*/{wanted}")
            found = [path for path in gone.splitlines() if path.endswith(wanted)]
        if not found:
            raise UsageError(
                f"There is no backup of {device} in {self._repository}",
                expected="the full name of a device that was backed up",
                next_step="List what there is with: siteauto backup --status",
            )
        return found[0]

    def _must_be_repository(self) -> None:
        if not (self._repository / ".git").exists() and not (self._repository / "HEAD").exists():
            raise UsageError(
                f"{self._given} holds no backups",
                expected="the folder of the backup repository, or a clone of it",
                found="no git repository" if self._repository.is_dir() else "no such folder",
                next_step="Make backups with: siteauto backup SITE, or give --backups DIR (SITEAUTO_BACKUPS)",
            )
        if not self._git.run("for-each-ref", "--count=1"):
            raise UsageError(
                f"{self._repository} has no commit",
                expected="at least one backup",
                next_step="Make one with: siteauto backup SITE",
            )


def read_moment(text: str) -> datetime:
    """A moment from a person's words: an ISO date (the end of that day) or date and time, UTC unless it says otherwise.

    Raises UsageError.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no moment", expected="2026-11-29, 2026-11-29T03:00, or a commit", found=text
        ) from error
    if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text):
        moment = datetime.combine(moment, time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _version(logged: str) -> Version:
    commit, at, subject, trailers = logged.split("\x1f")
    pairs = tuple(tuple(one.split(": ", 1)) for one in trailers.split("\x1e") if ": " in one)
    return Version(commit=commit, at=_utc(at), subject=subject, trailers=tuple((key, value) for key, value in pairs))


def _utc(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(UTC).isoformat(timespec="seconds")
