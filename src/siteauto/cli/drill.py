"""`siteauto drill`: prove that stored copies can be restored, before they are needed."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import document_format_option, root_option
from siteauto.core.errors import UsageError


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
@click.option("--store", is_flag=True, help="The repository alone: clone it (the remote), open and count every copy.")
@root_option
@document_format_option
def command(name: str, settings: Settings, form: str, *, sample: int, identity: Path | None, store: bool) -> int:
    """Prove that stored copies can be restored.

    Each copy is unsealed, put on simulated devices as a restore would, read back and compared; a box that is only
    backed up is proven readable. The repository is cloned and read whole. No real device is contacted. Exit code 3
    where something failed, 4 where a copy could not be tried.
    """
    from siteauto.app.drill import DrillRequest, run_drill
    from siteauto.cli.progress import show
    from siteauto.reporters.drill import FORMATS_OF_A_DRILL, drill_document

    if store and (name or sample):
        raise UsageError("--store is about the whole repository", next_step="Name no site, no device and no sample")
    report = run_drill(settings, DrillRequest(name=name, sample=sample, identity=identity, store=store))
    if form in FORMATS_OF_A_DRILL:
        click.echo(FORMATS_OF_A_DRILL[form](report))
        return report.exit_code
    return show(drill_document(report), form)
