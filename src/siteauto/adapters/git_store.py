"""Backups in git: redacted text in a repository, the exact bytes beside it in files that only the owner can read."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from siteauto.core.errors import StoreError
from siteauto.core.models import SiteName

IDENTITY = ("-c", "user.name=siteauto", "-c", "user.email=siteauto@localhost", "-c", "commit.gpgsign=false")


class GitStore:
    """Implements `ports.Store` below one folder: `config/` is the repository, `exact/` is not in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.repository = root / "config"
        self.exact = root / "exact"

    def save(self, site: SiteName, files: Mapping[str, str], exact: Mapping[str, bytes], message: str) -> str:
        """Store redacted files and exact copies below the site's folder; return the commit that holds them.

        Nothing changed: no commit is made and the last one is returned. Raises StoreError; the last good copy stays.
        """
        try:
            self._prepare()
            for name, content in exact.items():
                _write(self.exact / site / name, content, mode=0o600)
            for name, text in files.items():
                _write(self.repository / site / name, text.encode(), mode=0o644)
        except OSError as error:
            raise StoreError(
                f"The backup of {site} could not be written",
                expected=f"a writable folder {self.root} with free space",
                found=error.strerror or str(error),
                next_step="Free some space or mend the permissions, then run the backup again",
            ) from error
        self._git("add", "--all", "--", *(f"{site}/{name}" for name in files))
        if self._git("status", "--porcelain", "--", site):
            self._git("commit", "--quiet", "--message", message, "--", site)
        return self._git("rev-parse", "HEAD")

    def latest(self, site: SiteName, name: str) -> str | None:
        """The last redacted text of a file; None: never stored."""
        file = self.repository / site / name
        return file.read_text(encoding="utf-8") if file.exists() else None

    def _prepare(self) -> None:
        self.exact.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.exact.chmod(0o700)
        if (self.repository / ".git").exists():
            return
        fresh = self.root / f".config.{os.getpid()}"  # a repository is there whole or not at all
        try:
            self._git("init", "--quiet", "--initial-branch=main", str(fresh), at=self.root)
            fresh.rename(self.repository)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _git(self, *arguments: str, at: Path | None = None) -> str:
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        result = subprocess.run(
            ["git", *IDENTITY, *arguments],
            cwd=at or self.repository,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise StoreError(
                f"git {arguments[0]} failed in {self.repository}",
                expected="a healthy repository, and free space",
                found=result.stderr.strip() or f"exit code {result.returncode}",
                next_step=f"Look at it with: git -C {self.repository} status",
            )
        return result.stdout.strip()


def _write(file: Path, content: bytes, *, mode: int) -> None:
    """Replace a file whole: a reader sees the old copy or the new one."""
    if file.exists() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
