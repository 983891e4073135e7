"""How a check's end is written down."""

from collections.abc import Iterable
from typing import TypeVar

from siteauto.core.checks import Check, CheckResult, Status

T = TypeVar("T")


def passed(check: Check, actual: str) -> CheckResult:
    """The device says what it should."""
    return CheckResult(check=check, status=Status.PASS, expected=check.expected_text, actual=actual)


def failed(check: Check, problem: str, *, actual: str, expected: str = "", next_step: str = "") -> CheckResult:
    """The network is wrong. `problem` reads on from the check's subject: "is down"."""
    return CheckResult(
        check=check,
        status=Status.FAIL,
        expected=expected or check.expected_text,
        actual=actual,
        problem=problem,
        next_step=next_step or check.next_step,
    )


def errored(check: Check, why: str, next_step: str = "") -> CheckResult:
    """We could not tell."""
    return _untested(check, Status.ERROR, why, next_step)


def unreachable(check: Check, why: str, next_step: str = "") -> CheckResult:
    """The device could not be asked."""
    return _untested(check, Status.UNREACHABLE, why, next_step)


def unsupported(check: Check, why: str) -> CheckResult:
    """The platform has no way to ask."""
    return _untested(check, Status.UNSUPPORTED, why, "Waive the check, or add a probe to the platform file")


def _untested(check: Check, status: Status, why: str, next_step: str) -> CheckResult:
    return CheckResult(
        check=check,
        status=status,
        expected=check.expected_text,
        actual=why,
        problem="was not tested",
        next_step=next_step,
    )


def only(kind: type[T], values: Iterable[object]) -> tuple[T, ...]:
    """Those of the values that are of this type."""
    return tuple(value for value in values if isinstance(value, kind))


def vlan_ranges(vlans: Iterable[int]) -> str:
    """VLANs as an engineer writes them: 10,20-22. "none" for none."""
    runs: list[list[int]] = []
    for vlan in sorted(set(vlans)):
        if runs and vlan == runs[-1][-1] + 1:
            runs[-1].append(vlan)
        else:
            runs.append([vlan])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs) or "none"
