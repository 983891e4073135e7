"""`siteauto show`: what siteauto holds of a thing, before any vendor's words."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import backups_option, format_option, print_json, root_option


@click.group("show")
def command() -> None:
    """Show what siteauto holds of a device: its intent, or a stored copy."""


@command.command("intent")
@click.argument("device")
@root_option
@format_option("text", "json")
def show_intent(device: str, settings: Settings, form: str) -> None:
    """Print what one device shall be, in no vendor's words. DEVICE is its full name, such as us-nyc-mad01-sw1.

    docs/intent.md says what each field means.
    """
    from siteauto.app.company import find_intent
    from siteauto.reporters.intent import intent_data, intent_text

    intent = find_intent(settings, device)
    click.echo("target: none (no device is contacted)", err=True)
    if form == "json":
        print_json(intent_data(intent))
    else:
        click.echo(intent_text(intent))


@command.command("backup")
@click.argument("device")
@click.option("--at", default="", metavar="DATE|COMMIT", help="The copy that held then. Default: the last one.")
@click.option("--exact", is_flag=True, help="Unseal it: what the device sent, secrets and all.")
@click.option(
    "--part", default="", metavar="FILE", help="Unseal a file that is kept beside the text, such as vlan.dat."
)
@backups_option
@root_option
@format_option("text", "json")
def show_backup(
    device: str, settings: Settings, form: str, *, at: str, exact: bool, part: str, backups: Path | None
) -> None:
    """Print a stored copy of a device: redacted, unless --exact is given. A date means the end of that day, UTC."""
    from siteauto.app.backups import make_unsealer, open_copies, open_part
    from siteauto.reporters.copies import copy_data

    copy = open_copies(settings, device, backups).find(device, at)
    if part:
        click.echo(open_part(settings, copy, part), nl=False)
    elif exact:
        click.echo(make_unsealer(settings, device)(copy), nl=False)
    elif form == "json":
        print_json(copy_data(copy))
    else:
        click.echo(f"{device}: {copy.version.at}, commit {copy.version.commit[:12]}", err=True)
        click.echo(copy.redacted, nl=False)
