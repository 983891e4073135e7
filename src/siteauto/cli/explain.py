"""`siteauto explain`: what an error code means, or where a value of a site comes from."""

import os
from pathlib import Path

import click

from siteauto.cli.options import format_option, print_json

# The backspace keeps click from filling the lines.
EXAMPLES = """\b
siteauto explain E2104
siteauto explain us-nyc-mad01 vlans.guest.subnet   every level, the winner, its file and line
siteauto explain us-nyc-mad01 vlans.guest          all that is said of one VLAN
siteauto explain us-nyc-mad01 ports.sw2.1/0/25     and of one port
"""


@click.command("explain", epilog=EXAMPLES)
@click.argument("subject", metavar="CODE|SITE")
@click.argument("path", required=False)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="SITEAUTO_ROOT",
    help="The repository with inventory/. Default: the nearest one upwards from here.",
)
@format_option("text", "json")
def command(subject: str, path: str | None, root: Path | None, form: str) -> None:
    """Tell what an error code means, or where a value of a site comes from."""
    if path is None:
        _explain_code(subject, form)
    else:
        _explain_value(subject, path, root, form)


def _explain_code(code: str, form: str) -> None:
    from siteauto.core.errors import UsageError
    from siteauto.core.site.error_codes import ERROR_CODES

    text = ERROR_CODES.get(code.upper())
    if text is None:
        raise UsageError(
            f"There is no error code {code}",
            expected=f"one of {', '.join(sorted(ERROR_CODES))}, or a site and a path such as vlans.guest.subnet",
            next_step="Copy it from the message, as in error[E2104]",
        )
    if form == "json":
        print_json({"format_version": 1, "code": code.upper(), "meaning": text})
    else:
        click.echo(f"{code.upper()}: {text}")


def _explain_value(site: str, path: str, root: Path | None, form: str) -> None:
    from siteauto.app.company import explain_value
    from siteauto.app.settings import read_settings
    from siteauto.reporters.explanation import explanation_data, explanation_text

    settings = read_settings(os.environ, start=Path.cwd(), root=root)
    explanation = explain_value(settings, site, path)
    if form == "json":
        print_json(explanation_data(explanation))
    else:
        click.echo(explanation_text(explanation))
