"""What a simulated device may serve besides its SSH command line: HTTPS, and subsystems of its SSH server.

No sockets here. A server of the lab carries the bytes, keeps to the paths that are open, and breaks what faults break.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from siteauto.lab.output import Output


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """What the device itself must do about a command: refuse it with this text, or answer with another than its own."""

    refusal: str = ""
    truncated: bool = False
    inserted: str = ""  # a line

    def printed(self, text: str) -> str:
        """What is printed instead of this text: half of it, or one line more in its middle."""
        text = text[: len(text) // 2] if self.truncated else text
        return text if not self.inserted else "\n".join(_with_line(text.split("\n"), self.inserted))


def _with_line(lines: list[str], line: str) -> list[str]:
    middle = (len(lines) + 1) // 2
    return [*lines[:middle], line, *lines[middle:]]


class Visit(Protocol):
    """One request, or one login to a subsystem, as the service tells the lab of it."""

    def lets_in(self, user: str, password: str) -> bool:
        """Whether this login is taken now."""
        ...

    def command(self, line: str) -> Struck:
        """What befalls this command; to be asked before it is run."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRequest:
    """An HTTP request. Header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebReply:
    """An HTTP response."""

    status: int
    body: str
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


class WebService(Protocol):
    """A device's HTTPS interface."""

    @property
    def is_on(self) -> bool:
        """Whether its present configuration serves it."""
        ...

    def respond(self, request: WebRequest, visit: Visit) -> WebReply:
        """The answer. The service checks the login, and tells `visit` of each command before it runs it."""
        ...


class Dialogue(Protocol):
    """A subsystem as one login has it: bytes in, bytes out."""

    def open(self) -> Iterator[Output]:
        """What the device says first."""
        ...

    def feed(self, data: bytes) -> Iterator[Output]:
        """Its reaction to bytes as they arrive. An Output with `answer` set is one that faults may strike."""
        ...

    def close(self) -> None:
        """The login is over, however it ended: what it held (a lock) is free."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All of a device. `subsystems`: name -> what a login of this user gets, and with which trouble."""

    web: WebService | None = None
    subsystems: Mapping[str, Callable[[str, Visit], Dialogue]] = field(default_factory=dict)


SSH_ONLY = Services()
