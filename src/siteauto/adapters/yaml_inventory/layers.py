"""Lays the files of a site over each other: organisation, archetype, site. The nearer one wins, key by key.

Mappings are merged, lists and single values replaced; `null` takes away what an outer level has. Every value remembers
what it replaced, so that `chain` can tell where a value comes from.
"""

from collections.abc import Sequence

from siteauto.adapters.yaml_documents import Node
from siteauto.core.errors import Place


def merge_layers(layers: Sequence[Node]) -> Node:
    """All layers as one, the outermost first."""
    merged = layers[0]
    for layer in layers[1:]:
        merged = _merge(merged, layer)
    return merged


def _merge(outer: Node, inner: Node) -> Node:
    if not (isinstance(outer.value, dict) and isinstance(inner.value, dict)):
        return Node(value=inner.value, place=inner.place, key_place=inner.key_place, size=inner.size, replaces=outer)
    members = dict(outer.value)
    for key, node in inner.value.items():
        if node.value is None and key in members:
            del members[key]
        else:
            members[key] = _merge(members[key], node) if key in members else node
    return Node(value=members, place=inner.place, key_place=inner.key_place, size=inner.size, replaces=outer)


def chain(node: Node) -> tuple[Place, ...]:
    """Where a value was written, the winner first and what it replaced after it."""
    places = [node.place]
    while node.replaces is not None:
        node = node.replaces
        places.append(node.place)
    return tuple(places)
