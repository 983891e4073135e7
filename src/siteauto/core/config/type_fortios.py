"""What typing a line does on FortiOS: config, edit, set and their kin."""

from collections.abc import Callable

from siteauto.core.config.bodies import OpenBody, has_open_quote
from siteauto.core.config.draft import Draft
from siteauto.core.config.position import Position
from siteauto.core.config.tree import Node
from siteauto.core.config.words import bare, join_words, split_words


def type_line(
    draft: Draft, position: Position, raw: str, *, shown: bool = False, keep_hidden: bool = False, note: str = ""
) -> Position:
    """Type one line and return where the session stands then. `shown`: it comes from what a device printed.

    `keep_hidden` and `note` are as for a command of an indented platform.
    """
    if position.body is not None:
        raw = "\n".join((*position.body.lines, raw))
        position = position._replace(body=None)
    if has_open_quote(raw) and not raw.lstrip().startswith("#"):
        return position._replace(body=OpenBody(line="", lines=tuple(raw.split("\n"))))
    line = raw.strip()
    word, _, rest = line.partition(" ")
    if word != "move":
        draft.settle()
    if line.startswith("#"):
        if shown:
            draft.open(())[line] = Node(line=line)
        return position
    if word in _STEPS:
        return _step(draft, position, word, rest, keep_empty=shown)
    children = draft.open(position.paths[0])
    if word == "set" and rest.strip():
        hidden = draft.grammar.mode(position.mode).hidden.matches(line) is not None
        _set(children, rest.strip(), note="default" if hidden else note, keep=keep_hidden or not hidden)
    elif word != "set":
        _change_table(draft, children, word, split_words(rest))
    return position


_WORDS_NEEDED = {"unset": 1, "append": 2, "select": 1, "unselect": 2, "delete": 1, "rename": 3, "clone": 3, "move": 3}
_STEPS = frozenset({"config", "edit", "next", "end", "abort"})


def _change_table(draft: Draft, children: dict[str, Node], word: str, words: tuple[str, ...]) -> None:
    if len(words) < _WORDS_NEEDED.get(word, 0):
        return  # the device finds it incomplete
    if word == "move":
        _move(draft, children, words)
    elif word in _TABLE_COMMANDS:
        _TABLE_COMMANDS[word](children, words)


def _step(draft: Draft, position: Position, word: str, rest: str, *, keep_empty: bool) -> Position:
    if word == "config":
        return _open(draft, position, " ".join(rest.split()))
    if word == "edit":
        return _edit(draft, position, rest.strip())
    return _leave(draft, position, word, keep_empty=keep_empty)


def _open(draft: Draft, position: Position, rest: str) -> Position:
    key = f"config {rest}"
    children = draft.open(position.paths[0])
    if key not in children:
        children[key] = Node(line=key)
    mode = draft.grammar.mode(position.mode).child_name(key)
    if not position.modes:
        position = position._replace(saved=draft.snapshot())
    return position.enter(((*position.paths[0], key),), mode)


def _edit(draft: Draft, position: Position, name: str) -> Position:
    if _in_entry(position):
        position = position.up()
    children = draft.open(position.paths[0])
    name = _free_number(children) if bare(name) == "0" else name
    key = f"edit {bare(name)}"
    if key not in children:
        children[key] = Node(line=f"edit {name}")
    return position.enter(((*position.paths[0], key),), f"{position.mode}/")


def _free_number(children: dict[str, Node]) -> str:
    taken = [int(key.removeprefix("edit ")) for key in children if key.removeprefix("edit ").isdigit()]
    return str(max(taken, default=0) + 1)


def _in_entry(position: Position) -> bool:
    return position.mode.endswith("/")


def _leave(draft: Draft, position: Position, word: str, *, keep_empty: bool) -> Position:
    if word == "abort" and position.saved is not None:
        draft.restore(position.saved)
    if word == "next":
        return position.up() if _in_entry(position) else position
    if _in_entry(position):
        position = position.up()
    if not position.modes:
        return position
    above, key = position.up(), position.paths[0][-1]
    children = draft.open(above.paths[0]) if draft.has(above.paths[0]) else {}
    if key in children and not children[key].children and not keep_empty:
        del children[key]
    return above if above.modes else above._replace(saved=None)


def _set(children: dict[str, Node], rest: str, *, note: str, keep: bool) -> None:
    name, _, value = rest.partition(" ")
    if keep:
        children[f"set {name}"] = Node(line=f"set {name} {value.strip()}".rstrip(), note=note)
    else:
        children.pop(f"set {name}", None)


def _unset(children: dict[str, Node], words: tuple[str, ...]) -> None:
    children.pop(f"set {words[0]}", None)


def _append(children: dict[str, Node], words: tuple[str, ...]) -> None:
    key = f"set {words[0]}"
    held = split_words(children[key].line)[2:] if key in children else ()
    children[key] = Node(line=join_words(("set", words[0], *held, *(word for word in words[1:] if word not in held))))


def _unselect(children: dict[str, Node], words: tuple[str, ...]) -> None:
    key = f"set {words[0]}"
    held = split_words(children[key].line)[2:] if key in children else ()
    gone = {bare(word) for word in words[1:]}
    left = tuple(word for word in held if bare(word) not in gone)
    children.pop(key, None)
    if left:
        children[key] = Node(line=join_words(("set", words[0], *left)))


def _delete(children: dict[str, Node], words: tuple[str, ...]) -> None:
    children.pop(f"edit {bare(words[0])}", None)


def _purge(children: dict[str, Node], _words: tuple[str, ...]) -> None:
    children.clear()


def _rename(children: dict[str, Node], words: tuple[str, ...]) -> None:
    old, new = f"edit {bare(words[0])}", f"edit {bare(words[-1])}"
    if old in children:
        entries = [(new, _named(node, words[-1])) if key == old else (key, node) for key, node in children.items()]
        children.clear()
        children.update(entries)


def _clone(children: dict[str, Node], words: tuple[str, ...]) -> None:
    old = children.get(f"edit {bare(words[0])}")
    if old is not None:
        children[f"edit {bare(words[-1])}"] = _named(old, words[-1])


def _named(node: Node, name: str) -> Node:
    return Node(line=f"edit {name}", children=dict(node.children))


def _move(draft: Draft, children: dict[str, Node], words: tuple[str, ...]) -> None:
    moved, anchor = f"edit {bare(words[0])}", f"edit {bare(words[-1])}"
    if moved != anchor and moved in children and anchor in children:
        draft.order(children).move(moved, anchor, after=words[1] == "after")


_TABLE_COMMANDS: dict[str, Callable[[dict[str, Node], tuple[str, ...]], None]] = {
    "unset": _unset,
    "append": _append,
    "select": _append,
    "unselect": _unselect,
    "delete": _delete,
    "purge": _purge,
    "rename": _rename,
    "clone": _clone,
}
