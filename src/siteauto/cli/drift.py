"""`siteauto drift`: where running differs from intended."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:  # heavy, and --help must be quick
    from collections.abc import Iterator

    from siteauto.app.offline import BackupChoice
    from siteauto.core.drift import DriftReport


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
    help="One pull request per drifted site: adopt by merging, or revert. Needs --offline and --forge.",
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

    Without --offline the devices of the sites named are asked; with it, no SITE means all of them.
    """
    from siteauto.app.forges import ForgeWish, Wanted
    from siteauto.app.offline import BackupChoice
    from siteauto.cli.drift_requests import request_pulls
    from siteauto.cli.progress import show_several
    from siteauto.core.errors import UsageError
    from siteauto.reporters.drift import drift_document

    if pulls and not (offline and forge):
        raise UsageError("--pr speaks of the last backups", expected="--offline and --forge github or gitlab beside it")
    if offline and device:
        raise UsageError("--device is for live devices", next_step="Name sites only, or leave --offline out")
    if not offline and not sites:
        raise UsageError("No site was named", next_step="Name one or more, or compare all backups with --offline")
    choice = BackupChoice(folder=backups, limit=timedelta(hours=backup_limit))
    if pulls:
        wish = ForgeWish(kind=forge or "", repository=repository or "", api_url=api_url or "")
        wanted = Wanted(base=pr_base, limit=pr_limit, remote=remote)
        reports = iter(request_pulls(settings, sites, choice, wish=wish, wanted=wanted, form=form))
    elif offline:
        reports = _stored(settings, sites, form, choice)
    else:
        reports = (_live(settings, site, device, form, trust=trust) for site in sites)
    return show_several((drift_document(report, remediation=remediation) for report in reports), form)


def _stored(settings: Settings, sites: tuple[str, ...], form: str, choice: "BackupChoice") -> "Iterator[DriftReport]":
    from siteauto.app.offline import find_stored_drift
    from siteauto.cli.progress import announce

    for report in find_stored_drift(settings, sites, choice):
        announce(report.target, form)
        yield report


def _live(settings: Settings, site: str, device: tuple[str, ...], form: str, *, trust: bool) -> "DriftReport":
    from siteauto.app.offline import drift_ignores
    from siteauto.app.site_run import open_site_run
    from siteauto.cli.progress import announce
    from siteauto.workflows.drift import find_drift
    from siteauto.workflows.site_run import select_devices, with_backup_only

    run = select_devices(with_backup_only(open_site_run(settings, site, trust_new_host_keys=trust)), device)
    announce(run.described_as, form)
    return find_drift(run, drift_ignores(settings))
