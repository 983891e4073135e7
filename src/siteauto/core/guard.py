"""What a session may carry: outside a push, only commands that the platform lists as read-only."""

import re
from collections.abc import Sequence

from siteauto.core.errors import UsageError
from siteauto.core.platform_spec import PlatformSpec, Row
from siteauto.core.ports import Session, Target


def is_read_only(platform: PlatformSpec, command: str) -> bool:
    """Whether this command is one line that the platform says changes nothing."""
    return not re.search(r"[\r\n]", command) and any(re.fullmatch(one, command) for one in platform.read_only)


class ReadOnlySession:
    """A session that refuses what could change the device. Implements `ports.Session`."""

    def __init__(self, session: Session, target: Target) -> None:
        self._session = session
        self._target = target

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """Send a read-only command. Raises UsageError for any other, before a byte is sent."""
        if not is_read_only(self._target.platform, command):
            raise self._refusal(f"the command {command.partition(' ')[0]!r}")
        return self._session.run(command, answers)

    def get(self, getter: str) -> Sequence[Row]:
        """As the session's own."""
        return self._session.get(getter)

    def fetch(self, which: str) -> str:
        """As the session's own."""
        return self._session.fetch(which)

    def configure(self, lines: Sequence[str]) -> str:
        """Refused."""
        raise self._refusal(f"{len(lines)} configuration lines")

    def stage(self, text: str, *, mode: str, name: str) -> str:
        """Refused."""
        raise self._refusal(f"a candidate ({mode}, {len(text.splitlines())} lines, {name})")

    def discard(self) -> None:
        """Refused."""
        raise self._refusal("discarding a candidate")

    def _refusal(self, what: str) -> UsageError:
        return UsageError(
            f"{self._target.device.name}: {what} may only be sent by a push",
            expected=f"a command that platforms/{self._target.platform.name}.py lists as read-only",
            found=what,
            next_step="Nothing was sent. If the command changes nothing, add its pattern to the platform's read_only",
        )


def guarded(session: Session, target: Target) -> Session:
    """The session as this target may use it."""
    return session if target.writable else ReadOnlySession(session, target)
