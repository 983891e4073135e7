"""Wire `siteauto drift --pr`: the drift of the last backups as pull requests, one for each site."""

from collections.abc import Sequence
from dataclasses import dataclass

from siteauto.adapters.git_branches import GitBranches, Remote
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.adoption import open_trials
from siteauto.app.forges import ForgeFacts, Wanted, open_forge
from siteauto.app.offline import FOLDERS, BackupChoice, compare_stored
from siteauto.app.settings import Settings
from siteauto.core.drift import DriftReport, DriftStatus
from siteauto.core.forge import Budget
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.ports import Forge
from siteauto.platforms import load_platforms
from siteauto.reporters.drift_request import DriftFound, drift_body, drift_title
from siteauto.workflows.adopt_drift import Adoption, Trial, adopt_drift
from siteauto.workflows.offline_drift import Stored, find_offline_drift
from siteauto.workflows.propose_drift import DriftRequests, Proposal, propose_drift
from siteauto.workflows.rendered_sites import RenderedSite

MARKER = 300  # characters of the hidden first line
COMPARED = (DriftStatus.SAME, DriftStatus.DRIFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The drift, and what became of it on the forge."""

    reports: tuple[DriftReport, ...]
    said: tuple[str, ...]


def request_drift_pulls(
    settings: Settings,
    names: Sequence[str],
    choice: BackupChoice,
    *,
    facts: ForgeFacts,
    wanted: Wanted,
    forge: Forge | None = None,
) -> Proposed:
    """Open, renew and close. Raises ForgeError, StoreError, UsageError; what was done stays."""
    forge = forge or open_forge(facts)
    branches = GitBranches(settings.root, Remote(name=wanted.remote, token=facts.token))
    branches.require_clean(FOLDERS)
    proposals: list[Proposal] = []
    reports: list[DriftReport] = []
    for site, stored in compare_stored(settings, names, choice):
        report = find_offline_drift(site, stored)
        reports.append(report)
        if any(one.status is DriftStatus.DRIFT for one in report.devices):
            proposals.append(_propose(settings, site, stored, report, forge.budget.less(MARKER)))
    requests = DriftRequests(
        proposals=proposals,
        settled=[report.site for report in reports if all(one.status is DriftStatus.SAME for one in report.devices)],
        base=wanted.base,
        limit=wanted.limit,
    )
    return Proposed(reports=tuple(reports), said=propose_drift(forge, branches, requests))


def _propose(settings: Settings, site: RenderedSite, stored: Stored, report: DriftReport, budget: Budget) -> Proposal:
    with open_trials(settings.root, site.site, load_platforms(settings.own_platforms)) as trials:
        adoption = _adopt(settings, site, stored, report, trials.render)
        found = DriftFound(report=report, edits=adoption.edits, left=adoption.left)
        return Proposal(
            site=site.site,
            title=drift_title(found),
            body=drift_body(found, budget),
            files={trials.file: trials.edited(adoption.edits)} if adoption.edits else {},
        )


def _adopt(settings: Settings, site: RenderedSite, stored: Stored, report: DriftReport, trial: Trial) -> Adoption:
    whole = YamlInventory(settings.inventory, load_platforms(settings.own_platforms)).build(SiteName(site.site))
    return adopt_drift(
        site.devices,
        _running(site, stored, report),
        ignores=stored.ignores,
        trial=trial,
        profiles=[one.name for one in whole.port_profiles],
        vlans={subnet.role: subnet.vlan_id for subnet in whole.subnets},
    )


def _running(site: RenderedSite, stored: Stored, report: DriftReport) -> dict[DeviceName, str]:
    """The stored texts of the devices that could be compared."""
    compared = {one.device for one in report.devices if one.status in COMPARED}
    copies = {
        one.intent.device.name: stored.backups.last(one.intent.site, one.backup_file)
        for one in site.devices
        if one.intent.device.name in compared
    }
    return {name: copy.text for name, copy in copies.items() if copy is not None}
