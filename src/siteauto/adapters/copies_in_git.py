"""Another tool's git repository, read only: every change of every file, and the texts behind them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from siteauto.adapters.git_program import Git
from siteauto.core.errors import StoreError, UsageError
from siteauto.core.way_in.audit import Revision

AT_ONCE = 500  # texts that one git prints: some megabytes
LARGEST = 20_000_000  # bytes; no configuration is larger
PATIENCE = 3600.0  # seconds; a history of years
HEAD = "\x01"


class CopiesInGit:
    """Reads a repository, bare or with a work tree, by asking git for many texts at once."""

    def __init__(self, folder: Path) -> None:
        self._git = Git(folder)
        if not folder.is_dir() or self._git.try_to("rev-parse", "--verify", "--quiet", "HEAD").returncode:
            raise UsageError(
                f"{folder} is no git repository with a commit",
                expected="the repository that Oxidized or RANCID writes, or a clone of it",
                found=self._found(folder),
                next_step="Name that folder; if it belongs to another user, clone it first: git clone FOLDER copy",
            )

    def revisions(self, since: str = "") -> tuple[Revision, ...]:
        """Every change of every regular file up to HEAD, the oldest first."""
        limit = (f"--since={since}",) if since else ()
        shape = ("--raw", "-z", "--no-renames", "--no-abbrev", f"--format={HEAD}%H %cI")
        order = ("--reverse", "--topo-order", "-m", "--first-parent")
        printed = self._git.run("log", *shape, *order, *limit, "HEAD", timeout=PATIENCE).decode(errors="replace")
        return tuple(_revisions(printed.split("\0")))

    def texts(self, blobs: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The texts behind these names, each with its name."""
        for start in range(0, len(blobs), AT_ONCE):
            given = "".join(f"{name}\n" for name in blobs[start : start + AT_ONCE]).encode()
            yield from _texts(self._git.run("cat-file", "--batch", given=given))

    def _found(self, folder: Path) -> str:
        if not folder.is_dir():
            return "no such folder"
        done = self._git.try_to("rev-parse", "--verify", "HEAD")
        return done.stderr.decode(errors="replace").strip().splitlines()[0] if done.stderr else ""


def _revisions(words: Sequence[str]) -> Iterator[Revision]:
    """`HEAD commit when`, then for each file `:mode mode before after status` and its path."""
    commit = at = change = ""
    for word in (each.strip("\n") for each in words):
        if word.startswith(HEAD):
            commit, _, at = word.removeprefix(HEAD).partition(" ")
        elif word.startswith(":"):
            change = word[1:]
        elif change:
            old, new, before, after, _ = change.split(" ")
            change = ""
            if "100" in (old[:3], new[:3]):
                yield Revision(commit=commit, at=at, path=word, before=_name(before), blob=_name(after))


def _name(blob: str) -> str:
    return blob if blob.strip("0") else ""


def _texts(printed: bytes) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(printed):
        end = printed.index(b"\n", place)
        words = printed[place:end].decode().split(" ")
        if len(words) != 3:
            raise StoreError(
                f"git does not have {words[0]}",
                expected="a whole repository",
                found=" ".join(words[1:]),
                next_step="Look at it with: git fsck",
            )
        name, size = words[0], int(words[2])
        content = printed[end + 1 : end + 1 + size]
        place = end + 2 + size
        if size <= LARGEST and b"\0" not in content:
            yield name, content.decode(errors="surrogateescape").replace("\r\n", "\n")
