"""`siteauto diff`: what differs between two stored copies of a device."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import backups_option, format_option, print_json, root_option


@click.command("diff")
@click.argument("device")
@click.argument("before", metavar="A")
@click.argument("now", metavar="[B]", default="")
@backups_option
@root_option
@format_option("text", "json")
def command(device: str, before: str, now: str, settings: Settings, form: str, *, backups: Path | None) -> int:
    """Show what differs between two stored copies of a device, A and B: dates, moments or commits. Secrets are tokens.

    Without B, A is compared with the last copy. Exit code 5 where they differ.
    """
    from siteauto.app.backups import compare_copies
    from siteauto.reporters.copies import diff_data

    found = compare_copies(settings, device, (before, now), backups)
    print_json(diff_data(device, found)) if form == "json" else click.echo(found.text or "no difference")
    return 5 if found.text else 0
