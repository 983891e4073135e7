"""The one comment of a pull request: how it is known again, and whether it must be written.

Its first line is a comment of HTML that nobody sees. Two runs may write at once, people delete comments, and an old run
may end after a new one; so nothing is remembered between runs, and everything is decided from what the forge holds.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from siteauto.core.forge import Comment

SCHEMA = 1
MARKER_LENGTH = 300  # characters that a marker takes at most
_MARKER = re.compile(
    r"<!-- siteauto-report schema=(?P<schema>\d+) scope=(?P<scope>[\w./-]+) head=(?P<head>[0-9a-f]+) "
    r"run=(?P<run>\d+) content=(?P<content>[0-9a-f]+) -->"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What a comment is about. `run` grows from one run of the build to the next; 0 where there is no such number."""

    scope: str
    head: str
    run: int
    content: str
    schema: int = SCHEMA


def mark(body: str, *, scope: str, head: str, run: int = 0) -> str:
    """The comment with its marker."""
    content = hashlib.sha256(body.encode()).hexdigest()[:16]
    return f"<!-- siteauto-report schema={SCHEMA} scope={scope} head={head} run={run} content={content} -->\n{body}"


def read_marker(text: str) -> Marker | None:
    """The marker that a text begins with; elsewhere in a text it means nothing."""
    found = _MARKER.match(text)
    if found is None:
        return None
    return Marker(
        scope=found["scope"],
        head=found["head"],
        run=int(found["run"]),
        content=found["content"],
        schema=int(found["schema"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with the comments. At most one of `create` and `edit`; `why` says why neither."""

    create: bool = False
    edit: int | None = None
    delete: tuple[int, ...] = ()
    why: str = ""

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.create or self.edit is not None or self.delete)


def decide(comments: Sequence[Comment], body: str, *, author: str, is_wanted: bool) -> Decision:
    """What makes the pull request hold this body once. Comments of others are never touched, whatever they say.

    Without an author (the token does not say whose it is) nothing can be known again but by the marker. `is_wanted` is
    false for a report of nothing: it replaces an older one, and is not worth a comment of its own.
    """
    new = read_marker(body)
    if new is None:
        raise ValueError("a body without a marker could never be found again")
    ours = [
        (comment, marker)
        for comment in sorted(comments, key=lambda one: one.id)
        if (not author or comment.author == author)
        and (marker := read_marker(comment.body)) is not None
        and marker.scope == new.scope
    ]
    if any(marker.schema > SCHEMA for _, marker in ours):
        return Decision(why="the comment was written by a newer siteauto")
    if any(marker.head == new.head and marker.run > new.run for _, marker in ours):
        return Decision(why="a newer run has reported already")
    if not ours:
        return Decision(create=is_wanted, why="" if is_wanted else "there is nothing to say")
    (kept, told), *more = ours
    same = told.content == new.content and told.head == new.head
    return Decision(
        edit=None if same else kept.id,
        delete=tuple(comment.id for comment, _ in more),
        why="the comment says the same already" if same and not more else "",
    )
