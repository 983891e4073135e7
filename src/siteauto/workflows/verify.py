"""Check the live network against the intent: every planned check of every device, over fresh sessions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from siteauto.core.checks import Check, CheckReport, CheckResult
from siteauto.core.checks.verdict import errored, passed, unreachable, unsupported
from siteauto.core.config import SecretBook
from siteauto.core.errors import SiteautoError, UnreachableError, UsageError
from siteauto.core.models import DeviceName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Parser, Runner, Target, Transport
from siteauto.core.run import Outcome
from siteauto.workflows.reach import reach
from siteauto.workflows.verify_device import Answers, judge_check

OnResult = Callable[[CheckResult], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """What a verification works with.

    `book` knows the secrets of the run, so that a stored one can be recognised; `intended` is the rendered text of each
    device.
    """

    transport: Transport
    parser: Parser
    runner: Runner
    book: SecretBook
    intended: Mapping[DeviceName, str]


def verify(
    checks: Sequence[Check],
    targets: Sequence[Target],
    verifier: Verifier,
    on_result: OnResult = lambda _: None,
) -> CheckReport:
    """Ask everything and account for every check. Raises UsageError when there is nothing to ask.

    One fresh session per device; a command is sent once, whatever the number of checks that need its answer.
    `on_result` hears of each result as it is known, from the runner's threads.
    """
    if not checks:
        raise UsageError("No check is selected", expected="at least one", next_step="Check the selection")
    planned = _by_device(checks)
    asked = [target for target in targets if target.device.name in planned]
    outcomes = verifier.runner.run(
        asked, lambda target: _verify_device(planned[target.device.name], target, verifier, on_result)
    )
    found = dict(_results(planned, outcomes, on_result))
    return CheckReport(results=tuple(found[check] for check in checks))


def _by_device(checks: Sequence[Check]) -> dict[DeviceName, tuple[Check, ...]]:
    names = dict.fromkeys(check.device for check in checks)
    return {name: tuple(check for check in checks if check.device == name) for name in names}


def _verify_device(
    checks: Sequence[Check], target: Target, verifier: Verifier, on_result: OnResult
) -> tuple[CheckResult, ...]:
    results: list[CheckResult] = []
    with reach(verifier.transport, target) as (session, _):
        answers = Answers(
            session=session,
            target=target,
            parser=verifier.parser,
            book=verifier.book,
            intended=verifier.intended.get(target.device.name),
        )
        for check in checks:
            results.append(_result(check, target.platform, answers))
            on_result(results[-1])
    return tuple(results)


def _result(check: Check, platform: PlatformSpec, answers: Answers) -> CheckResult:
    """The only place where an exception becomes a result."""
    if check.unsupported:
        return unsupported(check, check.unsupported)
    if check.kind == "reachable":
        return passed(check, "logged in")
    try:
        return judge_check(check, platform, answers)
    except UnreachableError as error:
        return unreachable(check, str(error))
    except SiteautoError as error:
        return errored(check, str(error))


def _results(
    planned: Mapping[DeviceName, Sequence[Check]],
    outcomes: Mapping[DeviceName, Outcome[tuple[CheckResult, ...]]],
    on_result: OnResult,
) -> list[tuple[Check, CheckResult]]:
    """Every planned check with its result: a device without an answer has one for each of its checks all the same."""
    found: list[tuple[Check, CheckResult]] = []
    for name, checks in planned.items():
        outcome = outcomes.get(name)
        if outcome is not None and outcome.value is not None:
            found += [(result.check, result) for result in outcome.value]
            continue
        error = outcome.error if outcome is not None else None
        for check in checks:
            result = _unasked(check, error)
            on_result(result)
            found.append((check, result))
    return found


def _unasked(check: Check, error: SiteautoError | None) -> CheckResult:
    if check.unsupported:
        return unsupported(check, check.unsupported)
    if error is None:
        return unreachable(check, "no way to reach the device is known", "Check the device selection")
    if isinstance(error, UnreachableError):
        return unreachable(check, str(error))
    return errored(check, str(error))
