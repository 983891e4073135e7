"""A session that sends every question once, whatever the number of those who want the answer."""

from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

from siteauto.core.errors import SiteautoError, UsageError
from siteauto.core.platform_spec import Row
from siteauto.core.ports import Session

T = TypeVar("T")


class AskedOnce:
    """Implements `ports.Session` for reading. What failed is not tried again: it fails the same way."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._texts: dict[str, str | SiteautoError] = {}
        self._rows: dict[str, Sequence[Row] | SiteautoError] = {}

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """What the device prints for a read-only command."""
        return _once(self._texts, f"run {command}", lambda: self._session.run(command, answers))

    def fetch(self, which: str) -> str:
        """The running or startup configuration."""
        return _once(self._texts, f"fetch {which}", lambda: self._session.fetch(which))

    def get(self, getter: str) -> Sequence[Row]:
        """Rows of a getter."""
        return _once(self._rows, getter, lambda: self._session.get(getter))

    def configure(self, lines: Sequence[str]) -> str:
        """Refused."""
        _refuse(f"{len(lines)} configuration lines")

    def stage(self, text: str, *, mode: str, name: str) -> str:
        """Refused."""
        _refuse(f"a candidate ({mode}, {len(text.splitlines())} lines, {name})")

    def discard(self) -> None:
        """Refused."""
        _refuse("discarding a candidate")


def _once(kept: dict[str, T | SiteautoError], name: str, ask: Callable[[], T]) -> T:
    if name not in kept:
        try:
            kept[name] = ask()
        except SiteautoError as error:
            kept[name] = error
    answer = kept[name]
    if isinstance(answer, SiteautoError):
        raise answer
    return answer


def _refuse(what: str) -> NoReturn:
    raise UsageError(f"A verification only reads, and was asked for {what}")
