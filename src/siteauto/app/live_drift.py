"""Wire `siteauto drift` on live devices (or on a lab that is up): one site after the other."""

from collections.abc import Callable, Iterator, Sequence

from siteauto.app.company import Company, open_company
from siteauto.app.offline import drift_ignores
from siteauto.app.settings import Settings
from siteauto.app.site_run import open_site_run
from siteauto.core.errors import SiteautoError, as_one
from siteauto.core.models import SiteName
from siteauto.workflows.drift import find_drift
from siteauto.workflows.site_drift import SiteDrift
from siteauto.workflows.site_run import SiteRun, select_devices, with_backup_only

Announce = Callable[[str], None]  # hears the target before it is contacted


def find_live_drift(
    settings: Settings, names: Sequence[str], announce: Announce, *, devices: Sequence[str] = (), trust: bool = False
) -> Iterator[SiteDrift]:
    """Drift of these sites, all that siteauto configures where none is named. Raises what went wrong after the last."""
    company, rules = open_company(settings), drift_ignores(settings)
    troubles: list[SiteautoError] = []
    for name in names or company.inventory.configured_sites():
        try:
            run = _open(settings, company, SiteName(name), devices, trust=trust)
            announce(run.described_as)
            found = find_drift(run, rules)
        except SiteautoError as error:
            troubles.append(error)
        else:
            yield found
    if troubles:
        raise as_one(troubles)


def _open(settings: Settings, company: Company, name: SiteName, devices: Sequence[str], *, trust: bool) -> SiteRun:
    run = open_site_run(settings, name, trust_new_host_keys=trust, company=company)
    return select_devices(with_backup_only(run), devices)
