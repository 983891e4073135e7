"""Revisions of the repository as folders, so that what is under review can be read without being checked out.

Only blobs are read: no filter, attribute, hook or submodule of the repository has a say, and a link is refused, because
the files under review must not lead out of their own folder.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path, PurePosixPath

from siteauto.core.change.offline_plan import Revision
from siteauto.core.change.sources import Lines
from siteauto.core.errors import StoreError, UsageError

FILE_MODES = (b"100644", b"100755")
LINK = b"120000"
MOST_BYTES = 200_000_000
HUNK = re.compile(r"@@ -\S+ \+(?P<first>\d+)(?:,\d+)? @@")


class GitRevisions:
    """Implements `ports.Revisions` over the git repository that holds a folder."""

    def __init__(self, root: Path, folders: Sequence[str]) -> None:
        self._root = root
        self._folders = folders

    def find(self, ref: str) -> Revision:
        """The commit of a branch, tag or digest. Raises UsageError where git knows none, or there is no repository."""
        inside = _git(self._root, "rev-parse", "--show-toplevel")
        if inside.returncode:
            raise UsageError(
                f"{self._root} is not in a git repository",
                expected="a repository that holds both revisions",
                found=_said(inside),
                next_step="Give --root DIR, or commit the company with: git init && git add . && git commit",
            )
        found = _git(self._root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        if found.returncode:
            raise UsageError(
                f"There is no revision {ref} in {self._root}",
                expected="a branch, tag or commit that this clone has",
                next_step="Fetch it first (a shallow clone of a build has one commit only: set its depth to 0)",
            )
        return Revision(ref=ref, commit=found.stdout.decode().strip())

    def fork_point(self, branch: str, commit: str) -> str:
        """The commit at which a line of work left a branch. Raises UsageError where they have none in common."""
        found = _git(self._root, "merge-base", self.find(branch).commit, commit)
        if found.returncode:
            raise UsageError(
                f"{branch} and {commit[:10]} have no commit in common",
                expected="a whole clone, with both",
                next_step="Fetch both with their history, or name the revision before the change with --base",
            )
        return found.stdout.decode().strip()

    def prefix(self) -> str:
        """Where the folder is in its repository: empty at the top, else ending in a slash."""
        return _must(self._root, "rev-parse", "--show-prefix").decode().strip()

    def changed_lines(self, base: Revision, head: Revision) -> Lines:
        """The lines of the new revision that the change touched, by file; an empty one where lines were taken away."""
        options = (
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            "--diff-filter=AM",
            "--relative",
        )
        prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
        text = _must(self._root, "diff", *options, *prefixes, base.commit, head.commit, "--", *self._folders)
        return _read_added(text.decode(errors="replace").splitlines())

    @contextmanager
    def unpack(self, revision: Revision) -> Iterator[Path]:
        """The folders of the repository as they were, in a temporary folder. Raises UsageError for a link in them."""
        with tempfile.TemporaryDirectory(prefix="siteauto-") as name:
            folder = Path(name)
            files = self._files(revision)
            for path, content in self._contents(files):
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            for each in self._folders:
                if not PurePosixPath(each).suffix:
                    (folder / each).mkdir(exist_ok=True)
            yield folder

    def _files(self, revision: Revision) -> list[tuple[str, bytes]]:
        """Path and object of each file below the folders."""
        listed = _must(self._root, "ls-tree", "-r", "-z", revision.commit, "--", *self._folders)
        found = []
        for record in listed.split(b"\0")[:-1]:
            facts, _, raw = record.partition(b"\t")
            mode, _, digest = facts.split(b" ")
            path = os.fsdecode(raw)
            if mode == LINK or ".." in PurePosixPath(path).parts:
                raise UsageError(
                    f"{path} of {revision.ref} is a link",
                    expected="files and folders only, since what is under review must not read other files",
                    next_step="Put a file in its place",
                )
            if mode in FILE_MODES:
                found.append((path, digest))
        return found

    def _contents(self, files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        asked = b"".join(digest + b"\n" for _, digest in files)
        answer = _must(self._root, "cat-file", "--batch", asked=asked)
        if len(answer) > MOST_BYTES:
            raise UsageError(
                f"The files of this revision have {len(answer):,} bytes", expected=f"at most {MOST_BYTES:,}"
            )
        place = 0
        for path, _ in files:
            end = answer.index(b"\n", place)
            size = int(answer[place:end].split(b" ")[2])
            yield path, answer[end + 1 : end + 1 + size]
            place = end + 1 + size + 1


def _read_added(diff: Sequence[str]) -> Lines:
    """The lines after `+` of a unified diff without context."""
    found: dict[str, dict[int, str]] = {}
    lines: dict[int, str] = {}
    number = 0
    for before, line in pairwise(("", *diff)):
        if line.startswith("+++ ") and before.startswith("--- "):
            lines = found.setdefault(line.removeprefix("+++ ").removeprefix("b/"), {})
        elif match := HUNK.match(line):
            number = max(1, int(match["first"]))
            lines.setdefault(number, "")
        elif line.startswith("+"):
            lines[number] = line[1:]
            number += 1
    return found


def _must(folder: Path, *arguments: str, asked: bytes = b"") -> bytes:
    result = _git(folder, *arguments, asked=asked)
    if result.returncode:
        raise StoreError(
            f"git {arguments[0]} failed in {folder}",
            expected="a healthy repository",
            found=_said(result),
            next_step=f"Look at it with: git -C {folder} fsck",
        )
    return result.stdout


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run git so that it starts no other program and asks nobody."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    options = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    return subprocess.run(
        ["git", *options, *arguments], cwd=folder, env=environment, input=asked, capture_output=True, check=False
    )


def _said(result: "subprocess.CompletedProcess[bytes]") -> str:
    words = result.stderr.decode(errors="replace").strip()
    return words.removeprefix("fatal: ") or f"exit code {result.returncode}"
