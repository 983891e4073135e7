"""Named gaps: a value such as `<serial on the label of fw1>` is still to be filled in by a person.

While a file has gaps, all else in it is judged as if they were filled, so that one run tells everything.
"""

from collections.abc import Iterator, Sequence

from siteauto.adapters.yaml_documents import Node
from siteauto.core.errors import Finding

# What stands in for a gap where not every word will do.
STAND_INS = {"rate": "1/1", "mac": "00:00:00:00:00:00", "address": "dhcp"}
Steps = tuple[str, ...]


def is_gap(value: object) -> bool:
    """Whether this is the name of something that is missing."""
    return isinstance(value, str) and value[:1] == "<" and value[-1:] == ">" and len(value) > 2


def find_gaps(root: Node) -> dict[Steps, Node]:
    """Every gap of a document by its path."""
    return dict(_gaps(root, ()))


def _gaps(node: Node, path: Steps) -> Iterator[tuple[Steps, Node]]:
    if isinstance(node.value, str):
        if is_gap(node.value):
            yield path, node
    else:
        for key, each in node.children.items():
            yield from _gaps(each, (*path, key))


def with_stand_ins(plain: object, gaps: Sequence[Steps]) -> object:
    """The plain document, with a fitting value for each gap that needs one. The document given is changed."""
    for path in gaps:
        parent = plain
        for step in path[:-1]:
            parent = parent[int(step)] if isinstance(parent, list) else parent[step] if isinstance(parent, dict) else {}
        if isinstance(parent, dict) and path[-1] in STAND_INS:
            parent[path[-1]] = STAND_INS[path[-1]]
    return plain


def finding_of_gap(path: Steps, node: Node) -> Finding:
    """A gap, told as what it is."""
    asked = str(node.value)[1:-1].strip()
    message = f"{'.'.join(path)} is still to be filled in: {asked}"
    return Finding(code="E1104", message=message, place=node.place)
