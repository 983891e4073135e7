"""Wire what works without devices: revisions of the repository, the last backups, and what both say of a site."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.git_revisions import GitRevisions
from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.system_clock import SystemClock
from siteauto.adapters.yaml_drift_ignore import FILE, read_drift_ignores
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.settings import Settings
from siteauto.app.where import find_target
from siteauto.core.change.make_offline_plan import Freshness
from siteauto.core.change.offline_plan import OfflinePlan, Revision, below
from siteauto.core.change.sources import Sources
from siteauto.core.drift.ignore import IgnoreRule
from siteauto.core.drift.make_drift import Ignores
from siteauto.core.errors import UsageError
from siteauto.core.models import SiteName
from siteauto.platforms import load_platforms
from siteauto.workflows.offline_drift import Stored, find_offline_drift
from siteauto.workflows.offline_plan import OfflineRequest, Side, plan_offline
from siteauto.workflows.rendered_sites import Company, render_sites, require_sound
from siteauto.workflows.site_drift import SiteDrift

FOLDERS = ("inventory", "templates", FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupChoice:
    """Which backups to compare with. Without a folder: those of the lab that is up, else of the live devices."""

    folder: Path | None
    limit: timedelta


def make_offline_plan(
    settings: Settings,
    *,
    base: str,
    head: str,
    names: Sequence[str],
    choice: BackupChoice,
    acknowledged: bool = False,
) -> OfflinePlan:
    """The plan of everything between two revisions. Nothing of either is run, and no device is contacted."""
    revisions = GitRevisions(settings.root, FOLDERS)
    wanted = (revisions.find(base), revisions.find(head))
    with ExitStack() as stack:
        folders = [stack.enter_context(revisions.unpack(each)) for each in wanted]
        sides = [_side(settings, revision, folder) for revision, folder in zip(wanted, folders, strict=True)]
        fresh = _freshness(settings, choice)
        changed = revisions.changed_lines(*wanted)
        said = YamlInventory(folders[1] / "inventory", load_platforms(settings.own_platforms)).said
        request = OfflineRequest(
            base=sides[0],
            head=sides[1],
            names=tuple(SiteName(name) for name in names),
            backups=cache(lambda site: _backups(settings, sides[1].company, site, choice)),
            fresh=fresh,
            ignores=Ignores(rules=read_drift_ignores(folders[1]), today=fresh.now.date()),
            acknowledged=acknowledged,
            sources=cache(lambda site: Sources(said=said(site), changed=changed)),
        )
        return below(plan_offline(request), revisions.prefix())


def drift_ignores(settings: Settings) -> tuple[IgnoreRule, ...]:
    """The drift that the repository agrees to live with. Raises InputError with all that is wrong with the file."""
    return read_drift_ignores(settings.root)


def find_stored_drift(
    settings: Settings, names: Sequence[str], announce: Callable[[str], None], choice: BackupChoice
) -> Iterator[SiteDrift]:
    """Drift of these sites from the last backups; of all that have something to compare, where none is named.

    `announce` hears which backups they are. Raises UsageError for an unknown site.
    """
    company = _company(settings, settings.root)
    known = company.inventory.sites()
    if unknown := sorted(set(names) - set(known)):
        raise UsageError(f"There is no site {', '.join(unknown)}", expected=", ".join(known[:20]))
    sites = render_sites(company, [name for name in known if not names or name in names])
    require_sound(sites)
    fresh = _freshness(settings, choice)
    ignores = Ignores(rules=drift_ignores(settings), today=fresh.now.date())
    for site in sites:
        if names or site.devices:
            backups = _backups(settings, company, site.site, choice)
            found = find_offline_drift(site, Stored(backups=backups, fresh=fresh, ignores=ignores))
            announce(found.report.target)
            yield found


def _backups(settings: Settings, company: Company, site: SiteName, choice: BackupChoice) -> BackupHistory:
    if choice.folder is not None:
        return BackupHistory(choice.folder)
    return BackupHistory(find_target(settings, company.inventory.site(site)).backups)


def _side(settings: Settings, revision: Revision, folder: Path) -> Side:
    return Side(revision=revision, company=_company(settings, folder))


def _company(settings: Settings, root: Path) -> Company:
    platforms = load_platforms(settings.own_platforms)
    return Company(
        inventory=YamlInventory(root / "inventory", platforms),
        platforms=platforms,
        renderer=JinjaRenderer(root / "templates"),
    )


def _freshness(settings: Settings, choice: BackupChoice) -> Freshness:
    """The age of backups is told from now, or from the moment that a reproducible build names."""
    moment = settings.environment.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(moment), UTC) if moment.isdigit() else SystemClock().now()
    return Freshness(now=now, limit=choice.limit)
