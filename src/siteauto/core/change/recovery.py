"""What is known of a site when the journal of its change is lost: what each device says of itself, and nothing more."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from siteauto.core.change.outcome import MIXED_EXIT_CODE
from siteauto.core.models import DeviceName
from siteauto.core.run import worst_exit_code


class Condition(StrEnum):
    """What a device runs, by the two configurations that are known: the intended one and the last backup."""

    PENDING = "pending"  # a timer runs: it undoes by itself what it runs now
    INTENDED = "as intended"
    BEFORE = "as before"  # as it was backed up last
    CHANGED = "changed"  # neither
    UNREACHABLE = "unreachable"
    UNCLEAR = "error"


WHOLE = frozenset({Condition.INTENDED, Condition.BEFORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """One device. `told` is what it says of its timer, or why it could not be asked; `unsaved`: startup differs."""

    device: DeviceName
    condition: Condition
    told: str = ""
    unsaved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """The whole site, and what to type next."""

    devices: tuple[Recovered, ...]

    @property
    def conditions(self) -> frozenset[Condition]:
        """All that occur."""
        return frozenset(one.condition for one in self.devices)

    @property
    def exit_code(self) -> int:
        """0 all new or all old and saved, 4 where somebody could not be asked, 6 for the rest."""
        unclear = {Condition.UNREACHABLE, Condition.UNCLEAR} & self.conditions
        whole = len(self.conditions - unclear) <= 1 and self.conditions <= {*WHOLE, *unclear} and not self.unsaved
        return worst_exit_code([4 if unclear else 0, 0 if whole else MIXED_EXIT_CODE])

    @property
    def unsaved(self) -> tuple[DeviceName, ...]:
        """Devices that would come back with another configuration after a power cut."""
        return tuple(one.device for one in self.devices if one.unsaved)

    @property
    def next_step(self) -> str:
        """What a person does now. Nothing is confirmed or undone on a guess."""
        return next(iter(self._next_steps()))

    def _next_steps(self) -> Iterator[str]:
        if Condition.PENDING in self.conditions:
            yield "wait: what is pending undoes itself. Then run this again"
        if {Condition.UNREACHABLE, Condition.UNCLEAR} & self.conditions:
            yield "reach every device, then run this again"
        if self.exit_code == 0:
            yield "nothing is pending, and the site is whole: go on with siteauto plan"
        if self.conditions <= WHOLE and len(self.conditions) > 1:
            yield "the site is mixed: siteauto provision makes it new as a whole, which is the way forward"
        yield "compare with siteauto plan and siteauto drift; siteauto provision makes the site as intended"
