"""The commands of `uci` that turn one configuration into another; they take effect with `uci commit` and a reload."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.guards import Guards
from siteauto.core.config.modes import Mode
from siteauto.core.config.pairs import Pair, equal, pairs, reorder
from siteauto.core.config.secret_tokens import differ_in_hashes, mask
from siteauto.core.config.sequence import staying
from siteauto.core.config.tree import ConfigTree, Node
from siteauto.core.config.uci_sections import SectionOrder, kind_of, values_of
from siteauto.core.config.uci_words import uci_quoted


def commands(running: ConfigTree, intended: ConfigTree, guards: Guards, *, keep_owned: bool) -> tuple[str, ...]:
    """Package by package: sections go, others are made and changed, and those whose order counts are moved."""
    top = grammar_of(intended.rules).mode("")
    found: list[str] = []
    for pair in pairs(running.children, intended.children, top, keep_owned=keep_owned):
        if pair.intended is None:
            if guards.may_remove((), pair.key):
                found.append(f"uci delete {pair.key.removeprefix('package ')}")
            continue
        ours = pair.running.children if pair.running is not None else {}
        writer = _Package(
            name=pair.key.removeprefix("package "),
            mode=top.child(pair.key),
            guards=guards,
            keep_owned=keep_owned,
            order=SectionOrder(ours),
        )
        found += writer.lines(ours, pair.intended.children)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package:
    """A package while its commands are written, with the order in which its sections stand by then."""

    name: str
    mode: Mode
    guards: Guards
    keep_owned: bool
    order: SectionOrder

    def lines(self, running: Mapping[str, Node], intended: Mapping[str, Node]) -> Iterator[str]:
        both = list(pairs(running, intended, self.mode, keep_owned=self.keep_owned))
        for pair in reversed(both):  # from the last to the first, so that the places of the others stay
            if pair.intended is None and self.guards.may_remove((f"package {self.name}",), pair.key):
                yield f"uci delete {self._reference(pair.key)}"
                self.order.remove(pair.key)
        for pair in both:
            if pair.intended is not None:
                yield from self._section(pair, pair.intended)
        for table in self.mode.tables:
            wanted = [key for key, _ in reorder(running, intended, self.mode, table.pattern).intended]
            yield from self._moves(wanted)

    def _reference(self, key: str) -> str:
        """How a command names a section: by its name, or by its type and number."""
        if not key.startswith("@"):
            return f"{self.name}.{key}"
        return f"{self.name}.@{self.order.kinds[key]}[{self.order.number_of(key)}]"

    def _section(self, pair: Pair, theirs: Node) -> Iterator[str]:
        ours, kind = pair.running, kind_of(theirs)
        if ours is None and pair.key.startswith("@"):
            yield f"uci add {self.name} {kind}"
        elif ours is None or kind_of(ours) != kind:
            yield f"uci set {self.name}.{pair.key}={uci_quoted(kind)}"
        self.order.put(pair.key, kind)
        at = (
            self._reference(pair.key)
            if ours is not None or not pair.key.startswith("@")
            else f"{self.name}.@{kind}[-1]"
        )
        inside = self.mode.child(theirs.line)
        for option in pairs(ours.children if ours else {}, theirs.children, inside, keep_owned=self.keep_owned):
            yield from _option(f"{at}.{option.key}", option, inside)

    def _moves(self, wanted: list[str]) -> Iterator[str]:
        among, everything = set(wanted), self.order.everything
        stays = staying([key for key in everything if key in among], wanted, lambda _: 1)
        for before, key in zip((None, *wanted), wanted, strict=False):
            if key in stays:
                continue
            reference, kind = self._reference(key), self.order.kinds[key]
            self.order.remove(key)
            if before is None:
                place = next((place for place, other in enumerate(everything) if other in among), 0)
            else:
                place = everything.place_of(before) + 1
            yield f"uci reorder {reference}={place}"
            self.order.insert(place, key, kind)


def _option(target: str, pair: Pair, mode: Mode) -> Iterator[str]:
    ours, theirs = pair.running, pair.intended
    if theirs is None:
        yield f"uci delete {target}"
    elif ours is not None and _same(mode, ours, theirs):
        return
    elif theirs.line.startswith("option "):
        yield f"uci set {target}={uci_quoted(values_of(theirs)[0])}"
    else:
        yield from _list(target, ours, theirs, mode)


def _list(target: str, ours: Node | None, theirs: Node, mode: Mode) -> Iterator[str]:
    held, wanted = values_of(ours) if ours is not None else (), values_of(theirs)
    new, old = frozenset(wanted), frozenset(held)
    kept = tuple(value for value in held if value in new)
    in_place = mode.word_sets.matches(theirs.line) is not None or kept == wanted[: len(kept)]
    if ours is not None and (not in_place or ours.line.startswith("option ")):
        yield f"uci delete {target}"
        held, old = (), frozenset()
    yield from (f"uci del_list {target}={uci_quoted(value)}" for value in held if value not in new)
    yield from (f"uci add_list {target}={uci_quoted(value)}" for value in wanted if value not in old)


def _same(mode: Mode, ours: Node, theirs: Node) -> bool:
    untold = mask(ours.line) == mask(theirs.line) and "opaque" in (ours.note, theirs.note)
    return untold or differ_in_hashes(ours.line, theirs.line) or equal(mode, ours, theirs)
