"""The configuration as the box holds it: objects and tables with what was set in them.

It is kept apart from `core.config` on purpose: a device that shared the engine's code could not contradict it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from siteauto.lab.devices.fortinet.grammar import PATH_KINDS, Attribute, Section, load_grammar


@dataclass(slots=True, kw_only=True)
class Node:
    """An object, or one entry of a table: attributes that were set, and what nests in it."""

    section: Section
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nested: dict[str, "Node | Table"] = field(default_factory=dict)

    def child(self, name: str) -> "Node | Table":
        """The nested object or table of this name, made when first needed. KeyError: the grammar has none."""
        section = self.section.section(name)
        if section is None:
            raise KeyError(name)
        return self.nested.setdefault(name, empty(section))

    def get(self, name: str) -> tuple[str, ...]:
        """What the attribute holds, set or by default; empty where it has neither."""
        if name in self.values:
            return self.values[name]
        attribute = self.section.attribute(name)
        return (attribute.default or ()) if attribute else ()

    def word(self, name: str) -> str:
        """The only word of an attribute; empty where it has none."""
        return next(iter(self.get(name)), "")

    def rows(self, name: str) -> "dict[str, Node]":
        """The entries of a nested table."""
        table = self.nested.get(name)
        return table.entries if isinstance(table, Table) else {}

    def copy(self) -> "Node":
        """A copy that shares nothing that changes."""
        return Node(
            section=self.section,
            values=dict(self.values),
            nested={name: part.copy() for name, part in self.nested.items()},
        )


@dataclass(slots=True, kw_only=True)
class Table:
    """Entries by their key, in their order."""

    section: Section
    entries: dict[str, Node] = field(default_factory=dict)

    def copy(self) -> "Table":
        """A copy that shares nothing that changes."""
        return Table(section=self.section, entries={key: node.copy() for key, node in self.entries.items()})

    def reorder(self, keys: list[str]) -> None:
        """Put the entries into this order."""
        self.entries = {key: self.entries[key] for key in keys}


def empty(section: Section) -> Node | Table:
    """The object or table with nothing in it."""
    return Table(section=section) if section.is_table else Node(section=section)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A place that names an entry: the owner's table (or object), its key there and the attribute."""

    path: str
    key: str
    attribute: str


@dataclass(slots=True, kw_only=True)
class Configuration:
    """All objects and tables of one box, by path (system.interface). `ports` are those on its front."""

    ports: tuple[str, ...] = ()
    parts: dict[str, Node | Table] = field(default_factory=dict)

    def part(self, path: str) -> Node | Table:
        """The object or table at a path. Raises KeyError where the grammar has none."""
        section = load_grammar()[path]
        return self.parts.setdefault(path, empty(section))

    def node(self, path: str) -> Node:
        """The object at a path."""
        part = self.part(path)
        if not isinstance(part, Node):
            raise KeyError(path)
        return part

    def rows(self, path: str) -> dict[str, Node]:
        """The entries of the table at a path."""
        part = self.part(path)
        if not isinstance(part, Table):
            raise KeyError(path)
        return part.entries

    def copy(self) -> "Configuration":
        """A copy that shares nothing that changes."""
        return Configuration(ports=self.ports, parts={path: part.copy() for path, part in self.parts.items()})

    def references_to(self, path: str, key: str) -> list[Reference]:
        """Every place that names this entry."""
        return [
            Reference(path=owner, key=owner_key, attribute=attribute.name)
            for owner, owner_key, attribute, words in self._path_values()
            if key in words and path in attribute.words
        ]

    def _path_values(self) -> Iterator[tuple[str, str, Attribute, tuple[str, ...]]]:
        for path, part in self.parts.items():
            entries = part.entries.items() if isinstance(part, Table) else [("", part)]
            for key, node in entries:
                for attribute, words in _values_of(node):
                    if attribute.kind in PATH_KINDS:
                        yield path, key, attribute, words


def _values_of(node: Node) -> Iterator[tuple[Attribute, tuple[str, ...]]]:
    for name, words in node.values.items():
        attribute = node.section.attribute(name)
        if attribute is not None:
            yield attribute, words
    for part in node.nested.values():
        for inner in part.entries.values() if isinstance(part, Table) else [part]:
            yield from _values_of(inner)
