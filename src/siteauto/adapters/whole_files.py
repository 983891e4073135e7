"""Files that are there whole or not at all, whatever happens meanwhile."""

import contextlib
import os
import secrets
from pathlib import Path

from siteauto.core.errors import StoreError


def replace_file(path: Path, content: bytes, *, mode: int = 0o644, durable: bool = True) -> None:
    """Write a file whole: a reader sees the old one or the new one, and two writers do not mix. Raises StoreError."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(fresh, content, mode=mode, durable=durable)
        fresh.replace(path)
    except OSError as error:
        _forget(fresh)
        raise _cannot(path, error) from error


def create_file(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file that must not exist yet. Raises FileExistsError, StoreError."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(fresh, content, mode=mode, durable=True)
        path.hardlink_to(fresh)
    except FileExistsError:
        raise
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        _forget(fresh)


def _write(path: Path, content: bytes, *, mode: int, durable: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())


def _forget(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _cannot(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} cannot be written",
        expected="a folder that you may write to, with free space",
        found=error.strerror or str(error),
        next_step="Mend that and try again; what was there before is still there",
    )
