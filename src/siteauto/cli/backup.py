"""`siteauto backup`: running configurations into git."""

from typing import TYPE_CHECKING

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import device_option, document_format_option, root_option, sites_argument, trust_option

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.app.night import Request

ACCEPT = "Store copies of the devices named although they have lost much since the last one; the reason is recorded."


@click.command("backup")
@sites_argument
@click.option("--all", "every", is_flag=True, envvar="SITEAUTO_ALL", help="Every site of the inventory.")
@click.option("--status", is_flag=True, help="List how old every device's copy is; no device is contacted.")
@click.option("--accept", default="", metavar="REASON", envvar="SITEAUTO_ACCEPT", help=ACCEPT)
@click.option("--new-identity", is_flag=True, help="Print a new key pair to seal backups to, and do nothing else.")
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
    accept: str,
    every: bool,
    status: bool,
    new_identity: bool,
    trust: bool,
) -> int:
    """Store running configurations: readable without secrets, and sealed byte for byte.

    What does not arrive whole goes into quarantine; the last good copy stays. With --all a site that fails stops no
    other, and a device without a fresh copy is a failure (exit code 3).
    """
    from siteauto.app.night import Request
    from siteauto.core.errors import UsageError
    from siteauto.core.models import SiteName

    if new_identity:
        return _print_pair()
    if status:
        return _show_status(settings, sites, form)
    if every == bool(sites):
        raise UsageError("No site was named" if not sites else "--all is for every site", expected="SITE … or --all")
    if device and len(sites) != 1:
        raise UsageError("--device is for devices of one site", next_step="Name that site")
    if accept and not device:
        raise UsageError("--accept is for devices that somebody has looked at", next_step="Name them with --device")
    request = Request(
        sites=tuple(SiteName(site) for site in sites),
        devices=device,
        accept=accept,
        trust=trust,
        reason="nightly" if every else "asked for",
        patient=every,
    )
    return _run(settings, request, form)


def _run(settings: Settings, request: "Request", form: str) -> int:
    from siteauto.app.night import run_night
    from siteauto.cli.progress import announce, show
    from siteauto.core.backup import BackupReport
    from siteauto.core.errors import InputError
    from siteauto.reporters.backup import backup_document, night_text
    from siteauto.reporters.findings import findings_text
    from siteauto.reporters.several import as_one

    def tell(report: BackupReport) -> None:
        announce(report.target, form)
        if form == "text":
            show(backup_document(report), form)

    night = run_night(settings, request, tell)
    if len(request.sites) == 1 and not night.reports and night.troubles:
        raise night.troubles[0].error
    if form != "text" and night.reports:
        click.echo(as_one([backup_document(report) for report in night.reports], form))
    for trouble in night.troubles:
        if isinstance(trouble.error, InputError):
            click.echo(findings_text(trouble.error.findings), err=True)
    if request.whole or night.troubles:
        click.echo(night_text(night), err=form != "text")
    return night.exit_code


def _show_status(settings: Settings, sites: tuple[str, ...], form: str) -> int:
    from siteauto.app.backups import backup_policy
    from siteauto.app.night_end import freshness, now
    from siteauto.cli.progress import show
    from siteauto.reporters.backup import freshness_document

    hours = backup_policy(settings).stale_hours
    return show(freshness_document(freshness(settings, sites), at=now(), hours=hours), form)


def _print_pair() -> int:
    from siteauto.app.backups import make_pair

    pair = make_pair()
    click.echo("# The recipient is public: put it into backup.yaml. The identity opens every backup that is sealed to")
    click.echo("# it: keep it where this machine is not, and on this machine only as the secret backup/identity.")
    click.echo(f"recipient: {pair.recipient}\nidentity: {pair.identity}")
    return 0
