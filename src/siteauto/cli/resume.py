"""`siteauto resume`: finish what a run that died has left, as it was decided."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import progress_option, root_option, trust_option


@click.command("resume")
@click.argument("site", required=False)
@progress_option
@trust_option
@root_option
def command(site: str | None, settings: Settings, progress: str, *, trust: bool) -> int:
    """Finish the unfinished run of a site; without SITE, of every site that has one.

    A run that had decided to commit is carried out. Any other is undone, and every device is read to prove it. Exit
    code 6: a device needs a person, and is named with what to type.
    """
    from siteauto.app.resume import resume_site, unfinished_sites
    from siteauto.cli.follow import following
    from siteauto.core.run import worst_exit_code
    from siteauto.reporters.provision import resumed_text

    codes = []
    for name in [site] if site else unfinished_sites(settings):
        with following(progress) as on_event:
            ended = resume_site(settings, name, on_event, trust=trust)
        if ended is not None:
            click.echo(resumed_text(name, ended))
            codes.append(ended.exit_code)
    if not codes:
        click.echo(f"{site}: nothing to resume" if site else "nothing to resume")
    return worst_exit_code(codes)
