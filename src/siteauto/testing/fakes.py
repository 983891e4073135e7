"""Small fakes: a clock that moves when told, a journal in memory, secrets from a dictionary, one device at a time."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from siteauto.core.change.plan import digest_of
from siteauto.core.errors import SecretError, SiteautoError, StoreError
from siteauto.core.models import DeviceName, SecretRef
from siteauto.core.ports import Target
from siteauto.core.run import Outcome

T = TypeVar("T")

START = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


class FakeClock:
    """Implements `ports.Clock`. Sleeping moves it at once; `on_move` hears of every move."""

    def __init__(self, start: datetime = START, on_move: Callable[[float], None] = lambda _: None) -> None:
        self._now = start
        self._on_move = on_move

    def now(self) -> datetime:
        """The present moment."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Move the time forward."""
        self._now += timedelta(seconds=seconds)
        self._on_move(seconds)


class MemoryJournal:
    """Implements `ports.Journal`. `before_append` may raise, as a full disk does, or interrupt, as a person does."""

    def __init__(self, before_append: Callable[[Mapping[str, object]], None] = lambda _: None) -> None:
        self.records: list[Mapping[str, object]] = []
        self.texts: dict[str, str] = {}
        self._before_append = before_append

    def append(self, record: Mapping[str, object]) -> None:
        """Keep one record."""
        self._before_append(record)
        self.records.append(dict(record))

    def read(self) -> Sequence[Mapping[str, object]]:
        """The records as JSON has them."""
        return tuple(json.loads(json.dumps(record, default=str)) for record in self.records)

    def keep(self, name: str, text: str) -> str:
        """Keep one text."""
        self.texts[name] = text
        return digest_of(text)

    def kept(self, name: str, digest: str) -> str:
        """The text. Raises StoreError for another one, or none."""
        text = self.texts.get(name)
        if text is None or digest_of(text) != digest:
            raise StoreError(f"There is no {name} with this digest")
        return text

    def seal(self, secret: str) -> str:
        """A form that does not show it."""
        return base64.b64encode(secret.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """The secret. Raises StoreError for what was never sealed."""
        try:
            return base64.b64decode(sealed, validate=True).decode()
        except ValueError as error:
            raise StoreError("This was not sealed here") from error


class FakeSecrets:
    """Implements `ports.Secrets` with values by name."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def resolve(self, ref: SecretRef) -> str:
        """The value. Raises SecretError for a name without one."""
        if ref.name not in self._values:
            raise SecretError(f"{ref} has no value", expected="one of the fake's values")
        return self._values[ref.name]

    def missing(self, refs: Sequence[SecretRef]) -> tuple[SecretRef, ...]:
        """Those without a value."""
        return tuple(ref for ref in refs if ref.name not in self._values)


class SerialRunner:
    """Implements `ports.Runner`, one device after the other, in this thread."""

    def run(self, targets: Sequence[Target], operation: Callable[[Target], T]) -> Mapping[DeviceName, Outcome[T]]:
        """Outcomes for every target given, in their order."""
        return {target.device.name: self._one(target, operation) for target in targets}

    @staticmethod
    def _one(target: Target, operation: Callable[[Target], T]) -> Outcome[T]:
        try:
            return Outcome(device=target.device.name, value=operation(target))
        except SiteautoError as error:
            return Outcome(device=target.device.name, error=error)
