"""Every error that siteauto raises, split by who must act.

A message has a subject, what was expected, what was found and the next step. An exception keeps the parts and builds
its text late, so that a reporter can show them in its own way.
"""

import copyreg
from collections.abc import Sequence
from dataclasses import dataclass

# Where several exit codes apply, the first of these wins: interrupted, internal, usage, mixed, unreachable or untested,
# checks failed, changes present.
EXIT_PRECEDENCE = (130, 1, 2, 6, 4, 3, 5)


class SiteautoError(Exception):
    """Base of all errors that siteauto raises on purpose."""

    exit_code = 1

    def __init__(self, subject: str, *, expected: str = "", found: str = "", next_step: str = "") -> None:
        super().__init__(subject)
        self.subject = subject
        self.expected = expected
        self.found = found
        self.next_step = next_step

    def __reduce__(self) -> tuple[object, ...]:
        """As it is, not made anew: each kind of error is made from other things."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]

    def __str__(self) -> str:
        parts = [self.subject.rstrip(".") + "."]
        if self.expected:
            parts.append(f"Expected: {self.expected.rstrip('.')}.")
        if self.found:
            parts.append(f"Found: {self.found.rstrip('.')}.")
        if self.next_step:
            parts.append(self.next_step if self.next_step.endswith("?") else self.next_step.rstrip(".") + ".")
        return " ".join(parts)


class UsageError(SiteautoError):
    """The operator asked for something that cannot be done as asked."""

    exit_code = 2


class InputError(SiteautoError):
    """The repository's data is wrong; `findings` holds every problem of the run."""

    exit_code = 2

    def __init__(self, findings: "tuple[Finding, ...]") -> None:
        count = len(findings)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the inventory")
        self.findings = findings


class SecretError(UsageError):
    """A secret that is needed has no value here, or a value that its platform cannot carry."""


class DeviceError(SiteautoError):
    """A device answered, but not as it must."""

    exit_code = 3


class UnreachableError(SiteautoError):
    """No session to a device could be opened."""

    exit_code = 4


class AuthenticationError(UnreachableError):
    """A device refused the login. Never tried twice with one password."""


class HostKeyError(UnreachableError):
    """A device showed another host key than the pinned one, or an unknown one."""


class PushError(DeviceError):
    """A change could not be staged, armed, confirmed or undone."""


class SeveralErrors(SiteautoError):  # noqa: N818 - it is several
    """More than one device is in trouble; `errors` holds all of it. The exit code is the worst."""

    def __init__(self, errors: "tuple[SiteautoError, ...]") -> None:
        super().__init__(f"{len(errors)} things are wrong")
        self.errors = errors
        self.exit_code = next(code for code in EXIT_PRECEDENCE if any(code == error.exit_code for error in errors))

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def as_one(errors: Sequence[SiteautoError]) -> SiteautoError:
    """One error that tells all of these."""
    different = tuple({str(error): error for error in errors}.values())
    return different[0] if len(different) == 1 else SeveralErrors(different)


class StalePlanError(UsageError):
    """The device or the inventory has moved since the plan was made."""


class StoreError(SiteautoError):
    """The state folder or the backup repository could not be read or written."""


class ForgeError(SiteautoError):
    """A forge could not be reached, is too busy, or did not do what it was asked."""

    exit_code = 4


class ForgeAwayError(ForgeError):
    """A forge does not answer, or is too busy, for longer than anybody waits."""


class ForgeSilentError(ForgeError):
    """A forge did not say whether it did what it was asked: look before it is asked again."""


class ForgeTokenError(ForgeError):
    """A forge does not know the token."""

    exit_code = 2


class ForgeRightsError(ForgeError):
    """A forge knows the token, and does not let it do this."""

    exit_code = 2


class ForgeMissingError(ForgeError):
    """A forge has no such thing (any more), or does not show it to this token."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file something was written. Line and column count from 1."""

    file: str
    line: int
    column: int = 1
    text: str = ""  # the line itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem of an input.

    `code` is stable (E2104: see `siteauto explain`); `notes` say where other values came from; `help` is what to do.
    `level` is error, or note: something that a person should know and that is not wrong.
    """

    code: str
    message: str
    place: Place
    notes: tuple[str, ...] = ()
    help: str = ""
    level: str = "error"
