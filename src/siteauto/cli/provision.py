"""`siteauto provision`: the whole way, from what is there to what the site file says."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import progress_option, root_option, trust_option


@click.command("provision")
@click.argument("site", required=False)
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
@click.option(
    "--waves",
    is_flag=True,
    envvar="SITEAUTO_WAVES",
    help="A new site from the inside: what is near first, each wave a transaction of its own.",
)
@click.option("--sites", multiple=True, metavar="PATTERN", envvar="SITEAUTO_SITES", help="Sites named like 'us-*'.")
@click.option(
    "--canary",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    envvar="SITEAUTO_CANARY",
    help="Sites that go first; one that fails stops.",
)
@click.option(
    "--batch",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    envvar="SITEAUTO_BATCH",
    help="Sites at a time after that.",
)
@click.option(
    "--max-failed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    envvar="SITEAUTO_MAX_FAILED",
    help="How many may fail before it stops.",
)
@click.option("--resume", default="", metavar="ROLLOUT", envvar="SITEAUTO_RESUME", help="Go on with one that stopped.")
@progress_option
@trust_option
@root_option
def command(
    site: str | None,
    settings: Settings,
    window: int,
    settle: float,
    *,
    diff_lines: int,
    plan_file: Path | None,
    progress: str,
    accept_nonatomic: bool,
    waves: bool,
    sites: tuple[str, ...],
    canary: int,
    batch: int,
    max_failed: int,
    resume: str,
    yes: bool,
    trust: bool,
) -> int:
    """Bring a whole site to its intended state, all devices or none.

    With --sites, many sites: each is a transaction of its own. The canaries go first; a ring is begun when the one
    before it has ended and not too many sites have failed.
    """
    from siteauto.app.approved_plan import read_plan
    from siteauto.cli.rollout import provision_sites
    from siteauto.cli.site_provision import Wishes, provision_site
    from siteauto.core.change.rollout import Limits
    from siteauto.core.change.transaction import Pace
    from siteauto.core.errors import UsageError

    if bool(site) + bool(sites) + bool(resume) != 1 or (plan_file and (waves or not site)):
        raise UsageError(
            "Nothing says what to provision", expected="one SITE, or --sites, or --resume; --plan with SITE alone"
        )
    if not site:
        limits = Limits(canary=canary, batch=batch, max_failed=max_failed)
        flags = [f"--window={window}", f"--settle={settle}", f"--root={settings.root}"]
        flags += ["--trust-new-host-keys"] if trust else []
        flags += ["--accept-nonatomic"] if accept_nonatomic else []
        flags += ["--waves"] if waves else []
        return provision_sites(settings, sites, limits, flags, resume=resume, yes=yes)
    wishes = Wishes(
        pace=Pace(window=window, settle=settle),
        progress=progress,
        diff_lines=diff_lines,
        yes=yes,
        trust=trust,
        accept_nonatomic=accept_nonatomic,
        waves=waves,
        plan=read_plan(plan_file) if plan_file is not None else None,
    )
    return provision_site(settings, site, wishes)
