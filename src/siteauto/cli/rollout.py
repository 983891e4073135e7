"""`siteauto provision --sites`: many sites in rings."""

import sys
from collections.abc import Sequence

import click

from siteauto.app.rollout import new_rollout, roll_out, stored_rollout
from siteauto.app.settings import Settings
from siteauto.core.change.rollout import Limits, Rollout, SiteEnd
from siteauto.core.errors import UsageError
from siteauto.core.run import worst_exit_code


def provision_sites(
    settings: Settings, patterns: Sequence[str], limits: Limits, flags: Sequence[str], *, resume: str, yes: bool
) -> int:
    """Provision them, each as a transaction of its own; the exit code is the worst of all."""
    rollout = stored_rollout(settings, resume) if resume else new_rollout(settings, patterns, limits)
    _show(rollout)
    if rollout.left and not yes:
        _ask(sum(map(len, rollout.left)))
    ended, why = roll_out(settings, rollout, flags, _told)
    left = sum(map(len, ended.left))
    click.echo(
        f"rollout {ended.id}: {len(ended.done)} done, {len(ended.failed)} failed, {left - len(ended.failed)} not begun"
    )
    if why:
        click.echo(f"  stopped: {why}")
    if left:
        click.echo(f"  when that is mended: siteauto provision --resume {ended.id}")
    return worst_exit_code(end.exit_code for end in ended.ends.values() if not end.done or end.exit_code)


def _show(rollout: Rollout) -> None:
    click.echo(f"rollout {rollout.id}")
    for number, ring in enumerate(rollout.left, start=1):
        click.echo(f"  ring {number}: {', '.join(ring)}")
    if not rollout.left:
        click.echo("  nothing is left of it")


def _told(end: SiteEnd) -> None:
    click.echo(
        f"{'✓' if end.done else '✗'} {end.site}: {end.verdict or 'no change'}, exit code {end.exit_code}, {end.log}"
    )


def _ask(count: int) -> None:
    """Raises UsageError where nobody can be asked, and click.Abort for anything but yes."""
    if not sys.stdin.isatty():
        raise UsageError(
            f"{count} sites would be changed, and there is nobody to ask",
            expected="--yes, or a terminal",
            next_step="Look at their plans, then run it again with --yes",
        )
    if click.prompt(f"Change {count} sites without asking for each? Only yes will do", default="no") != "yes":
        raise click.Abort
