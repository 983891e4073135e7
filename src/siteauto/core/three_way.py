"""What a change of the repository means for a device: the last backup against the intent before and after it.

Three comparisons decide about each place of the configuration: has the device left the old intent (drift), does the
change touch the place, and would anything have to be typed for the new intent.

    drifted  touched  to do     label
    no       yes      yes       change          the device is as it was meant to be, and would be changed
    yes      no       yes       drift           done by hand; the change does not speak of it
    yes      yes      yes       collision       done by hand, and the change would overwrite it
    yes      yes      no        adopted         done by hand, and the new intent says the same
    no       yes      no        already there   the device satisfies the old intent and the new one
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from siteauto.core.config import ConfigDiff, ConfigTree, Difference, diff, diff_text
from siteauto.core.config.diff import DRIFT


class Label(StrEnum):
    """What one hunk is."""

    CHANGE = "change"
    DRIFT = "drift"
    COLLISION = "collision"
    ADOPTED = "adopted"
    ALREADY_THERE = "already there"
    CANNOT_TELL = "cannot tell"  # only a secret differs, and nobody here knows whether its value does
    UNKNOWN = "unknown"  # there is no backup that could tell


TO_DO = frozenset({Label.CHANGE, Label.DRIFT, Label.COLLISION, Label.CANNOT_TELL, Label.UNKNOWN})
BY_THE_CHANGE = frozenset({Label.CHANGE, Label.COLLISION, Label.CANNOT_TELL, Label.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """Differences of one label in one section, as signed lines.

    Where something is to do: - the device has it, + it shall have it. For adopted and already there: - the old intent
    says so, + the new one does. `base` is what the old intent says where a collision would hide it.
    """

    label: Label
    section: str
    text: str
    differences: tuple[Difference, ...]
    base: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeTrees:
    """Normalised configurations of one device. `base` and `head` are the intent before and after the change.

    None: there is none (a new device, no backup). `unread` are patterns of lines that a backup never holds.
    """

    running: ConfigTree | None
    base: ConfigTree | None
    head: ConfigTree
    unread: tuple[str, ...] = ()


def label_hunks(trees: ThreeTrees) -> tuple[Hunk, ...]:
    """Every hunk with its label, in the order of the device. Without a backup or an old intent all is unknown."""
    base = trees.base or ConfigTree(rules=trees.head.rules)
    touched = diff(base, trees.head)
    if trees.running is None:
        return tuple(_hunks(((Label.UNKNOWN, item) for item in touched.significant), touched.indent))
    to_do = _honest(diff(trees.running, trees.head), trees.unread)
    if trees.base is None:
        return tuple(_hunks(((Label.UNKNOWN, item) for item in to_do.significant), to_do.indent))
    return _compare(_honest(diff(trees.running, base), trees.unread), touched, to_do)


def untold(trees: ThreeTrees) -> int:
    """How many places of the backup cannot be compared: a secret that nobody here knows, or what it never holds."""
    if trees.running is None:
        return 0
    found = _honest(diff(trees.running, trees.head), trees.unread)
    return sum(item.word == "cannot-tell" for item in found.differences)


def _honest(found: ConfigDiff, unread: tuple[str, ...]) -> ConfigDiff:
    """A line that no backup holds is not missing from the device; nobody knows."""
    pattern = re.compile("|".join(unread) if unread else r"(?!)")
    told = (
        replace(item, word="cannot-tell") if item.word == "missing" and pattern.match(item.intended) else item
        for item in found.differences
    )
    return ConfigDiff(differences=tuple(told), indent=found.indent)


def _compare(drifted: ConfigDiff, touched: ConfigDiff, to_do: ConfigDiff) -> tuple[Hunk, ...]:
    left, changed = _slots(drifted.significant), _slots(touched.differences)
    wanted = _slots(item for item in to_do.differences if item.word in DRIFT or item.word == "cannot-tell")
    said = {item.slot: item.intended for item in drifted.significant}
    labelled = [*_to_do(to_do, left, changed), *_settled(touched, left, wanted)]
    return tuple(_hunks(labelled, to_do.indent, said))


def _to_do(
    to_do: ConfigDiff, left: frozenset[tuple[str, ...]], changed: frozenset[tuple[str, ...]]
) -> Iterator[tuple[Label, Difference]]:
    for item in to_do.differences:
        if item.word == "cannot-tell" and item.slot in changed:
            yield Label.CANNOT_TELL, item
        elif item.word in DRIFT:
            by_hand = item.slot in left
            if item.slot in changed:
                yield (Label.COLLISION if by_hand else Label.CHANGE), item
            else:
                yield Label.DRIFT, item


def _settled(
    touched: ConfigDiff, left: frozenset[tuple[str, ...]], wanted: frozenset[tuple[str, ...]]
) -> Iterator[tuple[Label, Difference]]:
    for item in touched.differences:
        if item.slot not in wanted:
            yield (Label.ADOPTED if item.slot in left else Label.ALREADY_THERE), item


def _slots(items: Iterable[Difference]) -> frozenset[tuple[str, ...]]:
    return frozenset(item.slot for item in items)


def _hunks(
    labelled: Iterable[tuple[Label, Difference]],
    indent: str,
    said: Mapping[tuple[str, ...], str] = MappingProxyType({}),
) -> Iterator[Hunk]:
    """One hunk for each label in each section. `said` is what the old intent has where the device left it."""
    groups: dict[tuple[str, Label], list[Difference]] = {}
    for label, item in labelled:
        groups.setdefault((item.slot[0], label), []).append(item)
    for (_, label), items in groups.items():
        base = [said.get(item.slot) or "(no such line)" for item in items] if label is Label.COLLISION else []
        yield Hunk(
            label=label,
            section=(*items[0].path, items[0].intended or items[0].running)[0].partition("\n")[0],
            text=diff_text(ConfigDiff(differences=tuple(_shown(item) for item in items), indent=indent)),
            differences=tuple(items),
            base=tuple(dict.fromkeys(base)),
        )


def _shown(item: Difference) -> Difference:
    """The difference with a word that is printed, whatever it is."""
    if item.word in DRIFT:
        return item
    return replace(item, word="missing" if not item.running else "extra" if not item.intended else "changed")
