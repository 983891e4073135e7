"""Flags that belong together and reach a command as one value: which backups, which forge, which drift requests."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siteauto.cli.options import Command, backups_option, flag, gathered

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.app.forges import ForgeWish, Wanted
    from siteauto.app.offline import BackupChoice


def backup_options(function: Command) -> Command:
    """`choice`: which backups, and from when on one is too old to be believed without a warning."""
    hours = click.IntRange(min=1)
    limit = flag("--backup-limit", type=hours, default=168, metavar="HOURS", help="Warn of backups older than this.")
    return gathered("choice", _backup_choice, backups_option, limit)(function)


def forge_options(function: Command) -> Command:
    """`wish`: which repository of which forge; None where no forge is named."""
    forge = flag("--forge", type=click.Choice(("github", "gitlab")), help="Where the pull request is.")
    repository = flag(
        "--repository", default="", metavar="OWNER/NAME", help="The repository there. Default: that of the build."
    )
    text = "A forge of your own: https://github.example.com/api/v3, https://gitlab.example.com."
    return gathered("wish", _wish, forge, repository, flag("--api-url", default="", metavar="URL", help=text))(function)


def request_options(function: Command) -> Command:
    """`wanted`: into which branch drift requests go, how many may be open, and over which remote."""
    most = click.IntRange(min=0)
    text = "So many drift pull requests may be open at once."
    limit = flag("--pr-limit", type=most, default=10, metavar="NUMBER", help=text)
    text = "The branch that they are to be merged into."
    base = flag("--pr-base", default="main", metavar="BRANCH", help=text)
    remote = flag("--remote", default="origin", help="The git remote that their branches are pushed to.")
    return gathered("wanted", _wanted, limit, base, remote)(function)


def revision_options(function: Command) -> Command:
    """`base` and `head`: a change of the repository; `acknowledged`: whether its collisions are agreed to."""
    base = flag("--base", metavar="REF", help="Compare two revisions: the one before the change.")
    head = flag("--head", default="HEAD", metavar="REF", help="The revision with the change.")
    text = "Agree that what was done by hand is overwritten where the change collides with it."
    return base(head(flag("--acknowledge-collisions", "acknowledged", is_flag=True, help=text)(function)))


def _backup_choice(backups: Path | None, backup_limit: int) -> "BackupChoice":
    from siteauto.app.offline import BackupChoice

    return BackupChoice(folder=backups, limit=timedelta(hours=backup_limit))


def _wish(forge: str | None, repository: str, api_url: str) -> "ForgeWish | None":
    from siteauto.app.forges import ForgeWish

    return ForgeWish(kind=forge, repository=repository, api_url=api_url) if forge else None


def _wanted(pr_limit: int, pr_base: str, remote: str) -> "Wanted":
    from siteauto.app.forges import Wanted

    return Wanted(base=pr_base, limit=pr_limit, remote=remote)
