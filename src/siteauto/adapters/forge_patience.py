"""How long we wait for a forge, what we try again, and how its refusals are told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

import requests

from siteauto.core.errors import (
    ForgeAwayError,
    ForgeError,
    ForgeMissingError,
    ForgeRightsError,
    ForgeSilentError,
    ForgeTokenError,
)
from siteauto.core.ports import Clock

T = TypeVar("T")
TRIES = 4
PATIENCE = 90.0  # seconds that one request may take in all; a build is not to hang for an hour
TIMEOUT = 20  # seconds of silence
UNREACHABLE = 0
TOKEN = "a token that may do this, in SITEAUTO_FORGE_TOKEN"  # noqa: S105 - the name of a variable
AGAIN = "Run it again; nothing is written twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a forge answered instead of doing it. `wait` and `reset` are its own words on when to come again."""

    code: int  # of HTTP; 0: there was no answer
    text: str
    wait: str = ""  # seconds
    reset: str = ""  # seconds since 1970
    is_busy: bool = False  # it did nothing, since it was asked too often


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Asks until there is an answer, for a while."""

    name: str
    clock: Clock
    read_reply: Callable[[Exception], Reply | None]

    def ask(self, what: str, call: Callable[[], T], *, once: bool = False) -> T:
        """The answer. `once`: after a silence nobody knows whether it was done, so it is not tried again.

        Raises ForgeTokenError, ForgeRightsError, ForgeMissingError, ForgeAwayError, ForgeSilentError (for `once`
        alone), ForgeError.
        """
        began = self.clock.now()
        for attempt in range(TRIES):
            try:
                return call()
            except Exception as error:
                reply = self.read_reply(error)
                if reply is None:
                    raise
                pause = self._pause(reply, attempt)
                if once and _is_silence(reply):
                    self.clock.sleep(min(pause, PATIENCE))  # before somebody looks whether it was done
                    self._refuse(what, reply, ForgeSilentError, error)
                taken = (self.clock.now() - began).total_seconds()
                if attempt == TRIES - 1 or taken + pause > PATIENCE or not (reply.is_busy or _is_silence(reply)):
                    kind = ForgeAwayError if _is_silence(reply) else KINDS.get(reply.code, ForgeError)
                    self._refuse(what, reply, kind, error, pause)
            self.clock.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, reply: Reply, attempt: int) -> float:
        if reply.wait.isdigit():
            return float(reply.wait)
        if reply.reset.isdigit():
            return max(0.0, int(reply.reset) - self.clock.now().timestamp())
        return float(2 ** (attempt + 1))

    def _refuse(
        self, what: str, reply: Reply, kind: type[ForgeError], error: Exception, pause: float = 0.0
    ) -> NoReturn:
        found = (f"{reply.code}: {reply.text}" if reply.code else reply.text)[:300].rstrip(": ")
        subject = f"{self.name} did not {what}"
        if reply.is_busy:
            after = f"Run it again in {max(1, round(pause))} seconds; nothing is written twice"
            raise ForgeAwayError(f"{subject}: too many requests", found=found, next_step=after) from error
        expected = EXPECTED.get(kind, "")
        raise kind(subject, expected=expected, found=found, next_step="" if expected else AGAIN) from error


KINDS = {401: ForgeTokenError, 403: ForgeRightsError, 404: ForgeMissingError, 410: ForgeMissingError}
EXPECTED: dict[type[ForgeError], str] = {
    ForgeTokenError: TOKEN,
    ForgeRightsError: TOKEN,
    ForgeMissingError: "that it is there, and that the token may see it",
}


def silence(error: requests.RequestException) -> Reply:
    """What is told where there was no answer."""
    slow = isinstance(error, requests.Timeout)
    return Reply(code=UNREACHABLE, text=f"no answer within {TIMEOUT} seconds" if slow else "no answer: no connection")


def _is_silence(reply: Reply) -> bool:
    """Whether it may have been done, or may be the next time."""
    return reply.code == UNREACHABLE or reply.code >= 500
