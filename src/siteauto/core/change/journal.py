"""The journal of a run as text: one JSON record per line, each with the digest of the line before it.

The chain shows every change and every gap but one: whole lines that are cut off at the end leave no trace.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SCHEMA = "siteauto/journal/1"
START = "0" * 64  # what the first line names as the line before it


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalText:
    """What a journal holds. `broken` says where its chain ends before the text does; `torn` is half a last line.

    `last` is the digest of the last good line, `length` the bytes up to its end.
    """

    records: tuple[Mapping[str, object], ...]
    last: str = START
    length: int = 0
    torn: str = ""
    broken: str = ""


def write_line(record: Mapping[str, object], *, number: int, previous: str) -> str:
    """The line of a record, with its end."""
    return json.dumps({**record, "n": number, "previous": previous}, sort_keys=True, default=str) + "\n"


def digest_of_line(line: str) -> str:
    """What the next line names."""
    return hashlib.sha256(line.encode()).hexdigest()


def read_journal(raw: bytes) -> JournalText:
    """The records up to the first line that does not belong here.

    The last line is torn when it has no end or cannot be read: the power went while it was written, and nothing that
    it announces was begun.
    """
    records: list[Mapping[str, object]] = []
    last, length = START, 0
    lines = raw.decode("utf-8", "backslashreplace").splitlines(keepends=True)
    for number, line in enumerate(lines):
        record = _parse(line)
        if record is None or not line.endswith("\n"):
            if number == len(lines) - 1:
                return JournalText(records=tuple(records), last=last, length=length, torn=line)
            return _broken(records, last, length, f"line {number + 1} is not a record")
        if record.get("n") != number or record.get("previous") != last:
            return _broken(records, last, length, f"line {number + 1} does not follow the line before it")
        if not number and record.get("schema") != SCHEMA:
            return _broken(records, last, length, f"its first line says {record.get('schema')} and not {SCHEMA}")
        records.append(record)
        last, length = digest_of_line(line), length + len(line.encode())
    return JournalText(records=tuple(records), last=last, length=length)


def _parse(line: str) -> Mapping[str, object] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _broken(records: Sequence[Mapping[str, object]], last: str, length: int, why: str) -> JournalText:
    return JournalText(records=tuple(records), last=last, length=length, broken=why)
