"""One repository on GitHub (or GitHub Enterprise) through PyGithub."""

import base64
import gzip
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from github import Auth, Github
from github.PullRequest import PullRequest as GithubPullRequest
from github.Repository import Repository

from siteauto.adapters import forge_patience
from siteauto.adapters.forge_patience import Patience
from siteauto.adapters.github_shapes import check_outputs, conclusion, read_pull_request, read_reply
from siteauto.core.errors import ForgeAwayError, ForgeError, ForgeMissingError, ForgeRightsError
from siteauto.core.forge import (
    DESCRIPTION,
    GITHUB_COMMENT,
    Annotation,
    Budget,
    Comment,
    PullRequest,
    State,
    Status,
    shortened,
)
from siteauto.core.ports import Clock

T = TypeVar("T")
APPLICATION = "github-actions[bot]"  # whose the token of a workflow is
VIEWER = "query { viewer { login } }"


class GithubForge:
    """Implements `ports.Forge`. The client neither waits nor tries again: `Patience` does, on our clock."""

    def __init__(self, *, repository: str, token: str, url: str, clock: Clock) -> None:
        self._client = Github(
            base_url=url,
            auth=Auth.Token(token) if token else None,
            timeout=forge_patience.TIMEOUT,
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
            per_page=100,
            lazy=True,
        )
        self._repository: Repository = self._client.get_repo(repository)
        self._patience = Patience(name="GitHub", clock=clock, read_reply=read_reply)

    @property
    def budget(self) -> Budget:
        """65,536 characters."""
        return GITHUB_COMMENT

    def login(self) -> str:
        """Whose token this is. An app's may not ask in the plain way."""
        try:
            return self._ask("ask whose the token is", lambda: self._client.get_user().login)
        except (ForgeRightsError, ForgeMissingError):
            return self._app()

    def _app(self) -> str:
        """Comments are found again by their author: an app that is taken for another writes a new one every time."""
        try:
            ask = self._client.requester.graphql_query
            _, said = self._ask("ask which app the token is of", lambda: ask(VIEWER, {}))
        except ForgeAwayError:
            raise
        except ForgeError:  # it answers, but not this: then it can only be the build's own
            return APPLICATION
        return f"{str(said['data']['viewer']['login']).removesuffix('[bot]')}[bot]"

    def pull_request(self, number: int) -> PullRequest:
        """As it is now."""
        return self._ask(f"read pull request {number}", lambda: read_pull_request(self._pull(number)))

    def open_pull_requests(self) -> Sequence[PullRequest]:
        """All that are open."""
        return self._ask(
            "list the open pull requests",
            lambda: list(map(read_pull_request, self._repository.get_pulls(state="open"))),
        )

    def pull_requests_from(self, branch: str) -> Sequence[PullRequest]:
        """All from this branch, the newest first."""
        owner = self._repository.full_name.partition("/")[0]
        return self._ask(
            f"list the pull requests from {branch}",
            lambda: [
                read_pull_request(each) for each in self._repository.get_pulls(state="all", head=f"{owner}:{branch}")
            ],
        )

    def comments(self, number: int) -> Sequence[Comment]:
        """All comments, the oldest first."""
        return self._ask(
            f"read the comments of pull request {number}",
            lambda: [
                Comment(id=one.id, author=one.user.login if one.user else "", body=one.body or "")
                for one in self._pull(number).get_issue_comments()
            ],
        )

    def add_comment(self, number: int, body: str) -> None:
        """Write a new comment."""
        self._write(f"comment on pull request {number}", lambda: self._pull(number).create_issue_comment(body))

    def edit_comment(self, number: int, comment: int, body: str) -> None:
        """Replace a comment."""
        self._ask(f"edit comment {comment}", lambda: self._pull(number).get_issue_comment(comment).edit(body))

    def delete_comment(self, number: int, comment: int) -> None:
        """Take a comment away."""
        try:
            self._ask(f"delete comment {comment}", lambda: self._pull(number).get_issue_comment(comment).delete())
        except ForgeMissingError:
            return

    def statuses(self, commit: str) -> Sequence[Status]:
        """The newest status of each name."""
        found = self._ask(
            f"read the statuses of {commit[:10]}",
            lambda: list(self._repository.get_commit(commit).get_combined_status().statuses),
        )
        return [
            Status(
                name=one.context,
                state=State(one.state) if one.state in set(State) else State.ERROR,
                description=one.description or "",
                url=one.target_url or "",
            )
            for one in found
        ]

    def set_status(self, commit: str, status: Status) -> None:
        """Mark a commit. The same mark twice does no harm, so it may be tried again."""
        target: dict[str, Any] = {"target_url": status.url} if status.url else {}
        self._ask(
            f"set the status {status.name}",
            lambda: self._repository.get_commit(commit).create_status(
                state=str(status.state),
                description=shortened(status.description, DESCRIPTION),
                context=status.name,
                **target,
            ),
        )

    def annotate(self, commit: str, name: str, annotations: Sequence[Annotation]) -> bool:
        """One check run that holds them all, fifty with each request; none where one says the same already."""
        runs = self._ask(
            "read the check runs",
            lambda: list(self._repository.get_commit(commit).get_check_runs(check_name=name)),
        )
        outputs = list(check_outputs(name, annotations))
        facts: dict[str, Any] = {"status": "completed", "conclusion": conclusion(annotations)}
        if any(run.output.summary == outputs[0]["summary"] for run in runs):
            return True
        run = self._write(
            f"create the check run {name}",
            lambda: self._repository.create_check_run(name, head_sha=commit, output=outputs[0], **facts),
        )
        for output in outputs[1:]:
            self._ask("add annotations", lambda output=output: run.edit(output=output))  # type: ignore[misc]
        return True

    def scan(self, pull: PullRequest, sarif: str) -> bool:
        """The client has no word for it. Sent twice, the second takes the place of the first."""
        packed = base64.b64encode(gzip.compress(sarif.encode(), mtime=0)).decode()
        facts = {"commit_sha": pull.head, "ref": f"refs/pull/{pull.number}/head", "sarif": packed}
        url = f"/repos/{self._repository.full_name}/code-scanning/sarifs"
        self._ask("take findings", lambda: self._client.requester.requestJsonAndCheck("POST", url, input=facts))
        return True

    def open_pull_request(self, *, head: str, base: str, title: str, body: str) -> PullRequest:
        """Propose a branch."""
        return self._write(
            f"open a pull request for {head}",
            lambda: read_pull_request(self._repository.create_pull(base=base, head=head, title=title, body=body)),
        )

    def describe(self, number: int, *, title: str, body: str) -> None:
        """Give a pull request another title and text."""
        self._ask(f"edit pull request {number}", lambda: self._pull(number).edit(title=title, body=body))

    def close(self, number: int) -> None:
        """Close a pull request."""
        self._ask(f"close pull request {number}", lambda: self._pull(number).edit(state="closed"))

    def _pull(self, number: int) -> GithubPullRequest:
        """Not read yet: the client asks for what is wanted of it."""
        return self._repository.get_pull(number)

    def _ask(self, what: str, call: Callable[[], T]) -> T:
        return self._patience.ask(what, call)

    def _write(self, what: str, call: Callable[[], T]) -> T:
        return self._patience.ask(what, call, once=True)
