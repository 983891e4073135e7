"""One writer at a time in a backup repository, and order after one that was killed.

git's own lock files outlive a killed process and stop everybody behind it. Ours is a flock, which does not; whoever
gets it and finds that the last holder never said goodbye puts the repository in order first. What was committed stays:
a commit is there whole or not at all, since its reference moves last.
"""

import fcntl
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from siteauto.adapters.git_program import Git
from siteauto.core.errors import StoreError

PATIENCE = 300.0  # seconds; another run stores a site in less than one
POLL = 0.05
OLD = 3600.0  # seconds after which a lock file of git's own belongs to nobody
LEFTOVERS = re.compile(r"tmp_.*|fast_import_crash_.*|.*\.lock")


@contextmanager
def locked(file: Path, recover: Callable[[], None]) -> Iterator[int]:
    """Hold the repository alone; call `recover` first where the last holder was killed. Raises StoreError.

    Gives the open file: whoever hands it on to a program keeps the lock until that program has ended, too.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b", buffering=0) as stream:
        _wait_for(stream, file)
        stream.seek(0)
        if stream.read().strip():
            recover()
        stream.truncate(0)
        stream.write(f"{os.getpid()}\n".encode())
        try:
            yield stream.fileno()
        finally:
            stream.truncate(0)


def put_in_order(repository: Path) -> None:
    """Take away what a killed git left, and show the last commit's files again. Raises StoreError."""
    _remove_leftovers(repository / ".git", older_than=0.0)
    git = Git(repository)
    if git.try_to("rev-parse", "--verify", "--quiet", "HEAD").returncode == 0:
        git.run("reset", "--quiet", "--hard")


def remove_stale_locks(repository: Path) -> None:
    """Take away lock files of git's own that nobody can be holding any more."""
    _remove_leftovers(repository / ".git", older_than=OLD)


def _remove_leftovers(folder: Path, *, older_than: float) -> None:
    limit = time.time() - older_than
    for place, _, names in os.walk(folder):
        for name in filter(LEFTOVERS.fullmatch, names):
            file = Path(place, name)
            if file.is_file() and file.stat().st_mtime <= limit:
                file.unlink(missing_ok=True)


def _wait_for(stream: IO[bytes], file: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                stream.seek(0)
                raise StoreError(
                    f"The backup repository beside {file} is in use",
                    expected=f"to get it within {PATIENCE:g} s",
                    found=f"process {stream.read().decode(errors='replace').strip() or 'unknown'} holds it",
                    next_step="Look what that process waits for; the lock goes when it ends",
                ) from error
            time.sleep(POLL)
        else:
            return
