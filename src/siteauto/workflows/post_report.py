"""Tell a pull request what its change would do: one comment, annotations, and one status for each site touched."""

from collections.abc import Sequence
from dataclasses import dataclass

from siteauto.core.change.offline_plan import OfflinePlan
from siteauto.core.errors import ForgeMissingError, ForgeRightsError, ForgeSilentError, UsageError
from siteauto.core.forge import Annotation, PullRequest
from siteauto.core.forge.sticky import Decision, decide, mark
from siteauto.core.forge.verdicts import site_statuses, touched_sites
from siteauto.core.ports import Forge

SCOPE = "plan"
CHECK = "siteauto plan"
MOST = 250  # annotations, the worst first: a forge takes fifty with each request, and a person reads fewer
ROUNDS = 4  # of looking at the comments and writing: somebody else may write at the same time


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is to be told. `body` is within the forge's limit; `sarif` is for code scanning, empty where nobody asks."""

    plan: OfflinePlan
    body: str
    annotations: Sequence[Annotation]
    sarif: str = ""
    run: int = 0
    url: str = ""  # of the run


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What was told. `refused` is the forge's word where the token may not write: a trusted job must post it then."""

    number: int
    said: tuple[str, ...]
    refused: str = ""
    is_stale: bool = False


def post_report(forge: Forge, found: PullRequest, report: Report) -> Posted:
    """Write what is not there yet; nothing for a plan of another head. Raises ForgeError."""
    if found.head != report.plan.head.commit:
        newer = f"its head is {found.head[:10]}, and the plan is of {report.plan.head.commit[:10]}"
        return Posted(number=found.number, said=(f"nothing: {newer}",), is_stale=True)
    said: list[str] = []
    try:
        said.append(_comment(forge, found, report))
        if report.annotations:
            said.append(_annotate(forge, found, report))
        if report.sarif:
            said.append(_scan(forge, found, report))
        said.append(_mark_sites(forge, found, report))
    except ForgeRightsError as error:
        return Posted(number=found.number, said=tuple(said), refused=str(error))
    return Posted(number=found.number, said=tuple(said))


def find_pull_request(forge: Forge, head: str, number: int = 0) -> PullRequest:
    """The one with this number, or without one the open one with this head. Raises UsageError, ForgeError."""
    if number:
        return forge.pull_request(number)
    found = [one for one in forge.open_pull_requests() if one.head == head]
    if len(found) != 1:
        raise UsageError(
            f"{len(found)} open pull requests have the head {head[:10]}",
            expected="one",
            next_step="Name it with --pull-request NUMBER",
        )
    return found[0]


def _comment(forge: Forge, pull: PullRequest, report: Report) -> str:
    """Until the forge holds one comment that says it, whatever others do meanwhile."""
    author = forge.login()
    body = mark(report.body, scope=SCOPE, head=pull.head, run=report.run)
    is_wanted = bool(touched_sites(report.plan) or report.plan.totals or report.plan.unknown)
    told, was_silent = "", False
    for _ in range(ROUNDS):
        comments = forge.comments(pull.number)
        if forge.pull_request(pull.number).head != pull.head:  # asked later: a newer run's comment follows its head
            return f"comment: {told or 'left'} to the run of a newer head"
        decision = decide(comments, body, author=author, is_wanted=is_wanted)
        if decision.is_done:
            return f"comment: {told or decision.why}"
        try:
            told = _write(forge, pull, body, decision) or told
        except ForgeSilentError:
            if was_silent:
                raise
            told, was_silent = "written, although the forge did not say so", True  # the next look shows whether it is
    return f"comment: {told}; others keep writing at the same time"


def _write(forge: Forge, pull: PullRequest, body: str, decision: Decision) -> str:
    """Carry out one decision. A comment that a person has deleted meanwhile is found missing in the next round."""
    for comment in decision.delete:
        forge.delete_comment(pull.number, comment)
    if decision.create:
        forge.add_comment(pull.number, body)
        return "written"
    if decision.edit is not None:
        try:
            forge.edit_comment(pull.number, decision.edit, body)
        except ForgeMissingError:
            return ""
        return "brought up to date"
    return "duplicates taken away"


def _annotate(forge: Forge, pull: PullRequest, report: Report) -> str:
    """Some tokens may comment and not annotate; the runner's own way needs none, so that is no reason to stop."""
    shown, all_ = report.annotations[:MOST], len(report.annotations)
    try:
        taken = _show(forge, pull, shown)
    except ForgeRightsError as error:
        return f"no annotations: {error}"
    if not taken:
        return f"{all_} annotations: in the Code Quality report of the artifact"
    return f"{all_} annotations" if len(shown) == all_ else f"{len(shown)} annotations of {all_}; plan.sarif has all"


def _show(forge: Forge, pull: PullRequest, annotations: Sequence[Annotation]) -> bool:
    """After a silence once more: annotations that are there are not made again."""
    try:
        return forge.annotate(pull.head, CHECK, annotations)
    except ForgeSilentError:
        return forge.annotate(pull.head, CHECK, annotations)


def _scan(forge: Forge, pull: PullRequest, report: Report) -> str:
    """Many repositories have no code scanning, and most tokens may not use it: that is no reason to stop."""
    try:
        taken = forge.scan(pull, report.sarif)
    except (ForgeRightsError, ForgeMissingError) as error:
        return f"code scanning: left out ({error.found})"
    return "code scanning: told" if taken else "code scanning: this forge has none; see the Code Quality report"


def _mark_sites(forge: Forge, pull: PullRequest, report: Report) -> str:
    statuses = site_statuses(report.plan, forge.statuses(pull.head), report.url)
    for status in statuses:
        forge.set_status(pull.head, status)
    return f"{len(statuses)} statuses" if statuses else "statuses: as they are already"
