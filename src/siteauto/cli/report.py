"""`siteauto report`: tell a pull request what its change would do."""

from datetime import timedelta
from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import backup_limit_option, backups_option, forge_options, root_option, sites_argument


@click.command("report")
@sites_argument
@click.option(
    "--plan",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="SITEAUTO_PLAN",
    help="A plan.json that `siteauto plan` wrote. Without it the plan is made here: give --base and --head.",
)
@click.option("--base", envvar="SITEAUTO_BASE", metavar="REF", help="The revision before the change.")
@click.option(
    "--head",
    default="HEAD",
    show_default=True,
    envvar="SITEAUTO_HEAD",
    metavar="REF",
    help="The revision with the change: the head of the pull request.",
)
@click.option(
    "--acknowledge-collisions",
    "acknowledged",
    is_flag=True,
    envvar="SITEAUTO_ACKNOWLEDGE_COLLISIONS",
    help="Agree that what was done by hand is overwritten where the change collides with it.",
)
@click.option(
    "--acknowledge-label",
    default="",
    envvar="SITEAUTO_ACKNOWLEDGE_LABEL",
    metavar="LABEL",
    help="Agree to that where the pull request has this label.",
)
@forge_options
@click.option(
    "--pull-request",
    type=click.IntRange(min=1),
    envvar="SITEAUTO_PULL_REQUEST",
    metavar="NUMBER",
    help="Which one. Default: that of the build, or the open one with this head.",
)
@click.option(
    "--artifact",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("siteauto-report"),
    show_default=True,
    envvar="SITEAUTO_ARTIFACT",
    help="Write the whole report into this folder.",
)
@click.option("--artifact-url", envvar="SITEAUTO_ARTIFACT_URL", help="Where people find it. Default: the build's page.")
@backups_option
@backup_limit_option
@root_option
def command(
    sites: tuple[str, ...],
    settings: Settings,
    *,
    file: Path | None,
    base: str | None,
    head: str,
    acknowledged: bool,
    acknowledge_label: str,
    forge: str | None,
    repository: str | None,
    api_url: str | None,
    pull_request: int | None,
    artifact: Path,
    artifact_url: str | None,
    backups: Path | None,
    backup_limit: int,
) -> int:
    """Write the report of a change into files, and with --forge tell its pull request.

    Exit code 0: told, or nothing new to tell, or the token may only read (then it says what a trusted job must post).
    2: bad input, or a token that the forge does not know. 4: the forge does not answer. A token comes from
    SITEAUTO_FORGE_TOKEN, GITHUB_TOKEN or GITLAB_TOKEN.
    """
    from siteauto.app.forges import ForgeWish, build_forge, read_forge_facts
    from siteauto.app.offline import BackupChoice, make_offline_plan
    from siteauto.app.report import read_plan, write_artifact, write_summary
    from siteauto.cli.report_told import tell_forge, tell_runner
    from siteauto.core.errors import UsageError

    if (file is None) == (base is None):
        raise UsageError("A report is of one plan", expected="either --plan FILE, or --base REF and --head REF")
    wish = ForgeWish(
        kind=forge or build_forge(settings.environment),
        repository=repository or ("" if forge else "none"),
        api_url=api_url or "",
        pull_request=pull_request or 0,
        run_url=artifact_url or "",
    )
    facts = read_forge_facts(wish, settings.environment)
    if file is not None:
        plan = read_plan(file)
    else:
        choice = BackupChoice(folder=backups, limit=timedelta(hours=backup_limit))
        plan = make_offline_plan(
            settings, base=base or "", head=head, names=sites, choice=choice, acknowledged=acknowledged
        )
    files = write_artifact(plan, artifact, facts.run_url)
    click.echo(f"{artifact}: {len(files)} files")
    if summary := write_summary(plan, settings.environment, facts.run_url):
        click.echo(f"summary of the job: {summary}")
    return tell_forge(plan, facts, artifact, acknowledge_label) if forge else tell_runner(plan, settings.environment)
