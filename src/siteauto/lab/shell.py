"""A command line as its simulated device sees it: lines in, text and prompt out. No sockets here.

The SSH server echoes what is typed, writes `Reply.text`, then the new prompt. A question of the device
("Destination filename [x]? ") is simply a prompt; the next line is its answer.
"""

from dataclasses import dataclass
from typing import Protocol

from siteauto.lab.flash import Flash
from siteauto.lab.services import Services
from siteauto.lab.state import DeviceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the device prints for one line, and the prompt it shows next."""

    text: str
    prompt: str
    close: bool = False  # the device ends the session after the text
    echo: bool = True  # False while a password is typed: the next line is not echoed
    delay: float = 0.0  # seconds before the text comes
    hang: bool = False  # nothing comes any more, and nothing is taken
    cut: int | None = None  # the connection breaks after this many characters of the text
    pauses: tuple[tuple[int, float], ...] = ()  # after this many characters of the text, so many seconds


class Shell(Protocol):
    """One login on one device."""

    @property
    def page_length(self) -> int:
        """Lines before the pager stops; 0: never."""
        ...

    @property
    def pager(self) -> str:
        """What the pager prints: " --More-- "."""
        ...

    def greeting(self) -> Reply:
        """What stands on the screen after login."""
        ...

    def receive(self, line: str) -> Reply:
        r"""The device's answer to one line.

        A line that ends in \x1a was ended with Ctrl-Z; the line \x03 is Ctrl-C (what was typed before it is gone).
        """
        ...

    def help(self, partial: str) -> str | None:
        """What `?` shows after this much of a line; None: `?` is a character like others here."""
        ...


class SimulatedDevice(Protocol):
    """One box of the world, whatever its vendor."""

    @property
    def name(self) -> str:
        """Its name in the inventory."""
        ...

    @property
    def files(self) -> Flash | None:
        """Its flash, which SCP reads and writes; None: nothing there is reached by SCP."""
        ...

    @property
    def services(self) -> Services:
        """What it serves besides its SSH command line; the same all its life."""
        ...

    def state(self) -> DeviceState:
        """What the others see of it, computed from its running configuration."""
        ...

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from what survives that. The framework closes the sessions."""
        ...

    def login_banner(self) -> str:
        """What SSH shows before it asks for the password; empty: nothing."""
        ...

    def authenticate(self, user: str, password: str) -> bool:
        """Whether its present running configuration lets this login in."""
        ...

    def shell(self, user: str) -> Shell:
        """A new login's command line."""
        ...

    def execute(self, user: str, command: str) -> str | None:
        """Answer to an SSH exec request; None: the device has none (SCP is the server's)."""
        ...
