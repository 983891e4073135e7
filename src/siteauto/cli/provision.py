"""`siteauto provision`: the whole way, from what is there to what the site file says."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import root_option, site_argument, trust_option
from siteauto.core.errors import UsageError


@click.command("provision")
@site_argument
@click.option("--yes", is_flag=True, help="Change without asking.", envvar="SITEAUTO_PROVISION_YES")
@click.option(
    "--window",
    default=600,
    show_default=True,
    envvar="SITEAUTO_PROVISION_WINDOW",
    help="Seconds after which every device undoes what is not confirmed.",
)
@click.option(
    "--settle",
    default=5.0,
    show_default=True,
    envvar="SITEAUTO_PROVISION_SETTLE",
    help="Seconds between the last device's change and the first look at the network.",
)
@click.option(
    "--diff-lines",
    default=60,
    show_default=True,
    envvar="SITEAUTO_PROVISION_DIFF_LINES",
    help="How many lines of each device's diff to show; 0: all.",
)
@trust_option
@root_option
def command(
    site: str, settings: Settings, window: int, settle: float, diff_lines: int, *, yes: bool, trust: bool
) -> int:
    """Bring a whole site to its intended state, all devices or none."""
    from siteauto.app.runs import operator, refuse_unfinished
    from siteauto.app.site_run import lock_site, open_site_run
    from siteauto.cli.progress import tell
    from siteauto.core.change.transaction import Pace
    from siteauto.reporters.formats import as_text_without_target
    from siteauto.reporters.plan import plan_document
    from siteauto.reporters.provision import ended_text
    from siteauto.workflows.provision import look, plan_site, provision

    run = open_site_run(settings, site, trust_new_host_keys=trust)
    click.echo(f"target: {run.described_as}")
    with lock_site(settings, run):
        refuse_unfinished(settings, run.site.name, lab=run.lab, target=run.target)
        with _nothing_is_changed(site):
            held, backed_up = look(run, tell)
            click.echo(f"backup of what was there: {backed_up.folder} commit {backed_up.commit[:12]}")
            plan = plan_site(run, held, tell)
            shown = plan_document(plan.network, plan.servers, target=run.described_as, at=run.now())
            click.echo(as_text_without_target(shown, body_lines=diff_lines))
            if plan.changes and not yes:
                _ask(site)
        approved = f"{operator()}, {'with --yes' if yes else 'asked'}" if plan.changes else ""
        ended = provision(run, plan, tell, pace=Pace(window=window, settle=settle), approved=approved)
    click.echo(ended_text(run.site.name, ended))
    return ended.exit_code


@contextmanager
def _nothing_is_changed(site: str) -> Iterator[None]:
    """Says so when Ctrl-C comes in here."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        click.echo(f"{site}: stopped before anything was changed", err=True)
        raise


def _ask(site: str) -> None:
    """Raises UsageError where nobody can be asked, and click.Abort for anything but yes."""
    if not sys.stdin.isatty():
        raise UsageError(
            f"{site} would change, and there is nobody to ask",
            expected="--yes, or a terminal",
            next_step="Look at the plan above, then run it again with --yes",
        )
    if click.prompt(f"Change {site}? Only yes will do", default="no") != "yes":
        raise click.Abort
