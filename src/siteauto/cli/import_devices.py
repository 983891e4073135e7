"""`siteauto import`: the devices of Oxidized or RANCID."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import root_option

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.app.way_in import ImportRequest
    from siteauto.core.way_in.imported import Imported

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path, dir_okay=False)
SECRETS = "Write the passwords into this new file (mode 0600), which must be outside of any git work tree."


@click.group("import")
def command() -> None:
    """Take devices over from Oxidized or RANCID, as boxes that are backed up and nothing else."""


def _import_options(function: Command) -> Command:
    site = click.option("--site", default="", help="The new site of all devices. Default: one site per group.")
    group = click.option("--group", multiple=True, metavar="GROUP=SITE", help="The new site of a group's devices.")
    secrets = click.option("--secrets-out", type=FILE, help=SECRETS)
    dry = click.option("--dry-run", is_flag=True, help="Print the site files and write nothing.")
    files = click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
    return files(site(group(secrets(dry(root_option(function))))))


@command.command("oxidized")
@click.option("--config", type=FILE, help="Oxidized's configuration: columns, model map, groups and logins.")
@_import_options
def oxidized(settings: Settings, *, config: Path | None, **said: Any) -> None:  # noqa: ANN401 - click's options
    """Read router.db FILEs of Oxidized and write site files. Passwords become references and go into no site file."""
    from siteauto.app.way_in import import_oxidized

    request = _request(**said)
    _tell(import_oxidized(settings, request, config), request)


@command.command("rancid")
@click.option("--cloginrc", type=FILE, help="RANCID's logins, usually ~/.cloginrc of its user.")
@_import_options
def rancid(settings: Settings, *, cloginrc: Path | None, **said: Any) -> None:  # noqa: ANN401 - click's options
    """Read router.db FILEs of RANCID and write site files. The folder of a FILE is the group of its devices.

    Passwords become references and go into no site file.
    """
    from siteauto.app.way_in import import_rancid

    request = _request(**said)
    _tell(import_rancid(settings, request, cloginrc), request)


def _request(
    *, files: tuple[Path, ...], site: str, group: tuple[str, ...], secrets_out: Path | None, dry_run: bool
) -> "ImportRequest":
    from siteauto.app.way_in import ImportRequest

    if wrong := [each for each in group if not all(each.partition("="))]:
        raise click.BadParameter(f"expected GROUP=SITE, found {', '.join(wrong)}", param_hint="--group")
    groups = {name: named for name, _, named in (each.partition("=") for each in group)}
    return ImportRequest(files=files, site=site, groups=groups, secrets_out=secrets_out, dry_run=dry_run)


def _tell(found: "Imported", request: "ImportRequest") -> None:
    from siteauto.reporters.safe_text import visible

    click.echo("target: none (no device is contacted)", err=True)
    for one in found.sites:
        click.echo(visible(one.text) if request.dry_run else f"inventory/sites/{one.name}.yaml")
    written = request.secrets_out is not None and not request.dry_run
    missing = [name for name, value in found.secrets.items() if not (value and written)]
    parts = (
        ("Still to be filled in", found.gaps),
        ("Secrets that still need a value (docs/secrets.md)", tuple(f"secret://{name}" for name in missing)),
        ("To be known", found.notes),
    )
    for title, lines in parts:
        if lines:
            click.echo("\n".join([f"\n{title}:", *(f"  {visible(line)}" for line in lines)]))
    count = f"{found.devices} device{'' if found.devices == 1 else 's'}"
    click.echo(
        f"\n{count} in {len(found.sites)} site{'' if len(found.sites) == 1 else 's'}; siteauto validate lists gaps"
    )
