"""The backup repository, read only: the last redacted text of each device, and which commit brought it when."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from siteauto.core.change.offline_plan import StoredCopy
from siteauto.core.errors import StoreError, UsageError
from siteauto.core.models import SiteName

CONFIG = "config"  # the repository within a folder of backups; a clone of it is the repository itself
FIELDS = "%H%x1f%cI%x1f%an%x1f%s"


class BackupHistory:
    """Implements `ports.Backups` over a folder of backups, or over a clone of its repository."""

    def __init__(self, folder: Path) -> None:
        self._given = folder
        self._repository = folder / CONFIG if (folder / CONFIG).is_dir() else folder

    @property
    def name(self) -> str:
        """The repository, for people."""
        return str(self._repository)

    def last(self, site: SiteName, file: str) -> StoredCopy | None:
        """What the last commit holds of this file; None: nothing. Raises UsageError where there are no backups."""
        self._must_be_repository()
        path = f"{site}/{file}"
        logged = self._git("log", "-1", f"--format={FIELDS}", "--", path)
        if not logged:
            return None
        commit, at, author, subject = logged.decode().strip("\n").split("\x1f")
        if not self._git("ls-tree", "HEAD", "--", path):
            return None  # deleted since
        text = self._git("cat-file", "blob", f"HEAD:./{path}").decode(errors="replace")
        moment = datetime.fromisoformat(at).astimezone(UTC).isoformat(timespec="seconds")
        return StoredCopy(text=text, commit=commit, at=moment, author=author, subject=subject)

    def _must_be_repository(self) -> None:
        if not (self._repository / ".git").exists() and not (self._repository / "HEAD").exists():
            raise UsageError(
                f"{self._given} holds no backups",
                expected="the folder of the backup repository, or a clone of it",
                found="no git repository" if self._repository.is_dir() else "no such folder",
                next_step="Make backups with: siteauto backup SITE, or give --backups DIR (SITEAUTO_BACKUPS)",
            )
        if not self._git("for-each-ref", "--count=1"):
            raise UsageError(
                f"{self._repository} has no commit",
                expected="at least one backup",
                next_step="Make one with: siteauto backup SITE",
            )

    def _git(self, *arguments: str) -> bytes:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        result = subprocess.run(
            ["git", "-c", "core.fsmonitor=false", *arguments],
            cwd=self._repository,
            env={**environment, "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
        if result.returncode:
            raise StoreError(
                f"git {arguments[0]} failed in {self._repository}",
                expected="a healthy repository",
                found=result.stderr.decode(errors="replace").strip() or f"exit code {result.returncode}",
                next_step=f"Look at it with: git -C {self._repository} fsck",
            )
        return result.stdout
