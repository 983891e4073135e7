"""`siteauto init`: a repository of your own."""

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make FOLDER a repository of your own with the example company in it."""
    from siteauto.app.example import EXAMPLE_SITE, make_repository

    for path in make_repository(folder):
        click.echo(str(path))
    click.echo(
        f"\nNext: cd {folder} && siteauto validate && siteauto lab up {EXAMPLE_SITE} && "
        f"siteauto provision {EXAMPLE_SITE}"
    )
