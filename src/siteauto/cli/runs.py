"""`siteauto runs`: what was changed from this machine, by whom, and how it ended."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import format_option, print_json, root_option


@click.group("runs", invoke_without_command=True)
@click.option("--site", default="", envvar="SITEAUTO_SITE", help="Only the runs of this site.")
@root_option
@format_option("text", "json")
@click.pass_context
def command(context: click.Context, site: str, settings: Settings, form: str) -> None:
    """List the runs of this machine, the latest last."""
    from siteauto.app.runs import histories, list_runs
    from siteauto.reporters.runs import runs_data, runs_text

    if context.invoked_subcommand is not None:
        return
    runs = histories(list_runs(settings, site))
    print_json(runs_data(runs)) if form == "json" else click.echo(runs_text(runs))


@command.command("show")
@click.argument("run")
@root_option
@format_option("text", "json")
def show(run: str, settings: Settings, form: str) -> None:
    """Print the audit trail of one run: its plan, who approved it, the decision, and every step on every device."""
    from siteauto.app.runs import read_stored_run
    from siteauto.reporters.runs import run_data, run_text

    stored = read_stored_run(settings, run)
    words = (stored.history, stored.records, stored.problem)
    print_json(run_data(*words)) if form == "json" else click.echo(run_text(*words))


@command.command("rollouts")
@root_option
@format_option("text", "json")
def rollouts(settings: Settings, form: str) -> None:
    """List the rollouts over many sites, the latest last: what is done, what failed, and what is left."""
    from siteauto.app.rollout import list_rollouts
    from siteauto.reporters.runs import rollouts_data, rollouts_text

    known = list_rollouts(settings)
    print_json(rollouts_data(known)) if form == "json" else click.echo(rollouts_text(known))


@command.command("close")
@click.argument("run")
@click.option("--reason", required=True, envvar="SITEAUTO_REASON", help="What was done by hand, for the audit trail.")
@root_option
def close(run: str, reason: str, settings: Settings) -> None:
    """Take an unfinished run on by hand: siteauto neither finishes nor undoes it any more."""
    from siteauto.app.runs import close_run

    close_run(settings, run, reason)
    click.echo(f"{run}: closed. siteauto plan shows what its site holds now")
