"""The seam to a forge; `core.ports` lists it with the others."""

from collections.abc import Sequence
from typing import Protocol

from siteauto.core.forge import Annotation, Budget, Comment, PullRequest, Status


class Forge(Protocol):
    """One repository on a forge. Raises ForgeError and its children; never a client's own exception."""

    @property
    def budget(self) -> Budget:
        """How long a comment may be."""
        ...

    def login(self) -> str:
        """Whose token this is; empty where the forge does not say."""
        ...

    def pull_request(self, number: int) -> PullRequest:
        """As it is now."""
        ...

    def open_pull_requests(self) -> Sequence[PullRequest]:
        """All that are open."""
        ...

    def pull_requests_from(self, branch: str) -> Sequence[PullRequest]:
        """All that this branch of the repository was ever proposed in, the newest first."""
        ...

    def comments(self, number: int) -> Sequence[Comment]:
        """All comments of a pull request, the oldest first."""
        ...

    def add_comment(self, number: int, body: str) -> None:
        """Write a new comment."""
        ...

    def edit_comment(self, number: int, comment: int, body: str) -> None:
        """Replace a comment. Raises ForgeMissingError where somebody has deleted it."""
        ...

    def delete_comment(self, number: int, comment: int) -> None:
        """Take a comment away; one that is gone already is no error."""
        ...

    def statuses(self, commit: str) -> Sequence[Status]:
        """The newest status of each name."""
        ...

    def set_status(self, commit: str, status: Status) -> None:
        """Mark a commit."""
        ...

    def annotate(self, commit: str, name: str, annotations: Sequence[Annotation]) -> bool:
        """Show annotations on their lines, once for a name and commit. False: this forge reads them from a file."""
        ...

    def scan(self, pull: PullRequest, sarif: str) -> bool:
        """Give findings to code scanning, where they take the place of the last ones. False: this forge has none.

        Raises ForgeRightsError where the repository or the token may not use it.
        """
        ...

    def open_pull_request(self, *, head: str, base: str, title: str, body: str) -> PullRequest:
        """Propose a branch."""
        ...

    def describe(self, number: int, *, title: str, body: str) -> None:
        """Give a pull request another title and text."""
        ...

    def close(self, number: int) -> None:
        """Close a pull request without merging it."""
        ...
