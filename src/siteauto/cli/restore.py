"""`siteauto restore`: a stored copy back on its device, or a site's copies on all of its devices."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siteauto.app.settings import Settings
from siteauto.cli.choices import change_options
from siteauto.cli.options import backups_option, root_option

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.cli.site_provision import Wishes


@click.command("restore")
@click.argument("name", metavar="DEVICE|SITE")
@click.option("--at", default="", metavar="DATE|COMMIT", help="The copies that held then. Default: the last ones.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@change_options
@click.option(
    "--waves",
    is_flag=True,
    help="A site on new boxes from the inside: what is near first, each wave a transaction of its own.",
)
@backups_option
@root_option
def command(
    name: str,
    settings: Settings,
    wishes: "Wishes",
    *,
    at: str,
    waves: bool,
    dry_run: bool,
    backups: Path | None,
) -> int:
    """Put a stored configuration back, as one transaction under the devices' own timers.

    DEVICE is a full name such as us-nyc-mad01-sw1; a SITE is restored whole. The logins in use stay as they are. Exit
    code 5 when --dry-run shows changes.
    """
    from siteauto.cli.site_restore import restore_site

    return restore_site(settings, name, replace(wishes, waves=waves), at=at, backups=backups, dry_run=dry_run)
