"""One pull request for each site with drift: opened, brought up to date, and closed when the drift is gone."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from siteauto.core.errors import ForgeError, ForgeSilentError
from siteauto.core.forge import PullRequest
from siteauto.core.forge.sticky import mark, read_marker
from siteauto.core.models import SiteName
from siteauto.core.ports import Branches, Forge

BRANCH = "siteauto/drift/"
GONE = "The devices are as they shall be: the drift is gone, so this is closed."
SCOPE = "drift"
NO_HEAD = "0"  # what a drift is about is no commit


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed for one site. Without files there is nothing to merge, and only what to undo is told."""

    site: SiteName
    title: str
    body: str
    files: Mapping[str, str]

    @property
    def branch(self) -> str:
        """Where it stands."""
        return f"{BRANCH}{self.site}"

    @property
    def marked(self) -> str:
        """Its text, so that it is known again."""
        return mark(self.body, scope=f"{SCOPE}/{self.site}", head=NO_HEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftRequests:
    """All sites of a run. `settled` have no drift and were compared whole; of others nobody can tell."""

    proposals: Sequence[Proposal]
    settled: Sequence[SiteName]
    base: str
    limit: int


def propose_drift(forge: Forge, branches: Branches, wanted: DriftRequests) -> tuple[str, ...]:
    """Say what was done for each site. Raises ForgeError; what was done stays, and the next run does the rest."""
    is_open = {
        pull.head_branch: pull
        for pull in forge.open_pull_requests()
        if pull.head_branch.startswith(BRANCH) and not pull.is_fork
    }
    said = [_close(forge, branches, pull) for site in wanted.settled if (pull := is_open.pop(f"{BRANCH}{site}", None))]
    count = len(is_open)
    for proposal in wanted.proposals:
        pull = is_open.get(proposal.branch)
        if pull is not None:
            said.append(_renew(forge, branches, pull, proposal))
        elif count >= wanted.limit:
            said.append(f"{proposal.site}: left out, since {count} drift pull requests are open (--pr-limit)")
        elif number := _is_declined(forge, proposal):
            said.append(f"{proposal.site}: somebody closed {number} with the same text; agree in drift-ignore.yaml")
        else:
            said.append(_open(forge, branches, proposal, wanted.base))
            count += 1
    return tuple(said)


def _open(forge: Forge, branches: Branches, proposal: Proposal, base: str) -> str:
    branches.publish(proposal.branch, proposal.files, proposal.title)
    try:
        pull = forge.open_pull_request(head=proposal.branch, base=base, title=proposal.title, body=proposal.marked)
    except ForgeError:
        other = next((one for one in forge.pull_requests_from(proposal.branch) if one.is_open), None)
        if other is None:
            raise
        return _renew(forge, branches, other, proposal)  # another run was faster
    return f"{proposal.site}: opened {pull.url}"


def _renew(forge: Forge, branches: Branches, pull: PullRequest, proposal: Proposal) -> str:
    pushed = branches.publish(proposal.branch, proposal.files, proposal.title)
    if (pull.title, pull.body.strip()) != (proposal.title, proposal.marked.strip()):
        forge.describe(pull.number, title=proposal.title, body=proposal.marked)
        pushed = True
    return f"{proposal.site}: {'brought up to date' if pushed else 'as it was'} {pull.url}"


def _close(forge: Forge, branches: Branches, pull: PullRequest) -> str:
    with suppress(ForgeSilentError):  # a courtesy: it may be there, and is not worth a second one
        forge.add_comment(pull.number, GONE)
    forge.close(pull.number)
    branches.delete(pull.head_branch)
    return f"{pull.head_branch.removeprefix(BRANCH)}: closed {pull.url}, the drift is gone"


def _is_declined(forge: Forge, proposal: Proposal) -> int:
    """The number of the last pull request of this site, where a person closed it with just this in it; else 0."""
    last = next(iter(forge.pull_requests_from(proposal.branch)), None)
    if last is None or last.is_open or last.is_merged:
        return 0
    old, new = read_marker(last.body), read_marker(proposal.marked)
    return last.number if old is not None and new is not None and old.content == new.content else 0
