"""`siteauto plan`: what provisioning would change."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import device_option, document_format_option, root_option, site_argument, trust_option


@click.command("plan")
@site_argument
@device_option
@trust_option
@root_option
@document_format_option
def command(site: str, settings: Settings, form: str, device: tuple[str, ...], *, trust: bool) -> int:
    """Show what provisioning would change, and change nothing. Exit code 5 when something would change."""
    from siteauto.app.site_run import open_site_run
    from siteauto.cli.progress import announce, show, tell
    from siteauto.reporters.plan import plan_document
    from siteauto.workflows.inspection import inspect_site
    from siteauto.workflows.provision import plan_site
    from siteauto.workflows.site_run import select_devices

    run = select_devices(open_site_run(settings, site, trust_new_host_keys=trust), device)
    announce(run.described_as, form)
    plan = plan_site(run, inspect_site(run), tell)
    return show(plan_document(plan.network, plan.servers, target=run.described_as, at=run.now()), form)
