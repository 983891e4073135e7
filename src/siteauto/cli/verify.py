"""`siteauto verify`: the live site against the intent."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import device_option, document_format_option, root_option, site_argument, trust_option


@click.command("verify")
@site_argument
@device_option
@click.option("--kind", "kinds", multiple=True, help="Only this kind of check; may be given several times.")
@trust_option
@root_option
@document_format_option
def command(
    site: str, settings: Settings, form: str, device: tuple[str, ...], kinds: tuple[str, ...], *, trust: bool
) -> int:
    """Check the live site against the intent: every planned check is accounted for."""
    from siteauto.app.site_run import open_site_run
    from siteauto.cli.progress import announce, show
    from siteauto.reporters.checks import checks_document
    from siteauto.workflows.site_checks import check_site
    from siteauto.workflows.site_run import select_devices, select_kinds, with_backup_only

    run = select_kinds(
        select_devices(with_backup_only(open_site_run(settings, site, trust_new_host_keys=trust)), device), kinds
    )
    announce(run.described_as, form)
    report = check_site(run)
    return show(checks_document(report, site=run.site.name, target=run.described_as, at=run.now()), form)
