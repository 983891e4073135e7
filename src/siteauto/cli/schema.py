"""`siteauto schema`: what editors check inventory files with."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import root_option


@click.command("schema")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SITEAUTO_SCHEMA_OUTPUT",
    help="Write into this folder. Default: inventory/schemas of the repository.",
)
@root_option
def command(settings: Settings, output: Path | None) -> None:
    """Write JSON Schemas for defaults, archetype and site files.

    A file says which one is its own in its first line, which editors with a YAML language server read:

    # yaml-language-server: $schema=../schemas/site.schema.json
    """
    from siteauto.app.company import write_schemas

    for file in write_schemas(output or settings.inventory / "schemas"):
        click.echo(str(file))
