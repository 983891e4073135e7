"""Sessions over NAPALM on a command line: its load, compare and getters; commits, confirms and reverts are ours.

NAPALM's own commit saves at once and reports success after several kinds of failure, so it is never called.
"""

import contextlib
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from netmiko import BaseConnection

from siteauto.adapters.driver_errors import login_errors, session_errors
from siteauto.adapters.logins import Logins
from siteauto.adapters.netmiko_terminal import Terminal
from siteauto.adapters.netmiko_transport import logged_in, login_arguments
from siteauto.adapters.private_folder import PrivateFolder
from siteauto.adapters.session_parts import fetch
from siteauto.core.guard import guarded
from siteauto.core.platform_spec import Row
from siteauto.core.ports import Secrets, Session, Target

if TYPE_CHECKING:
    from siteauto.adapters.napalm_driver import NapalmDriver


class NapalmTransport:
    """Implements `ports.Transport`. `inline_transfer`: type candidates through TCL, for boxes without an SCP server."""

    def __init__(self, secrets: Secrets, *, inline_transfer: bool = False) -> None:
        self._logins = Logins(secrets)
        self._inline_transfer = inline_transfer

    @contextlib.contextmanager
    def connect(self, target: Target) -> Iterator[Session]:
        """Log in. Raises UnreachableError, AuthenticationError, HostKeyError."""
        # The folder holds the candidate for as long as it is loaded.
        with PrivateFolder() as folder, logged_in(target, self._logins, login_arguments(target)) as connection:
            terminal = Terminal(connection, target)
            if not terminal.is_privileged:
                with login_errors(target):
                    connection.enable()
            session = NapalmSession(connection, terminal, target, folder, inline_transfer=self._inline_transfer)
            yield guarded(session, target)


class NapalmSession:
    """Implements `ports.Session`."""

    def __init__(
        self,
        connection: BaseConnection,
        terminal: Terminal,
        target: Target,
        folder: PrivateFolder,
        *,
        inline_transfer: bool,
    ) -> None:
        self._connection = connection
        self._target = target
        self._folder = folder
        self._inline_transfer = inline_transfer
        self._terminal = terminal
        self._staged = ""

    @cached_property
    def _driver(self) -> "NapalmDriver":
        from siteauto.adapters.napalm_driver import NapalmDriver  # takes half a second, and commands need none

        return NapalmDriver(self._target, self._connection, inline_transfer=self._inline_transfer)

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """Send one command and return what it printed, without echo and prompt."""
        return self._terminal.run(command, answers)

    def configure(self, lines: Sequence[str]) -> str:
        """Type lines in configuration mode and return all that was printed. Stops after the first line refused."""
        with session_errors(self._target, "entering configuration mode"):
            self._connection.config_mode()
        printed = self._terminal.configure(lines)
        with session_errors(self._target, "leaving configuration mode"):
            self._connection.exit_config_mode()
        return printed

    def get(self, getter: str) -> Sequence[Row]:
        """Rows of a NAPALM getter, each with the key of a dictionary's entry as `key`."""
        return self._driver.rows(getter)

    def fetch(self, which: str) -> str:
        """The exact `running` or `startup` configuration."""
        return fetch(self._terminal.run, self._target, which)

    def stage(self, text: str, *, mode: str, name: str) -> str:
        """Load a candidate (mode: replace or merge) under a unique name; return the device's own diff."""
        self._staged = name
        file = self._folder.path / name
        # Our own file, because NAPALM's is readable by everybody on this machine while it is copied.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            return self._driver.stage(file, mode=mode)
        finally:
            file.unlink()

    def discard(self) -> None:
        """Forget the staged candidate and remove its files."""
        method = self._target.platform.push_method(self._target.device.role)
        if not self._staged or method is None:
            return
        for step in method.cleanup:
            self.run(step.send.format(file=method.path(self._staged)), step.answers)
        self._staged = ""
