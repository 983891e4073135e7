"""Sessions over Arista's eAPI: NAPALM's eos driver on pyeapi, with a certificate that is pinned.

There is no login that lasts: each request is on its own, and what belongs together is held by a configuration session's
name. NAPALM's commit, confirm and rollback are never called: a new driver cannot confirm what another has committed,
and its rollback goes to the startup configuration.
"""

import contextlib
import re
import ssl
from collections.abc import Iterator, Sequence

from napalm import get_network_driver
from napalm.base import NetworkDriver
from pyeapi.eapilib import CommandError, HttpsEapiConnection

from siteauto.adapters.certificates import pinned_context
from siteauto.adapters.eapi_errors import LOGGING_IN, eapi_errors, refused_line
from siteauto.adapters.jump_host import open_way
from siteauto.adapters.logins import Logins
from siteauto.adapters.napalm_getters import read_getter
from siteauto.adapters.session_parts import fetch, unsupported
from siteauto.core.errors import DeviceError
from siteauto.core.guard import guarded
from siteauto.core.platform_spec import Row
from siteauto.core.ports import Secrets, Session, Target

PATIENCE = 4  # a push may think this many times longer than a question


class EapiTransport:
    """Implements `ports.Transport`."""

    def __init__(self, secrets: Secrets) -> None:
        self._logins = Logins(secrets)

    @contextlib.contextmanager
    def connect(self, target: Target) -> Iterator[Session]:
        """Log in. Raises UnreachableError, AuthenticationError, HostKeyError."""
        context = pinned_context(target)

        def attempt(username: str, password: str) -> NetworkDriver:
            return _open(target, username, password, context)

        driver = self._logins.log_in(target, attempt)
        try:
            yield guarded(EapiSession(driver, target), target)
        finally:
            driver.config_session = None  # else NAPALM aborts it, and with it a commit whose timer runs
            driver.close()


def _open(target: Target, username: str, password: str, context: ssl.SSLContext) -> NetworkDriver:
    driver = get_network_driver(target.platform.names.napalm)(
        target.host,
        username,
        password,
        timeout=target.timeout,
        optional_args={
            "transport": _connections_to(target),
            "port": target.port,
            "context": context,
            "lock_disable": True,  # the preflight looks
        },
    )
    with eapi_errors(target, LOGGING_IN):
        driver.open()
    stays = not target.elsewhere  # one that is to move may leave this address without a word
    driver.device.connection.transport.timeout = target.timeout * (PATIENCE if target.writable and stays else 1)
    return driver


def _connections_to(target: Target) -> type[HttpsEapiConnection]:
    """The connections of pyeapi, each of whose requests goes the target's way."""

    class Connection(HttpsEapiConnection):  # type: ignore[misc]  # pyeapi has no types
        def __init__(self, host: str, port: int, context: ssl.SSLContext, **login: object) -> None:
            super().__init__(host, port, context=context, **login)
            self.transport.connect = self._connect
            self._context = context

        def _connect(self) -> None:
            way = open_way(target)
            way.settimeout(self.transport.timeout)
            self.transport.sock = self._context.wrap_socket(way)

    return Connection


class EapiSession:
    """Implements `ports.Session`."""

    def __init__(self, driver: NetworkDriver, target: Target) -> None:
        self._driver = driver
        self._target = target
        self._staged = ""

    def run(self, command: str, answers: Sequence[tuple[str, str]] = ()) -> str:
        """Send one command and return what it printed. Over eAPI no device asks back."""
        if answers:
            raise unsupported(self._target, "answering a question")
        with eapi_errors(self._target, f"waiting for the answer to {command.split(maxsplit=2)[:2]}"):
            printed, _ = self._send([command])
            return printed

    def configure(self, lines: Sequence[str]) -> str:
        """Type lines in configuration mode and return all that was printed. The first refused ends it, and is shown."""
        with eapi_errors(self._target, "typing configuration lines"):
            printed, refused = self._send(["configure", *lines, "end"])
            return f"{refused}\n{printed}" if refused else printed

    def get(self, getter: str) -> Sequence[Row]:
        """Rows of a NAPALM getter, each with the key of a dictionary's entry as `key`."""
        with eapi_errors(self._target, f"reading {getter}"):
            return read_getter(self._driver, self._target, getter)

    def fetch(self, which: str) -> str:
        """The exact `running` or `startup` configuration."""
        return fetch(self.run, self._target, which)

    def stage(self, text: str, *, mode: str, name: str) -> str:
        """Load a candidate (mode: replace or merge) into a configuration session; return the device's own diff."""
        self._driver.config_session = self._staged = name
        load = self._driver.load_replace_candidate if mode == "replace" else self._driver.load_merge_candidate
        with eapi_errors(self._target, "loading the candidate"):
            load(config=text)
        with eapi_errors(self._target, "comparing the candidate"):
            diff: str = self._driver.compare_config()
        return diff

    def discard(self) -> None:
        """Forget the staged candidate."""
        method = self._target.platform.push_method(self._target.device.role)
        if not self._staged or method is None:
            return
        for step in method.cleanup:
            self.run(step.send.format(file=self._staged), step.answers)
        self._staged = ""

    def _send(self, commands: list[str]) -> tuple[str, str]:
        """What these print one after the other, and the one at which they stopped; its complaint is printed last."""
        try:
            return self._joined(self._driver.device.run_commands(commands, encoding="text")), ""
        except CommandError as error:
            answers = (error.output or [])[1:]  # without that to `enable`, which pyeapi puts before ours
            if not answers or "errors" not in answers[-1]:
                raise
            return self._joined(answers), refused_line(error)

    def _joined(self, answers: Sequence[object]) -> str:
        return "".join(self._text(one) for one in answers)

    def _text(self, answer: object) -> str:
        if not isinstance(answer, dict):
            raise DeviceError(f"{self._target.device.name}: an answer is no object", found=type(answer).__name__)
        errors = [f"% {re.sub('^% ', '', line)}\n" for line in answer.get("errors", ())]
        return str(answer.get("output", "")) + "".join(errors)
