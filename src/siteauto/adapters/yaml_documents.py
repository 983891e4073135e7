"""Reads YAML and keeps where every value was written.

All scalars stay text: what they mean is for the schema to say, so `NO` is a state and `02134` a postcode. Files come
from people and merge conflicts, so everything that can be wrong with one is a finding and never a traceback.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from siteauto.core.errors import Finding, Place

MAX_BYTES = 1_000_000
MAX_NODES = 100_000  # after aliases: a bomb has millions
MAX_DEPTH = 30
NULLS = ("", "~", "null", "Null", "NULL")

# libyaml is ten times faster; a build without it still works. Typed Any because the two classes share no base.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was read. `name` is how messages call it."""

    name: str
    lines: tuple[str, ...]

    def place(self, line: int, column: int) -> Place:
        """Line and column count from 1."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(file=self.name, line=line, column=column, text=text)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """A value and where it was written. `replaces` is what an outer level said of the same thing.

    Two nodes are never equal: what one wrote in two places are two things.
    """

    value: "str | Mapping[str, Node] | Sequence[Node] | None"
    place: Place
    key_place: Place | None = None
    size: int = 1
    replaces: "Node | None" = None

    @property
    def children(self) -> "Mapping[str, Node]":
        """The members of a mapping or list by key or index; none for a scalar."""
        if isinstance(self.value, Mapping):
            return self.value
        if isinstance(self.value, Sequence) and not isinstance(self.value, str):
            return {str(index): node for index, node in enumerate(self.value)}
        return {}

    def find(self, path: Sequence[str | int]) -> "Node":
        """The node at this path, or the nearest one above it that exists. A number counts the members from 0."""
        return self.trail(path)[-1]

    def trail(self, path: Sequence[str | int]) -> "list[Node]":
        """The nodes passed on the way down this path, as far as it exists."""
        nodes = [self]
        for step in path:
            children = nodes[-1].children
            key = next(islice(children, step, None), "") if isinstance(step, int) else step
            if key not in children:
                break
            nodes.append(children[key])
        return nodes

    def plain(self) -> object:
        """The value without places."""
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, str) or self.value is None:
            return self.value
        return [node.plain() for node in self.value]


class _NotYamlError(Exception):
    """Carries the one finding that stops the reading of a file."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read_document(path: Path, name: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """The mapping in a file, and what is wrong with it. `name` is what messages call the file."""
    text, findings = read_text(path, name)
    return (None, findings) if text is None else parse_document(text, name)


def read_text(path: Path, name: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file, and what is wrong with it as a file."""
    try:
        return _read_text(path, name), ()
    except _NotYamlError as problem:
        return None, (problem.finding,)


def _read_text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _NotYamlError(
            _finding("E1001", f"the file cannot be read: {error.strerror}", Source(name=name, lines=()))
        ) from error
    if len(content) > MAX_BYTES:
        raise _NotYamlError(
            _finding("E1008", f"the file is larger than {MAX_BYTES:,} bytes", Source(name=name, lines=()))
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        lines = tuple(content.decode("utf-8", errors="replace").splitlines())
        raise _NotYamlError(
            _finding("E1002", "the file is not UTF-8 text", Source(name=name, lines=lines), line=line, column=column)
        ) from error


def parse_document(text: str, name: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """The mapping in a YAML text, and what is wrong with it. Without a mapping the node is None."""
    source = Source(name=name, lines=tuple(text.splitlines()))
    composer = _Composer(source)
    try:
        root = composer.compose(text)
    except _NotYamlError as problem:
        return None, (*composer.findings, problem.finding)
    except yaml.YAMLError as error:
        return None, (*composer.findings, _syntax_finding(error, source))
    if root is None or not isinstance(root.value, Mapping):
        found = "nothing" if root is None or root.value is None else _kind_of(root)
        place = root.place if root else source.place(1, 1)
        message = f"expected a mapping of keys to values, found {found}"
        return None, (*composer.findings, Finding(code="E1005", message=message, place=place))
    return root, tuple(composer.findings)


def _kind_of(node: Node) -> str:
    return "a list" if not isinstance(node.value, str) else "a single value"


def _syntax_finding(error: yaml.YAMLError, source: Source) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n")[0]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    text = source.place(line, column).text
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return _finding("E1004", "a tab in the indentation", source, line=line, help_="indent with spaces")
    return _finding("E1003", f"not valid YAML: {problem}", source, line=line, column=column)


def _finding(code: str, message: str, source: Source, *, line: int = 1, column: int = 1, help_: str = "") -> Finding:
    return Finding(code=code, message=message, place=source.place(line, column), help=help_)


@dataclass(slots=True, kw_only=True)
class _Open:
    """A mapping or list that is still being read. `key` is set between a key and its value."""

    place: Place
    anchor: str | None
    members: "dict[str, Node] | list[Node]"
    size: int = 1
    key: str | None = None
    key_place: Place | None = None


class _Composer:
    """Builds nodes from parser events, without recursion: depth and size are counted while they grow."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._root: Node | None = None

    def compose(self, text: str) -> Node | None:
        """The first document of the text; a second one is refused."""
        for event in _events(text):
            place = self.source.place(event.start_mark.line + 1, event.start_mark.column + 1)
            self._take(event, place)
        return self._root

    def _take(self, event: yaml.Event, place: Place) -> None:
        match event:
            case yaml.DocumentStartEvent() if self._root is not None:
                raise _NotYamlError(Finding(code="E1007", message="a second document in one file", place=place))
            case yaml.ScalarEvent():
                value = None if not event.style and event.value in NULLS else event.value  # quoted: a word
                self._add(Node(value=value, place=place), event.anchor)
            case yaml.AliasEvent():
                self._add_alias(event.anchor, place)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open(_Open(place=place, anchor=event.anchor, members={} if _is_mapping(event) else []))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self._stack.pop()
                self._add(Node(value=done.members, place=done.place, size=done.size), done.anchor)
            case _:
                pass  # stream and document marks carry nothing

    def _open(self, opened: _Open) -> None:
        if len(self._stack) >= MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            raise _NotYamlError(Finding(code="E1008", message=message, place=opened.place))
        if self._expects_key():
            raise _NotYamlError(Finding(code="E1009", message="a key must be a plain word", place=opened.place))
        self._stack.append(opened)

    def _expects_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].members, dict) and self._stack[-1].key is None

    def _add_alias(self, anchor: str | None, place: Place) -> None:
        if anchor is None or anchor not in self._anchors:
            raise _NotYamlError(
                Finding(code="E1003", message=f"*{anchor} stands before or inside its own &{anchor}", place=place)
            )
        self._add(self._anchors[anchor], None)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._stack:
            self._root = node
        elif self._expects_key():
            self._start_member(node)
        else:
            self._finish_member(node)

    def _start_member(self, node: Node) -> None:
        if not isinstance(node.value, str):
            raise _NotYamlError(Finding(code="E1009", message="a key must be a plain word", place=node.place))
        self._stack[-1].key, self._stack[-1].key_place = node.value, node.place

    def _finish_member(self, node: Node) -> None:
        parent = self._stack[-1]
        parent.size += node.size
        if parent.size > MAX_NODES:
            message = f"more than {MAX_NODES:,} values once its aliases are written out"
            raise _NotYamlError(Finding(code="E1008", message=message, place=node.place))
        if isinstance(parent.members, list):
            parent.members.append(node)
            return
        key, key_place = parent.key or "", parent.key_place
        parent.key = None
        if key in parent.members:
            self.findings.append(_duplicate(key, key_place or node.place, parent.members[key]))
        parent.members[key] = Node(value=node.value, place=node.place, key_place=key_place, size=node.size)


def _events(text: str) -> Iterator[Any]:
    yield from yaml.parse(text, Loader=LOADER)


def _is_mapping(event: object) -> bool:
    return isinstance(event, yaml.MappingStartEvent)


def _duplicate(key: str, place: Place, first: Node) -> Finding:
    line = (first.key_place or first.place).line
    return Finding(
        code="E1006",
        message=f"the key {key} is given twice",
        place=place,
        notes=(f"first given at {place.file}:{line}",),
        help="remove one of the two",
    )
