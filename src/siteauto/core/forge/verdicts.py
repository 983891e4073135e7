"""One status for each site that a change touches."""

from collections import Counter
from collections.abc import Sequence

from siteauto.core.change.offline_plan import DeviceForecast, OfflinePlan
from siteauto.core.change.three_way import BY_THE_CHANGE, Label
from siteauto.core.forge import DESCRIPTION, State, Status, shortened
from siteauto.core.models import SiteName

WHOLE = "siteauto/plan"
PREFIX = f"{WHOLE}/"
MOST = 50  # statuses of one commit: nobody reads more, and a forge that is asked for more takes no other for a while
SEVERITY = (State.ERROR, State.FAILURE, State.SUCCESS)
TOUCHED = BY_THE_CHANGE | {Label.ADOPTED, Label.ALREADY_THERE}


def touched_sites(plan: OfflinePlan) -> tuple[SiteName, ...]:
    """The sites of which the change speaks: not those where there is drift alone."""
    found = {one.site for one in plan.devices if any(one.has(label) for label in TOUCHED)}
    found |= {SiteName(name.rpartition("-")[0]) for name in plan.removed}
    return tuple(sorted(found))


def site_statuses(plan: OfflinePlan, old: Sequence[Status], url: str) -> tuple[Status, ...]:
    """What the commit must be marked with: only what it is not marked with already.

    A site that an earlier run found touched, and this one does not, is told to be as it shall be. Where very many are
    touched, the worst are named, and one status is for all of them.
    """
    sites = touched_sites(plan)
    wanted = {status.name: status for status in _named([_status(plan, site, url) for site in sites], url)}
    known = {status.name: status for status in old}
    touched = {f"{PREFIX}{site}" for site in sites}
    for name in known:
        if name.startswith(PREFIX) and name not in touched:
            wanted[name] = Status(name=name, state=State.SUCCESS, description="no change any more", url=url)
    return tuple(status for name, status in sorted(wanted.items()) if not _is_same(known.get(name), status))


def _named(statuses: Sequence[Status], url: str) -> Sequence[Status]:
    if len(statuses) <= MOST:
        return statuses
    count = Counter(one.state for one in statuses)
    words = ", ".join(f"{count[state]} {state}" for state in SEVERITY if count[state])
    worst_first = sorted(statuses, key=lambda one: SEVERITY.index(one.state))
    description = f"{len(statuses)} sites: {words}; {MOST - 1} are named"
    return [Status(name=WHOLE, state=worst_first[0].state, description=description, url=url), *worst_first[: MOST - 1]]


def _is_same(old: Status | None, new: Status) -> bool:
    """The address of the run is no news."""
    return old is not None and (old.state, old.description) == (new.state, new.description)


def _status(plan: OfflinePlan, site: SiteName, url: str) -> Status:
    devices = [one for one in plan.devices if one.site == site]
    return Status(
        name=f"{PREFIX}{site}",
        state=_state(devices, acknowledged=plan.acknowledged),
        description=shortened(_words(devices, gone=_gone(plan, site)), DESCRIPTION),
        url=url,
    )


def _gone(plan: OfflinePlan, site: SiteName) -> int:
    return sum(name.startswith(f"{site}-") for name in plan.removed)


def _state(devices: Sequence[DeviceForecast], *, acknowledged: bool) -> State:
    if any(one.trouble for one in devices):
        return State.ERROR
    if not acknowledged and any(one.has(Label.COLLISION) for one in devices):
        return State.FAILURE
    return State.SUCCESS


def _words(devices: Sequence[DeviceForecast], *, gone: int) -> str:
    count = Counter(label for one in devices for label in {hunk.label for hunk in one.hunks})
    words = [f"{label} on {count[label]}" for label in Label if count[label]]
    words += [f"{gone} removed"] if gone else []
    risk = [f"{level} risk" for level in ("high", "medium") if any(one.level == level for one in devices)][:1]
    return f"{len(devices)} devices: {', '.join([*words, *risk])}"
