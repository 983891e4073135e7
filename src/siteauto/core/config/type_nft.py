"""What a line of an nftables script does to a ruleset; a listed ruleset is such a script."""

import re
from collections.abc import Callable

from siteauto.core.config.bodies import Logical, OpenBody
from siteauto.core.config.draft import Draft
from siteauto.core.config.nft_words import (
    canonical,
    left_open,
    members,
    opens_block,
    statements,
    whole_lines,
    without_comment,
)
from siteauto.core.config.position import Position
from siteauto.core.config.tree import Node

Read = Callable[[Logical], tuple[str, str] | None]
_TABLE = re.compile(r"(?:(?P<verb>add|create|delete|destroy|flush) )?(?P<key>table (?:\w+ )?\w+)$")
_FAMILY = re.compile(r"table (\S+)$")
_SETTINGS = {"chain": ("type", "policy", "comment", "devices"), "table": ("flags", "comment")}
ELEMENTS = "elements"


def load_nft(draft: Draft, text: str, read: Read, *, keep_hidden: bool) -> None:
    """Read a ruleset. `keep_hidden`: in canonical form."""
    del read  # no secrets and no volatile lines: what counts is part of a line
    position = Position()
    for line in whole_lines(text):
        position = _type_whole(draft, position, line, write=canonical if keep_hidden else str)


def type_line(draft: Draft, position: Position, raw: str) -> Position:
    """Type one line of a script and return where it stands then."""
    line = without_comment(raw)
    if position.body is not None:
        line = " ".join((*position.body.lines, line))
    if left_open(line) > 0 and not opens_block(line):
        return position._replace(body=OpenBody(line="", lines=(line,)))
    return _type_whole(draft, position._replace(body=None), line, write=str)


def _type_whole(draft: Draft, position: Position, line: str, *, write: Callable[[str], str]) -> Position:
    if line == "}":
        return position.up()
    if opens_block(line):
        return _open(draft, position, line[:-1].strip())
    for statement in statements(line):
        _put(draft, position, write(statement))
    return position


def _open(draft: Draft, position: Position, header: str) -> Position:
    key = _FAMILY.sub(r"table ip \1", " ".join(header.removeprefix("add ").split()))
    children, word = draft.open(position.paths[0]), key.partition(" ")[0]
    if key not in children:
        children[key] = Node(line=key)
    mode = f"{position.mode}/{word}" if position.mode else word
    return position.enter(((*position.paths[0], key),), mode)


def _put(draft: Draft, position: Position, line: str) -> None:
    children, kind = draft.open(position.paths[0]), position.mode.rpartition("/")[2]
    if not kind:
        _top(children, line)
        return
    word = line.partition(" ")[0]
    if word == ELEMENTS and left_open(line) <= 0:
        children.setdefault(ELEMENTS, Node(line=ELEMENTS))
        inside = draft.open((*position.paths[0], ELEMENTS))
        inside.update((member, Node(line=member)) for member in members(line))
    elif word in _SETTINGS.get(kind, (word,)):
        hidden = draft.grammar.mode(position.mode).hidden.matches(line) is not None
        children[word] = Node(line=line, note="default" if hidden else "")
    else:
        key, number = line, 1
        while key in children:
            number += 1
            key = f"{line} #{number}"
        children[key] = Node(line=line)


def _top(children: dict[str, Node], line: str) -> None:
    """A command outside of all tables."""
    found = _TABLE.match(line)
    if line == "flush ruleset":
        children.clear()
    elif found is None:
        children[line] = Node(line=line)
    else:
        key = _FAMILY.sub(r"table ip \1", found["key"])
        if found["verb"] in ("delete", "destroy"):
            children.pop(key, None)
        elif found["verb"] != "flush":
            children.setdefault(key, Node(line=key))
