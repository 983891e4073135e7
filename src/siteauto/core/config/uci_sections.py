"""The sections of a UCI package: those with a name, and those known by their type, their number or what they say."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice

from siteauto.core.config.order import Order
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.tree import Node
from siteauto.core.config.uci_words import uci_quoted, uci_words

Sections = dict[str, Node]  # by name; those without one under `@type[option=value]`


def kind_of(node: Node) -> str:
    """The type of a section."""
    return node.line.split(" ", 2)[1]


def header_of(key: str, node: Node) -> str:
    """The line that opens a section in a file."""
    return f"config {kind_of(node)}" if key.startswith("@") else node.line


def section_node(kind: str, name: str) -> Node:
    """A section with a name and nothing in it."""
    return Node(line=f"config {kind} {uci_quoted(name)}")


def values_of(node: Node) -> tuple[str, ...]:
    """The values of an option or a list."""
    return uci_words(node.line)[2:]


def option_node(name: str, values: tuple[str, ...], *, is_list: bool, note: str = "") -> Node:
    """An option with its value, or a list with its values, on one line."""
    words = " ".join(uci_quoted(value) for value in values)
    return Node(line=f"{'list' if is_list else 'option'} {name} {words}", note=note)


def add_anonymous(sections: Sections, kind: str) -> str:
    """A new section without a name at the end; returns the key that it has until `rekey`."""
    number = len(sections)
    while (key := f"@{kind}#{number}") in sections:
        number += 1
    sections[key] = Node(line=f"config {kind}")
    return key


def rekey(sections: Sections, rules: ConfigRules, package: str) -> None:
    """Know the sections that have no name by the options that tell them apart; equal ones by their number."""
    found: Sections = {}
    counts: dict[str, int] = {}
    for old, node in sections.items():
        if not old.startswith("@"):
            found[old] = node
            continue
        kind = kind_of(node)
        values = _telling(node, key_options(rules, f"{package}/{kind}"))
        line = f"config {kind} ({values})" if values else f"config {kind}"
        base = key = f"@{kind}[{values}]"
        while key in found:
            counts[base] = counts.get(base, 1) + 1
            key = f"{base} {counts[base]}"
        found[key] = Node(line=line, children=node.children)
    sections.clear()
    sections.update(found)


def base_key(node: Node, rules: ConfigRules, package: str) -> str:
    """The key of a section without a name, were it the only one of its kind."""
    kind = kind_of(node)
    return f"@{kind}[{_telling(node, key_options(rules, f'{package}/{kind}'))}]"


def rename_last(sections: Sections, rules: ConfigRules, package: str) -> bool:
    """Know the last section, if it has no name, by what it says now; False: others have to be known anew too."""
    old = next(reversed(sections))
    node = sections[old]
    key = base_key(node, rules, package)
    if not old.startswith("@") or key in sections or not old.endswith(("]", "[]")):
        return False
    header, values = f"config {kind_of(node)}", key[len(kind_of(node)) + 2 : -1]
    del sections[old]
    sections[key] = Node(line=f"{header} ({values})" if values else header, children=node.children)
    return True


def _telling(node: Node, options: tuple[str, ...]) -> str:
    held = [(name, node.children[name]) for name in options if name in node.children]
    return ", ".join(f"{name}={' '.join(values_of(option))}" for name, option in held)


@lru_cache(maxsize=1024)
def key_options(rules: ConfigRules, mode: str) -> tuple[str, ...]:
    """The options by which sections without a name are known in this mode."""
    return next((rule.options for rule in rules.keyed if re.fullmatch(rule.within, mode)), ())


def find_section(sections: Sections, section: str, order: Callable[[], "SectionOrder"]) -> str | None:
    """The key of the section that a command names: by name, or by type and number; then `order` is asked for."""
    if not section.startswith("@"):
        return section if section in sections else None
    kind, _, number = section[1:].rstrip("]").partition("[")
    place = int(number) if re.fullmatch(r"-?\d+", number) else 0
    if place < 0:
        from_end = (key for key in reversed(sections) if kind_of(sections[key]) == kind)
        return next(islice(from_end, -place - 1, None), None)
    return order().key_of(kind, place)


class SectionOrder:
    """The order of the sections of a package, all together and type by type."""

    def __init__(self, sections: Mapping[str, Node]) -> None:
        self.everything = Order(sections)
        self.kinds = {key: kind_of(node) for key, node in sections.items()}
        by_kind: dict[str, list[str]] = {}
        for key, kind in self.kinds.items():
            by_kind.setdefault(kind, []).append(key)
        self._of_kind = {kind: Order(keys) for kind, keys in by_kind.items()}

    def key_of(self, kind: str, number: int) -> str | None:
        """The section with this number among those of its type; None: there are not so many."""
        return self._of_kind[kind].key_at(number) if kind in self._of_kind else None

    def number_of(self, key: str) -> int:
        """The number of a section among those of its type."""
        return self._of_kind[self.kinds[key]].place_of(key)

    def remove(self, key: str) -> None:
        """Take a section out."""
        self.everything.remove(key)
        self._of_kind[self.kinds.pop(key)].remove(key)

    def put(self, key: str, kind: str) -> None:
        """A section has this type now; a new one stands at the end."""
        if key not in self.kinds:
            self.insert(len(self.everything), key, kind)
        elif self.kinds[key] != kind:
            place = self.everything.place_of(key)
            self.remove(key)
            self.insert(place, key, kind)

    def move(self, key: str, place: int) -> None:
        """Put a section at this place among all of them."""
        kind = self.kinds[key]
        self.remove(key)
        self.insert(place, key, kind)

    def insert(self, place: int, key: str, kind: str) -> None:
        """Put a new section at this place among all of them."""
        like_it = self._of_kind.setdefault(kind, Order(()))
        place = min(place, len(self.everything))
        above = (self.everything.key_at(at) for at in range(place - 1, -1, -1)) if len(like_it) else iter(())
        nearest = next((other for other in above if other is not None and self.kinds[other] == kind), None)
        like_it.insert(0 if nearest is None else like_it.place_of(nearest) + 1, key)
        self.everything.insert(place, key)
        self.kinds[key] = kind
