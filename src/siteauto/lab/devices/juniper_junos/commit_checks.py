"""What a commit looks at: names that are used and defined nowhere, and what must be there."""

import re
from collections.abc import Iterator, Mapping

from siteauto.core.config import ConfigTree, Node
from siteauto.core.config.path_steps import untagged, values_of


def find_faults(tree: ConfigTree) -> tuple[str, ...]:
    """What the box says against committing this; nothing when it is sound."""
    return tuple(_faults(tree))


def _faults(tree: ConfigTree) -> Iterator[str]:
    if tree.find("system", "root-authentication") is None:
        yield "[edit]\n  'system'\n    Missing mandatory statement: 'root-authentication'"
    yield from _members(tree)
    yield from _filters(tree)
    yield from _profiles(tree)
    yield from _zones(tree)
    yield from _addresses(tree)


def _members(tree: ConfigTree) -> Iterator[str]:
    """VLANs that a port or a voice port names must exist, by name or by number."""
    vlans = _children(tree, "vlans")
    known = set(vlans) | {"all", "default"}
    for node in vlans.values():
        known |= {untagged(child.line)[1] for child in node.children.values() if child.line.startswith("vlan-id ")}
    for path, node in _leaves(tree.children, ()):
        words = untagged(node.line)
        if words[0] == "members" and path[0] == "interfaces":
            missing = [value for value in (values_of(node.line) or words[1:]) if not _is_known(value, known)]
            yield from (
                f"[edit {' '.join(path)}]\n  'members {value}'\n    vlan: vlan {value} is not configured"
                for value in missing
            )


def _is_known(value: str, known: set[str]) -> bool:
    span = re.fullmatch(r"(\d+)-(\d+)", value)
    return bool(span) or value in known


def _filters(tree: ConfigTree) -> Iterator[str]:
    defined = {
        key.removeprefix("filter ")
        for family in _children(tree, "firewall").values()
        for key in family.children
        if key.startswith("filter ")
    }
    for path, node in _leaves(tree.children, ()):
        words = untagged(node.line)
        if path[0] == "interfaces" and path[-1] == "filter" and words[0] == "input" and words[1] not in defined:
            yield f"[edit {' '.join(path)}]\n  'input'\n    Referenced filter '{words[1]}' is not defined"


def _profiles(tree: ConfigTree) -> Iterator[str]:
    profiles = {key.split()[1] for key in _children(tree, "forwarding-options") if key.startswith("storm-control")}
    for path, node in _leaves(tree.children, ()):
        words = untagged(node.line)
        if path[0] == "interfaces" and words[0] == "storm-control" and words[1] not in profiles:
            yield f"[edit {' '.join(path)}]\n  'storm-control'\n    storm-control profile {words[1]} is not defined"


def _zones(tree: ConfigTree) -> Iterator[str]:
    zones = {key.split()[1] for key in _children(tree, "security", "zones") if key.startswith("security-zone ")}
    for path, node in _leaves(tree.children, ()):
        words = untagged(node.line)
        if words[0] in ("from-zone", "to-zone") and path[:2] == ("security", "policies"):
            missing = [name for name in (values_of(node.line) or words[1:]) if name not in zones | {"any"}]
            yield from (
                f"[edit {' '.join(path)}]\n  '{words[0]}'\n    Security zone must be defined: {name}"
                for name in missing
            )


def _addresses(tree: ConfigTree) -> Iterator[str]:
    book = {
        key.split()[1]
        for node in _children(tree, "security").values()
        if node.line.startswith("address-book ")
        for key in node.children
    }
    applications = {key.split()[1] for key in _children(tree, "applications")}
    for path, node in _leaves(tree.children, ()):
        words, inside = untagged(node.line), path[:2] == ("security", "policies")
        named = values_of(node.line) or words[1:]
        if inside and words[0] in ("source-address", "destination-address"):
            missing = [name for name in named if name not in book | {"any", "any-ipv4", "any-ipv6"}]
            yield from (f"[edit {' '.join(path)}]\n  '{words[0]}'\n    Address or address_set ({one}) not found in the "
                        "global address book" for one in missing)  # fmt: skip
        if inside and words[0] == "application":
            missing = [
                one for one in named if one != "any" and not one.startswith("junos-") and one not in applications
            ]
            yield from (
                f"[edit {' '.join(path)}]\n  'application'\n    application or application-set must be defined: {one}"
                for one in missing
            )


def _children(tree: ConfigTree, *path: str) -> Mapping[str, Node]:
    node = tree.find(*path)
    return node.children if node is not None else {}


def _leaves(children: Mapping[str, Node], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Every line without others under it, and the words above it. What is switched off does not count."""
    for node in children.values():
        if node.line.startswith("inactive:"):
            continue
        if node.children:
            yield from _leaves(node.children, (*path, *untagged(node.line)))
        elif path:
            yield path, node
