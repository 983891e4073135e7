"""`siteauto drift`: where running differs from intended."""

from typing import TYPE_CHECKING

import click

from siteauto.app.settings import Settings
from siteauto.cli.choices import backup_options, forge_options, request_options
from siteauto.cli.options import (
    device_option,
    document_format_option,
    flag,
    root_option,
    sites_argument,
    trust_option,
)

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.app.forges import ForgeWish, Wanted
    from siteauto.app.offline import BackupChoice

OF_REMEDIATION = "Also print what to type against the drift, and whether that is proven to lead there."
OF_PR = "One pull request per drifted site: adopt by merging, or revert. Needs --forge."


@click.command("drift")
@sites_argument
@flag("--offline", is_flag=True, help="Compare the last backups; no device is contacted.")
@flag("--remediation", is_flag=True, help=OF_REMEDIATION)
@flag("--pr", "pulls", is_flag=True, help=OF_PR)
@request_options
@forge_options
@backup_options
@device_option
@trust_option
@root_option
@document_format_option
def command(
    sites: tuple[str, ...],
    settings: Settings,
    form: str,
    *,
    device: tuple[str, ...],
    choice: "BackupChoice",
    offline: bool,
    remediation: bool,
    trust: bool,
    pulls: bool,
    wanted: "Wanted",
    wish: "ForgeWish | None",
) -> int:
    """Show where running configurations differ from the intended ones. Exit code 5 when one does.

    No SITE means all of them. Without --offline their devices are asked, one site after the other.
    """
    from siteauto.app.drift_requests import open_drift_desk
    from siteauto.app.forges import read_forge_facts
    from siteauto.app.live_drift import find_live_drift
    from siteauto.app.offline import find_stored_drift
    from siteauto.cli.drift_requests import request_pulls
    from siteauto.cli.progress import announce, show_several
    from siteauto.core.errors import UsageError
    from siteauto.reporters.drift import drift_document

    if device and (offline or pulls):
        raise UsageError("--device is for a look at live devices", next_step="Name sites only, or leave the other out")

    def name_target(target: str) -> None:
        announce(target, form)

    if offline:
        found = find_stored_drift(settings, sites, name_target, choice)
    else:
        found = find_live_drift(settings, sites, name_target, devices=device, trust=trust)
    if pulls:
        if wish is None:
            raise UsageError("--pr needs a forge", expected="--forge github or gitlab beside it")
        facts = read_forge_facts(wish, settings.environment)
        found = request_pulls(open_drift_desk(settings, facts, wanted), found)
    return show_several((drift_document(site.report, remediation=remediation) for site in found), form)
