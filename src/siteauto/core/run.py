"""What happened to each device in a run, and what the whole run amounts to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from siteauto.core.errors import SiteautoError
from siteauto.core.models import DeviceName

T = TypeVar("T")

# Where several apply, the first of these wins (130 interrupted, 1 internal, 2 usage, 6 mixed, 4 unreachable or
# untested, 3 checks failed, 5 changes present).
EXIT_PRECEDENCE = (130, 1, 2, 6, 4, 3, 5)


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
    """Progress that a person can follow: what a device (or the run, where device is empty) just did."""

    run: str
    at: str  # UTC, ISO 8601, seconds
    phase: str
    device: str = ""
    state: str = ""
    message: str = ""
