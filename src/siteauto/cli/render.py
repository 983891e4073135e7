"""`siteauto render`: the intended configuration, or the day-0 text, of a site's devices."""

from pathlib import Path

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import format_option, print_json, root_option, site_argument


@click.command("render")
@site_argument
@click.option("--device", help="Only this device, by its full or short name.", envvar="SITEAUTO_RENDER_DEVICE")
@click.option("--bootstrap", is_flag=True, help="The day-0 text instead of the intended configuration.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write one file per device into this folder instead of printing.",
)
@root_option
@format_option("text", "json")
def command(
    site: str, settings: Settings, form: str, device: str | None, output: Path | None, *, bootstrap: bool
) -> None:
    """Print the intended configuration of a site's devices. Secrets stand in it as secret://NAME."""
    from siteauto.app.company import open_company, open_site
    from siteauto.core.errors import UsageError
    from siteauto.workflows.render import render_bootstrap, render_site

    company = open_company(settings)
    view = open_site(company, site)
    texts = (render_bootstrap if bootstrap else render_site)(view.intents, company.platforms, company.renderer)
    if device is not None:
        texts = {name: text for name, text in texts.items() if device in (name, view.site.device(name).short)}
        if not texts:
            raise UsageError(
                f"{site} has no device {device} that siteauto configures",
                expected=", ".join(intent.device.short for intent in view.intents if intent.device.platform),
                next_step="Give one of these names",
            )
    click.echo("target: none (no device is contacted)", err=True)
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for name, rendered in texts.items():
            (output / f"{name}.cfg").write_text(rendered.text, encoding="utf-8")
            click.echo(str(output / f"{name}.cfg"))
    elif form == "json":
        print_json({"format_version": 1, "site": site, "devices": {name: each.text for name, each in texts.items()}})
    else:
        for name, rendered in texts.items():
            click.echo(f"# ── {name} {'─' * max(1, 100 - len(name))}\n{rendered.text}")
