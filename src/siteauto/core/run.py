"""What happened to each device in a run, and what the whole run amounts to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from siteauto.core.errors import EXIT_PRECEDENCE, SiteautoError
from siteauto.core.models import DeviceName

T = TypeVar("T")


def worst_exit_code(codes: Iterable[int]) -> int:
    """The one exit code of a run in which all these apply."""
    seen = set(codes)
    return next((code for code in EXIT_PRECEDENCE if code in seen), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[T]):
    """One device's result: a value, or the error that kept it from one."""

    device: DeviceName
    value: T | None = None
    error: SiteautoError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Progress that a person can follow: what a device (or the run, where device is empty) just did.

    `until` is when the device undoes by itself what it now runs.
    """

    run: str
    at: str  # UTC, ISO 8601, seconds
    phase: str
    device: str = ""
    state: str = ""
    message: str = ""
    until: str = ""  # UTC, ISO 8601, seconds
