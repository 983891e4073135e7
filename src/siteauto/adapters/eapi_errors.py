"""What goes wrong over eAPI, in our words. What a device printed or was sent is never copied: it may hold secrets."""

import contextlib
import http.client
import logging
import ssl
from collections.abc import Iterator

from napalm.base.exceptions import NapalmException
from pyeapi.eapilib import CommandError
from pyeapi.eapilib import ConnectionError as EapiConnectionError

from siteauto.adapters.certificates import refused_certificate, unreachable
from siteauto.core.config import OPAQUE
from siteauto.core.errors import AuthenticationError, DeviceError, PushError, SiteautoError, UnreachableError
from siteauto.core.ports import Target
from siteauto.core.redact import redact

# pyeapi writes whole tracebacks to stderr, and every request, passwords and all, to whoever listens for debugging.
for _name in ("pyeapi.eapilib", "pyeapi.utils"):
    _logger = logging.getLogger(_name)
    _logger.handlers = [logging.NullHandler()]
    _logger.propagate = False

LOST = (EapiConnectionError, OSError, http.client.HTTPException)  # the last of which pyeapi lets through
DRIVER_ERRORS = (*LOST, CommandError, NapalmException, ValueError, NotImplementedError)

LOGGING_IN = "logging in"
UNAUTHORISED = "Unauthorized"


@contextlib.contextmanager
def eapi_errors(target: Target, doing: str) -> Iterator[None]:
    """Around a request. Raises UnreachableError and its children where there was no answer, else DeviceError."""
    try:
        yield
    except DRIVER_ERRORS as error:
        ours = _in_our_words(target, doing, error)
        # What was refused is quoted in the driver's words, secrets and all: no traceback may show them.
        raise ours from None if isinstance(ours, PushError) else error


def _in_our_words(target: Target, doing: str, error: Exception) -> SiteautoError:
    chain = _chain(error)
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            return refused_certificate(target, one)
        if isinstance(one, EapiConnectionError) and UNAUTHORISED in one.message:
            return AuthenticationError(f"{target.device.name}: login refused at {target.host} port {target.port}")
        if isinstance(one, CommandError):
            return _refused_command(target, doing, one)
    if any(isinstance(one, LOST) for one in chain):
        return unreachable(target, chain[-1]) if doing == LOGGING_IN else _lost(target, doing, chain)
    return DeviceError(
        f"{target.device.name}: {doing} failed",
        found=type(error).__name__,
        next_step="Look at the device; what it answered is not repeated here, it may hold secrets",
    )


def _lost(target: Target, doing: str, chain: list[BaseException]) -> UnreachableError:
    return UnreachableError(
        f"{target.device.name}: the session to {target.host} port {target.port} was lost while {doing}",
        expected=f"a whole answer within {target.timeout:g} s",
        found="silence" if any(isinstance(one, TimeoutError) for one in chain) else "half an answer, or none",
        next_step="Check the path to the device, then run again: it is re-read before anything is sent",
    )


def _refused_command(target: Target, doing: str, error: CommandError) -> DeviceError:
    line = refused_line(error)
    return PushError(
        f"{target.device.name}: {doing} failed: it refused a line",
        expected="lines that this version takes",
        found=redact(target.platform.config, line, OPAQUE.key) or f"code {error.error_code}",
        next_step="Nothing was changed. Correct the template, or the version of the device",
    )


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (inner := chain[-1].__cause__ or chain[-1].__context__) is not None and inner not in chain:
        chain.append(inner)
    return chain


def refused_line(error: CommandError) -> str:
    """The command at which a request stopped, secrets and all; empty: the driver does not say."""
    at = len(error.output or ()) - 1
    sent = error.commands[at] if error.commands and 0 <= at < len(error.commands) else ""
    line: str = sent["cmd"] if isinstance(sent, dict) else sent
    return line
