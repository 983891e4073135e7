"""`siteauto drill`: prove that stored copies can be restored, before they are needed."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import document_format_option, root_option


@click.command("drill")
@click.argument("name", required=False, default="", metavar="[SITE|DEVICE]")
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    envvar="SITEAUTO_DRILL_SAMPLE",
    help="How many copies, the longest unproven first; 0: all.",
)
@click.option(
    "--identity",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    envvar="SITEAUTO_DRILL_IDENTITY",
    help="A file with another identity to open them with, such as the escrow's.",
)
@root_option
@document_format_option
def command(name: str, settings: Settings, form: str, *, sample: int, identity: Path | None) -> int:
    """Prove that stored copies can be restored.

    Each copy is unsealed, put on simulated devices as a restore would, read back and compared; the repository is
    cloned and read whole. No real device is contacted. Exit code 3 where one failed, 4 where one could not be tried.
    """
    from siteauto.app.drill import run_drill
    from siteauto.cli.progress import show
    from siteauto.reporters.drill import drill_document

    return show(drill_document(run_drill(settings, name, sample=sample, identity=identity)), form)
