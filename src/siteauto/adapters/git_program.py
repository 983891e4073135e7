"""The git program at one repository: no hooks, no operator's settings, no questions, words in one language."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from siteauto.core.errors import StoreError

OPTIONS = (
    *("-c", "user.name=siteauto", "-c", "user.email=siteauto@localhost", "-c", "commit.gpgsign=false"),
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.fsync=committed,index"),
    *("-c", "gc.auto=0", "-c", "maintenance.auto=false"),
)
BRANCH = "main"  # of a repository that siteauto makes
QUICK = 120.0  # seconds; what works on the disk alone


class Git:
    """Runs git in one folder. `environment` is added to its own.

    `held` is the open file of a lock: a git that outlives a killed siteauto goes on holding it.
    """

    def __init__(self, folder: Path, *, environment: Mapping[str, str] | None = None, held: int | None = None) -> None:
        self.folder = folder
        self._more = dict(environment or {})
        self._held = () if held is None else (held,)

    def run(self, *arguments: str, given: bytes = b"", timeout: float = QUICK) -> bytes:
        """What it printed. Raises StoreError with git's own reason."""
        done = self.try_to(*arguments, given=given, timeout=timeout)
        if done.returncode:
            raise StoreError(
                f"git {arguments[0]} failed in {self.folder}",
                expected="a healthy repository, and free space",
                found=said(done),
                next_step=f"Look at it with: git -C {self.folder} fsck",
            )
        return done.stdout

    def text(self, *arguments: str, given: bytes = b"") -> str:
        """The same as text, without the last line end."""
        return self.run(*arguments, given=given).decode(errors="replace").rstrip("\n")

    def blobs(self, names: Sequence[str]) -> Iterator[bytes | None]:
        """What is behind each of these names, by one git for all; None: nothing. Raises StoreError."""
        printed, place = self.run("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode()), 0
        for name in names:
            end = printed.index(b"\n", place)
            told = printed[place:end]
            if told == f"{name} missing".encode():
                place = end + 1
                yield None
            else:
                place = end + 2 + int(told.rpartition(b" ")[2])
                yield printed[end + 1 : place - 1]

    def try_to(
        self, *arguments: str, given: bytes = b"", timeout: float = QUICK
    ) -> "subprocess.CompletedProcess[bytes]":
        """Whatever comes of it; a command that takes too long counts as failed."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        environment |= self._more
        command = ["git", *OPTIONS, *arguments]
        try:
            return subprocess.run(
                command,
                cwd=self.folder,
                env=environment,
                input=given,
                capture_output=True,
                check=False,
                timeout=timeout,
                pass_fds=self._held,
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, b"", f"no end after {timeout:g} s".encode())


def clone(parent: Git, source: str, name: str, *how: str, timeout: float) -> Git:
    """A clone in a folder of the parent. Raises StoreError.

    A bare repository made by hand may name a branch as its own that nobody has pushed: then it is that of the copies.
    """
    parent.run("clone", "--quiet", *how, source, name, timeout=timeout)
    cloned = Git(parent.folder / name)
    if cloned.try_to("rev-parse", "--quiet", "--verify", "HEAD").returncode:
        cloned.run("symbolic-ref", "HEAD", f"refs/heads/{BRANCH}")
        if "--bare" not in how and not cloned.try_to("rev-parse", "--quiet", "--verify", f"origin/{BRANCH}").returncode:
            cloned.run("reset", "--quiet", "--hard", f"origin/{BRANCH}")
    return cloned


def said(done: "subprocess.CompletedProcess[bytes]") -> str:
    """Why it failed, in git's words."""
    words = done.stderr.decode(errors="replace").strip()
    return words.removeprefix("fatal: ").removeprefix("error: ") or f"exit code {done.returncode}"
