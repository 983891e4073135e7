"""The written grammar of a command line: which lines a box takes, and where a line it refuses goes wrong.

It is read from text (a device's folder `known/`, and its answers' own list), one command per line:

    hostname <word>                        literals, in full, and parameters in angle brackets
    switchport access vlan <1-4094>        a number in a range
    [ip] routing                           may be left out
    (inside|outside) <ip>                  one of these
    interface <interface> > interface      opens the mode `interface`
    banner (motd|login) <text> * banner    does more than enter a line; the device knows that action by name

Words may be abbreviated as long as they stay unambiguous. What a parameter takes is the vendor's own.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product

Accepts = Callable[[str, str], str | None]  # name of a parameter and a word -> the value as the box writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a typed line and where it starts."""

    text: str
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A line that the box takes: every word in full, the mode that it opens and the action behind it."""

    words: tuple[str, ...]
    mode: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A line that the box refuses: invalid (with the caret's column), incomplete or ambiguous."""

    kind: str
    column: int = 0


@dataclass(slots=True, eq=False)
class Node:
    """A place in the grammar: what may come next, and whether a line may end here."""

    accepts: Accepts
    literals: dict[str, "Node"] = field(default_factory=dict)
    parameters: dict[str, "Node"] = field(default_factory=dict)
    ends: bool = False
    mode: str = ""
    action: str = ""


def compile_grammar(lines: Iterable[str], accepts: Accepts) -> Node:
    """The grammar of one mode. Blank lines and lines that start with # mean nothing."""
    root = Node(accepts=accepts)
    for line in lines:
        pattern = line.split(" # ")[0].strip()
        if pattern and not pattern.startswith("#"):
            _add(root, pattern)
    return root


def split_words(line: str) -> tuple[Word, ...]:
    """Words of a line; what stands in double quotes is one word."""
    return tuple(Word(text=found[0], column=found.start()) for found in re.finditer(r'"[^"]*"|\S+', line))


def match(root: Node, line: str, *, prefix: bool = False) -> Match | Refusal:
    """The line in full, or why not. With `prefix`, a line may end anywhere (as behind `no`)."""
    paths: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    words = split_words(line)
    for position, word in enumerate(words):
        following = _follow(paths, word, rest=line[word.column :].rstrip())
        if isinstance(following, Refusal):
            return following
        ended = [path for path in following if path[2]]
        if ended:
            return _matched(ended[0][0], ended[0][1])
        paths = [(node, done) for node, done, _ in following]
        if position == len(words) - 1:
            break
    return _ended(paths, prefix=prefix)


def next_words(root: Node, partial: str) -> tuple[str, ...]:
    """What may stand next, for the help behind `?`: literals that begin like the last word, and parameters."""
    paths: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    words = split_words(partial)
    complete = words if not partial or partial[-1].isspace() else words[:-1]
    for word in complete:
        following = _follow(paths, word, rest=word.text)
        if isinstance(following, Refusal):
            return ()
        paths = [(node, done) for node, done, _ in following]
    begun = words[-1].text.lower() if words and complete != words else ""
    literals = {name for node, _ in paths for name in node.literals if name.startswith(begun)}
    parameters = {f"<{name}>" for node, _ in paths for name in node.parameters} if not begun else set()
    ends = {"<cr>"} if not begun and any(node.ends for node, _ in paths) else set()
    return (*sorted(literals), *sorted(parameters), *ends)


_Step = tuple[Node, tuple[str, ...], bool]


def _follow(paths: list[tuple[Node, tuple[str, ...]]], word: Word, *, rest: str) -> list[_Step] | Refusal:
    """Where this word leads from every path; the flag says that it took the rest of the line."""
    text = word.text.lower()
    names = {name for node, _ in paths for name in node.literals if name.startswith(text)}
    chosen = {text} if text in names else names
    steps: list[_Step] = []
    for node, done in paths:
        steps += [(node.literals[name], (*done, name), False) for name in chosen if name in node.literals]
    if len(chosen) == 1:
        return steps + _parameters(paths, word, rest)
    by_parameter = _parameters(paths, word, rest)
    if by_parameter:
        return by_parameter
    if chosen:
        return Refusal(kind="ambiguous")
    return Refusal(kind="invalid", column=word.column + _common(text, paths))


def _parameters(paths: list[tuple[Node, tuple[str, ...]]], word: Word, rest: str) -> list[_Step]:
    steps: list[_Step] = []
    for node, done in paths:
        for name, following in node.parameters.items():
            if name == "line":
                steps.append((following, (*done, rest), True))
            elif (value := node.accepts(name, word.text)) is not None:
                steps.append((following, (*done, value), False))
    return steps


def _common(text: str, paths: list[tuple[Node, tuple[str, ...]]]) -> int:
    """How many characters of the word still fit a literal: the caret stands under the first that does not."""
    names = [name for node, _ in paths for name in node.literals]
    for length in range(len(text), 0, -1):
        if any(name.startswith(text[:length]) for name in names):
            return length
    return 0


def _ended(paths: list[tuple[Node, tuple[str, ...]]], *, prefix: bool) -> Match | Refusal:
    for node, done in paths:
        if node.ends:
            return _matched(node, done)
    if prefix and paths and paths[0][1]:
        return Match(words=paths[0][1])
    return Refusal(kind="incomplete")


def _matched(node: Node, words: tuple[str, ...]) -> Match:
    return Match(words=words, mode=node.mode, action=node.action)


def _add(root: Node, pattern: str) -> None:
    pattern, _, action = pattern.partition(" * ")
    pattern, _, mode = pattern.partition(" > ")
    for words in _expand(pattern):
        node = root
        for word in words:
            parameter = word[1:-1] if word.startswith("<") else ""
            branch, key = (node.parameters, parameter) if parameter else (node.literals, word.lower())
            node = branch.setdefault(key, Node(accepts=root.accepts))
        node.ends, node.mode, node.action = True, mode.strip() or node.mode, action.strip() or node.action


def _expand(pattern: str) -> list[list[str]]:
    """Every plain sequence of words that the pattern stands for."""
    found = re.search(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)", pattern)
    if found is None:
        return [pattern.split()]
    choices = ["", found[1]] if found[1] is not None else found[2].split("|")
    parts = ([pattern[: found.start()]], choices, [pattern[found.end() :]])
    return [words for pieces in product(*parts) for words in _expand(" ".join(pieces))]
