"""`siteauto provision`: the whole way, from what is there to what the site file says."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siteauto.app.settings import Settings
from siteauto.cli.choices import change_options, rollout_options
from siteauto.cli.options import flag, from_address_option, root_option

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.cli.site_provision import Wishes
    from siteauto.core.change.rollout import Limits


@click.command("provision")
@click.argument("site", required=False)
@change_options
@click.option(
    "--plan",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Do what this plan says and nothing else; refused when it is stale. See: siteauto plan --output.",
)
@flag(
    "--waves",
    is_flag=True,
    help="A new site from the inside: what is near first, each wave a transaction of its own.",
)
@flag("--sites", multiple=True, metavar="PATTERN", help="Sites named like 'us-*'.")
@rollout_options
@flag("--resume", default="", metavar="ROLLOUT", help="Go on with one that stopped.")
@from_address_option
@root_option
def command(
    site: str | None,
    settings: Settings,
    wishes: "Wishes",
    limits: "Limits",
    *,
    plan: Path | None,
    waves: bool,
    sites: tuple[str, ...],
    resume: str,
    from_addresses: tuple[str, ...],
) -> int:
    """Bring a whole site to its intended state, all devices or none.

    With --sites, many sites: each is a transaction of its own. The canaries go first; a ring is begun when the one
    before it has ended and not too many sites have failed.
    """
    from siteauto.app.approved_plan import read_plan
    from siteauto.cli.rollout import provision_sites
    from siteauto.cli.site_provision import provision_site
    from siteauto.core.errors import UsageError

    if bool(site) + bool(sites) + bool(resume) != 1 or (plan and waves) or ((plan or from_addresses) and not site):
        raise UsageError(
            "Nothing says what to provision",
            expected="one SITE, or --sites, or --resume; --plan and --from-address with SITE alone",
        )
    approved = read_plan(plan) if plan is not None else None
    wishes = replace(wishes, waves=waves, plan=approved, from_addresses=from_addresses)
    if site:
        return provision_site(settings, site, wishes)
    return provision_sites(settings, sites, limits, _flags(wishes), resume=resume, yes=wishes.yes)


def _flags(wishes: "Wishes") -> tuple[str, ...]:
    """The flags with which the run of each site has the same wishes."""
    flags = {
        "--trust-new-host-keys": wishes.trust,
        "--accept-nonatomic": wishes.accept_nonatomic,
        "--waves": wishes.waves,
    }
    given = (name for name, is_given in flags.items() if is_given)
    return (f"--window={wishes.pace.window}", f"--settle={wishes.pace.settle}", *given)
