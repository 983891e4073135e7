"""`siteauto cabling`: the patch list of a site."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import format_option, print_json, root_option, site_argument


@click.command("cabling")
@site_argument
@root_option
@format_option("text", "csv", "json")
def command(site: str, settings: Settings, form: str) -> None:
    """Print what is plugged into what: cables between boxes, circuits, and the outlets of rooms and desks."""
    from siteauto.app.company import open_company, open_site
    from siteauto.core.site.patch_list import patch_list
    from siteauto.reporters.cabling import cabling_csv, cabling_data, cabling_text

    view = open_site(open_company(settings), site)
    patches = patch_list(view.site, view.intents)
    click.echo("target: none (no device is contacted)", err=True)
    if form == "json":
        print_json(cabling_data(site, patches))
    else:
        click.echo((cabling_csv if form == "csv" else cabling_text)(patches))
