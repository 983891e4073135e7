"""The commands that turn one tree of paths into another: set, delete, deactivate, insert (Junos); move (PAN-OS)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.guards import Guards
from siteauto.core.config.modes import Mode
from siteauto.core.config.pairs import Pair, Reorder, equal, pairs, reorder
from siteauto.core.config.path_steps import is_named, tags_of, untagged, values_of
from siteauto.core.config.path_words import TAGS, Words
from siteauto.core.config.secret_tokens import differ_in_hashes, mask
from siteauto.core.config.sequence import staying
from siteauto.core.config.tree import ConfigTree, Node

_UNDO = {"deactivate": "activate", "protect": "unprotect"}


def commands(running: ConfigTree, intended: ConfigTree, guards: Guards, *, keep_owned: bool) -> tuple[str, ...]:
    """Values go, others are set, lines are switched on or off and moved; last, entries go.

    What others refer to is made first and goes last: PAN-OS looks at each line, and not only when it commits.
    """
    writer, grammar = _Writer(guards=guards, keep_owned=keep_owned), grammar_of(intended.rules)
    lines = list(writer.section(running.children, intended.children, grammar.mode(""), _Place()))

    def rank(line: str) -> int:
        found = grammar.definitions.index(line.partition(" ")[2])
        return len(grammar.rules.definitions) if found is None else found

    kinds = {kind: [line for one, line in lines if one == kind] for kind in ("delete", "set", "tag", "move", "drop")}
    kinds["set"].sort(key=rank)
    kinds["drop"].sort(key=rank, reverse=True)
    return tuple(line for kind in kinds.values() for line in kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the walk stands: the words of the path, and its slots."""

    words: Words = ()
    slots: tuple[str, ...] = ()

    def of(self, node: Node, key: str) -> "_Place":
        return _Place(words=(*self.words, *untagged(node.line)), slots=(*self.slots, key))

    def say(self, verb: str, words: Words = ()) -> str:
        return " ".join((verb, *self.words, *words))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    guards: Guards
    keep_owned: bool

    def section(
        self, running: Mapping[str, Node], intended: Mapping[str, Node], mode: Mode, at: _Place
    ) -> Iterator[tuple[str, str]]:
        """The commands for one level, each with its kind."""
        gone = set[str]()
        for pair in pairs(running, intended, mode, keep_owned=self.keep_owned):
            ours, theirs = pair.running, pair.intended
            if theirs is None and ours is not None:
                if self.guards.may_remove(at.slots, pair.key):
                    gone.add(pair.key)
                    yield "drop" if is_named(mode, ours.line) else "delete", at.say("delete", untagged(ours.line))
            elif ours is None and theirs is not None:
                yield from _made(theirs, mode, at, pair.key)
            else:
                yield from self._changed(pair, mode, at)
        for table in mode.tables:
            left = {key: node for key, node in running.items() if key not in gone}
            order = reorder(left, intended, mode, table.pattern)
            yield from (("move", line) for line in _moves(order, mode.rules.reorder, at))

    def _changed(self, pair: Pair, mode: Mode, at: _Place) -> Iterator[tuple[str, str]]:
        ours, theirs = pair.running, pair.intended
        if ours is None or theirs is None:
            return
        if ours.line != theirs.line:
            if untagged(ours.line) != untagged(theirs.line) and not _same(mode, ours, theirs):
                yield from _value(ours, theirs, mode, at)
            yield from _tags(ours, theirs, at)
        if ours.children is not theirs.children:
            inside = at.of(theirs, pair.key)
            yield from self.section(ours.children, theirs.children, mode.child(theirs.line), inside)
            if ours.children and not theirs.children:
                yield "set", inside.say("set")


def _same(mode: Mode, ours: Node, theirs: Node) -> bool:
    untold = mask(ours.line) == mask(theirs.line) and "opaque" in (ours.note, theirs.note)
    return untold or differ_in_hashes(ours.line, theirs.line) or equal(mode, ours, theirs)


def _value(ours: Node, theirs: Node, mode: Mode, at: _Place) -> Iterator[tuple[str, str]]:
    """A setting with another value, or a list with other values: in place where the order is as wanted afterwards."""
    if mode.lists.matches(" ".join(untagged(theirs.line))) is None:
        yield "set", at.say("set", untagged(theirs.line))
        return
    word, held, wanted = untagged(theirs.line)[0], values_of(ours.line), values_of(theirs.line)
    new, old = frozenset(wanted), frozenset(held)
    kept = tuple(value for value in held if value in new)
    if mode.word_sets.matches(theirs.line) is not None or kept == wanted[: len(kept)]:
        yield from (("delete", at.say("delete", (word, value))) for value in held if value not in new)
        yield from (("set", at.say("set", (word, value))) for value in wanted if value not in old)
    else:
        yield "delete", at.say("delete", (word,))
        yield from (("set", at.say("set", (word, value))) for value in wanted)


def _tags(ours: Node, theirs: Node, at: _Place) -> Iterator[tuple[str, str]]:
    words = _path_of(theirs)
    for tag, verb in TAGS.items():
        on, was_on = tag in tags_of(theirs.line), tag in tags_of(ours.line)
        if on != was_on:
            yield "tag", at.say(verb if on else _UNDO[verb], words)


def _path_of(node: Node) -> Words:
    """The words that lead to a line; a list is reached by its first word."""
    words = untagged(node.line)
    return words[:1] if "[" in words else words


def _made(node: Node, mode: Mode, at: _Place, key: str) -> Iterator[tuple[str, str]]:
    if not node.children:
        words = untagged(node.line)
        values = values_of(node.line) if "[" in words else ()
        lines = ((words[0], value) for value in values) if values else iter((words,))
        yield from (("set", at.say("set", line)) for line in lines)
    inside = mode.child(node.line)
    for child_key, child in node.children.items():
        yield from _made(child, inside, at.of(node, key), child_key)
    yield from (("tag", at.say(TAGS[tag], _path_of(node))) for tag in tags_of(node.line))


def _moves(order: Reorder, layout: str, at: _Place) -> Iterator[str]:
    """The fewest moves that bring the entries in order; those that are new stand at the end until then."""
    held, wanted = dict(order.running), [key for key, _ in order.intended]
    present = [*held, *(key for key in wanted if key not in held)]
    stays = staying(present, wanted, lambda _: 1)
    for before, key in zip((None, *wanted), wanted, strict=False):
        place, anchor = ("after", before) if before is not None else ("before", present[0])
        if key not in stays and key != anchor:
            yield layout.format(path=" ".join(at.words), entry=key, place=place, anchor=anchor)
