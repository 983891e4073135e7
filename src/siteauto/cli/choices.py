"""Flags that belong together and reach a command as one value: how to change, which backups, which forge."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siteauto.cli.options import Command, backups_option, flag, gathered, progress_option, trust_option

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.app.forges import ForgeWish, Wanted
    from siteauto.app.offline import BackupChoice
    from siteauto.cli.site_provision import Wishes
    from siteauto.core.change.rollout import Limits


def change_options(function: Command) -> Command:
    """`wishes`: how a change is to be made. The verb has its own SITEAUTO_PROVISION_YES and so on."""
    yes = click.option("--yes", is_flag=True, help="Change without asking.")
    text = "Seconds after which every device undoes what is not confirmed."
    window = click.option("--window", default=600, show_default=True, help=text)
    text = "Seconds between the last device's change and the first look at the network."
    settle = click.option("--settle", default=5.0, show_default=True, help=text)
    text = "How many lines of each device's diff to show; 0: all."
    lines = click.option("--diff-lines", default=60, show_default=True, help=text)
    text = "Change several devices without a timer in one go, although they may end up different when siteauto dies."
    atomic = flag("--accept-nonatomic", is_flag=True, help=text)
    return gathered("wishes", _wishes, yes, window, settle, lines, atomic, progress_option, trust_option)(function)


def rollout_options(function: Command) -> Command:
    """`limits`: how many sites go at a time, and when it stops."""
    none, one = click.IntRange(min=0), click.IntRange(min=1)
    canary = flag("--canary", type=none, default=1, help="Sites that go first; one that fails stops.")
    batch = flag("--batch", type=one, default=5, help="Sites at a time after that.")
    text = "How many may fail before it stops."
    failed = flag("--max-failed", type=none, default=0, show_default=True, help=text)
    return gathered("limits", _limits, canary, batch, failed)(function)


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


def _wishes(
    window: int, settle: float, *, diff_lines: int, progress: str, yes: bool, trust: bool, accept_nonatomic: bool
) -> "Wishes":
    from siteauto.cli.site_provision import Wishes
    from siteauto.core.change.transaction import Pace

    return Wishes(
        pace=Pace(window=window, settle=settle),
        progress=progress,
        diff_lines=diff_lines,
        yes=yes,
        trust=trust,
        accept_nonatomic=accept_nonatomic,
    )


def _limits(canary: int, batch: int, max_failed: int) -> "Limits":
    from siteauto.core.change.rollout import Limits

    return Limits(canary=canary, batch=batch, max_failed=max_failed)


def _backup_choice(backups: Path | None, backup_limit: int) -> "BackupChoice":
    from siteauto.app.offline import BackupChoice

    return BackupChoice(folder=backups, limit=timedelta(hours=backup_limit))


def _wish(forge: str | None, repository: str, api_url: str) -> "ForgeWish | None":
    from siteauto.app.forges import ForgeWish

    return ForgeWish(kind=forge, repository=repository, api_url=api_url) if forge else None


def _wanted(pr_limit: int, pr_base: str, remote: str) -> "Wanted":
    from siteauto.app.forges import Wanted

    return Wanted(base=pr_base, limit=pr_limit, remote=remote)
