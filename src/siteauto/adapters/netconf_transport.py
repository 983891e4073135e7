"""Sessions over NETCONF: NAPALM's junos driver, which is PyEZ on ncclient.

NAPALM's commit, confirm and rollback are never called: its confirm commits whatever somebody else has left in the
candidate, and its rollback looks at nothing. Lines of configuration mode are RPCs of their own here.
"""

import contextlib
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import paramiko
from jnpr.junos import Device  # type: ignore[import-untyped]  # ships no types
from jnpr.junos.exception import RpcError  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]
from napalm import get_network_driver
from napalm.base import NetworkDriver
from ncclient.transport.ssh import SSHSession  # type: ignore[import-untyped]

from siteauto.adapters.host_keys import offered_key, pin_file
from siteauto.adapters.jump_host import open_ssh_way
from siteauto.adapters.logins import Logins
from siteauto.adapters.napalm_getters import read_getter
from siteauto.adapters.netconf_errors import login_errors, session_errors
from siteauto.adapters.netconf_requests import send_at_once
from siteauto.adapters.session_parts import fetch, unsupported
from siteauto.core.errors import UnreachableError
from siteauto.core.guard import guarded
from siteauto.core.platform_spec import Row
from siteauto.core.ports import Secrets, Session, Target

UNKNOWN_COMMAND = "syntax error"
PATIENCE = 4  # a commit may take this many times longer than a question


class NetconfTransport:
    """Implements `ports.Transport`."""

    def __init__(self, secrets: Secrets) -> None:
        self._logins = Logins(secrets)
        self._modern: set[tuple[str, int]] = set()

    @contextlib.contextmanager
    def connect(self, target: Target) -> Iterator[Session]:
        """Log in. Raises UnreachableError, AuthenticationError, HostKeyError."""
        self._must_be_modern(target)
        with tempfile.TemporaryDirectory(prefix="siteauto-") as name:
            settings = _client_settings(target, Path(name))

            def attempt(username: str, password: str) -> NetworkDriver:
                return _open(target, username, password, settings)

            driver = self._logins.log_in(target, attempt)
            session = NetconfSession(driver, target)
            try:
                yield guarded(session, target)
            except UnreachableError:
                _transport_of(driver).close()  # no farewell to a device that does not answer
                raise
            finally:
                _close(driver)

    def _must_be_modern(self, target: Target) -> None:
        """Look once, before a password is sent: ncclient takes the best that a device offers, however old it is."""
        if not target.device.ssh_legacy and (target.host, target.port) not in self._modern:
            offered_key(target)
            self._modern.add((target.host, target.port))


def _client_settings(target: Target, folder: Path) -> Path:
    """An ssh_config for ncclient: the host keys that it may believe."""
    pins = pin_file(target, folder)
    file = folder / "ssh_config"
    file.write_text(f"Host *\n    UserKnownHostsFile {pins}\n", encoding="utf-8")
    return file


class _Straight(Device):  # type: ignore[misc]  # PyEZ has no types
    """A device over a socket that we have opened: of these, PyEZ's own class reads no ssh_config."""


def _open(target: Target, username: str, password: str, settings: Path) -> NetworkDriver:
    driver = get_network_driver(target.platform.names.napalm)(
        target.host, username, password, timeout=target.timeout, optional_args={"port": target.port}
    )
    with login_errors(target), open_ssh_way(target) as way:
        # PyEZ believes any host key, and tries the operator's own keys, unless it is told otherwise: NAPALM does not.
        driver.device = _Straight(
            target.host,
            user=username,
            password=password,
            port=target.port,
            sock_fd=way.fileno(),  # ncclient makes a handle of its own of it
            ssh_config=str(settings),
            hostkey_verify=True,
            look_for_keys=False,
            allow_agent=False,
            conn_open_timeout=target.timeout,
        )
        driver.open()
    stays = not target.elsewhere  # one that is to move may leave this address without a word
    driver.device.timeout = target.timeout * (PATIENCE if target.writable and stays else 1)
    send_at_once(_session_of(driver), driver.device.timeout)
    return driver


def _session_of(driver: NetworkDriver) -> SSHSession:
    """The session of ncclient under PyEZ, which does not show it."""
    return driver.device._conn._session  # noqa: SLF001


def _transport_of(driver: NetworkDriver) -> paramiko.Transport:
    transport: paramiko.Transport = _session_of(driver).transport
    return transport


def _close(driver: NetworkDriver) -> None:
    """The device frees a lock and forgets a candidate with the session that had them."""
    with contextlib.suppress(Exception):  # the work is done, or its error is on its way
        driver.close()
    _transport_of(driver).close()


class NetconfSession:
    """Implements `ports.Session`."""

    def __init__(self, driver: NetworkDriver, target: Target) -> None:
        self._driver = driver
        self._target = target
        self._lines: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
            (r"configure exclusive", self._lock),
            (r"show \| compare", self._compare),
            (r"rollback (?P<number>\d+)", self._roll_back),
            (r"commit confirmed (?P<minutes>\d+)", self._commit_confirmed),
            (r"commit", self._commit),
        )

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """What the device prints for an operational command; a line of configuration mode is done as its RPC."""
        if answers:
            raise unsupported(self._target, "answering a question")
        for pattern, done in self._lines:
            if found := re.fullmatch(pattern, command):
                with session_errors(self._target, f"sending {command!r}"):
                    return done(found)
        with session_errors(self._target, f"waiting for the answer to {command.split(maxsplit=2)[:2]}", command):
            return self._printed(command)

    def configure(self, lines: Sequence[str]) -> str:
        """Raises DeviceError: a candidate is loaded whole, nothing is typed."""
        raise unsupported(self._target, f"typing {len(lines)} lines")

    def get(self, getter: str) -> Sequence[Row]:
        """Rows of a NAPALM getter, each with the key of a dictionary's entry as `key`."""
        with session_errors(self._target, f"reading {getter}"):
            return read_getter(self._driver, self._target, getter)

    def fetch(self, which: str) -> str:
        """The exact `running` configuration; there is no other."""
        return fetch(self.run, self._target, which)

    def stage(self, text: str, *, mode: str, name: str) -> str:  # noqa: ARG002 - a candidate has no name here
        """Lock, and load a candidate (mode: replace or merge); return the device's own diff."""
        load = self._driver.load_replace_candidate if mode == "replace" else self._driver.load_merge_candidate
        with session_errors(self._target, "loading the candidate", text):
            load(config=text)
        with session_errors(self._target, "comparing the candidate"):
            diff: str = self._driver.compare_config()
        return diff

    def discard(self) -> None:
        """Forget the staged candidate, and give the lock back."""
        with session_errors(self._target, "discarding the candidate"):
            self._driver.discard_config()

    def _printed(self, command: str) -> str:
        try:
            answer = self._driver.device.rpc.cli(command, format="text")
        except RpcError as error:
            if UNKNOWN_COMMAND in str(error.message):
                return f"error: {UNKNOWN_COMMAND}\n"  # as on a terminal, for whoever asks what a box can tell
            raise
        if isinstance(answer, bool):
            return ""
        found = answer.find("configuration-output") if answer.tag == "configuration-information" else answer
        text: str = etree.tostring(found, method="text", encoding="unicode", with_tail=False)
        return text.lstrip("\n")

    def _lock(self, _: re.Match[str]) -> str:
        self._driver.device.cu.lock()
        return ""

    def _compare(self, _: re.Match[str]) -> str:
        diff: str = self._driver.compare_config()
        return diff

    def _roll_back(self, found: re.Match[str]) -> str:
        self._driver.device.cu.rollback(rb_id=int(found["number"]))
        return ""

    def _commit_confirmed(self, found: re.Match[str]) -> str:
        self._driver.device.cu.commit(confirm=int(found["minutes"]))
        return ""

    def _commit(self, _: re.Match[str]) -> str:
        self._driver.device.cu.commit()
        return ""
