"""Control groups of one container, inside the caller's own.

systemd-nspawn always names its groups `payload` and `supervisor`. Two containers in one group would share them, and the
service managers inside would meet each other's processes; so each container gets a group of its own to live in.
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

_DYING_SECONDS = 2.0


def own_groups() -> tuple[Path, ...]:
    """The groups of this process that systemd uses: of version 2, and of version 1 the one named systemd."""
    mounts = dict(_mounts(Path("/proc/self/mountinfo").read_text(encoding="utf-8")))
    found = []
    for line in Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines():
        _, hierarchy, path = line.split(":", 2)
        if hierarchy in mounts:
            found.append(mounts[hierarchy] / path.lstrip("/"))
    return tuple(found)


def _mounts(mountinfo: str) -> Iterator[tuple[str, Path]]:
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        where = Path(before.split(" ")[4])
        if kind == "cgroup2":
            yield "", where
        elif kind == "cgroup" and "name=systemd" in options.split(","):
            yield "name=systemd", where


def make_groups(parents: tuple[Path, ...], name: str) -> tuple[Path, ...]:
    """A group of this name in each parent."""
    groups = tuple(parent / name for parent in parents)
    for group in groups:
        group.mkdir()
    return groups


@contextlib.contextmanager
def born_into(groups: tuple[Path, ...], home: tuple[Path, ...]) -> Iterator[None]:
    """Processes started inside this block live in the groups; the caller itself goes back home."""
    try:
        _enter(groups)
        yield
    finally:
        _enter(home)


def _enter(groups: tuple[Path, ...]) -> None:
    for group in groups:
        (group / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")


def remove_groups(groups: tuple[Path, ...]) -> None:
    """Remove the groups, and kill what still lives in them: a container outlives a systemd-nspawn that is killed."""
    deadline = time.monotonic() + _DYING_SECONDS
    for group in groups:
        _remove_empty(group)
        while group.exists() and time.monotonic() < deadline:
            _kill_all(group)
            time.sleep(0.01)  # the kernel takes a moment to let the dead go
            _remove_empty(group)


def _kill_all(group: Path) -> None:
    for members in group.rglob("cgroup.procs"):
        with contextlib.suppress(OSError):
            for number in members.read_text(encoding="ascii").split():
                os.kill(int(number), signal.SIGKILL)


def _remove_empty(group: Path) -> None:
    for folder, _, _ in os.walk(group, topdown=False):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
