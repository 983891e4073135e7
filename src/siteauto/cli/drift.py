"""`siteauto drift`: where running differs from intended."""

from datetime import timedelta
from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import (
    backup_limit_option,
    backups_option,
    device_option,
    document_format_option,
    forge_options,
    root_option,
    sites_argument,
    trust_option,
)


@click.command("drift")
@sites_argument
@click.option(
    "--offline", is_flag=True, envvar="SITEAUTO_OFFLINE", help="Compare the last backups; no device is contacted."
)
@click.option(
    "--remediation",
    is_flag=True,
    envvar="SITEAUTO_REMEDIATION",
    help="Also print what to type against the drift, and whether that is proven to lead there.",
)
@click.option(
    "--pr",
    "pulls",
    is_flag=True,
    envvar="SITEAUTO_PR",
    help="One pull request per drifted site: adopt by merging, or revert. Needs --forge.",
)
@click.option(
    "--pr-limit",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    envvar="SITEAUTO_PR_LIMIT",
    metavar="NUMBER",
    help="So many drift pull requests may be open at once.",
)
@click.option(
    "--pr-base",
    default="main",
    show_default=True,
    envvar="SITEAUTO_PR_BASE",
    metavar="BRANCH",
    help="The branch that they are to be merged into.",
)
@click.option(
    "--remote",
    default="origin",
    show_default=True,
    envvar="SITEAUTO_REMOTE",
    help="The git remote that their branches are pushed to.",
)
@forge_options
@backups_option
@backup_limit_option
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
    backups: Path | None,
    backup_limit: int,
    offline: bool,
    remediation: bool,
    trust: bool,
    pulls: bool,
    pr_limit: int,
    pr_base: str,
    remote: str,
    forge: str | None,
    repository: str | None,
    api_url: str | None,
) -> int:
    """Show where running configurations differ from the intended ones. Exit code 5 when one does.

    No SITE means all of them. Without --offline their devices are asked, one site after the other.
    """
    from siteauto.app.drift_requests import open_drift_desk
    from siteauto.app.forges import ForgeWish, Wanted, read_forge_facts
    from siteauto.app.live_drift import find_live_drift
    from siteauto.app.offline import BackupChoice, find_stored_drift
    from siteauto.cli.drift_requests import request_pulls
    from siteauto.cli.progress import announce, show_several
    from siteauto.core.errors import UsageError
    from siteauto.reporters.drift import drift_document

    if pulls and not forge:
        raise UsageError("--pr needs a forge", expected="--forge github or gitlab beside it")
    if device and (offline or pulls):
        raise UsageError("--device is for a look at live devices", next_step="Name sites only, or leave the other out")

    def name_target(target: str) -> None:
        announce(target, form)

    if offline:
        choice = BackupChoice(folder=backups, limit=timedelta(hours=backup_limit))
        found = find_stored_drift(settings, sites, name_target, choice)
    else:
        found = find_live_drift(settings, sites, name_target, devices=device, trust=trust)
    if pulls:
        wish = ForgeWish(kind=forge or "", repository=repository or "", api_url=api_url or "")
        facts = read_forge_facts(wish, settings.environment)
        wanted = Wanted(base=pr_base, limit=pr_limit, remote=remote)
        found = request_pulls(open_drift_desk(settings, facts, wanted), found)
    return show_several((drift_document(site.report, remediation=remediation) for site in found), form)
