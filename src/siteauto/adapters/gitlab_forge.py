"""One project on GitLab through python-gitlab. Its merge requests are our pull requests."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import gitlab
import requests
from gitlab.v4.objects import Project

from siteauto.adapters import forge_patience
from siteauto.adapters.forge_patience import Patience, Reply, silence
from siteauto.core.errors import ForgeError, ForgeMissingError, ForgeRightsError
from siteauto.core.forge import (
    DESCRIPTION,
    GITLAB_COMMENT,
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
# GitLab has no word for "nobody can tell".
STATES = {State.SUCCESS: "success", State.FAILURE: "failed", State.ERROR: "failed"}
SAME_STATE = "Cannot transition status"
AT_ONCE: dict[str, Any] = {"obey_rate_limit": False, "max_retries": 0}  # the client neither waits nor tries again


class GitlabForge:
    """Implements `ports.Forge`. `Patience` waits and tries again, on our clock."""

    def __init__(self, *, repository: str, token: str, url: str, clock: Clock) -> None:
        self._client = gitlab.Gitlab(url, private_token=token or None, timeout=forge_patience.TIMEOUT, per_page=100)
        self._wait = ""  # what the last answer said of when to come again: the client's exceptions do not keep it
        self._client.session.hooks["response"].append(self._remember)
        self._project: Project = self._client.projects.get(repository, lazy=True)
        self._patience = Patience(name="GitLab", clock=clock, read_reply=self._reply)

    @property
    def budget(self) -> Budget:
        """1,000,000 characters."""
        return GITLAB_COMMENT

    def login(self) -> str:
        """Whose token this is; empty where it is a job's."""
        try:
            user: Any = self._ask("ask whose the token is", lambda: self._client.http_get("/user", **AT_ONCE))
            return str(user["username"])
        except (ForgeRightsError, ForgeMissingError):
            return ""

    def pull_request(self, number: int) -> PullRequest:
        """As it is now."""
        return _pull_request(self._merge_request(number))

    def open_pull_requests(self) -> Sequence[PullRequest]:
        """All that are open."""
        found = self._ask(
            "list the open merge requests",
            lambda: self._project.mergerequests.list(state="opened", get_all=True, **AT_ONCE),
        )
        return [_pull_request(one) for one in found]

    def pull_requests_from(self, branch: str) -> Sequence[PullRequest]:
        """All from this branch, the newest first."""
        found = self._ask(
            f"list the merge requests from {branch}",
            lambda: self._project.mergerequests.list(source_branch=branch, get_all=True, **AT_ONCE),
        )
        return [_pull_request(one) for one in found if one.source_project_id == one.target_project_id]

    def comments(self, number: int) -> Sequence[Comment]:
        """All notes that people and programs wrote, the oldest first."""
        request = self._lazy(number)
        found = self._ask(
            f"read the comments of merge request {number}",
            lambda: request.notes.list(get_all=True, sort="asc", order_by="created_at", **AT_ONCE),
        )
        return [Comment(id=one.id, author=one.author["username"], body=one.body) for one in found if not one.system]

    def add_comment(self, number: int, body: str) -> None:
        """Write a new note."""
        request = self._lazy(number)
        self._write(f"comment on merge request {number}", lambda: request.notes.create({"body": body}, **AT_ONCE))

    def edit_comment(self, number: int, comment: int, body: str) -> None:
        """Replace a note."""
        request = self._lazy(number)
        self._ask(f"edit comment {comment}", lambda: request.notes.update(comment, {"body": body}, **AT_ONCE))

    def delete_comment(self, number: int, comment: int) -> None:
        """Take a note away."""
        request = self._lazy(number)
        try:
            self._ask(f"delete comment {comment}", lambda: request.notes.delete(comment, **AT_ONCE))
        except ForgeMissingError:
            return

    def statuses(self, commit: str) -> Sequence[Status]:
        """The newest status of each name."""
        found = self._ask(
            f"read the statuses of {commit[:10]}",
            lambda: self._commit(commit).statuses.list(get_all=True, **AT_ONCE),
        )
        names = {state: ours for ours, state in reversed(STATES.items())}
        return [
            Status(
                name=one.name,
                state=names.get(one.status, State.ERROR),
                description=one.description or "",
                url=one.target_url or "",
            )
            for one in found
        ]

    def set_status(self, commit: str, status: Status) -> None:
        """Mark a commit. The same mark twice does no harm, so it may be tried again."""
        facts = {
            "state": STATES[status.state],
            "name": status.name,
            "description": shortened(status.description, DESCRIPTION),
            **({"target_url": status.url} if status.url else {}),
        }
        try:
            self._ask(f"set the status {status.name}", lambda: self._commit(commit).statuses.create(facts, **AT_ONCE))
        except ForgeError as error:
            if SAME_STATE not in error.found:  # it holds this state already, and keeps its older words
                raise

    def annotate(self, commit: str, name: str, annotations: Sequence[Annotation]) -> bool:  # noqa: ARG002
        """GitLab takes findings from the Code Quality report of a job alone."""
        return False

    def scan(self, pull: PullRequest, sarif: str) -> bool:  # noqa: ARG002
        """GitLab takes no SARIF: the Code Quality report of a job is its way."""
        return False

    def open_pull_request(self, *, head: str, base: str, title: str, body: str) -> PullRequest:
        """Propose a branch."""
        facts = {"source_branch": head, "target_branch": base, "title": title, "description": body}
        return self._write(
            f"open a merge request for {head}",
            lambda: _pull_request(self._project.mergerequests.create(facts, **AT_ONCE)),
        )

    def describe(self, number: int, *, title: str, body: str) -> None:
        """Give a merge request another title and text."""
        facts = {"title": title, "description": body}
        self._update(number, f"edit merge request {number}", facts)

    def close(self, number: int) -> None:
        """Close a merge request."""
        self._update(number, f"close merge request {number}", {"state_event": "close"})

    def _update(self, number: int, what: str, facts: dict[str, str]) -> None:
        self._ask(what, lambda: self._project.mergerequests.update(number, facts, **AT_ONCE))

    def _merge_request(self, number: int) -> Any:  # noqa: ANN401 - the client's objects get their fields from the wire
        return self._ask(f"read merge request {number}", lambda: self._project.mergerequests.get(number, **AT_ONCE))

    def _lazy(self, number: int) -> Any:  # noqa: ANN401
        return self._project.mergerequests.get(number, lazy=True)

    def _commit(self, commit: str) -> Any:  # noqa: ANN401
        return self._project.commits.get(commit, lazy=True)

    def _ask(self, what: str, call: Callable[[], T]) -> T:
        return self._patience.ask(what, call)

    def _write(self, what: str, call: Callable[[], T]) -> T:
        return self._patience.ask(what, call, once=True)

    def _remember(self, response: requests.Response, *_: object, **__: object) -> None:
        self._wait = response.headers.get("Retry-After", "")

    def _reply(self, error: Exception) -> Reply | None:
        """What GitLab said, from the client's exception. None: it is none of the client's."""
        if isinstance(error, gitlab.GitlabError):
            code = error.response_code or 0
            return Reply(code=code, text=str(error.error_message), wait=self._wait, is_busy=code == 429)
        if isinstance(error, requests.RequestException):
            return silence(error)
        return None


def _pull_request(one: Any) -> PullRequest:  # noqa: ANN401
    return PullRequest(
        number=one.iid,
        title=one.title,
        body=one.description or "",
        head=one.sha,
        head_branch=one.source_branch,
        base_branch=one.target_branch,
        url=one.web_url,
        is_open=one.state == "opened",
        is_merged=one.state == "merged",
        labels=tuple(one.labels),
        is_fork=one.source_project_id != one.target_project_id,
    )
