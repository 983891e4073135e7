"""How long we wait for a forge, what we try again, and how its refusals are told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from siteauto.core.errors import ForgeError, ForgeMissingError, ForgeRightsError, ForgeTokenError
from siteauto.core.ports import Clock

T = TypeVar("T")
TRIES = 4
PATIENCE = 90.0  # seconds that one request may wait in all; a build is not to hang for an hour
UNREACHABLE = 0
TOKEN = "a token that may do this, in SITEAUTO_FORGE_TOKEN"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a forge answered instead of doing it. `wait` and `reset` are its own words on when to come again."""

    code: int  # of HTTP; 0: there was no answer
    text: str
    wait: str = ""  # seconds
    reset: str = ""  # seconds since 1970
    is_limit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Asks until there is an answer, for a while."""

    name: str
    clock: Clock
    read_reply: Callable[[Exception], Reply | None]

    def ask(self, what: str, call: Callable[[], T], *, once: bool = False) -> T:
        """The answer. `once`: after a silence nobody knows whether it was done, so it is not tried again.

        Raises ForgeTokenError, ForgeRightsError, ForgeMissingError, ForgeError.
        """
        waited = 0.0
        for attempt in range(TRIES):
            try:
                return call()
            except Exception as error:
                reply = self.read_reply(error)
                if reply is None:
                    raise
                pause = self._pause(reply, attempt)
                last = attempt == TRIES - 1 or waited + pause > PATIENCE
                if last or not _may_repeat(reply, once=once):
                    self._refuse(what, reply, error, pause)
            self.clock.sleep(pause)
            waited += pause
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, reply: Reply, attempt: int) -> float:
        if reply.wait.isdigit():
            return float(reply.wait)
        if reply.reset.isdigit():
            return max(0.0, int(reply.reset) - self.clock.now().timestamp())
        return float(2 ** (attempt + 1))

    def _refuse(self, what: str, reply: Reply, error: Exception, pause: float) -> NoReturn:
        found = f"{reply.code or 'no answer'}: {reply.text}"[:300].rstrip(": ")
        subject = f"{self.name} did not {what}"
        if reply.is_limit or reply.code == 429:
            raise ForgeError(
                f"{subject}: too many requests",
                found=found,
                next_step=f"Run it again in {max(1, round(pause))} seconds; nothing is written twice",
            ) from error
        if reply.code == 401:
            raise ForgeTokenError(subject, expected=TOKEN, found=found) from error
        if reply.code == 403:
            raise ForgeRightsError(subject, expected=TOKEN, found=found) from error
        if reply.code in (404, 410):
            raise ForgeMissingError(
                subject, expected="that it is there, and that the token may see it", found=found
            ) from error
        raise ForgeError(
            subject,
            found=found,
            next_step="Run it again; nothing is written twice",
        ) from error


def _may_repeat(reply: Reply, *, once: bool) -> bool:
    if reply.is_limit or reply.code == 429:
        return True  # it says that it did nothing
    return not once and (reply.code == UNREACHABLE or reply.code >= 500)
