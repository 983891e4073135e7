"""The configuration as the box shows it: braces, `set` commands, and what was changed as `show | compare` has it."""

import re
from collections.abc import Iterator, Mapping

from siteauto.core.config import ConfigTree, Node, to_text
from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.modes import Mode
from siteauto.core.config.path_steps import tags_of, untagged, values_of
from siteauto.core.config.path_words import TAGS, Words

INDENT = "    "
STORED_SECRET = re.compile(r"\"\$(?:1|5|6|9)\$[^\"]*\"")


def as_braces(tree: ConfigTree, path: Words = ()) -> str:
    """`show configuration`, or a part of it."""
    node_lines = to_text(ConfigTree(rules=tree.rules, children=children_at(tree, path) or {}))
    return "\n".join(_marked(line) for line in node_lines.splitlines()) + "\n" if node_lines.strip() else ""


def as_commands(tree: ConfigTree, path: Words = ()) -> str:
    """`show configuration | display set`."""
    found = children_at(tree, path)
    return "".join(f"{line}\n" for line in _commands(found or {}, path))


def children_at(tree: ConfigTree, path: Words) -> Mapping[str, Node] | None:
    """What stands under these words, however they are grouped; None: nothing does."""
    children: Mapping[str, Node] = tree.children
    rest = path
    while rest:
        node = next((one for one in children.values() if untagged(one.line) == rest[: len(untagged(one.line))]), None)
        if node is None:
            return None
        rest, children = rest[len(untagged(node.line)) :], node.children
    return children


def compared(old: ConfigTree, new: ConfigTree) -> str:
    """What `show | compare` prints; empty where nothing differs."""
    mode = grammar_of(new.rules).mode("")
    return "".join(f"{line}\n" for line in _compared(old.children, new.children, (), mode))


def _marked(line: str) -> str:
    return f"{line} ## SECRET-DATA" if STORED_SECRET.search(line) else line


def _commands(children: Mapping[str, Node], path: Words) -> Iterator[str]:
    for node in children.values():
        words = (*path, *untagged(node.line))
        if "[" in words:
            yield from (" ".join(("set", *path, untagged(node.line)[0], value)) for value in values_of(node.line))
        elif not node.children:
            yield " ".join(("set", *words))
        yield from _commands(node.children, words)
        yield from (" ".join((TAGS[tag], *words)) for tag in tags_of(node.line))


def _compared(old: Mapping[str, Node], new: Mapping[str, Node], path: Words, mode: Mode) -> Iterator[str]:
    changed = [*_level(old, new), *_moved(old, new, mode)]
    if changed:
        yield f"[edit{' ' if path else ''}{' '.join(path)}]"
        yield from changed
    for key, node in new.items():
        if key in old and untagged(old[key].line) == untagged(node.line) and (old[key].children or node.children):
            inside = mode.child(node.line)
            yield from _compared(old[key].children, node.children, (*path, *untagged(node.line)), inside)


def _level(old: Mapping[str, Node], new: Mapping[str, Node]) -> Iterator[str]:
    """What comes and goes on one level."""
    for key, node in old.items():
        if key not in new or new[key].line != node.line:
            yield from _signed("-", node)
    for key, node in new.items():
        if key not in old or old[key].line != node.line:
            yield from _signed("+", node)


def _moved(old: Mapping[str, Node], new: Mapping[str, Node], mode: Mode) -> Iterator[str]:
    """Entries of an ordered table that stand elsewhere."""
    for table in mode.tables:
        before = [key for key in old if key in new and re.match(table.pattern, key)]
        now = [key for key in new if key in old and re.match(table.pattern, key)]
        yield from (f"!   {there} {{ ... }}" for here, there in zip(before, now, strict=True) if here != there)


def _signed(sign: str, node: Node) -> Iterator[str]:
    if not node.children:
        yield _marked(f"{sign}  {node.line};")
        return
    yield f"{sign}   {node.line} {{"
    yield from _inside(sign, node, 1)
    yield f"{sign}   }}"


def _inside(sign: str, node: Node, depth: int) -> Iterator[str]:
    indent = f"{sign}   {INDENT * depth}"
    for child in node.children.values():
        if child.children:
            yield f"{indent}{child.line} {{"
            yield from _inside(sign, child, depth + 1)
            yield f"{indent}}}"
        else:
            yield _marked(f"{indent}{child.line};")
