"""`siteauto recover`: what a change has left behind when its journal is lost."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import document_format_option, root_option, site_argument, trust_option


@click.command("recover")
@site_argument
@trust_option
@root_option
@document_format_option
def command(site: str, settings: Settings, form: str, *, trust: bool) -> int:
    """Read from the devices what a change has left, when the journal of its run is lost. Changes nothing.

    Says of each device whether its timer runs, and whether it is as intended, as in the last backup, or neither; then
    what to type. Exit code 6: the site is mixed or pending. With a journal, resume knows more.
    """
    from siteauto.app.runs import prefer_resume
    from siteauto.app.site_run import lock_site, open_site_run
    from siteauto.cli.progress import announce, show
    from siteauto.reporters.recover import recover_document
    from siteauto.workflows.recover import recover_site
    from siteauto.workflows.site_run import require_configured

    run = require_configured(open_site_run(settings, site, trust_new_host_keys=trust))
    announce(run.described_as, form)
    with lock_site(settings, run):
        prefer_resume(settings, run.site.name, lab=run.lab, target=run.target)
        found = recover_site(run)
    return show(recover_document(found, site=run.site.name, target=run.described_as, at=run.now()), form)
