"""Workspace mode: `execute config-transaction`. What is typed in it is nobody else's until it is committed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from siteauto.lab.devices.fortinet.config_mode import Touched
from siteauto.lab.devices.fortinet.refusals import locked
from siteauto.lab.devices.fortinet.tree import Configuration, Table

# The administration guide's list of what a transaction cannot change.
NOT_CHANGEABLE = frozenset({"system.console", "system.vdom-property", "system.storage", "system.npu"})


@dataclass(slots=True, kw_only=True)
class Transaction:
    """One administrator's workspace."""

    number: int
    workspace: Configuration
    minutes: int
    last_used: datetime
    touched: dict[Touched, None] = field(default_factory=dict)

    def expires(self) -> datetime:
        """When it ends by itself unless it is used."""
        return self.last_used + timedelta(minutes=self.minutes)

    def merge_into(self, running: Configuration) -> None:
        """Carry what was stored in the workspace over into the running configuration."""
        for place in self.touched:
            part, target = self.workspace.part(place.path), running.part(place.path)
            if not isinstance(part, Table) or not isinstance(target, Table):
                running.parts[place.path] = part.copy()
            elif place.key in part.entries:
                target.entries[place.key] = part.entries[place.key].copy()
            elif place.key:
                target.entries.pop(place.key, None)
        for place in self.touched:
            part, target = self.workspace.part(place.path), running.part(place.path)
            if isinstance(part, Table) and isinstance(target, Table):
                ours = [key for key in part.entries if key in target.entries]
                target.reorder(ours + [key for key in target.entries if key not in part.entries])


@dataclass(slots=True, kw_only=True)
class Transactions:
    """Those under way on one box."""

    count: int = 0
    active: list[Transaction] = field(default_factory=list)

    def start(self, running: Configuration, now: datetime, minutes: int) -> Transaction:
        """A new workspace, a copy of the running configuration."""
        self.count += 1
        transaction = Transaction(number=self.count, workspace=running.copy(), minutes=minutes, last_used=now)
        self.active.append(transaction)
        return transaction

    def end(self, transaction: Transaction) -> None:
        """Forget it, with its locks."""
        if transaction in self.active:
            self.active.remove(transaction)

    def refuse_locked(self, place: Touched, own: Transaction | None, now: datetime) -> None:
        """Raise RefusedError where another transaction has touched the entry."""
        for transaction in self.active:
            if transaction is not own and place in transaction.touched and now < transaction.expires():
                raise locked(place.key or place.path)
