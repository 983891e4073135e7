"""Backups in git: for each device a redacted text, the exact text sealed with age, and a record of what was proven.

A commit is written by one `git fast-import`, which moves the branch last: killed at any moment, it has happened or it
has not. Files are checked out for people to read; siteauto itself reads commits.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from siteauto.adapters.git_lock import locked, put_in_order, remove_stale_locks
from siteauto.adapters.git_program import BRANCH, Git
from siteauto.adapters.whole_files import replace_file
from siteauto.core.errors import StoreError
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.ports import Sealer
from siteauto.core.stored_copy import RECORD, SEALED, CopyRecord, NewCopy, read_record

IDENTITY = "siteauto <siteauto@localhost>"
Content: TypeAlias = tuple[str, bytes]  # path below the repository, what it holds


class GitStore:
    """Implements `ports.Store` below one folder: `config/` is the repository."""

    def __init__(self, root: Path, sealer: Sealer) -> None:
        self.root = root
        self.repository = root / "config"
        self._sealer = sealer
        self._git = Git(self.repository)

    def save(self, site: SiteName, copies: Sequence[NewCopy], message: str) -> str:
        """Store copies in one commit below the site's folder; return the commit, the last one where there is no copy.

        Raises StoreError; the last good copies stay.
        """
        contents = sorted((content for copy in copies for content in self._contents(site, copy)), key=_ending)
        try:
            with locked(self.root / "store.lock", lambda: put_in_order(self.repository)) as lock:
                self._prepare()
                head = self._head()
                if not contents:
                    return head
                git = Git(self.repository, held=lock)
                at = max(_seconds(copy.record.at) for copy in copies)
                return self._commit(git, contents, message, head=head, at=at)
        except OSError as error:
            raise _unwritable(self.root, f"the backup of {site}", error) from error

    def last(self, site: SiteName, devices: Sequence[DeviceName]) -> dict[DeviceName, CopyRecord]:
        """The records of the last copies; none of a device that was never stored. Raises StoreError."""
        found = zip(devices, self._blobs([f"{site}/{device}{RECORD}" for device in devices]), strict=True)
        return {device: read_record(blob.decode()) for device, blob in found if blob is not None}

    def latest(self, site: SiteName, name: str) -> str | None:
        """The last redacted text of a file; None: never stored."""
        (blob,) = self._blobs([f"{site}/{name}"])
        return None if blob is None else blob.decode(errors="replace")

    def quarantine(self, site: SiteName, device: DeviceName, exact: bytes, reasons: Sequence[str]) -> str:
        """Keep a text that was refused, sealed and outside of git; return the file. Raises StoreError.

        Only the newest of each device is kept: it is there to be looked at, not to be restored.
        """
        file = self.root / "quarantine" / site / f"{device}{SEALED}"
        replace_file(file, self._sealer.seal(exact), mode=0o600)
        replace_file(file.with_suffix(".txt"), "".join(f"{reason}\n" for reason in reasons).encode(), mode=0o600)
        return str(file)

    def _contents(self, site: SiteName, copy: NewCopy) -> Iterator[Content]:
        record = copy.record
        yield f"{site}/{record.file}", copy.redacted.encode(errors="replace")
        yield f"{site}/{record.file}{SEALED}", self._sealer.seal(copy.exact)
        for name, part in copy.parts:
            yield f"{site}/{record.device}.{name}{SEALED}", self._sealer.seal(part)
        yield f"{site}/{record.device}{RECORD}", record.as_json().encode()

    def _commit(self, git: Git, contents: Sequence[Content], message: str, *, head: str, at: int) -> str:
        branch = git.text("symbolic-ref", "HEAD")  # a build keeps backups on a branch of another repository
        origin = f"from {branch}^0\n" if head else ""
        stream = _stream(contents, message, branch + "\n" + origin, at=at)
        commit = git.text("fast-import", "--quiet", "--done", given=stream)
        paths = "\0".join(path for path, _ in contents).encode()
        git.run("checkout", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul", "HEAD", given=paths)
        return commit

    def _blobs(self, paths: Sequence[str]) -> list[bytes | None]:
        """What the last commit holds of these."""
        if not (self.repository / ".git").exists():
            return [None for _ in paths]
        return list(self._git.blobs([f"HEAD:{path}" for path in paths]))

    def _head(self) -> str:
        """The last commit; empty: there is none that can be read."""
        found = self._git.try_to("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return found.stdout.decode().strip() if found.returncode == 0 else ""

    def _prepare(self) -> None:
        if (self.repository / ".git").exists():
            remove_stale_locks(self.repository)
            return
        self.root.mkdir(parents=True, exist_ok=True)
        fresh = self.root / f".config.{os.getpid()}"  # a repository is there whole or not at all
        try:
            Git(self.root).run("init", "--quiet", f"--initial-branch={BRANCH}", str(fresh))
            (fresh / ".git" / "info").mkdir(exist_ok=True)
            (fresh / ".git" / "info" / "attributes").write_text(f"*{SEALED} binary\n")
            fresh.rename(self.repository)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _stream(contents: Sequence[Content], message: str, place: str, *, at: int) -> bytes:
    """The commit as fast-import reads it, which prints its name: `place` is the branch, and where it comes from.

    `at` is in seconds since 1970.
    """
    said = message.encode()
    branch, _, origin = place.partition("\n")
    head = f"commit {branch}\nmark :1\ncommitter {IDENTITY} {at} +0000\ndata {len(said)}\n".encode() + said + b"\n"
    files = b"".join(
        f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n" for path, content in contents
    )
    return head + origin.encode() + files + b"get-mark :1\ndone\n"


def _ending(content: Content) -> str:
    """Files of one kind stand together: git stores each as its difference from the one before."""
    return content[0].rpartition(".")[2]


def _seconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())


def _unwritable(root: Path, what: str, error: OSError) -> StoreError:
    return StoreError(
        f"{what[0].upper()}{what[1:]} could not be written",
        expected=f"a writable folder {root} with free space",
        found=error.strerror or str(error),
        next_step="Free some space or mend the permissions, then run the backup again",
    )
