"""`siteauto render`: the intended configuration, or the day-0 text, of a site's devices or of all devices."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import format_option, print_json, root_option

if TYPE_CHECKING:
    from siteauto.core.intent import RenderedConfig


@click.command("render")
@click.argument("site", required=False)
@click.option("--all", "every", is_flag=True, help="Every site of the company instead of one.")
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
    site: str | None,
    settings: Settings,
    form: str,
    device: str | None,
    output: Path | None,
    *,
    every: bool,
    bootstrap: bool,
) -> None:
    """Print the intended configuration of a site's devices. Secrets stand in it as secret://NAME."""
    from siteauto.core.errors import UsageError

    if every == bool(site):
        raise UsageError("Nothing to render", expected="one site, or --all", next_step="Give the name of a site")
    texts = _texts(settings, site, bootstrap=bootstrap)
    if device is not None:
        texts = _only(device, texts, site or "the company")
    click.echo("target: none (no device is contacted)", err=True)
    if output is not None:
        _write(texts, output)
    elif form == "json":
        head = {"format_version": 1} | ({"site": site} if site else {})
        print_json(head | {"devices": {each.device: each.text for each in texts}})
    else:
        for rendered in texts:
            click.echo(f"# ── {rendered.device} {'─' * max(1, 100 - len(rendered.device))}\n{rendered.text}")


def _texts(settings: Settings, site: str | None, *, bootstrap: bool) -> "Iterable[RenderedConfig]":
    from siteauto.app.company import open_company
    from siteauto.app.fleet import BOOTSTRAP, INTENDED, look_at_all, render_all, render_one
    from siteauto.core.models import SiteName

    company, kind = open_company(settings), BOOTSTRAP if bootstrap else INTENDED
    if site is not None:
        return render_one(company, SiteName(site), kind).values()
    look = look_at_all(company)
    return (rendered for _, texts in render_all(company, look, kind) for rendered in texts.values())


def _only(device: str, texts: "Iterable[RenderedConfig]", where: str) -> "Iterator[RenderedConfig]":
    from siteauto.core.errors import UsageError

    rendered = list(texts)
    found = [each for each in rendered if device in (each.device, each.device.rpartition("-")[2])]
    if not found:
        raise UsageError(
            f"{where} has no device {device} that siteauto configures",
            expected=", ".join(each.device.rpartition("-")[2] for each in rendered),
            next_step="Give one of these names",
        )
    return iter(found)


def _write(texts: "Iterable[RenderedConfig]", output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for rendered in texts:
        file, content = output / f"{rendered.device}.cfg", rendered.text.encode()
        if not file.exists() or file.read_bytes() != content:  # what is the same keeps its date
            file.write_bytes(content)
        click.echo(str(file))
