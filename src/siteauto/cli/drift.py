"""`siteauto drift`: where running differs from intended."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import device_option, document_format_option, root_option, site_argument, trust_option


@click.command("drift")
@site_argument
@device_option
@trust_option
@root_option
@document_format_option
def command(site: str, settings: Settings, form: str, device: tuple[str, ...], *, trust: bool) -> int:
    """Show where running configurations differ from the intended ones. Exit code 5 when one does."""
    from siteauto.app.site_run import open_site_run
    from siteauto.cli.progress import announce, show
    from siteauto.reporters.drift import drift_document
    from siteauto.workflows.drift import find_drift
    from siteauto.workflows.site_run import select_devices, with_backup_only

    run = select_devices(with_backup_only(open_site_run(settings, site, trust_new_host_keys=trust)), device)
    announce(run.described_as, form)
    return show(drift_document(find_drift(run)), form)
