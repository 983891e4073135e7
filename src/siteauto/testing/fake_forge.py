"""A forge in memory, with the limits and the moods of a real one."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from siteauto.core.errors import ForgeError, ForgeMissingError, ForgeRightsError
from siteauto.core.forge import GITHUB_COMMENT, Annotation, Budget, Comment, PullRequest, Status


class FakeForge:
    """Implements `ports.Forge`. `before` hears the name of every write, and may raise or write something itself."""

    def __init__(self, *, login: str = "netbot", may_write: bool = True, budget: Budget = GITHUB_COMMENT) -> None:
        self.pulls: dict[int, PullRequest] = {}
        self.notes: dict[int, list[Comment]] = {}
        self.marks: dict[str, dict[str, Status]] = {}
        self.shown: dict[tuple[str, str], tuple[Annotation, ...]] = {}
        self.scanned: dict[int, str] = {}
        self.writes: list[str] = []
        self.before: Callable[[str], None] = lambda _what: None
        self._login = login
        self._may_write = may_write
        self._budget = budget
        self._ids = 0

    def propose(self, *, head: str, head_branch: str = "feature", is_fork: bool = False) -> PullRequest:
        """Somebody opens a pull request."""
        number = len(self.pulls) + 1
        self.pulls[number] = PullRequest(
            number=number,
            title="A change",
            body="",
            head=head,
            head_branch=head_branch,
            base_branch="main",
            url=f"https://forge.example/pull/{number}",
            is_fork=is_fork,
        )
        return self.pulls[number]

    def comment_as(self, author: str, number: int, body: str) -> int:
        """Somebody writes a comment."""
        self._ids += 1
        self.notes.setdefault(number, []).append(Comment(id=self._ids, author=author, body=body))
        return self._ids

    @property
    def budget(self) -> Budget:
        """How long a comment may be."""
        return self._budget

    def login(self) -> str:
        """Whose token this is."""
        return self._login

    def pull_request(self, number: int) -> PullRequest:
        """As it is now."""
        if number not in self.pulls:
            raise ForgeMissingError(f"The fake has no pull request {number}")
        return self.pulls[number]

    def open_pull_requests(self) -> Sequence[PullRequest]:
        """All that are open."""
        return [one for one in self.pulls.values() if one.is_open]

    def pull_requests_from(self, branch: str) -> Sequence[PullRequest]:
        """All from this branch, the newest first."""
        return [one for one in reversed(self.pulls.values()) if one.head_branch == branch and not one.is_fork]

    def comments(self, number: int) -> Sequence[Comment]:
        """All comments, the oldest first."""
        self.pull_request(number)
        return tuple(self.notes.get(number, ()))

    def add_comment(self, number: int, body: str) -> None:
        """Write a new comment."""
        self._write("add_comment", body)
        self.pull_request(number)
        self.comment_as(self._login, number, body)

    def edit_comment(self, number: int, comment: int, body: str) -> None:
        """Replace a comment."""
        self._write("edit_comment", body)
        notes = self.notes.get(number, [])
        place = next((place for place, one in enumerate(notes) if one.id == comment), None)
        if place is None:
            raise ForgeMissingError(f"The fake has no comment {comment}")
        notes[place] = replace(notes[place], body=body)

    def delete_comment(self, number: int, comment: int) -> None:
        """Take a comment away."""
        self._write("delete_comment")
        self.notes[number] = [one for one in self.notes.get(number, []) if one.id != comment]

    def statuses(self, commit: str) -> Sequence[Status]:
        """The newest status of each name."""
        return tuple(self.marks.get(commit, {}).values())

    def set_status(self, commit: str, status: Status) -> None:
        """Mark a commit."""
        self._write("set_status")
        self.marks.setdefault(commit, {})[status.name] = status

    def annotate(self, commit: str, name: str, annotations: Sequence[Annotation]) -> bool:
        """Show annotations."""
        if self.shown.get((commit, name)) != tuple(annotations):
            self._write("annotate")
            self.shown[commit, name] = tuple(annotations)
        return True

    def scan(self, pull: PullRequest, sarif: str) -> bool:
        """Give findings to code scanning."""
        self._write("scan")
        self.scanned[pull.number] = sarif
        return True

    def open_pull_request(self, *, head: str, base: str, title: str, body: str) -> PullRequest:
        """Propose a branch."""
        self._write("open_pull_request", body)
        made = self.propose(head="0" * 40, head_branch=head)
        self.pulls[made.number] = replace(made, title=title, body=body, base_branch=base)
        return self.pulls[made.number]

    def describe(self, number: int, *, title: str, body: str) -> None:
        """Give a pull request another title and text."""
        self._write("describe", body)
        self.pulls[number] = replace(self.pull_request(number), title=title, body=body)

    def close(self, number: int) -> None:
        """Close a pull request."""
        self._write("close")
        self.pulls[number] = replace(self.pull_request(number), is_open=False)

    def _write(self, what: str, body: str = "") -> None:
        self.before(what)
        if not self._may_write:
            raise ForgeRightsError(f"The fake did not {what}", found="403: Resource not accessible by integration")
        if self._budget.count(body) > self._budget.limit:
            raise ForgeError(f"The fake did not {what}", found="422: body is too long")
        self.writes.append(what)
