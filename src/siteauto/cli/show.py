"""`siteauto show`: what siteauto holds of a thing, before any vendor's words."""

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import format_option, print_json, root_option


@click.group("show")
def command() -> None:
    """Show what siteauto has derived: the intent of a device."""


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
