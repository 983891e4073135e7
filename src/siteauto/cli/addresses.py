"""`siteauto addresses`: the address plan, and pinning it in the sites' locks."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import format_option, print_json, root_option


@click.command("addresses")
@click.argument("site", required=False)
@click.option("--write", is_flag=True, help="Pin what is planned in the lock of the site, or of every site.")
@click.option(
    "--renumber",
    multiple=True,
    metavar="NAME",
    help="With --write: this VLAN role or device may move although it is pinned; may be given several times. "
    "`all` plans the whole site anew.",
)
@root_option
@format_option("text", "json", "csv")
def command(site: str | None, settings: Settings, form: str, renumber: tuple[str, ...], *, write: bool) -> None:
    """Print the address plan of SITE, or of the whole company; with --write, pin it in inventory/locks.

    What is pinned keeps its address: a VLAN that comes to a site never renumbers another.
    """
    from siteauto.app.addresses import plan_addresses, write_locks
    from siteauto.core.site.address_report import report_region, report_site
    from siteauto.reporters.addresses import addresses_csv, addresses_data, addresses_text

    click.echo("target: none (no device is contacted)", err=True)
    changes = plan_addresses(settings, site, renumber)
    if write:
        for path in write_locks(settings, changes, renumber):
            click.echo(f"written: {path}", err=True)
        for change in changes:
            for move in change.moves:
                click.echo(f"renumbered: {change.site.name} {move.name} {move.was} -> {move.becomes}", err=True)
        changes = plan_addresses(settings, site)
    sites = [report_site(change) for change in changes]
    regions = (
        []
        if site
        else [report_region(each, [c.site for c in changes]) for each in (changes[0].site.regions if changes else ())]
    )
    if form == "json":
        print_json(addresses_data(sites, regions))
    elif form == "csv":
        click.echo(addresses_csv(sites, regions), nl=False)
    else:
        click.echo(addresses_text(sites, regions))
