"""Wire `siteauto drift --pr`: drift that was found, as pull requests, one for each site."""

from collections.abc import Sequence
from dataclasses import dataclass

from siteauto.adapters.git_branches import GitBranches, Remote
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.adoption import SiteTrials, open_trials
from siteauto.app.forges import ForgeFacts, Wanted, open_forge
from siteauto.app.offline import FOLDERS
from siteauto.app.settings import Settings
from siteauto.core.drift import DriftReport, DriftStatus
from siteauto.core.forge.sticky import MARKER_LENGTH
from siteauto.core.models import SiteName
from siteauto.core.ports import Branches, Forge
from siteauto.platforms import load_platforms
from siteauto.reporters.drift_request import DriftFound, drift_body, drift_title
from siteauto.workflows.adopt_drift import Adoption, adopt_drift
from siteauto.workflows.propose_drift import DriftRequests, Proposal, propose_drift
from siteauto.workflows.site_drift import SiteDrift

SETTLED = (DriftStatus.SAME, DriftStatus.NO_INTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftDesk:
    """What pull requests need: the repository, its forge and its remote, looked at before any device is asked."""

    settings: Settings
    forge: Forge
    branches: Branches
    wanted: Wanted

    def tell(self, found: Sequence[SiteDrift]) -> tuple[str, ...]:
        """Open, renew and close; say what was done. Raises ForgeError, StoreError; what was done stays."""
        requests = DriftRequests(
            proposals=[self._propose(site) for site in found if _has(site.report, DriftStatus.DRIFT)],
            settled=[one.report.site for one in found if all(each.status in SETTLED for each in one.report.devices)],
            base=self.wanted.base,
            limit=self.wanted.limit,
        )
        return propose_drift(self.forge, self.branches, requests)

    def _propose(self, found: SiteDrift) -> Proposal:
        site = found.report.site
        with open_trials(self.settings.root, site, load_platforms(self.settings.own_platforms)) as trials:
            adoption = _adopt(self.settings, found, trials)
            told = DriftFound(report=found.report, edits=adoption.edits, left=adoption.left)
            return Proposal(
                site=site,
                title=drift_title(told),
                body=drift_body(told, self.forge.budget.less(MARKER_LENGTH)),
                files={trials.file: trials.edited(adoption.edits)} if adoption.edits else {},
            )


def open_drift_desk(settings: Settings, facts: ForgeFacts, wanted: Wanted) -> DriftDesk:
    """Raises UsageError without a token, a remote, or a clean clone of the branch that is to be merged into."""
    branches = GitBranches(settings.root, Remote(name=wanted.remote, token=facts.token))
    branches.require_clean(FOLDERS)
    branches.require_base(wanted.base)
    return DriftDesk(settings=settings, forge=open_forge(facts), branches=branches, wanted=wanted)


def _has(report: DriftReport, status: DriftStatus) -> bool:
    return any(one.status is status for one in report.devices)


def _adopt(settings: Settings, found: SiteDrift, trials: SiteTrials) -> Adoption:
    inventory = YamlInventory(settings.inventory, load_platforms(settings.own_platforms))
    whole = inventory.build(SiteName(found.report.site))
    return adopt_drift(
        found,
        trial=trials.render,
        profiles=[one.name for one in whole.port_profiles],
        vlans={subnet.role: subnet.vlan_id for subnet in whole.subnets},
    )
