"""Configurations kept on the flash: `execute backup config flash`, `execute revision`."""

from dataclasses import dataclass, field
from datetime import datetime

from siteauto.lab.devices.fortinet.tree import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One of them. `at` is the time on the box's own wall."""

    number: int
    at: datetime
    admin: str
    comment: str
    configuration: Configuration


@dataclass(slots=True)
class Revisions:
    """Those that were not deleted, the oldest first. Numbers are never used again."""

    kept: list[Revision] = field(default_factory=list)
    count: int = 0

    def keep(self, configuration: Configuration, *, at: datetime, admin: str, comment: str) -> None:
        """Put a copy of the configuration on the flash."""
        self.count += 1
        self.kept.append(
            Revision(number=self.count, at=at, admin=admin, comment=comment, configuration=configuration.copy())
        )

    def find(self, number: str) -> Revision | None:
        """The revision of this number."""
        return next((one for one in self.kept if str(one.number) == number), None)

    def delete(self, revision: Revision) -> None:
        """Take it off the flash."""
        self.kept.remove(revision)
