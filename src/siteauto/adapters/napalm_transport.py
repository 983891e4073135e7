"""Sessions over NAPALM on a command line: its load, compare and getters; commits, confirms and reverts are ours.

NAPALM's own commit saves at once and reports success after several kinds of failure, so it is never called.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from napalm import get_network_driver
from napalm.base import NetworkDriver
from netmiko import BaseConnection

from siteauto.adapters.driver_errors import login_errors, session_errors
from siteauto.adapters.event_driven_netmiko import connect
from siteauto.adapters.host_keys import pin_file
from siteauto.adapters.logins import Logins
from siteauto.adapters.napalm_getters import read_getter
from siteauto.adapters.netmiko_terminal import Terminal
from siteauto.adapters.netmiko_transport import optional_arguments
from siteauto.adapters.session_parts import fetch, unsupported
from siteauto.core.errors import UnreachableError
from siteauto.core.guard import guarded
from siteauto.core.platform_spec import Row
from siteauto.core.ports import Secrets, Session, Target


class NapalmTransport:
    """Implements `ports.Transport`. `inline_transfer`: type candidates through TCL, for boxes without an SCP server."""

    def __init__(self, secrets: Secrets, *, inline_transfer: bool = False) -> None:
        self._logins = Logins(secrets)
        self._inline_transfer = inline_transfer

    @contextlib.contextmanager
    def connect(self, target: Target) -> Iterator[Session]:
        """Log in. Raises UnreachableError, AuthenticationError, HostKeyError."""
        # The folder (0700) holds this device's pins and, for as long as it is loaded, the candidate: both private.
        with tempfile.TemporaryDirectory(prefix="siteauto-") as name:
            folder = Path(name)
            options = self._options(target, pin_file(target, folder))

            def attempt(username: str, password: str) -> NetworkDriver:
                return _open(target, username, password, options)

            driver = self._logins.log_in(target, attempt)
            try:
                yield guarded(NapalmSession(driver, target, folder), target)
            except UnreachableError:
                driver.device.paramiko_cleanup()  # no farewell to a device that does not answer: it costs 20 s
                raise
            finally:
                driver.close()

    def _options(self, target: Target, pins: Path) -> dict[str, object]:
        method = target.platform.push_method(target.device.role)
        file_system = {"dest_file_system": method.file_system} if method and method.file_system else {}
        return {
            **optional_arguments(target, pins),
            **file_system,
            "inline_transfer": self._inline_transfer,
            "auto_file_prompt": False,  # NAPALM's `file prompt quiet` stays in the configuration when we die
        }


def _open(target: Target, username: str, password: str, options: Mapping[str, object]) -> NetworkDriver:
    driver = _woken(target.platform.names.napalm or "")(
        target.host, username, password, timeout=target.timeout, optional_args=dict(options)
    )
    with login_errors(target):
        driver.open()
    return driver


class _Woken(NetworkDriver):  # type: ignore[misc]  # NAPALM is not typed
    """NAPALM's driver on a session that wakes up when the device answers."""

    def _netmiko_open(
        self, device_type: str, netmiko_optional_args: Mapping[str, object] | None = None
    ) -> BaseConnection:
        self._netmiko_device = connect(
            device_type,
            host=self.hostname,
            username=self.username,
            password=self.password,
            timeout=self.timeout,
            **netmiko_optional_args or {},
        )
        if not getattr(self, "force_no_enable", False):
            self._netmiko_device.enable()
        return self._netmiko_device


@lru_cache
def _woken(name: str) -> type[NetworkDriver]:
    """NAPALM's driver as it is; only how its base class opens a session is ours."""
    driver = get_network_driver(name)
    return type(driver.__name__, (driver, _Woken), {})


class NapalmSession:
    """Implements `ports.Session`."""

    def __init__(self, driver: NetworkDriver, target: Target, folder: Path) -> None:
        if not isinstance(driver.device, BaseConnection):
            raise unsupported(target, "a command line over NAPALM")
        self._driver = driver
        self._target = target
        self._folder = folder
        self._terminal = Terminal(driver.device, target)
        self._staged = ""

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """Send one command and return what it printed, without echo and prompt."""
        return self._terminal.run(command, answers)

    def configure(self, lines: Sequence[str]) -> str:
        """Type lines in configuration mode and return all that was printed. Stops after the first line refused."""
        with session_errors(self._target, "entering configuration mode"):
            self._driver.device.config_mode()
        printed = self._terminal.configure(lines)
        with session_errors(self._target, "leaving configuration mode"):
            self._driver.device.exit_config_mode()
        return printed

    def get(self, getter: str) -> Sequence[Row]:
        """Rows of a NAPALM getter, each with the key of a dictionary's entry as `key`."""
        with session_errors(self._target, f"reading {getter}"):
            return read_getter(self._driver, self._target, getter)

    def fetch(self, which: str) -> str:
        """The exact `running` or `startup` configuration."""
        return fetch(self._terminal.run, self._target, which)

    def stage(self, text: str, *, mode: str, name: str) -> str:
        """Load a candidate (mode: replace or merge) under a unique name; return the device's own diff."""
        driver = self._driver
        driver.candidate_cfg = driver.merge_cfg = self._staged = name
        file = self._folder / name
        # Our own file, because NAPALM's is readable by everybody on this machine while it is copied.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            with session_errors(self._target, "loading the candidate"):
                load = driver.load_replace_candidate if mode == "replace" else driver.load_merge_candidate
                load(filename=str(file))
        finally:
            file.unlink()
        with session_errors(self._target, "comparing the candidate"):
            diff: str = driver.compare_config()
        return diff

    def discard(self) -> None:
        """Forget the staged candidate and remove its files."""
        method = self._target.platform.push_method(self._target.device.role)
        if not self._staged or method is None:
            return
        for step in method.cleanup:
            self.run(step.send.format(file=method.path(self._staged)), step.answers)
        self._staged = ""
