"""`siteauto backup`: running configurations into git."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import device_option, document_format_option, root_option, trust_option

ACCEPT = "Store copies of the devices named although they have lost much since the last one; the reason is recorded."


@click.command("backup")
@click.argument("site", required=False)
@click.option("--accept", default="", metavar="REASON", envvar="SITEAUTO_ACCEPT", help=ACCEPT)
@click.option("--new-identity", is_flag=True, help="Print a new key pair to seal backups to, and do nothing else.")
@device_option
@trust_option
@root_option
@document_format_option
def command(
    site: str | None,
    settings: Settings,
    form: str,
    *,
    device: tuple[str, ...],
    accept: str,
    new_identity: bool,
    trust: bool,
) -> int:
    """Store the running configurations of a site: readable without secrets, and sealed byte for byte.

    What does not arrive whole goes into quarantine; the last good copy stays.
    """
    from siteauto.app.backups import accepted_by
    from siteauto.app.site_run import open_site_run
    from siteauto.cli.progress import announce, show
    from siteauto.core.errors import UsageError
    from siteauto.reporters.backup import backup_document
    from siteauto.workflows.backup import back_up
    from siteauto.workflows.site_run import select_devices, with_backup_only

    if new_identity:
        return _print_pair()
    if site is None:
        raise UsageError("No site was named", next_step="Name one")
    if accept and not device:
        raise UsageError("--accept is for devices that somebody has looked at", next_step="Name them with --device")
    run = select_devices(with_backup_only(open_site_run(settings, site, trust_new_host_keys=trust)), device)
    announce(run.described_as, form)
    return show(backup_document(back_up(run, reason="asked for", accepted=accepted_by(accept))), form)


def _print_pair() -> int:
    from siteauto.app.backups import make_pair

    pair = make_pair()
    click.echo("# The recipient is public: put it into backup.yaml. The identity opens every backup that is sealed to")
    click.echo("# it: keep it where this machine is not, and on this machine only as the secret backup/identity.")
    click.echo(f"recipient: {pair.recipient}\nidentity: {pair.identity}")
    return 0
