"""Says where a value of a site comes from: every level's word with its place, or what it was derived from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NoReturn, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.explain_chain import (
    OF_PORT,
    Files,
    Steps,
    is_port,
    level_of,
    levels_of,
    pinned,
    unsaid_profile,
)
from siteauto.adapters.yaml_inventory.findings import member_kind
from siteauto.adapters.yaml_inventory.layers import merge_layers
from siteauto.adapters.yaml_inventory.schema import SiteDocument
from siteauto.core.errors import UsageError
from siteauto.core.site.derivations import NOTHING, Derived, derive, derived_keys
from siteauto.core.site.explanation import BUILT_IN, DERIVED, LOCK, Explanation
from siteauto.core.site.problems import nearest


def explain(files: Files, path: Steps) -> Explanation:
    """Where the value at this path, or every value below it, comes from. Raises UsageError: there is no such thing."""
    trail = merge_layers(files.layers).trail(path)
    subject = Explanation(site=files.site, path=".".join(path))
    if keys := _members(files, path, trail):
        return replace(subject, members=tuple(explain(files, (*path, key)) for key in keys))
    subject = replace(subject, levels=(*pinned(files, path), *levels_of(files, path)))
    found = _typed(subject, files, path) or _derived(subject, files, path) or _built_in(subject, files, path)
    return found or _refuse(files, path)


def _members(files: Files, path: Steps, trail: Sequence[Node]) -> tuple[str, ...]:
    """The keys of the mapping at this path, with those of what is derived for it."""
    made = [key for key in derived_keys(path) if (found := _made(files, (*path, key))) and found.value != NOTHING]
    if len(path) == 3 and path[0] == "ports" and is_port(files, path[1], path[2]):
        said = [key for key in OF_PORT if any(level.place for level in levels_of(files, (*path, key)))]
        return (*dict.fromkeys(("profile", *said, *made)),) if said or made else ()
    if len(trail) != len(path) + 1 or not isinstance(trail[-1].value, Mapping):
        return ()
    return tuple(dict.fromkeys((*trail[-1].children, *made)))


def _made(files: Files, path: Steps) -> Derived | None:
    """What is derived at this path, once the site is sound."""
    if files.facts is None:
        return None
    if len(path) == 4 and path[0] == "ports":
        path = (*path[:2], files.ports.port(path[1], path[2]), path[3])
    return derive(files.facts, path)


def _typed(subject: Explanation, files: Files, path: Steps) -> Explanation | None:
    """What a file says. What the lock says was derived once, and how is told as well."""
    winner = subject.winner
    if winner is None:
        return None
    made = _derived(subject, files, path) if winner.name == LOCK else None
    return replace(made or replace(subject, value=winner.value), origin=winner.name)


def _derived(subject: Explanation, files: Files, path: Steps) -> Explanation | None:
    found = _made(files, path)
    if found is None:
        return None
    merged = merge_layers(files.layers)
    sources = []
    for source in found.sources:
        trail = merged.trail(source)
        if len(trail) == len(source) + 1:
            sources.append(level_of("from", trail[-1], tuple(map(str, source))))
    return replace(subject, value=found.value, origin=DERIVED, how=found.how, sources=tuple(sources))


def _built_in(subject: Explanation, files: Files, path: Steps) -> Explanation | None:
    """What it means that no file says anything."""
    if len(path) == 4 and (path[0], path[3]) == ("ports", "profile") and is_port(files, path[1], path[2]):
        return replace(subject, value=unsaid_profile(files, path[1], path[2]), origin=BUILT_IN)
    kind: object = SiteDocument
    node: Node | None = merge_layers(files.layers)
    for step in path[:-1]:
        node = node.children.get(step) if node else None
        if node is None and get_origin(kind) is dict:
            return None  # there is no such VLAN, device, circuit
        kind = member_kind(kind, step)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return None
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    default = fields[path[-1]].default if path[-1] in fields else PydanticUndefined
    if default is PydanticUndefined:
        return None
    return replace(subject, value=str(default) if default not in (None, "", ()) else "nothing", origin=BUILT_IN)


def _refuse(files: Files, path: Steps) -> NoReturn:
    trail = merge_layers(files.layers).trail(path)
    depth = len(trail) - 1
    wrong = path[min(depth, len(path) - 1)]
    sound = "" if files.facts else "; derived values can be told when `siteauto validate` finds nothing"
    raise UsageError(
        f"{files.site} has no value {'.'.join(path)}",
        found=f"nothing called {wrong} in {'.'.join(path[:depth]) or 'the site'}{sound}",
        next_step=nearest(wrong, (*trail[-1].children, *derived_keys(path[:depth])))
        or "siteauto explain SITE vlans shows a whole part",
    )
