"""`siteauto plan`: what provisioning would change, or what a change of the repository would do."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from siteauto.app.settings import Settings
from siteauto.cli.choices import backup_options, revision_options
from siteauto.cli.options import (
    device_option,
    flag,
    format_option,
    from_address_option,
    root_option,
    sites_argument,
    trust_option,
)

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.app.offline import BackupChoice

FILE = click.Path(path_type=Path, dir_okay=False, writable=True)
OF_OUTPUT = "Also write the plan to this file; of the live devices, for: siteauto provision --plan FILE."


@click.command("plan")
@sites_argument
@revision_options
@flag("--output", type=FILE, help=OF_OUTPUT)
@backup_options
@device_option
@from_address_option
@trust_option
@root_option
@format_option("text", "json", "jsonl", "markdown", "junit", "sarif")
def command(
    sites: tuple[str, ...],
    settings: Settings,
    form: str,
    *,
    device: tuple[str, ...],
    base: str | None,
    head: str,
    output: Path | None,
    choice: "BackupChoice",
    acknowledged: bool,
    from_addresses: tuple[str, ...],
    trust: bool,
) -> int:
    """Show what provisioning would change, and change nothing. Exit code 5 when something would change.

    With --base no device is contacted and no secret is needed: both revisions are rendered and held against the last
    backups. No SITE then means all of them. Exit code 3: a collision that nobody has acknowledged.
    """
    from siteauto.app.offline import make_offline_plan
    from siteauto.cli.offline_plan import show_offline_plan
    from siteauto.core.errors import UsageError

    if base is None:
        if len(sites) != 1 or acknowledged or form == "sarif":
            raise UsageError(
                "A plan from the live devices is for one site",
                expected="SITE, without --acknowledge-collisions and --format sarif",
                next_step="Name one site, or compare two revisions of the repository with --base REF",
            )
        if device and output is not None:
            raise UsageError("--output is for the plan of a whole site", next_step="Leave --device out")
        return _live(settings, sites[0], device, form, trust=trust, output=output, from_addresses=from_addresses)
    if device or from_addresses:
        raise UsageError(
            "--device and --from-address are for live devices", next_step="Name sites only, or leave --base out"
        )
    plan = make_offline_plan(settings, base=base, head=head, names=sites, choice=choice, acknowledged=acknowledged)
    return show_offline_plan(plan, form, output)


def _live(
    settings: Settings,
    site: str,
    device: tuple[str, ...],
    form: str,
    *,
    trust: bool,
    output: Path | None,
    from_addresses: tuple[str, ...],
) -> int:
    from siteauto.app.approved_plan import write_plan
    from siteauto.app.site_run import open_site_run
    from siteauto.cli.progress import announce, show, tell
    from siteauto.reporters.plan import plan_document
    from siteauto.workflows.inspection import inspect_site
    from siteauto.workflows.provision import plan_site
    from siteauto.workflows.site_run import require_configured, select_devices

    opened = open_site_run(settings, site, trust_new_host_keys=trust, from_addresses=from_addresses)
    run = select_devices(require_configured(opened), device)
    announce(run.described_as, form)
    plan = plan_site(run, inspect_site(run), tell)
    if output is not None:
        write_plan(output, plan.network)
    return show(plan_document(plan.network, plan.servers, target=run.described_as, at=run.now()), form)
