"""What keeps a backup repository sound for years: checked after a run, packed when it is due, and pushed elsewhere."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from siteauto.adapters.git_lock import locked, put_in_order
from siteauto.adapters.git_program import Git, clone, said
from siteauto.core.errors import StoreError

WHOLE_FILES = ("-c", "merge.default=binary")  # a text that is put together of two copies was never on a device
TRIES = 5
PUSH_SECONDS = 300.0
CHECK_SECONDS = 1800.0
LOOSE = 2000  # objects that lie about singly; more are packed, so that a look into the history stays quick


class GitUpkeep:
    """For one folder of backups."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._repository = root / "config"
        self._git = Git(self._repository)

    def bring(self, remote: str) -> None:
        """Begin with the copies that another machine has pushed, where this one has none. Raises StoreError."""
        if (self._repository / ".git").exists():
            return
        self._root.mkdir(parents=True, exist_ok=True)
        clone(Git(self._root), remote, "config", timeout=CHECK_SECONDS)

    def check(self, *, thoroughly: bool = False) -> None:
        """Look whether every commit is whole; `thoroughly` reads every object anew. Raises StoreError."""
        how = ("--full", "--strict") if thoroughly else ("--connectivity-only",)
        self._git.run("fsck", *how, "--no-dangling", "--no-progress", timeout=CHECK_SECONDS)

    def maintain(self) -> None:
        """Pack what lies about, and keep the index by which the history of one file is found at once.

        Raises StoreError.
        """
        with self._held() as lock:
            git = Git(self._repository, held=lock)
            if int(git.text("count-objects").split()[0]) > LOOSE:
                git.run("repack", "-d", "-l", "--quiet", timeout=CHECK_SECONDS)
                git.run("prune-packed", "--quiet")
                git.run("pack-refs", "--all", "--prune")
            git.run(
                *("commit-graph", "write", "--reachable", "--changed-paths", "--split", "--no-progress"),
                timeout=CHECK_SECONDS,
            )

    def push(self, remote: str, *, wait: Callable[[int], None]) -> None:
        """Push to another repository; what somebody else has pushed meanwhile goes below ours.

        `wait` is called before each further try. Raises StoreError: a backup that is nowhere else is not done.
        """
        reason, branch = "", self._git.text("symbolic-ref", "HEAD")
        for turn in range(TRIES):
            if turn:
                wait(turn)
            pushed = self._git.try_to("push", "--quiet", remote, f"HEAD:{branch}", timeout=PUSH_SECONDS)
            if pushed.returncode == 0:
                return
            reason = said(pushed)
            if "fetch first" in reason or "non-fast-forward" in reason:
                self._rebase(remote, branch)
        raise StoreError(
            f"The backups were not pushed to {remote}",
            expected=f"success in one of {TRIES} tries",
            found=reason.splitlines()[0] if reason else "no reason",
            next_step="They are whole on this machine. Mend the way there; the next run pushes them too",
        )

    def _rebase(self, remote: str, branch: str) -> None:
        with self._held() as lock:
            git = Git(self._repository, held=lock)
            git.run("fetch", "--quiet", remote, branch, timeout=PUSH_SECONDS)
            done = git.try_to(*WHOLE_FILES, "rebase", "--quiet", "FETCH_HEAD", timeout=PUSH_SECONDS)
            if done.returncode:
                git.try_to("rebase", "--abort")
                raise StoreError(
                    f"Somebody else has pushed other copies of the same devices to {remote}",
                    expected="one machine that backs a device up",
                    found=said(done).splitlines()[0],
                    next_step="Find the other machine, and decide which of the two goes on",
                )

    def _held(self) -> AbstractContextManager[int]:
        return locked(self._root / "store.lock", lambda: put_in_order(self._repository))
