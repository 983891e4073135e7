"""What differs between what a device holds and what it shall hold, each difference with a word that explains it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from siteauto.core.config.bodies import body_lines
from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.modes import Mode
from siteauto.core.config.pairs import Reorder, equal, pairs, reorder
from siteauto.core.config.secret_tokens import differ_in_hashes, mask
from siteauto.core.config.tree import ConfigTree, Node

DRIFT = frozenset({"changed", "missing", "extra", "order", "secret-different"})


class Difference(NamedTuple):
    """One line that is not the same on both sides, and the lines that it stands under.

    `word` is one of changed, missing (from the device), extra (on the device), order, default-only (the device holds it
    without showing it), secret-same (stored in another form), secret-different, cannot-tell.

    `slot` names the place rather than what stands in it, so that differences of several trees can be held against each
    other; the entries of an access list share the slot of the list, because their order is one matter.
    """

    word: str
    path: tuple[str, ...]
    running: str
    intended: str
    slot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigDiff:
    """All differences, in the order of the device."""

    differences: tuple[Difference, ...]
    indent: str = " "  # of one level, as the platform prints it

    @property
    def significant(self) -> tuple[Difference, ...]:
        """Those that count as drift."""
        return tuple(item for item in self.differences if item.word in DRIFT)

    @property
    def digest(self) -> str:
        """The same for the same drift. Tokens of secrets are in it, so it holds under one key only."""
        rows = ("\x1f".join((item.word, *item.path, item.running, item.intended)) for item in self.significant)
        return hashlib.sha256("\x1e".join(rows).encode()).hexdigest()


def diff(running: ConfigTree, intended: ConfigTree) -> ConfigDiff:
    """Compare two normalised trees of one platform."""
    return _diff(running, intended, keep_owned=True)


def exact_diff(running: ConfigTree, intended: ConfigTree) -> ConfigDiff:
    """Compare two normalised trees with nothing left to the device: lines that it owns count too."""
    return _diff(running, intended, keep_owned=False)


def _diff(running: ConfigTree, intended: ConfigTree, *, keep_owned: bool) -> ConfigDiff:
    mode = grammar_of(intended.rules).mode("")
    found = _Comparison(keep_owned=keep_owned).section(running.children, intended.children, mode, _TOP)
    return ConfigDiff(differences=tuple(found), indent=" " * mode.indent)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inside:
    """The section that is compared: its headers as they read, and the slots that these hold."""

    path: tuple[str, ...] = ()
    slot: tuple[str, ...] = ()


_TOP = _Inside()
_NO_LINE = Node("")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    keep_owned: bool

    def section(
        self, running: Mapping[str, Node], intended: Mapping[str, Node], mode: Mode, at: _Inside
    ) -> Iterator[Difference]:
        if mode.numbered is not None:
            yield from _entries(reorder(running, intended, mode), at)
            return
        for pair in pairs(running, intended, mode, keep_owned=self.keep_owned):
            word = _word(pair.running, pair.intended, mode)
            ours, theirs = pair.running or _NO_LINE, pair.intended or _NO_LINE
            if word:
                yield Difference(word, at.path, _text(ours, mode), _text(theirs, mode), (*at.slot, pair.key))
            if ours.children is not theirs.children and (ours.children or theirs.children):
                line = theirs.line or ours.line
                inside = _Inside(path=(*at.path, line), slot=(*at.slot, pair.key))
                yield from self.section(ours.children, theirs.children, mode.child(line), inside)
        if mode.flat is not None:
            yield from _moves(reorder(running, intended, mode), at)
        for table in mode.tables:
            yield from _moves(reorder(running, intended, mode, table.pattern), at)


def _text(node: Node, mode: Mode) -> str:
    return "\n".join(body_lines(mode.rules, node.line, node.body)) if node.body else node.line


def _word(ours: Node | None, theirs: Node | None, mode: Mode) -> str:
    if ours is None or theirs is None:
        node = ours or theirs
        if node is not None and node.note == "default":
            return "default-only"
        return "missing" if ours is None else "extra"
    if ours is theirs:
        return ""
    if equal(mode, ours, theirs):
        return "secret-same" if ours.note == "verified" and theirs.note != "verified" else ""
    if mask(ours.line) != mask(theirs.line) or ours.body != theirs.body:
        return "changed"
    untold = "opaque" in (ours.note, theirs.note) or differ_in_hashes(ours.line, theirs.line)
    return "cannot-tell" if untold else "secret-different"


def _entries(order: Reorder, at: _Inside) -> Iterator[Difference]:
    """Differences of an access list, told by what its entries say; their numbers mean nothing else."""
    held, wanted = dict(order.running), dict(order.intended)
    for key, node in order.running:
        if key not in wanted:
            yield Difference(word="extra", path=at.path, running=node.line, intended="", slot=at.slot)
    for key, node in order.intended:
        if key not in held:
            yield Difference(word="missing", path=at.path, running="", intended=node.line, slot=at.slot)
    yield from _moves(order, at)


def _moves(order: Reorder, at: _Inside) -> Iterator[Difference]:
    held, wanted, predecessors = dict(order.running), dict(order.intended), order.predecessors()
    for key in order.moved:
        before = predecessors[key]
        place = f"after {wanted[before].line}" if before else "first"
        yield Difference(
            word="order",
            path=at.path,
            running=held[key].line,
            intended=f"{wanted[key].line} ({place})",
            slot=at.slot,
        )


_SIGNS = {"changed": "-+", "missing": "+", "extra": "-", "order": "~", "secret-different": "-+"}


def diff_text(diff: ConfigDiff) -> str:
    """The drift as lines with - (the device has it), + (it shall have it) and ~ (it stands elsewhere), in context."""
    lines: list[str] = []
    context: tuple[str, ...] = ()
    for item in diff.significant:
        lines += _context(item.path, context, diff.indent)
        signs, depth = _SIGNS[item.word], diff.indent * len(item.path)
        for sign in signs:
            text = item.running if sign == "-" else item.intended
            first, *rest = text.split("\n")
            lines += [f"{sign}{depth}{first}", *(f"{sign}{line}" for line in rest)]
        context = (*item.path, item.intended or item.running)
    return "\n".join((*lines, "")) if lines else ""


def _context(path: tuple[str, ...], before: tuple[str, ...], indent: str) -> list[str]:
    same = 0
    while same < min(len(path), len(before)) and path[same] == before[same]:
        same += 1
    return [f" {indent * depth}{path[depth]}" for depth in range(same, len(path))]


def explain(diff: ConfigDiff) -> tuple[str, ...]:
    """Every difference in one line, with its word: those that are no drift too."""
    return tuple(f"{item.word}: {' / '.join((*item.path, item.intended or item.running))}" for item in diff.differences)
