"""What typing a line does where a configuration is a tree of paths: Junos and PAN-OS."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from siteauto.core.config.bodies import Logical, OpenBody, has_open_quote
from siteauto.core.config.draft import Draft
from siteauto.core.config.path_steps import (
    Step,
    first_step,
    inline_paths,
    is_named,
    list_line,
    step_of,
    steps_of,
    tags_of,
    untagged,
    values_of,
)
from siteauto.core.config.path_words import TAGS, Statement, Words, path_words, plain_word, spread_lists, statements
from siteauto.core.config.plain import plain_lines
from siteauto.core.config.position import Position
from siteauto.core.config.tree import Node

Read = Callable[[Logical], tuple[str, str] | None]
_TAGGING = {verb: (tag, True) for tag, verb in TAGS.items()} | {
    "activate": ("inactive:", False),
    "unprotect": ("protect:", False),
}
_PLACES = ("before", "after", "top", "bottom")


def load_paths(draft: Draft, text: str, read: Read, *, keep_hidden: bool) -> None:
    """Read a text. `keep_hidden`: into the one canonical grouping of words; otherwise as the text groups them.

    What is switched off is marked last: some print `deactivate` before the lines that it is about.
    """
    written = sorted(statements(draft.rules, text), key=lambda statement: statement.verb in _TAGGING)
    lines = _canonical(written, read, plain_lines(draft.rules)) if keep_hidden else written
    for (verb, _), group in groupby(lines, key=lambda line: (line.verb, line.words[:-1])):
        first, *more = group
        steps = _as_written(draft, first) if more and verb == "set" else ()
        if steps and steps[-1].is_list:
            _do(draft, verb, steps, note=first.note, shown=True, more=tuple(one.words[-1] for one in more))
            continue
        for one in (first, *more):
            if len(one.steps) > 1:
                _do(draft, verb, _as_written(draft, one), note=one.note, shown=True)
            else:
                _type(draft, verb, one.words, note=one.note, shown=True)


def _canonical(written: list[Statement], read: Read, is_plain: Mapping[str, bool]) -> Iterator[Statement]:
    """The statements as they are kept, each as one path, with its note."""
    for statement in written:
        words = statement.words
        line = " ".join(words)
        kept = read(Logical(line, (), plain=is_plain[line]))
        if kept is not None:
            if kept[0] != line:
                words = path_words(kept[0])
            plain = tuple(map(plain_word, words)) if '"' in kept[0] else words
            yield Statement(statement.verb, (plain,), kept[1])


def _as_written(draft: Draft, statement: Statement) -> tuple[Step, ...]:
    """The lines of a path as braces group them; those of a command, which says nothing of it, as the rules do."""
    if len(statement.steps) == 1:
        return steps_of(draft.grammar, statement.words)
    found: list[Step] = []
    for words in filter(None, statement.steps):
        mode = draft.grammar.mode(found[-1].inside if found else "")
        found.append(step_of(mode, words))
    return tuple(found)


def type_line(draft: Draft, position: Position, raw: str) -> Position:
    """Type one line in configuration mode and return where the session stands then."""
    if position.body is not None:
        raw = "\n".join((*position.body.lines, raw))
        position = position._replace(body=None)
    if has_open_quote(raw):
        return position._replace(body=OpenBody(line="", lines=tuple(raw.split("\n"))))
    verb, *rest = path_words(raw) or ("",)
    if verb not in ("insert", "move"):
        draft.settle()
    if verb in ("edit", "up", "top", "exit"):
        return _go(draft, position, verb, tuple(rest))
    here = tuple(word for line in position.paths[0] for word in path_words(line))
    for path in spread_lists(tuple(rest)):
        _type(draft, verb, (*here, *path))
    return position


def _go(draft: Draft, position: Position, verb: str, words: Words) -> Position:
    if verb == "top":
        return position.top()
    if verb != "edit":
        return position.up(int(words[0]) if words and words[0].isdigit() else 1)
    for step in steps_of(draft.grammar, words, position.mode):
        position = position.enter(((*position.paths[0], step.line),), step.inside)
    return position


def _type(draft: Draft, verb: str, words: Words, *, note: str = "", shown: bool = False) -> None:
    if verb == "set":
        for path in inline_paths(draft.grammar, words):
            _do(draft, verb, path, note=note, shown=shown)
    elif verb == "delete":
        _delete(draft, draft.open(()), "", words)
    elif verb in ("insert", "move"):
        _reorder(draft, words)
    else:
        _do(draft, verb, steps_of(draft.grammar, words))


def _do(
    draft: Draft, verb: str, steps: tuple[Step, ...], *, note: str = "", shown: bool = False, more: Words = ()
) -> None:
    if verb == "set":
        children = draft.open(())
        for step in steps[:-1]:
            children = draft.enter(children, step.line)
        _put(children, steps[-1], note=note, shown=shown, more=more)
    elif verb in _TAGGING:
        tag, on = _TAGGING[verb]
        keys = tuple(step.key for step in steps)
        if draft.has(keys):
            children = draft.open(keys[:-1])
            node = children[keys[-1]]
            words = (*((tag,) if on else ()), *(word for word in path_words(node.line) if word != tag))
            children[keys[-1]] = node._replace(line=" ".join(words))


def _put(children: dict[str, Node], step: Step, *, note: str, shown: bool, more: Words = ()) -> None:
    """Type a line; `more` are further values of one that holds several."""
    line, key = step.line, step.key
    old = children.get(key)
    if step.is_list:
        held = values_of(old.line) if old is not None else ()
        values = tuple(dict.fromkeys((*held, step.words[1], *more)))
        tags = tags_of(old.line) if old is not None else ()
        children[key] = Node(line=list_line((*tags, step.words[0]), values), note=note or (old.note if old else ""))
    elif old is None:
        children[key] = Node(line, note=note)
    elif key != line and shown and untagged(old.line) != step.words:
        children[line] = Node(line=line, note=note)  # it holds several values although the rules know of one
    elif key != line:
        children[key] = Node(line=" ".join((*tags_of(old.line), line)), note=note)


def _delete(draft: Draft, children: dict[str, Node], name: str, words: Words) -> None:
    """Remove what the words lead to, and what is left empty above it and is no entry with a name."""
    step = first_step(draft.grammar.mode(name), words)
    rest, key = words[len(step.words) :], step.key
    node = children.get(key)
    if node is None:
        for found in [key for key, node in children.items() if untagged(node.line)[: len(words)] == words]:
            del children[found]
    elif rest:
        inside = draft.open_child(children, key)
        _delete(draft, inside, step.inside, rest)
        if not inside and not is_named(step.mode, node.line):
            del children[key]
    else:
        _take(children, key, step)


def _take(children: dict[str, Node], key: str, step: Step) -> None:
    node = children[key]
    if step.is_list:
        left = tuple(value for value in values_of(node.line) if value != step.words[1])
        if left:
            children[key] = node._replace(line=list_line((*tags_of(node.line), step.words[0]), left))
            return
    del children[key]


def _reorder(draft: Draft, words: Words) -> None:
    """Move an entry: `insert PATH term a before term b`, `move PATH a top`."""
    place = next((index for index, word in enumerate(words) if index and word in _PLACES), None)
    if place is None:
        return
    *above, step = steps_of(draft.grammar, words[:place])
    keys = tuple(one.line for one in above)
    if not draft.has(keys):
        return
    children, moved, anchor = draft.open(keys), step.line, " ".join(words[place + 1 :])
    if moved in children and (anchor in children or not anchor) and moved != anchor:
        anchor = anchor or next(iter(children) if words[place] == "top" else reversed(children))
        if anchor != moved:
            draft.order(children).move(moved, anchor, after=words[place] in ("after", "bottom"))
