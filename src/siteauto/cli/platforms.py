"""`siteauto platforms`: what siteauto drives, from the platform files themselves."""

import os

import click

from siteauto.cli.options import format_option, print_json


@click.command("platforms")
@format_option("text", "json", "markdown")
def command(form: str) -> None:
    """List the operating systems that siteauto drives, and what each can do."""
    from siteauto.app.settings import own_platforms
    from siteauto.platforms import load_platforms
    from siteauto.reporters.platforms import platforms_data, platforms_markdown, platforms_text

    platforms = tuple(load_platforms(own_platforms(os.environ)).values())
    if form == "json":
        print_json(platforms_data(platforms))
    else:
        click.echo((platforms_markdown if form == "markdown" else platforms_text)(platforms))
