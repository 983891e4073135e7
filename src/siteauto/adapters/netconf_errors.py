"""What goes wrong over NETCONF, in our words. What a device answered is shown only where it can hold no secret."""

import contextlib
import logging
import re
from collections.abc import Iterator

import paramiko
from jnpr.junos.exception import (  # type: ignore[import-untyped]  # ships no types
    CommitError,
    ConfigLoadError,
    ConnectAuthError,
    ConnectClosedError,
    ConnectError,
    RpcError,
    RpcTimeoutError,
)
from jnpr.junos.exception import LockError as JunosLockError
from napalm.base.exceptions import ConnectionException, LockError, NapalmException
from ncclient.operations.errors import TimeoutExpiredError  # type: ignore[import-untyped]
from ncclient.transport.errors import SSHUnknownHostError, TransportError  # type: ignore[import-untyped]

from siteauto.adapters.host_keys import changed_key, unreachable
from siteauto.core.config import OPAQUE
from siteauto.core.errors import AuthenticationError, DeviceError, PushError, SiteautoError, UnreachableError
from siteauto.core.ports import Target
from siteauto.core.redact import redact

# ncclient writes whole messages, configurations and all, to whoever listens.
for _name in ("ncclient", "jnpr.junos"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False

LOST = (ConnectClosedError, ConnectError, RpcTimeoutError, TimeoutExpiredError, TransportError, OSError, EOFError)
SAID = (
    *(r"configuration database locked by:\s+(?P<who>\S+)", r"configuration database modified"),
    *(r"statement not found", r"not allowed on a private configuration database", r"syntax error"),
)


@contextlib.contextmanager
def login_errors(target: Target) -> Iterator[None]:
    """Around opening a session. Raises UnreachableError or one of its children."""
    try:
        yield
    except (ConnectError, NapalmException, TransportError, paramiko.SSHException, OSError, EOFError) as error:
        raise _login_error(target, error) from error


@contextlib.contextmanager
def session_errors(target: Target, doing: str, sent: str = "") -> Iterator[None]:
    """Around a request. `sent` is the configuration that was loaded, in which a refused line is looked up.

    Raises UnreachableError where there was no answer, PushError where the device refused, else DeviceError.
    """
    try:
        yield
    except (RpcError, ConnectError, NapalmException, TransportError, TimeoutExpiredError, OSError, EOFError) as error:
        raise _session_error(target, doing, error, sent) from error


def _login_error(target: Target, error: BaseException) -> UnreachableError:
    chain = _chain(error)
    for one in chain:
        if isinstance(one, SSHUnknownHostError):
            return changed_key(target, offered=f"fingerprint {one.fingerprint}")
        if isinstance(one, ConnectAuthError | paramiko.AuthenticationException):
            return AuthenticationError(f"{target.device.name}: login refused at {target.host} port {target.port}")
    told = [one for one in chain if str(one) and not isinstance(one, ConnectError | ConnectionException)]
    return unreachable(target, (told or chain)[-1])


def _session_error(target: Target, doing: str, error: BaseException, sent: str) -> SiteautoError:
    chain = _chain(error)
    if any(isinstance(one, LOST) and not isinstance(one, ConfigLoadError | CommitError) for one in chain):
        return UnreachableError(
            f"{target.device.name}: the session to {target.host} port {target.port} was lost while {doing}",
            expected=f"an answer within {target.timeout:g} s of silence",
            found="silence"
            if any(isinstance(one, RpcTimeoutError | TimeoutExpiredError) for one in chain)
            else "an end",
            next_step="Check the path to the device, then run again: it is re-read before anything is sent",
        )
    words = _words(target, chain, sent)
    locked = any(isinstance(one, LockError | JunosLockError) for one in chain)
    kind = PushError if words or locked else DeviceError
    return kind(
        f"{target.device.name}: {doing} failed",
        expected="a candidate that is ours alone" if locked else "",
        found=words or ("the lock was refused" if locked else type(error).__name__),
        next_step="Find out who works on it, then run again"
        if locked
        else "Correct the template or the device, then plan again"
        if words
        else "Look at the device; what it answered is not repeated here, it may hold secrets",
    )


def _words(target: Target, chain: list[BaseException], sent: str) -> str:
    """The device's own words where they are fixed ones, and the line that it did not take, without its secrets."""
    told = [text for one in chain for text in _texts(one)]
    lines = [line for one in chain for line in _refused_lines(target, one, sent)]
    known = [found[0] for text in told for pattern in SAID if (found := re.search(pattern, text))]
    faults = [_fault(target, text) for one in chain if isinstance(one, CommitError) for text in _texts(one)]
    return "; ".join(dict.fromkeys(" ".join(part.split()) for part in (*known, *lines, *faults) if part))


def _texts(error: BaseException) -> list[str]:
    found = [str(getattr(error, "message", "") or ""), str(error)]
    return [*found, *(str(one.get("message") or "") for one in _errors(error))]


def _errors(error: BaseException) -> list[dict[str, str]]:
    found = getattr(error, "errs", None)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _refused_lines(target: Target, error: BaseException, sent: str) -> Iterator[str]:
    """Where in what was loaded the words stand that the device named."""
    details = _errors(error) or [getattr(error, "rpc_error", None) or {}]
    for one in details:
        word = str((one.get("bad_element") if isinstance(one, dict) else "") or "").strip()
        line = next((each.strip() for each in sent.splitlines() if word and word in each.split()), "")
        line = line or next((each.strip() for each in sent.splitlines() if word and word in each), "")
        if line:
            yield redact(target.platform.config, line, OPAQUE.key)


def _fault(target: Target, text: str) -> str:
    """What a commit complains of: a path, the statement, and why. Values of secrets are in no such complaint."""
    return redact(target.platform.config, " ".join(text.split()), OPAQUE.key) if text.startswith("[edit") else ""


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (inner := chain[-1].__cause__ or chain[-1].__context__) is not None and inner not in chain:
        chain.append(inner)
    return chain
