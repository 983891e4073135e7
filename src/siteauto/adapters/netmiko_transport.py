"""Sessions over Netmiko alone, for platforms that NAPALM has no sound driver for."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from netmiko import BaseConnection

from siteauto.adapters.driver_errors import login_errors
from siteauto.adapters.event_driven_netmiko import Guarded, connect
from siteauto.adapters.host_keys import PinnedKeys, disabled_algorithms
from siteauto.adapters.jump_host import open_ssh_way
from siteauto.adapters.logins import Logins
from siteauto.adapters.netmiko_terminal import Terminal
from siteauto.adapters.session_parts import fetch, unsupported
from siteauto.core.errors import UnreachableError
from siteauto.core.guard import guarded
from siteauto.core.platform_spec import Row
from siteauto.core.ports import Secrets, Session, Target


class NetmikoTransport:
    """Implements `ports.Transport`."""

    def __init__(self, secrets: Secrets) -> None:
        self._logins = Logins(secrets)

    @contextlib.contextmanager
    def connect(self, target: Target) -> Iterator[Session]:
        """Log in. Raises UnreachableError, AuthenticationError, HostKeyError."""
        with logged_in(target, self._logins, login_arguments(target)) as connection:
            yield guarded(NetmikoSession(Terminal(connection, target), target), target)


@contextlib.contextmanager
def logged_in(target: Target, logins: Logins, arguments: Mapping[str, object]) -> Iterator[BaseConnection]:
    """An open connection. Raises UnreachableError, AuthenticationError, HostKeyError."""
    device_type, guard = target.platform.names.netmiko, PinnedKeys(target).guard
    way = partial(open_ssh_way, target)

    def attempt(username: str, password: str) -> Guarded:
        with login_errors(target):
            return connect(device_type, guard=guard, way=way, **arguments, username=username, password=password)

    connection = logins.log_in(target, attempt)
    connection.only_reads = not target.writable
    try:
        yield connection
    except UnreachableError:
        connection.paramiko_cleanup()  # no farewell to a device that does not answer: it costs 20 s
        raise
    finally:
        connection.disconnect()


class NetmikoSession:
    """Implements `ports.Session` with commands alone: there is no candidate to stage."""

    def __init__(self, terminal: Terminal, target: Target) -> None:
        self._terminal = terminal
        self._target = target

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """Send one command and return what it printed, without echo and prompt."""
        return self._terminal.run(command, answers)

    def configure(self, lines: Sequence[str]) -> str:
        """Type lines as they are and return all that was printed. Stops after the first line refused."""
        return self._terminal.configure(lines)

    def get(self, getter: str) -> Sequence[Row]:
        """Raises DeviceError: Netmiko has no getters."""
        raise unsupported(self._target, f"the getter {getter}")

    def fetch(self, which: str) -> str:
        """The exact `running` or `startup` configuration."""
        return fetch(self._terminal.run, self._target, which)

    def stage(self, text: str, *, mode: str, name: str) -> str:  # noqa: ARG002 - the port's signature
        """Raises DeviceError: this platform's changes are typed, not loaded."""
        raise unsupported(self._target, "loading a candidate")

    def discard(self) -> None:
        """Nothing was staged."""


def login_arguments(target: Target) -> dict[str, object]:
    """How Netmiko shall connect: pinned host keys, one password, nothing of the operator's own keys."""
    return {
        "host": target.host,
        "port": target.port,
        "timeout": target.timeout,
        "conn_timeout": target.timeout,
        "auth_timeout": target.timeout,
        "banner_timeout": target.timeout,
        "ssh_strict": True,
        "use_keys": False,
        "allow_agent": False,
        "disabled_algorithms": disabled_algorithms(target),
    }
