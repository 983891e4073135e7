"""Says where a value of a site comes from: every level's word with its place, or what it was derived from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory_findings import member_kind
from siteauto.adapters.yaml_inventory_layers import merge_layers
from siteauto.adapters.yaml_inventory_schema import SiteDocument
from siteauto.core.derivations import SiteFacts, derive, derived_keys
from siteauto.core.errors import UsageError
from siteauto.core.explanation import BUILT_IN, DERIVED, Explanation, Level
from siteauto.core.problems import nearest

LAYERS = ("organisation", "archetype", "site")
Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of a site, the outermost first, and what follows from them: nothing while they are not sound."""

    site: str
    layers: tuple[Node, ...]
    facts: SiteFacts | None

    def at(self, layer: int, path: Sequence[str]) -> Node | None:
        """What one file says at exactly this path."""
        trail = self.layers[layer].trail(path)
        return trail[-1] if len(trail) == len(path) + 1 else None


def explain(files: Files, path: Steps) -> Explanation:
    """Where the value at this path, or every value below it, comes from. Raises UsageError: there is no such thing."""
    trail = merge_layers(files.layers).trail(path)
    subject = Explanation(site=files.site, path=".".join(path))
    if keys := _members(files, path, trail):
        return replace(subject, members=tuple(explain(files, (*path, key)) for key in keys))
    subject = replace(subject, levels=tuple(_level(files, layer, path) for layer in range(len(LAYERS))))
    return _typed(subject) or _derived(subject, files, path) or _built_in(subject, path) or _refuse(path, trail, files)


def _members(files: Files, path: Steps, trail: Sequence[Node]) -> tuple[str, ...]:
    """The keys of the mapping at this path, with those of what is derived for it."""
    if len(trail) != len(path) + 1 or not isinstance(trail[-1].value, Mapping):
        return ()
    facts = files.facts
    made = [key for key in derived_keys(path) if facts is not None and derive(facts, (*path, key)) is not None]
    return tuple(dict.fromkeys((*trail[-1].children, *made)))


def _level(files: Files, layer: int, path: Steps) -> Level:
    node = files.at(layer, path)
    return Level(name=LAYERS[layer]) if node is None else _said(LAYERS[layer], node, path)


def _said(name: str, node: Node, path: Steps) -> Level:
    return Level(name=name, value=_shown(node), place=node.place, key=".".join(path))


def _typed(subject: Explanation) -> Explanation | None:
    winner = subject.winner
    return replace(subject, value=winner.value, origin=winner.name) if winner else None


def _derived(subject: Explanation, files: Files, path: Steps) -> Explanation | None:
    found = derive(files.facts, path) if files.facts else None
    if found is None:
        return None
    merged = merge_layers(files.layers)
    sources = []
    for source in found.sources:
        trail = merged.trail(source)
        if len(trail) == len(source) + 1:
            sources.append(_said("from", trail[-1], tuple(map(str, source))))
    return replace(subject, value=found.value, origin=DERIVED, how=found.how, sources=tuple(sources))


def _built_in(subject: Explanation, path: Steps) -> Explanation | None:
    """What a file that says nothing means by it."""
    kind: object = SiteDocument
    for step in path[:-1]:
        kind = member_kind(kind, step)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return None
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    default = fields[path[-1]].default if path[-1] in fields else PydanticUndefined
    if default is PydanticUndefined:
        return None
    return replace(subject, value=str(default) if default not in (None, "", ()) else "nothing", origin=BUILT_IN)


def _refuse(path: Steps, trail: Sequence[Node], files: Files) -> NoReturn:
    depth = len(trail) - 1
    known = (*trail[-1].children, *derived_keys(path[:depth]))
    sound = "" if files.facts else "; derived values can be told when `siteauto validate` finds nothing"
    raise UsageError(
        f"{files.site} has no value {'.'.join(path)}",
        found=f"nothing called {path[min(depth, len(path) - 1)]} in {'.'.join(path[:depth]) or 'the site'}{sound}",
        next_step=nearest(path[min(depth, len(path) - 1)], known) or "siteauto explain SITE vlans shows a whole part",
    )


def _shown(node: Node) -> str:
    """A value as one would type it; a mapping in few words."""
    if node.value is None:
        return "null: taken away"
    if isinstance(node.value, str):
        return node.value
    inner = [_shown(each) if isinstance(node.value, list) else key for key, each in node.children.items()]
    return f"[{', '.join(inner)}]" if isinstance(node.value, list) else f"{{{', '.join(inner)}}}"
