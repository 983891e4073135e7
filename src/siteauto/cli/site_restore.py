"""A restore at a terminal: open the copies, show what would change, have it approved, carry it out."""

from pathlib import Path

import click

from siteauto.app.restores import find_copies, only_backed_up, open_restore_run
from siteauto.app.runs import refuse_unfinished
from siteauto.app.settings import Settings
from siteauto.app.site_run import lock_site
from siteauto.app.waves import waves_of
from siteauto.cli.follow import following
from siteauto.cli.site_provision import Wishes, approval, nothing_is_changed
from siteauto.core.change.outcome import Provisioned
from siteauto.reporters.formats import as_text_without_target
from siteauto.reporters.plan import plan_document
from siteauto.reporters.provision import ended_text
from siteauto.workflows.inspection import inspect_site
from siteauto.workflows.provision import Terms, look
from siteauto.workflows.restore import RestorePlan, plan_restore, put_back, restore
from siteauto.workflows.site_run import SiteRun


def restore_site(settings: Settings, name: str, wishes: Wishes, *, at: str, backups: Path | None, dry_run: bool) -> int:
    """The whole way; the exit code."""
    run = open_restore_run(settings, name, trust_new_host_keys=wishes.trust)
    click.echo(f"target: {run.described_as}")
    if name == run.site.name:
        for box, advice in only_backed_up(settings, run.site.name).items():
            click.echo(f"{box} is not put back. {advice}")
    with lock_site(settings, run, wishes.pace):
        refuse_unfinished(settings, run.site.name, lab=run.lab, target=run.target)
        waves = wishes.waves and not dry_run
        if waves and (code := _in_waves(settings, run, wishes, at=at, backups=backups)):
            return code
        with nothing_is_changed(name):
            plan = _plan(settings, run, wishes, at=at, backups=backups, dry_run=dry_run)
            changing = bool(plan.network.changing)
            if dry_run or not (changing or waves):
                return 5 if changing else 0
            approved = approval(name, wishes) if changing else ""
        terms = Terms(pace=wishes.pace, approved=approved, accept_nonatomic=wishes.accept_nonatomic)
        with following(wishes.progress) as on_event:
            ended = restore(run, plan, on_event, terms)
    click.echo(ended_text(run.site.name, ended))
    return ended.exit_code


def _in_waves(settings: Settings, run: SiteRun, wishes: Wishes, *, at: str, backups: Path | None) -> int:
    """The devices of a site from the inside: the way to the next wave leads through the last one."""
    for wave in waves_of(settings, run):
        names = ", ".join(target.device.short for target in wave.targets)
        with nothing_is_changed(names):
            plan = plan_restore(wave, find_copies(settings, wave, at=at, folder=backups), inspect_site(wave))
            if not plan.network.changing:
                continue
            shown = plan_document(plan.network, None, target=run.described_as, at=run.now())
            click.echo(f"wave: {names}\n{as_text_without_target(shown, body_lines=wishes.diff_lines)}")
            approved = approval(run.site.name, wishes)
        terms = Terms(pace=wishes.pace, approved=approved, accept_nonatomic=wishes.accept_nonatomic)
        with following(wishes.progress) as on_event:
            ended = Provisioned(transaction=put_back(wave, plan, on_event, terms))
        if ended.exit_code:
            click.echo(ended_text(run.site.name, ended))
            return ended.exit_code
    return 0


def _plan(
    settings: Settings, run: SiteRun, wishes: Wishes, *, at: str, backups: Path | None, dry_run: bool
) -> RestorePlan:
    """What would change, shown. Before a change is made, what the devices hold is backed up, as the newest copy."""
    copies = find_copies(settings, run, at=at, folder=backups)
    for one in copies:
        click.echo(f"copy of {one.device}: {one.version.at}, commit {one.version.commit[:12]}")
    if dry_run:
        held = inspect_site(run)
    else:
        with following(wishes.progress) as on_event:
            held, backed_up = look(run, on_event)
        click.echo(f"backup of what was there: {backed_up.folder} commit {backed_up.commit[:12]}")
    plan = plan_restore(run, copies, held)
    shown = plan_document(plan.network, None, target=run.described_as, at=run.now())
    click.echo(as_text_without_target(shown, body_lines=wishes.diff_lines))
    return plan
