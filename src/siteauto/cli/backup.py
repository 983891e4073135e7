"""`siteauto backup`: running configurations into git."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import device_option, document_format_option, root_option, site_argument, trust_option


@click.command("backup")
@site_argument
@device_option
@trust_option
@root_option
@document_format_option
def command(site: str, settings: Settings, form: str, device: tuple[str, ...], *, trust: bool) -> int:
    """Store the running configurations of a site: redacted text in git, exact bytes beside it."""
    from siteauto.app.site_run import open_site_run
    from siteauto.cli.progress import announce, show
    from siteauto.reporters.backup import backup_document
    from siteauto.workflows.backup import back_up
    from siteauto.workflows.site_run import select_devices, with_backup_only

    run = select_devices(with_backup_only(open_site_run(settings, site, trust_new_host_keys=trust)), device)
    announce(run.described_as, form)
    return show(backup_document(back_up(run, reason="asked for")), form)
