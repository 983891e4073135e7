"""A configuration as a tree: lines, the lines inside them, and texts of several lines as one node."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from siteauto.core.config.rules import ConfigRules

NOTHING: Mapping[str, "Node"] = {}  # in a line that is no section
DEEPEST = 64  # levels; no configuration has as many, and what a damaged text nests deeper stays on the last one


class Node(NamedTuple):
    """One command with what stands in it. A tuple, since a configuration has tens of thousands.

    `children` are found by the slot that they hold, in the order in which they were typed. `body` is a text of several
    lines that belongs to the command. `note` says what normalising found out: default (holds without being shown),
    verified (its secrets are the known ones), opaque (it has a secret that cannot be told from another).
    """

    line: str
    body: tuple[str, ...] = ()
    children: Mapping[str, "Node"] = NOTHING
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigTree:
    """A whole configuration. Never changed: typing into it makes a new one that shares what stayed the same."""

    rules: ConfigRules
    children: Mapping[str, Node] = field(default_factory=dict)

    def find(self, *lines: str) -> Node | None:
        """The node under these lines (or their slots), one for each level; None: there is none."""
        children, found = self.children, None
        for line in lines:
            found = children.get(line) or next((node for node in children.values() if node.line == line), None)
            if found is None:
                return None
            children = found.children
        return found

    @property
    def too_deep(self) -> bool:
        """Whether a text was nested deeper than any configuration is, so that a line stands higher up than it did."""
        return any(len(path) >= DEEPEST for path, _ in self.walk())

    def walk(self) -> Iterator[tuple[tuple[str, ...], Node]]:
        """Every node with the lines that it stands under, top down."""
        yield from _walk(self.children, ())


def _walk(children: Mapping[str, Node], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    for node in children.values():
        yield path, node
        yield from _walk(node.children, (*path, node.line))
