"""One site's provision at a terminal: look, show the plan, have it approved, carry it out, tell how it ended."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from siteauto.app.runs import operator, refuse_unfinished
from siteauto.app.settings import Settings
from siteauto.app.site_run import lock_site, open_site_run
from siteauto.app.waves import waves_of
from siteauto.cli.follow import following
from siteauto.core.change.approved import must_be_as_approved
from siteauto.core.change.outcome import Provisioned
from siteauto.core.change.plan import Plan
from siteauto.core.change.transaction import Pace
from siteauto.core.errors import UsageError
from siteauto.reporters.formats import as_text_without_target
from siteauto.reporters.plan import plan_document
from siteauto.reporters.provision import ended_text
from siteauto.workflows.inspection import inspect_site
from siteauto.workflows.provision import (
    OnEvent,
    SitePlan,
    Terms,
    change_network,
    look,
    plan_network,
    plan_site,
    provision,
)
from siteauto.workflows.site_run import SiteRun, require_configured


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the operator has asked for. `plan` was approved already, and nothing else may be done."""

    pace: Pace
    progress: str = "auto"
    diff_lines: int = 60
    yes: bool = False
    trust: bool = False
    accept_nonatomic: bool = False
    plan: Plan | None = None
    waves: bool = False
    from_addresses: tuple[str, ...] = ()


def provision_site(settings: Settings, site: str, wishes: Wishes) -> int:
    """The whole way of one site; the exit code."""
    run = require_configured(
        open_site_run(settings, site, trust_new_host_keys=wishes.trust, from_addresses=wishes.from_addresses)
    )
    click.echo(f"target: {run.described_as}")
    with lock_site(settings, run, wishes.pace):
        refuse_unfinished(settings, run.site.name, lab=run.lab, target=run.target)
        if wishes.waves and (code := _in_waves(settings, run, wishes)):
            return code
        with nothing_is_changed(site):
            with following(wishes.progress) as on_event:
                plan = _plan(run, wishes, on_event)
            approved = approval(site, wishes) if plan.changes else ""
        terms = Terms(pace=wishes.pace, approved=approved, accept_nonatomic=wishes.accept_nonatomic)
        with following(wishes.progress) as on_event:
            ended = provision(run, plan, on_event, terms)
    click.echo(ended_text(run.site.name, ended))
    return ended.exit_code


def _in_waves(settings: Settings, run: SiteRun, wishes: Wishes) -> int:
    """The network of a new site from the inside; what is left for the whole is its servers, checks and backup."""
    for wave in waves_of(settings, run):
        names = ", ".join(target.device.short for target in wave.targets)
        with nothing_is_changed(names), following(wishes.progress) as on_event:
            plan = SitePlan(network=plan_network(wave, inspect_site(wave)), servers=None)
        if not plan.changes:
            continue
        shown = plan_document(plan.network, None, target=run.described_as, at=run.now())
        click.echo(f"wave: {names}\n{as_text_without_target(shown, body_lines=wishes.diff_lines)}")
        with nothing_is_changed(names):
            approved = approval(run.site.name, wishes)
        terms = Terms(pace=wishes.pace, approved=approved, accept_nonatomic=wishes.accept_nonatomic)
        with following(wishes.progress) as on_event:
            ended = Provisioned(transaction=change_network(wave, plan.network, on_event, terms))
        if ended.exit_code:
            click.echo(ended_text(run.site.name, ended))
            return ended.exit_code
    return 0


def _plan(run: SiteRun, wishes: Wishes, on_event: OnEvent) -> SitePlan:
    """What would change, shown. Raises StalePlanError when that is not what was approved."""
    held, backed_up = look(run, on_event)
    click.echo(f"backup of what was there: {backed_up.folder} commit {backed_up.commit[:12]}")
    plan = plan_site(run, held, on_event)
    shown = plan_document(plan.network, plan.servers, target=run.described_as, at=run.now())
    click.echo(as_text_without_target(shown, body_lines=wishes.diff_lines))
    if wishes.plan is not None and (remark := must_be_as_approved(wishes.plan, plan.network)):
        click.echo(f"note: {remark}")
    return plan


def approval(site: str, wishes: Wishes) -> str:
    """Who approved the change that was shown, and how. Raises UsageError, click.Abort."""
    if wishes.plan is not None:
        return f"{operator()}, with the plan {wishes.plan.digest[:12]} from a file"
    if not wishes.yes:
        _ask(site)
    return f"{operator()}, {'with --yes' if wishes.yes else 'asked'}"


@contextmanager
def nothing_is_changed(site: str) -> Iterator[None]:
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
            expected="--yes, --plan, or a terminal",
            next_step="Look at the plan above, then run it again with --yes",
        )
    if click.prompt(f"Change {site}? Only yes will do", default="no") != "yes":
        raise click.Abort
