"""`siteauto abort`: undo what a run that died has left, before its timers do."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import progress_option, root_option, site_argument, trust_option


@click.command("abort")
@site_argument
@progress_option
@trust_option
@root_option
def command(site: str, settings: Settings, progress: str, *, trust: bool) -> int:
    """Undo the unfinished run of a site now, and read every device to prove it. Refused once it is decided."""
    from siteauto.app.resume import abort_site
    from siteauto.cli.follow import following
    from siteauto.reporters.provision import resumed_text

    with following(progress) as on_event:
        ended = abort_site(settings, site, on_event, trust=trust)
    click.echo(f"{site}: nothing to abort" if ended is None else resumed_text(site, ended))
    return 0 if ended is None else ended.exit_code
