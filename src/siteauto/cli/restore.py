"""`siteauto restore`: a stored copy back on its device, or a site's copies on all of its devices."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import backups_option, progress_option, root_option, trust_option


@click.command("restore")
@click.argument("name", metavar="DEVICE|SITE")
@click.option("--at", default="", metavar="DATE|COMMIT", help="The copies that held then. Default: the last ones.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Change without asking.", envvar="SITEAUTO_RESTORE_YES")
@click.option(
    "--window",
    default=600,
    show_default=True,
    envvar="SITEAUTO_RESTORE_WINDOW",
    help="Seconds after which every device undoes what is not confirmed.",
)
@click.option(
    "--settle",
    default=5.0,
    show_default=True,
    envvar="SITEAUTO_RESTORE_SETTLE",
    help="Seconds between the last device's change and the first look at the network.",
)
@click.option(
    "--diff-lines",
    default=60,
    show_default=True,
    envvar="SITEAUTO_RESTORE_DIFF_LINES",
    help="How many lines of each device's diff to show; 0: all.",
)
@click.option(
    "--accept-nonatomic",
    is_flag=True,
    envvar="SITEAUTO_ACCEPT_NONATOMIC",
    help="Change several devices without a timer in one go, although they may end up different when siteauto dies.",
)
@click.option(
    "--waves",
    is_flag=True,
    envvar="SITEAUTO_RESTORE_WAVES",
    help="A site on new boxes from the inside: what is near first, each wave a transaction of its own.",
)
@backups_option
@progress_option
@trust_option
@root_option
def command(
    name: str,
    settings: Settings,
    at: str,
    window: int,
    settle: float,
    *,
    diff_lines: int,
    progress: str,
    accept_nonatomic: bool,
    waves: bool,
    dry_run: bool,
    yes: bool,
    trust: bool,
    backups: Path | None,
) -> int:
    """Put a stored configuration back, as one transaction under the devices' own timers.

    DEVICE is a full name such as us-nyc-mad01-sw1; a SITE is restored whole. The logins in use stay as they are. Exit
    code 5 when --dry-run shows changes.
    """
    from siteauto.cli.site_provision import Wishes
    from siteauto.cli.site_restore import restore_site
    from siteauto.core.change.transaction import Pace

    wishes = Wishes(
        pace=Pace(window=window, settle=settle),
        progress=progress,
        diff_lines=diff_lines,
        yes=yes,
        trust=trust,
        accept_nonatomic=accept_nonatomic,
        waves=waves,
    )
    return restore_site(settings, name, wishes, at=at, backups=backups, dry_run=dry_run)
