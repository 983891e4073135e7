"""`siteauto new`: the files of something that is to be."""

from ipaddress import IPv4Network
from typing import Any

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import root_option


@click.group("new")
def command() -> None:
    """Write the files of something new: a site."""


def _network(_context: click.Context, _parameter: click.Parameter, value: str | None) -> IPv4Network | None:
    try:
        return IPv4Network(value) if value else None
    except ValueError as error:
        raise click.BadParameter("expected a subnet with its prefix length, such as 10.44.24.0/22") from error


@command.command("site")
@click.argument("name")
@click.option("--archetype", required=True, help="The site standard that it follows.")
@click.option("--address", required=True, help='Where it is: "680 Madison Ave, New York, NY 10065".')
@click.option("--supernet", callback=_network, help="Its addresses. Default: the next free ones of its region.")
@click.option("--timezone", help="IANA name. Default: that of its region.")
@root_option
def new_site(settings: Settings, **said: Any) -> None:  # noqa: ANN401 - click passes what the options above name
    """Write the file of site NAME and its address lock, with named gaps for what a person must fill in."""
    from siteauto.app.new_site import NewSiteRequest, create_site

    click.echo("target: none (no device is contacted)", err=True)
    created = create_site(settings, NewSiteRequest(**said))
    click.echo(f"{created.site_file}\n{created.lock_file}")
    click.echo(f"\n{said['name']} has {created.supernet}. Still to be filled in:")
    for line, gap in created.gaps:
        click.echo(f"  line {line:>2}  {gap}")
    click.echo("\n`siteauto validate` lists them until they are.")
