"""What a change of the repository would do, told from two revisions and the last backups. No device is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from siteauto.core.change.make_offline_plan import ChangeFacts, Freshness, forecast
from siteauto.core.change.offline_plan import DeviceForecast, OfflinePlan, Revision
from siteauto.core.change.sources import Sources
from siteauto.core.config import Difference
from siteauto.core.drift.ignore import sift
from siteauto.core.drift.make_drift import Ignores
from siteauto.core.errors import UsageError
from siteauto.core.intent import DeviceIntent
from siteauto.core.models import SiteName
from siteauto.core.ports import Backups
from siteauto.workflows.rendered_sites import Company, RenderedDevice, RenderedSite, render_sites, require_sound
from siteauto.workflows.site_drift import subject_of

BackupsOf = Callable[[SiteName], Backups]
SourcesOf = Callable[[SiteName], Sources]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two states that are compared."""

    revision: Revision
    company: Company


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineRequest:
    """What to compare, with what. No names: every site of both states."""

    base: Side
    head: Side
    names: tuple[SiteName, ...]
    backups: BackupsOf
    fresh: Freshness
    ignores: Ignores
    acknowledged: bool = False
    sources: SourcesOf = lambda _site: Sources(said=())


def plan_offline(request: OfflineRequest) -> OfflinePlan:
    """The plan. Raises InputError for a new intent that is not sound, UsageError for a site that neither state has."""
    names = _names(request)
    head = render_sites(request.head.company, names)
    require_sound(head)
    base = {site.site: site for site in render_sites(request.base.company, names)}
    devices = tuple(
        _forecast(request, base.get(site.site), one, request.backups(site.site))
        for site in head
        for one in site.devices
    )
    kept = {one.device for one in devices}
    old = [one.intent.device.name for site in base.values() for one in site.devices]
    return OfflinePlan(
        base=request.base.revision,
        head=request.head.revision,
        devices=devices,
        removed=tuple(name for name in old if name not in kept),
        warnings=_warnings(request, devices),
        acknowledged=request.acknowledged,
    )


def _names(request: OfflineRequest) -> tuple[SiteName, ...]:
    known = sorted({*request.base.company.inventory.sites(), *request.head.company.inventory.sites()})
    if not known:
        raise UsageError("Neither revision has a site", expected="inventory/sites/SITE.yaml in one of them")
    if unknown := sorted(set(request.names) - set(known)):
        raise UsageError(
            f"Neither revision has a site {', '.join(unknown)}",
            expected=", ".join(known[:20]),
            next_step="Give names of sites, or none for all",
        )
    return tuple(name for name in known if not request.names or name in request.names)


def _forecast(
    request: OfflineRequest, base: RenderedSite | None, one: RenderedDevice, backups: Backups
) -> DeviceForecast:
    old = base.text_of(one.intent.device.name) if base is not None else None
    facts = ChangeFacts(
        intent=one.intent,
        platform=one.platform,
        base=old,
        head=one.text,
        copy=backups.last(one.intent.site, one.backup_file),
        new=old is None and (base is None or base.error is None),
    )
    found = forecast(facts, request.fresh, lambda intent, item: _is_ignored(request.ignores, intent, item))
    sources = request.sources(one.intent.site) if found.hunks else Sources(said=())
    short, platform = one.intent.device.short, one.platform.name
    placed = (replace(hunk, place=sources.find(hunk, device=short, platform=platform)) for hunk in found.hunks)
    return replace(found, hunks=tuple(placed))


def _is_ignored(ignores: Ignores, intent: DeviceIntent, item: Difference) -> bool:
    return not sift(ignores.rules, subject_of(intent), (item,), today=ignores.today).kept


def _warnings(request: OfflineRequest, devices: Sequence[DeviceForecast]) -> tuple[str, ...]:
    old = [one.device for one in devices if one.backup is not None and one.backup.stale]
    return (f"older than {request.fresh.limit.days} days: the backup of {', '.join(old)}",) if old else ()
