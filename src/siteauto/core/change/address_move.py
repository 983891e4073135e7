"""A management address that moves with the change, and when that is sound.

The change is armed over the address as it was found. Its verification and its confirm go to the planned one, over
fresh sessions, so that a confirmed device is surely reached there; where the planned one does not answer, the device's
own timer brings the other back, and the undo is proven over that. Far devices move before near ones: each is armed on a
path that has not moved yet, and is looked at when its whole path has.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address

from siteauto.core.models import DeviceName

BY_HAND = "give it the new address beside the old one first, and take the old one away with a second change"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressMove:
    """Where a device was found, and where it is reached when the change is live."""

    found: str
    planned: str

    @property
    def note(self) -> str:
        """What a person should know of it."""
        return (
            f"its management address moves from {self.found} to {self.planned}: it is changed over the first, verified "
            "and confirmed over the second; where that does not answer, its timer brings the first one back"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A device of the plan, as far as moves matter. `at_once`: its change goes live by one command of the device."""

    device: DeviceName
    host: str  # where it was found
    path: tuple[DeviceName, ...]
    move: AddressMove | None
    changes: bool
    timed: bool
    at_once: bool
    holds_planned: bool  # whether its new configuration names the planned address


def names_address(text: str, address: IPv4Address) -> bool:
    """Whether this address stands in a configuration."""
    return bool(re.search(rf"(?<![\d.]){re.escape(str(address))}(?![\d.])", text))


def unsound_moves(movers: Mapping[DeviceName, Mover]) -> Mapping[DeviceName, str]:
    """For each device that must not move like this, why."""
    reasons = {name: next(_reasons(one, one.move, movers), "") for name, one in movers.items() if one.move is not None}
    return {name: reason for name, reason in reasons.items() if reason}


def _reasons(one: Mover, move: AddressMove, movers: Mapping[DeviceName, Mover]) -> Iterator[str]:
    what = f"its management address would move from {move.found} to {move.planned}"
    if not one.timed:
        yield f"{what}, and it has no timer that would bring the old one back: {BY_HAND}"
    if not one.at_once:
        yield (
            f"{what}, and its lines are typed one by one: the session ends with the old address, and what comes after "
            f"it would never be typed: {BY_HAND}"
        )
    if not one.holds_planned:
        yield f"{what}, and its new configuration does not name that: the template and the inventory do not agree"
    if taken := [other.device for other in movers.values() if other.host == move.planned and other is not one]:
        yield f"{what}, which {', '.join(taken)} has: move that one away first, with a change of its own"
    late = [name for name in one.path if name in movers and movers[name].changes and not movers[name].timed]
    if late:
        yield (
            f"{what}, and {', '.join(late)} on the way to it has no timer and is changed last: nobody could reach the "
            f"new address before everything is decided. Change {', '.join(late)} first, by itself"
        )
