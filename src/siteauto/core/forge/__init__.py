"""What siteauto needs to know of a forge (GitHub, GitLab): pull requests, comments, statuses and annotations."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

DESCRIPTION = 140  # characters of the description of a status, on every forge that has a limit
ANNOTATIONS = 50  # of one request
SUMMARY_BYTES = 1024 * 1024  # of a job summary; a forge drops a longer one whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long a text may be, in the unit of whoever reads it. A part is kept free for what the reader adds."""

    limit: int
    unit: str = "characters"
    count: Callable[[str], int] = len
    spare: float = 0.05

    @property
    def usable(self) -> int:
        """What a text may have."""
        return int(self.limit * (1 - self.spare))

    def less(self, taken: int) -> "Budget":
        """What is left of it."""
        return replace(self, limit=max(0, self.limit - taken))

    def holds(self, text: str) -> bool:
        """Whether the text is short enough."""
        return self.count(text) <= self.usable


def count_bytes(text: str) -> int:
    """The unit of files."""
    return len(text.encode())


GITHUB_COMMENT = Budget(limit=65_536)
GITLAB_COMMENT = Budget(limit=1_000_000)
JOB_SUMMARY = Budget(limit=SUMMARY_BYTES, unit="bytes", count=count_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """A proposed change (GitLab: merge request) as it is now. `head` is a commit, the branches are names."""

    number: int
    title: str
    body: str
    head: str
    head_branch: str
    base_branch: str
    url: str
    is_open: bool = True
    is_merged: bool = False
    labels: tuple[str, ...] = ()
    is_fork: bool = False  # its branch is in somebody else's repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment of a pull request."""

    id: int
    author: str
    body: str


class State(StrEnum):
    """What a status says of a commit."""

    SUCCESS = "success"
    FAILURE = "failure"  # a person must act
    ERROR = "error"  # nobody can tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One mark beside a commit; a later one with the same name replaces it."""

    name: str
    state: State
    description: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A word on a line of a file. `level` is notice, warning or failure."""

    file: str
    line: int
    level: str
    title: str
    message: str


def shortened(text: str, most: int) -> str:
    """The text, cut with a sign where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
