"""`siteauto init`: a repository of your own."""

from pathlib import Path

import click

from siteauto.cli.options import flag

OF_PACKAGE = (
    "Where its builds install siteauto from, as pip takes it. Default: where this one came from, if that is known."
)


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@flag("--package", default="", metavar="REQUIREMENT", help=OF_PACKAGE)
def command(folder: Path, package: str) -> None:
    """Make FOLDER a repository of your own with the example company in it."""
    from siteauto.app.example import EXAMPLE_SITE, make_repository
    from siteauto.app.origin import is_said

    for path in make_repository(folder, package):
        click.echo(str(path))
    if not is_said(folder):
        click.echo(f"\nBefore its first build: say in {folder / 'requirements.txt'} where siteauto is installed from")
    click.echo(
        f"\nNext: cd {folder} && siteauto validate && siteauto lab up {EXAMPLE_SITE} && "
        f"siteauto provision {EXAMPLE_SITE}"
    )
