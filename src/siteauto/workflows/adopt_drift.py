"""Write the drift of a site back into its file, as far as that can be proven to say what the devices hold.

Each proposal is tried: the site is rendered with it, and held against what the devices hold. It is taken when drift
goes away and none comes up, on any device of the site.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from siteauto.core.config import Difference
from siteauto.core.drift.adoption import Edit, Section, proposals, sections_of
from siteauto.core.drift.make_drift import find_what_counts
from siteauto.core.models import DeviceName
from siteauto.workflows.rendered_sites import RenderedDevice
from siteauto.workflows.site_drift import SiteDrift

MOST_TRIALS = 300  # a site that differs in more places has been rebuilt, not changed

Trial = Callable[
    [Sequence[Edit]], tuple[RenderedDevice, ...] | None
]  # the site with these edits; None: it is not sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The edits that make the site say what its devices hold, and what no edit could say, by device."""

    edits: tuple[Edit, ...]
    left: Mapping[DeviceName, tuple[Difference, ...]]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left."""
        return not any(self.left.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    devices: tuple[RenderedDevice, ...]
    drift: Mapping[DeviceName, tuple[Difference, ...]]
    edits: tuple[Edit, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Search:
    """Where the search stands: it never goes back."""

    site: SiteDrift
    trial: Trial
    state: _State
    trials: int = 0

    def adopt(self, profiles: Sequence[str], vlans: Mapping[str, int]) -> None:
        """Take proposals until none helps any more."""
        hopeless: set[tuple[DeviceName, str]] = set()
        while section := self._next(hopeless):
            name, found = section
            edits = proposals(found, profiles, vlans)
            if not any(self._take(edit) for edit in edits if self.trials < MOST_TRIALS):
                hopeless.add((name, found.name))

    def _next(self, hopeless: set[tuple[DeviceName, str]]) -> tuple[DeviceName, Section] | None:
        for one in self.state.devices:
            name = one.intent.device.name
            for section in sections_of(one.intent, self.state.drift.get(name, ())):
                if (name, section.name) not in hopeless:
                    return name, section
        return None

    def _take(self, edit: Edit) -> bool:
        self.trials += 1
        edits = (*(one for one in self.state.edits if one.path != edit.path), edit)
        devices = self.trial(edits)
        if devices is None:
            return False
        drift = _drift(devices, self.site, known=self.state)
        if not _is_better(self.state.drift, drift):
            return False
        self.state = _State(devices=devices, drift=drift, edits=edits)
        return True


def adopt_drift(site: SiteDrift, *, trial: Trial, profiles: Sequence[str], vlans: Mapping[str, int]) -> Adoption:
    """What can be adopted of the devices that could be compared."""
    start = _State(devices=site.devices, drift=_drift(site.devices, site))
    search = _Search(site=site, trial=trial, state=start)
    search.adopt(profiles, vlans)
    return Adoption(edits=search.state.edits, left=search.state.drift)


def _drift(
    devices: Sequence[RenderedDevice], site: SiteDrift, known: _State | None = None
) -> dict[DeviceName, tuple[Difference, ...]]:
    """The drift of each device. One whose intent is as before is as it was."""
    before = {one.intent.device.name: one.text for one in known.devices} if known else {}
    found = {}
    for one in devices:
        name = one.intent.device.name
        if name not in site.running:
            continue
        if known is not None and before.get(name) == one.text:
            found[name] = known.drift[name]
        else:
            found[name] = find_what_counts(site.facts(one), site.ignores, site.book)
    return found


def _is_better(old: Mapping[DeviceName, Sequence[Difference]], new: Mapping[DeviceName, Sequence[Difference]]) -> bool:
    """Less drift, and none that was not there."""
    was, now = _all(old), _all(new)
    return now < was and set(old) == set(new)


def _all(drift: Mapping[DeviceName, Sequence[Difference]]) -> frozenset[tuple[DeviceName, Difference]]:
    return frozenset((name, item._replace(slot=())) for name, each in drift.items() for item in each)
