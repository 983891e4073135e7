"""A stored copy of a device's configuration: the facts that travel with it, and what proves that it is whole.

In the repository a copy is three files of one folder: the redacted text for people, the exact text sealed with age, and
this record. The record holds nothing secret.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from siteauto.core.errors import StoreError
from siteauto.core.models import DeviceName, PlatformName, SiteName

SCHEMA = "siteauto/backup/1"
SEALED = ".age"
RECORD = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRecord:
    """What is known of one copy.

    `file` is the redacted text's name; the sealed one has the same with `.age` behind it. `fingerprint` stands for the
    normalised text with its secrets. `proof` says in words what was found whole. `changed_by` and `changed_at` are the
    device's own words. `accepted` names the person who let a copy in that had lost much, and why.
    """

    site: SiteName
    device: DeviceName
    platform: PlatformName
    file: str
    at: str  # UTC, ISO 8601: when it was fetched
    fingerprint: str
    lines: int
    sections: int
    size: int  # bytes, exact
    proof: tuple[str, ...] = ()
    model: str = ""
    serial: str = ""
    version: str = ""
    changed_by: str = ""
    changed_at: str = ""
    accepted: str = ""
    parts: tuple[str, ...] = ()  # names of further sealed files: vlan.dat

    def as_json(self) -> str:
        """The record's own file."""
        return json.dumps({"schema": SCHEMA, **asdict(self)}, indent=1, sort_keys=True) + "\n"


def read_record(text: str) -> CopyRecord:
    """The record in this file. Raises StoreError where it is none of ours."""
    try:
        found: dict[str, Any] = json.loads(text)
        facts: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in found.items()
        }
        return CopyRecord(**{key: value for key, value in facts.items() if key != "schema" or value != SCHEMA})
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreError(
            "A backup's record cannot be read",
            expected=SCHEMA,
            next_step="It was written by another version of siteauto, or by hand: git log tells",
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCopy:
    """A copy to be stored: the record, the text for people, and the exact bytes, which leave memory only sealed."""

    record: CopyRecord
    redacted: str
    exact: bytes = field(repr=False)
    parts: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of a device in the repository. `trailers` are the commit's: who changed it, which run stored it."""

    commit: str
    at: str  # UTC, ISO 8601: when it was committed
    subject: str
    trailers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCopy:
    """A copy as a commit holds it. `sealed` is the exact text as age keeps it, `parts` are sealed too."""

    version: Version
    record: CopyRecord
    redacted: str
    sealed: bytes = field(repr=False)
    parts: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two copies of a device, as a unified diff of redacted text; empty where nothing does."""

    before: Version
    now: Version
    text: str
