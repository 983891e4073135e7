"""Changing an access list entry by entry, so that it is at no moment absent or open.

New entries are put in from the top down, then old ones are taken out from the bottom up: at every step, what both the
old and the new list stop is stopped, and what both let through passes. Entries that stop traffic are never moved.
"""

from collections.abc import Iterator

from siteauto.core.config.draft import number_of
from siteauto.core.config.entries import split_entry
from siteauto.core.config.guards import Guards
from siteauto.core.config.pairs import Reorder
from siteauto.core.config.rules import Numbered


class NoRoomError(Exception):
    """Between two numbers there are fewer free ones than new entries."""


def entry_lines(order: Reorder, rule: Numbered, header: str, guards: Guards) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The renumbering that has to come first, if any, and the lines to type in the list."""
    numbers = {key: number_of(node.line) for key, node in order.running}
    if not numbers:
        return (), tuple(node.line for _, node in order.intended)
    if not order.intended and not guards.may_empty(header):
        return (), ()
    stuck = [key for key in order.moved if key.startswith(rule.blocks)]
    if stuck:
        guards.refuse(f"{header}: '{stuck[0]}' would be missing for a moment while it moves")
        return (), ()
    try:
        return (), tuple(_lines(order, numbers, rule))
    except NoRoomError:
        step = max(rule.step, len(order.intended) + 1)
        again = _renumbering(rule, header, step)
        spread = {key: step * place for place, (key, _) in enumerate(order.running, start=1)}
        lines = tuple(_lines(order, spread, rule))
        return ((), (again, *lines)) if rule.renumber_inside else ((again,), lines)


def _renumbering(rule: Numbered, header: str, step: int) -> str:
    return rule.renumber.format(name=header.rpartition(" ")[2], start=step, step=step)


def _lines(order: Reorder, numbers: dict[str, int], rule: Numbered) -> Iterator[str]:
    placed = _places(order, numbers, rule)
    moved = frozenset(order.moved)
    for key, node in order.intended:
        if key in placed:
            if key in moved:
                yield f"no {numbers[key]}"
            yield f"{placed[key]} {split_entry(node.line)[1]}"
    wanted = {key for key, _ in order.intended}
    yield from (f"no {numbers[key]}" for key, _ in reversed(order.running) if key not in wanted)


def _places(order: Reorder, numbers: dict[str, int], rule: Numbered) -> dict[str, int]:
    """A free number for every entry that does not stay."""
    taken, found = set(numbers.values()), dict[str, int]()
    group: list[str] = []
    low = 0
    for key, _ in order.intended:
        if key not in order.stays:
            group.append(key)
            continue
        found.update(zip(group, _free(taken, low, numbers[key], len(group)), strict=True))
        group, low = [], numbers[key]
    last = max(taken)
    found.update((key, last + rule.step * place) for place, key in enumerate(group, start=1))
    if found and max(found.values()) > rule.highest:
        raise NoRoomError
    return found


def _free(taken: set[int], low: int, high: int, count: int) -> list[int]:
    """That many free numbers between two others, spread out where there is room."""
    if not count:
        return []
    width = (high - low) // (count + 1)
    spread = [low + width * place for place in range(1, count + 1)]
    if width and not taken.intersection(spread):
        return spread
    free: list[int] = []
    number = low + 1
    while number < high and len(free) < count:
        if number not in taken:
            free.append(number)
        number += 1
    if len(free) < count:
        raise NoRoomError
    return free
