"""Run folders of lab servers: one for each container, locked while it lives, and cleared away when nobody holds it."""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from siteauto.lab.server_cgroup import remove_groups

ROOT = Path("/run/siteauto")  # a short path, because the path of a Unix socket has 107 characters at most
_PROPAGATE = Path("/run/systemd/nspawn/propagate")  # systemd-nspawn leaves a folder here when it is killed


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFolder:
    """A container's folder: `seed` goes in read-only, `door` holds its SSH socket. `lock` is an open descriptor."""

    path: Path
    lock: int

    @property
    def machine(self) -> str:
        """The container's name; unique on this machine."""
        return f"siteauto-{self.path.name}"

    @property
    def seed(self) -> Path:
        """What the container reads when it starts."""
        return self.path / "seed"

    @property
    def door(self) -> Path:
        """The SSH socket that the container opens."""
        return self.path / "door" / "ssh"

    def release(self) -> None:
        """Give up this process's hold on the folder; a guard that has inherited the lock keeps its own."""
        os.close(self.lock)


def make_run_folder(root: Path = ROOT) -> RunFolder:
    """A fresh, locked folder. Folders that killed labs left behind are removed on the way."""
    root.mkdir(parents=True, exist_ok=True, mode=0o755)
    with _alone(root):
        for folder in root.iterdir():
            if folder.is_dir():
                _remove_if_dead(folder)
        path = root / secrets.token_hex(5)
        for name in ("", "seed", "door"):
            (path / name).mkdir(mode=0o700)
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return RunFolder(path=path, lock=lock)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    with (root / "lock").open("w", encoding="ascii") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _remove_if_dead(folder: Path) -> None:
    try:
        with (folder / "lock").open("r+", encoding="ascii") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # its container lives
    except FileNotFoundError:
        pass  # being removed, or never finished
    remove_run(folder)


def write_groups(folder: Path, groups: tuple[Path, ...]) -> None:
    """Note the container's control groups, for whoever has to clean up."""
    (folder / "groups").write_text("".join(f"{group}\n" for group in groups), encoding="utf-8")


def remove_run(folder: Path) -> None:
    """Remove a run folder and all that systemd-nspawn made for its container outside."""
    with contextlib.suppress(FileNotFoundError):
        remove_groups(tuple(map(Path, (folder / "groups").read_text(encoding="utf-8").split("\n")[:-1])))
    shutil.rmtree(_PROPAGATE / f"siteauto-{folder.name}", ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
