"""A report before it has a format: a title, and one item per thing that was looked at."""

from collections import Counter
from dataclasses import dataclass, field

GOOD = frozenset(
    {
        "pass",
        "same",
        "stored",
        "unchanged",
        "no change",
        "ok",
        "adopted",
        "already there",
        "as intended",
        "as before",
        "readable",
    }
)
SKIPPED = frozenset({"waived", "skipped", "no intent"})
WRONG = frozenset(
    {"fail", "drift", "change", "incomplete", "failed", "collision", "pending", "changed"}
)  # the network is not as it should be
# every other status means that we could not tell: error, unreachable, unsupported, untested


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was looked at. `body` is text to be shown as it stands (a diff)."""

    device: str
    name: str
    status: str
    message: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a verb has to say. `facts` are single values worth a line each: commit, folder, digest."""

    kind: str  # verify, drift, backup, plan, provision
    site: str
    target: str
    at: str
    exit_code: int
    items: tuple[Item, ...]
    facts: tuple[tuple[str, str], ...] = field(default=())
    summary: str = ""

    @property
    def totals(self) -> dict[str, int]:
        """How many items ended in each status."""
        return dict(sorted(Counter(item.status for item in self.items).items()))
