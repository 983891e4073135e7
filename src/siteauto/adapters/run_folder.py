"""The folder of one run: its journal, and the texts that the journal refers to. Its owner alone may read them."""

import fcntl
import os
import threading
import weakref
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from siteauto.adapters.sealing import own_key, seal, unseal
from siteauto.core.change.journal import SCHEMA, JournalText, digest_of_line, read_journal, write_line
from siteauto.core.change.plan import digest_of
from siteauto.core.errors import StoreError, UsageError

JOURNAL = "journal.jsonl"
SEALING_KEY = "sealing.key"  # beside the runs: one for all of them


class RunFolder:
    """Implements `ports.Journal`: JSON lines, on the disk before `append` returns.

    `head` goes into the first record. Nothing is written before the first call that has something to write; from then
    on this process alone may write here, until it ends.
    """

    def __init__(self, folder: Path, head: Mapping[str, object] | None = None) -> None:
        self.folder = folder
        self._head = {"record": "run", "schema": SCHEMA, **(head or {})}
        self._lock = threading.Lock()
        self._descriptor: int | None = None
        self._count = 0
        self._text: JournalText | None = None  # None: what the file holds must be read first

    @property
    def file(self) -> Path:
        """The journal."""
        return self.folder / JOURNAL

    def append(self, record: Mapping[str, object]) -> None:
        """Write one record. Raises StoreError when the disk does not take it, or the journal is broken."""
        with self._lock:
            try:
                if self._text is None:
                    self._begin()
                self._write(record)
            except OSError as error:
                self._text = None  # half a line may be there: it is mended before the next one
                raise _cannot(self.file, error) from error

    def read(self) -> Sequence[Mapping[str, object]]:
        """All records, in order. Raises StoreError for a journal that cannot be believed."""
        return _whole(self.file, read_run(self.folder)).records

    def keep(self, name: str, text: str) -> str:
        """Keep a text under this name; return its digest. Raises StoreError."""
        target = self.folder / name
        fresh = target.with_name(f".{target.name}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(target)
            _sync(target.parent)
            _sync(self.folder.parent)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise _cannot(target, error) from error
        return digest_of(text)

    def kept(self, name: str, digest: str) -> str:
        """The text that was kept. Raises StoreError when it is gone, or is not what the journal names."""
        file = self.folder / name
        try:
            text = file.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"A file of this run cannot be read: {file}", found=str(error)) from error
        if digest_of(text) != digest:
            raise StoreError(
                f"A file of this run was changed after it was written: {file}",
                expected=f"digest {digest[:12]}",
                found=digest_of(text)[:12],
                next_step="It cannot be believed. Compare the device with its last backup by hand",
            )
        return text

    def seal(self, secret: str) -> str:
        """The secret as only this machine can read it. Raises StoreError."""
        return seal(secret, self._key())

    def unseal(self, sealed: str) -> str:
        """The secret that was sealed. Raises StoreError."""
        return unseal(sealed, self._key())

    def _key(self) -> bytes:
        file = self.folder.parent / SEALING_KEY
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return own_key(file)
        except OSError as error:
            raise _cannot(file, error) from error

    def _begin(self) -> None:
        """Take the file for ourselves; go on after its last whole line, or write the first."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._descriptor is None:
            self._descriptor = _take(self.file)
            weakref.finalize(self, os.close, self._descriptor)
            _sync(self.folder)
            _sync(self.folder.parent)
        self._text = _whole(self.file, read_run(self.folder))
        self._count = len(self._text.records)
        if self._text.torn:
            os.ftruncate(self._descriptor, self._text.length)
        if not self._count:
            self._write(self._head)
        elif self._text.torn:
            self._write({"record": "torn", "removed": self._text.torn})

    def _write(self, record: Mapping[str, object]) -> None:
        assert self._descriptor is not None  # noqa: S101 - for the type checker: _begin has opened it
        assert self._text is not None  # noqa: S101
        line = write_line(record, number=self._count, previous=self._text.last)
        left = line.encode()
        while left:
            left = left[os.write(self._descriptor, left) :]
        os.fsync(self._descriptor)
        self._text, self._count = JournalText(records=(), last=digest_of_line(line)), self._count + 1


def read_run(folder: Path) -> JournalText:
    """What the journal in this folder holds; nothing where there is none. Raises StoreError."""
    file = folder / JOURNAL
    try:
        return read_journal(file.read_bytes() if file.exists() else b"")
    except OSError as error:
        raise StoreError(f"The journal cannot be read: {file}", found=error.strerror or str(error)) from error


def set_aside(folder: Path) -> str:
    """Put a journal that cannot be believed beside itself, where it can be looked at; return its name."""
    file = folder / JOURNAL
    kept = file.with_suffix(".broken")
    try:
        file.replace(kept)
        _sync(folder)
    except OSError as error:
        raise _cannot(kept, error) from error
    return kept.name


def _whole(file: Path, text: JournalText) -> JournalText:
    if text.broken:
        raise StoreError(
            f"The journal {file} cannot be believed: {text.broken}",
            expected="records that follow each other",
            next_step="It was changed after it was written, or the disk is damaged. What each device runs is on the "
            "device: look there before you change anything",
        )
    return text


def _take(file: Path) -> int:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise UsageError(
            f"The run {file.parent.name} is still being worked on by another process",
            expected="one process per run",
            next_step="Wait for it to end, then try again",
        ) from error
    return descriptor


def _sync(folder: Path) -> None:
    """Names of files are on the disk only when their folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The state folder cannot be written: {path}",
        expected="a folder of yours with free space",
        found=error.strerror or str(error),
        next_step="Free some space or mend the permissions, or point SITEAUTO_STATE elsewhere",
    )
