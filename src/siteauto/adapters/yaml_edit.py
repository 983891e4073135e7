"""Writes one value into a YAML file and leaves every other character of it as it is: comments, order, layout."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from siteauto.core.drift.adoption import Edit, Value
from siteauto.core.errors import StoreError

LOADER = yaml.SafeLoader


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines so that it fits into one."""


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def apply_edits(text: str, edits: Sequence[Edit], name: str) -> str:
    """The file with these values. Raises StoreError where one cannot be written so that it says exactly this."""
    for edit in edits:
        text = _apply(text, edit, name)
    return text


def _apply(text: str, edit: Edit, name: str) -> str:
    root = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, yaml.MappingNode):
        raise _cannot(edit, name)
    parent, rest = root, list(edit.path)
    found = _member(parent, rest[0])
    while len(rest) > 1 and isinstance(found, yaml.MappingNode):
        parent, rest = found, rest[1:]
        found = _member(parent, rest[0])
    if found is None:
        made = _insert(text, parent, rest[0], _nested(rest[1:], edit.value))
    else:
        made = _replace(text, found, _nested(rest[1:], edit.value))
    if _data(made) != _with(_data(text), edit.path, edit.value):
        raise _cannot(edit, name)
    return made


def _insert(text: str, parent: yaml.MappingNode, key: str, value: Value) -> str:
    if parent.flow_style:
        place = parent.end_mark.index - 1
        inside = text[:place].rstrip()
        comma = ", " if parent.value else ""
        return f"{inside}{comma}{_key(key)}: {_flow(value)}{text[place:]}"
    last = parent.value[-1][1]
    place = _end_of_line(text, last)
    column = parent.value[0][0].start_mark.column
    line = f"{' ' * column}{_key(key)}: {_block(value, column)}\n"
    gap = "" if text[:place].endswith("\n") else "\n"
    return f"{text[:place]}{gap}{line}{text[place:]}"


def _replace(text: str, node: yaml.Node, value: Value) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    old = text[start:end]
    ending = old[len(old.rstrip()) :]
    if start == end:  # `key:` with nothing behind it
        return f"{text[:start]} {_flow(value)}{text[end:]}"
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        column = _indent_of(text, start)
        return f"{text[:start]}{_block(value, column)}{ending or chr(10)}{text[end:]}"
    return f"{text[:start]}{_flow(value)}{ending}{text[end:]}"


def _end_of_line(text: str, node: yaml.Node) -> int:
    """Behind the last line that belongs to a value: a block ends where the next token begins, after comments."""
    end = node.end_mark.index
    lines = text[node.start_mark.index : end]
    while re.search(r"\n[ \t]*(#[^\n]*)?\n?[ \t]*\Z", lines) and lines.strip():
        shorter = re.sub(r"[ \t]*(#[^\n]*)?\n?[ \t]*\Z", "", lines)
        shorter = shorter.rstrip("\n") if shorter != lines else lines.rstrip("\n \t")
        if shorter == lines:
            break
        lines = shorter
    place = node.start_mark.index + len(lines)
    following = text.find("\n", place)
    return len(text) if following < 0 else following + 1


def _indent_of(text: str, place: int) -> int:
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return len(line) - len(line.lstrip(" "))


def _nested(path: Sequence[str], value: Value) -> Any:  # noqa: ANN401 - as deep as the path
    made: Any = value
    for key in reversed(path):
        made = {key: made}
    return made


def _key(key: str) -> str:
    return _flow(key)


def _flow(value: Any) -> str:  # noqa: ANN401
    """One line that reads the same wherever it stands."""
    dumped = yaml.dump(
        [_plain(value)], Dumper=_Dumper, default_flow_style=True, width=1 << 30, allow_unicode=True, sort_keys=False
    )
    return str(dumped).strip().removeprefix("[").removesuffix("]")


def _block(value: Any, column: int) -> str:  # noqa: ANN401
    """The same, but several lines of text as a person would write them."""
    if not isinstance(value, str) or "\n" not in value or value != value.strip():
        return _flow(value)
    inner = " " * (column + 2)
    return "|-\n" + "\n".join(f"{inner}{line}" if line else "" for line in value.split("\n"))


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return _number(value) if isinstance(value, str) else [_number(each) for each in value]


def _number(text: str) -> str | int:
    """A plain number is written without quotes: the inventory reads both alike."""
    return int(text) if re.fullmatch(r"[1-9]\d{0,8}", text) else text


def _member(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _data(text: str) -> Any:  # noqa: ANN401
    """What a file says, every scalar as text."""
    return _said(yaml.compose(text, Loader=LOADER))


def _said(node: yaml.Node | None) -> Any:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        return {key.value: _said(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_said(each) for each in node.value]
    return node.value if node is not None else None


def _with(data: Any, path: Sequence[str], value: Value) -> Any:  # noqa: ANN401
    if not path:
        return dict(value) if isinstance(value, Mapping) else value if isinstance(value, str) else list(value)
    inner = data if isinstance(data, dict) else {}
    return {**inner, path[0]: _with(inner.get(path[0]), path[1:], value)}


def _cannot(edit: Edit, name: str) -> StoreError:
    return StoreError(
        f"{name} cannot be made to say {edit.words}",
        expected="a mapping at each step of the path, without anchors",
        next_step="Write it by hand",
    )
