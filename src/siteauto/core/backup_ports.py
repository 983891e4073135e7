"""The ports of backups: who seals, who stores, and who finds again."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from siteauto.core.models import DeviceName, SiteName
from siteauto.core.stored_copy import CopyRecord, FoundCopy, NewCopy, Version


class Sealer(Protocol):
    """Closes what only the holders of an identity shall read."""

    def seal(self, exact: bytes) -> bytes:
        """The bytes, sealed. Raises UsageError where there is nobody who could open them."""
        ...


class Store(Protocol):
    """Keeps backups: redacted text, sealed exact bytes and a record of each device, in commits."""

    def save(self, site: SiteName, copies: Sequence[NewCopy], message: str) -> str:
        """Store copies in one commit; return it, or the last one where there is no copy. Raises StoreError."""
        ...

    def last(self, site: SiteName, devices: Sequence[DeviceName]) -> Mapping[DeviceName, CopyRecord]:
        """The records of the last copies; none of a device that was never stored."""
        ...

    def latest(self, site: SiteName, name: str) -> str | None:
        """The last redacted text of a file; None: never stored."""
        ...

    def quarantine(self, site: SiteName, device: DeviceName, exact: bytes, reasons: Sequence[str]) -> str:
        """Keep a text that was refused, sealed and apart; return where."""
        ...


class Copies(Protocol):
    """Every copy that was ever stored, for whoever shows, compares, restores or rehearses."""

    def devices(self) -> tuple[tuple[SiteName, DeviceName], ...]:
        """Every device that there is a copy of now."""
        ...

    def versions(self, device: str) -> tuple[Version, ...]:
        """The commits that changed a device's copy, the newest first. Raises UsageError for an unknown device."""
        ...

    def find(self, device: str, at: str = "") -> FoundCopy:
        """The copy at a date, at a moment or in a commit; the last one where none is given. Raises UsageError."""
        ...
