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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from siteauto.core.config import ConfigDiff, ConfigTree, Difference, diff, diff_text
from siteauto.core.config.diff import DRIFT
from siteauto.core.errors import Place


class Label(StrEnum):
    """What one hunk is. Reports tell them in this order."""

    COLLISION = "collision"
    CHANGE = "change"
    DRIFT = "drift"
    ADOPTED = "adopted"
    ALREADY_THERE = "already there"
    CANNOT_TELL = "cannot tell"  # only a secret differs, and nobody here knows whether its value does
    UNKNOWN = "unknown"  # there is no backup that could tell


Slots = frozenset[tuple[str, ...]]

TO_DO = frozenset({Label.CHANGE, Label.DRIFT, Label.COLLISION, Label.CANNOT_TELL, Label.UNKNOWN})
NO_LINE = "(no such line)"
BY_THE_CHANGE = frozenset({Label.CHANGE, Label.COLLISION, Label.CANNOT_TELL, Label.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """Differences of one label in one section, as signed lines.

    Where something is to do: - the device has it, + it shall have it. For adopted and already there: - the old intent
    says so, + the new one does. `base` is what the old intent says where a collision would hide it. `place` is the line
    of the repository to edit.
    """

    label: Label
    section: str
    text: str
    differences: tuple[Difference, ...]
    base: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeTrees:
    """Normalised configurations of one device. `base` and `head` are the intent before and after the change.

    None: there is none (a new device, no backup). `unread` are patterns of lines that a backup never holds.
    """

    running: ConfigTree | None
    base: ConfigTree | None
    head: ConfigTree
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every difference with its label. `said` is what the old intent has in the places that the device left.

    `untold` counts places that cannot be compared: a secret that nobody here knows, or a line that no backup holds.
    """

    labelled: tuple[tuple[Label, Difference], ...]
    indent: str
    said: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    untold: int = 0

    def hunks(self) -> tuple[Hunk, ...]:
        """One hunk for each label in each section, in the order of the device. Single lines of one kind go together."""
        sections = {item.slot[0] for _, item in self.labelled if item.path}
        groups: dict[tuple[str, Label], list[Difference]] = {}
        for label, item in self.labelled:
            section = item.slot[0]
            groups.setdefault((section if section in sections else _kind_of(section), label), []).append(item)
        return tuple(self._hunk(label, items) for (_, label), items in groups.items())

    def _hunk(self, label: Label, items: Sequence[Difference]) -> Hunk:
        first = (*items[0].path, items[0].intended or items[0].running)[0]
        base = [self.said.get(item.slot) or NO_LINE for item in items] if label is Label.COLLISION else []
        return Hunk(
            label=label,
            section=first.partition("\n")[0],
            text=diff_text(ConfigDiff(differences=tuple(_shown(item) for item in items), indent=self.indent)),
            differences=tuple(items),
            base=tuple(dict.fromkeys(base)),
        )


def label_differences(trees: ThreeTrees) -> Comparison:
    """Label everything. Without a backup, or without an old intent where there should be one, all is unknown."""
    touched = diff(trees.base or ConfigTree(rules=trees.head.rules), trees.head)
    if trees.running is None:
        return _unknown(touched)
    to_do = without_unread(diff(trees.running, trees.head), trees.unread)
    if trees.base is None:
        return _unknown(to_do)
    return _compare(without_unread(diff(trees.running, trees.base), trees.unread), touched, to_do)


def _kind_of(slot: str) -> str:
    """What single lines have in common: `ntp` of `ntp server 10.10.0.11`."""
    return slot.removeprefix("no ").partition(" ")[0]


def _unknown(found: ConfigDiff) -> Comparison:
    return Comparison(labelled=tuple((Label.UNKNOWN, item) for item in found.significant), indent=found.indent)


def without_unread(found: ConfigDiff, unread: tuple[str, ...]) -> ConfigDiff:
    """A line that no backup holds is not missing from the device; nobody knows."""
    pattern = re.compile("|".join(unread) if unread else r"(?!)")
    told = (
        item._replace(word="cannot-tell") if item.word == "missing" and pattern.match(item.intended) else item
        for item in found.differences
    )
    return ConfigDiff(differences=tuple(told), indent=found.indent)


def with_unread(running: ConfigTree, believed: ConfigTree, unread: tuple[str, ...]) -> ConfigTree:
    """What the device holds, with the lines that a backup never has taken from an intent: not to be typed again."""
    pattern = re.compile("|".join(unread) if unread else r"(?!)")
    held = {
        key: node for key, node in believed.children.items() if key not in running.children and pattern.match(node.line)
    }
    return ConfigTree(rules=running.rules, children={**running.children, **held}) if held else running


def _compare(drifted: ConfigDiff, touched: ConfigDiff, to_do: ConfigDiff) -> Comparison:
    left, changed = _slots(drifted.significant), _slots(touched.differences)
    untold = [item for item in to_do.differences if item.word == "cannot-tell"]
    wanted = _slots((*to_do.significant, *untold))
    return Comparison(
        labelled=(*_to_do(to_do, left, changed), *_settled(touched, left, wanted)),
        indent=to_do.indent,
        said={item.slot: item.intended for item in drifted.significant},
        untold=len(untold),
    )


def _to_do(to_do: ConfigDiff, left: Slots, changed: Slots) -> Iterator[tuple[Label, Difference]]:
    for item in to_do.differences:
        if item.word == "cannot-tell" and item.slot in changed:
            yield Label.CANNOT_TELL, item
        elif item.word in DRIFT:
            by_hand = item.slot in left
            if item.slot in changed:
                yield (Label.COLLISION if by_hand else Label.CHANGE), item
            else:
                yield Label.DRIFT, item


def _settled(touched: ConfigDiff, left: Slots, wanted: Slots) -> Iterator[tuple[Label, Difference]]:
    for item in touched.differences:
        if item.slot not in wanted:
            yield (Label.ADOPTED if item.slot in left else Label.ALREADY_THERE), item


def _slots(items: Iterable[Difference]) -> Slots:
    return frozenset(item.slot for item in items)


def _shown(item: Difference) -> Difference:
    """The difference with a word that is printed, whatever it is."""
    if item.word in DRIFT:
        return item
    return item._replace(word="missing" if not item.running else "extra" if not item.intended else "changed")
