"""`siteauto provision`: the whole way, from what is there to what the site file says."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import root_option, site_argument, trust_option


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
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="SITEAUTO_PROVISION_PLAN",
    help="Do what this plan says and nothing else; refused when it is stale. See: siteauto plan --output.",
)
@click.option(
    "--accept-nonatomic",
    is_flag=True,
    envvar="SITEAUTO_ACCEPT_NONATOMIC",
    help="Change several devices without a timer in one go, although they may end up different when siteauto dies.",
)
@trust_option
@root_option
def command(
    site: str,
    settings: Settings,
    window: int,
    settle: float,
    *,
    diff_lines: int,
    plan_file: Path | None,
    accept_nonatomic: bool,
    yes: bool,
    trust: bool,
) -> int:
    """Bring a whole site to its intended state, all devices or none."""
    from siteauto.app.approved_plan import read_plan
    from siteauto.cli.progress import tell
    from siteauto.cli.site_provision import Wishes, provision_site
    from siteauto.core.change.transaction import Pace

    wishes = Wishes(
        pace=Pace(window=window, settle=settle),
        on_event=tell,
        diff_lines=diff_lines,
        yes=yes,
        trust=trust,
        accept_nonatomic=accept_nonatomic,
        plan=read_plan(plan_file) if plan_file is not None else None,
    )
    return provision_site(settings, site, wishes)
