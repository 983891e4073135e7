"""`siteauto history`: the stored copies of a device."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import backups_option, format_option, print_json, root_option


@click.command("history")
@click.argument("device")
@backups_option
@root_option
@format_option("text", "json")
def command(device: str, settings: Settings, form: str, *, backups: Path | None) -> None:
    """List the stored copies of a device, the newest first. DEVICE is its full name, such as us-nyc-mad01-sw1."""
    from siteauto.app.backups import open_copies
    from siteauto.reporters.copies import history_data, history_text

    versions = open_copies(settings, device, backups).versions(device)
    print_json(history_data(device, versions)) if form == "json" else click.echo(history_text(device, versions))
