"""A folder of things that were worked out once, by a digest of everything that they were made from.

Nothing depends on it: an entry that is missing, cut or changed is worked out again, and a folder that cannot be written
is left alone. Several runs may use it at once: an entry is written whole, and the same digest has the same content.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

from siteauto.adapters.whole_files import replace_file
from siteauto.core.errors import StoreError

DAY = 24 * 3600
KEPT = 30 * DAY  # an entry that nobody has used for so long goes
DIGEST_BYTES = 20


def digest_of(parts: Iterable[bytes]) -> str:
    """One digest of several byte strings; where one ends and the next begins counts."""
    total = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


class ContentCache:
    """Entries by kind and digest, below one folder of mode 0700."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, kind: str, digest: str) -> bytes | None:
        """What was kept; None: nothing that is whole."""
        path = self._path(kind, digest)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        seal, body = content[: 2 * DIGEST_BYTES], content[2 * DIGEST_BYTES :]
        if seal != _seal(kind, digest, body):
            return None
        self._mark_used(path)
        return body

    def put(self, kind: str, digest: str, body: bytes) -> None:
        """Keep this. It never fails: without space or permission the next run works it out again."""
        path = self._path(kind, digest)
        with contextlib.suppress(StoreError, OSError):
            if not self._root.exists():
                self._root.mkdir(parents=True, mode=0o700)
            replace_file(path, _seal(kind, digest, body) + body, mode=0o600, durable=False)

    def prune(self) -> None:
        """Remove what nobody has used for a month; at most once a day."""
        mark = self._root / "pruned"
        now = time.time()
        with contextlib.suppress(OSError):
            if mark.exists() and mark.stat().st_mtime > now - DAY:
                return
            mark.touch()
            for path in self._root.glob("*/*/*"):
                if path.stat().st_mtime < now - KEPT:
                    path.unlink(missing_ok=True)

    def _path(self, kind: str, digest: str) -> Path:
        return self._root / kind / digest[:2] / digest

    def _mark_used(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - DAY:
                os.utime(path)


def _seal(kind: str, digest: str, body: bytes) -> bytes:
    """Shows that an entry is whole, and is the one that was asked for."""
    return digest_of((kind.encode(), digest.encode(), body)).encode()
