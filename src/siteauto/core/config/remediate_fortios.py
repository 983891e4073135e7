"""The commands that turn one FortiOS configuration into another: config, edit, set, unset, move, delete."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from siteauto.core.config.grammar import Grammar, grammar_of
from siteauto.core.config.guards import Guards
from siteauto.core.config.modes import Mode
from siteauto.core.config.pairs import Pair, equal, pairs
from siteauto.core.config.secret_tokens import mask
from siteauto.core.config.sequence import staying
from siteauto.core.config.tree import ConfigTree, Node

INDENT = "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changes:
    """What is typed in one section: what is made or set, and what is deleted after everything else."""

    sets: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()


def commands(running: ConfigTree, intended: ConfigTree, guards: Guards, *, keep_owned: bool) -> tuple[str, ...]:
    """Entries are made and changed, referenced ones first; then entries are deleted, referenced ones last."""
    writer = _Writer(grammar=grammar_of(intended.rules), guards=guards, keep_owned=keep_owned)
    return tuple(writer.top(running.children, intended.children, writer.grammar.mode(""), ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    grammar: Grammar
    guards: Guards
    keep_owned: bool

    def top(
        self, running: Mapping[str, Node], intended: Mapping[str, Node], mode: Mode, path: tuple[str, ...]
    ) -> Iterator[str]:
        """All sections of the top, or of one virtual domain."""
        both = sorted(
            (
                pair
                for pair in pairs(running, intended, mode, keep_owned=self.keep_owned)
                if pair.key.startswith("config")
            ),
            key=lambda pair: self._rank(pair.key),
        )
        changes = [(pair.key, self._section(pair, mode, path)) for pair in both]
        for key, change in changes:
            yield from _wrapped(key, change.sets, "end")
        for key, change in reversed(changes):
            yield from _wrapped(key, change.deletes, "end")

    def _rank(self, key: str) -> int:
        found = self.grammar.definitions.index(key)
        return len(self.grammar.rules.definitions) if found is None else found

    def _section(self, pair: Pair, mode: Mode, path: tuple[str, ...]) -> _Changes:
        running = pair.running.children if pair.running else {}
        intended = pair.intended.children if pair.intended else {}
        inside, deeper = mode.child(pair.key), (*path, pair.key)
        if running is intended:
            return _Changes()
        if pair.key.removeprefix("config ") in self.grammar.rules.containers:
            return _Changes(sets=tuple(self._container(running, intended, inside, deeper)))
        both = list(pairs(running, intended, inside, keep_owned=self.keep_owned))
        sets = [line for item in both if item.intended is not None for line in self._entry(item, inside, deeper)]
        unsets = [line for item in both if item.intended is None for line in self._unset(item)]
        moves = _moves(running, intended) if inside.ordered else ()
        deletes = [line for item in both if item.intended is None for line in self._delete(item, deeper)]
        return _Changes(sets=(*unsets, *sets, *moves), deletes=tuple(deletes))

    def _container(
        self, running: Mapping[str, Node], intended: Mapping[str, Node], mode: Mode, path: tuple[str, ...]
    ) -> Iterator[str]:
        """Virtual domains: each holds a whole configuration. They are made and removed by a person."""
        if any(key.startswith("config") for key in (*running, *intended)):
            yield from self.top(running, intended, mode, path)
            return
        for pair in pairs(running, intended, mode, keep_owned=self.keep_owned):
            if pair.running is None or pair.intended is None:
                self.guards.refuse(f"{' / '.join((*path, pair.key))}: a virtual domain would come or go")
            else:
                lines = tuple(
                    self.top(pair.running.children, pair.intended.children, mode.child(pair.key), (*path, pair.key))
                )
                yield from _wrapped(pair.intended.line, lines, "next")

    def _entry(self, pair: Pair, mode: Mode, path: tuple[str, ...]) -> Iterator[str]:
        """A value that is set, an entry that is made or changed, or a section inside an entry."""
        ours, theirs = pair.running, pair.intended
        if theirs is None:
            return
        word = pair.key.partition(" ")[0]
        if word == "set":
            if theirs.note != "default" or ours is not None:
                yield from () if ours is not None and _same(mode, ours, theirs) else (theirs.line,)
        elif word == "config":
            change = self._section(pair, mode, path)
            yield from _wrapped(pair.key, (*change.sets, *change.deletes), "end")
        elif word == "edit":
            change = self._section(pair, mode, path)
            yield from _wrapped(theirs.line, (*change.sets, *change.deletes), "next", always=ours is None)

    def _unset(self, pair: Pair) -> Iterator[str]:
        if pair.running is not None and pair.key.startswith("set ") and pair.running.note != "default":
            yield f"un{pair.key}"

    def _delete(self, pair: Pair, path: tuple[str, ...]) -> Iterator[str]:
        if pair.running is not None and pair.key.startswith("edit ") and self.guards.may_remove(path, pair.key):
            yield f"delete {pair.running.line.removeprefix('edit ')}"


def _same(mode: Mode, ours: Node, theirs: Node) -> bool:
    untold = mask(ours.line) == mask(theirs.line) and "opaque" in (ours.note, theirs.note)
    return untold or equal(mode, ours, theirs)


def _wrapped(header: str, lines: tuple[str, ...], end: str, *, always: bool = False) -> Iterator[str]:
    if lines or always:
        yield header
        yield from (f"{INDENT}{line}" for line in lines)
        yield end


def _moves(running: Mapping[str, Node], intended: Mapping[str, Node]) -> Iterator[str]:
    """The fewest moves that bring the entries in order; new ones stand at the end until then, where they do nothing."""
    present = [*running, *(key for key in intended if key not in running)]
    wanted = [key for key in intended if key.startswith("edit ")]
    stays = staying(present, wanted, lambda _: 1)
    for before, key in zip((None, *wanted), wanted, strict=False):
        if key in stays:
            continue
        if before is not None:
            yield f"move {_name(key, intended)} after {_name(before, intended)}"
        elif (first := next((other for other in present if other != key), None)) is not None:
            yield f"move {_name(key, intended)} before {_name(first, {**running, **intended})}"


def _name(key: str, nodes: Mapping[str, Node]) -> str:
    return nodes[key].line.removeprefix("edit ")
