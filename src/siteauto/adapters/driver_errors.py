"""Exceptions of drivers, in our words. What a driver printed is never copied: it may hold secrets."""

import contextlib
import logging
from collections.abc import Iterator

import paramiko
from netmiko.exceptions import NetmikoAuthenticationException, NetmikoBaseException, NetmikoTimeoutException
from scp import SCPException  # type: ignore[import-untyped]  # ships no types

from siteauto.adapters.host_keys import changed_key, fingerprint, unreachable
from siteauto.core.errors import AuthenticationError, DeviceError, SiteautoError, UnreachableError
from siteauto.core.ports import Target

DRIVER_ERRORS = (
    OSError,
    EOFError,
    ValueError,  # Netmiko's word for "the prompt is not what I expect"
    NotImplementedError,
    paramiko.SSHException,
    NetmikoBaseException,
    SCPException,
)

# What drivers log (paramiko: whole tracebacks) is for those who set logging up; it must not reach a terminal by itself.
for _driver in ("paramiko", "netmiko", "napalm", "nornir", "scp"):
    logging.getLogger(_driver).addHandler(logging.NullHandler())


@contextlib.contextmanager
def login_errors(target: Target) -> Iterator[None]:
    """Around opening a session. Raises UnreachableError or one of its children."""
    try:
        yield
    except DRIVER_ERRORS as error:
        raise _login_error(target, error) from error


@contextlib.contextmanager
def session_errors(target: Target, doing: str, *also: type[Exception]) -> Iterator[None]:
    """Around what is done in a session. Raises UnreachableError where the session is gone, else DeviceError.

    `also` are exceptions of what stands on the session.
    """
    try:
        yield
    except (*DRIVER_ERRORS, *also) as error:
        raise session_error(target, doing, error) from error


def session_error(target: Target, doing: str, error: Exception) -> SiteautoError:
    """The error for what went wrong in an open session."""
    if any(isinstance(one, OSError | EOFError | paramiko.SSHException | NetmikoBaseException) for one in _chain(error)):
        return UnreachableError(
            f"{target.device.name}: the session to {target.host} port {target.port} was lost while {doing}",
            expected=f"an answer within {target.timeout:g} s of silence, and its end within {target.longest:g} s",
            found=_found(error),
            next_step="Check the path to the device, then run again: it is re-read before anything is sent",
        )
    told = _safe_words(error)
    return DeviceError(
        f"{target.device.name}: {doing} failed",
        found=told or type(error).__name__,
        next_step="Mend that on the device, then run again"
        if told
        else "Look at the device; what it answered is not repeated here, it may hold secrets",
    )


def _found(error: Exception) -> str:
    told = str(error)
    return told if told.startswith("no end") else "the session ended" if "closed" in told else "silence"


def _login_error(target: Target, error: Exception) -> UnreachableError:
    chain = _chain(error)
    for one in chain:
        if isinstance(one, paramiko.BadHostKeyException):
            return changed_key(target, offered=fingerprint(one.key))
    if any(isinstance(one, NetmikoAuthenticationException | paramiko.AuthenticationException) for one in chain):
        return AuthenticationError(f"{target.device.name}: login refused at {target.host} port {target.port}")
    return unreachable(target, _root(chain))


def _root(chain: list[BaseException]) -> BaseException:
    """The innermost cause that says something: Netmiko's own texts give advice instead of a reason."""
    said = (one for one in reversed(chain) if str(one) and not isinstance(one, NetmikoTimeoutException))
    return next(said, chain[0])


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (inner := chain[-1].__cause__ or chain[-1].__context__) is not None and inner not in chain:
        chain.append(inner)
    return chain


def _safe_words(error: Exception) -> str:
    """The driver's own fixed sentences, which are safe to show; empty: it said something else."""
    known = (
        "SCP file transfers are not enabled",
        "Insufficient space available",
        "File transfer to remote device failed",
    )
    return next((text for text in known if text in str(error)), "")
