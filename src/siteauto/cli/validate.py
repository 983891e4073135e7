"""`siteauto validate`: every problem of the inventory at once."""

from typing import TYPE_CHECKING

import click

from siteauto.app.settings import Settings
from siteauto.cli.options import format_option, print_json, root_option

if TYPE_CHECKING:
    from siteauto.app.secrets import MissingSecret


@click.command("validate")
@click.option("--secrets", is_flag=True, help="Also name every secret that has no value on this machine.")
@root_option
@format_option("text", "json", "sarif", "junit")
def command(settings: Settings, form: str, *, secrets: bool) -> int:
    """Check the inventory and name every problem, with file and line."""
    from siteauto.app.company import check_inventory
    from siteauto.app.secrets import missing_secrets
    from siteauto.reporters.findings import findings_data, findings_junit, findings_sarif, findings_text

    click.echo("target: none (no device is contacted)", err=True)
    checked = check_inventory(settings)
    if form == "json":
        print_json(findings_data(checked.findings))
    elif form == "sarif":
        print_json(findings_sarif(checked.findings))
    elif form == "junit":
        click.echo(findings_junit(checked.findings, checked.sites))
    else:
        if checked.findings:
            click.echo(findings_text(checked.findings))
        if not checked.problems:
            click.echo(f"{len(checked.sites)} site{'s' if len(checked.sites) != 1 else ''}: nothing is wrong")
    if checked.problems:
        return 2
    return _name_missing(missing_secrets(settings)) if secrets else 0


def _name_missing(missing: "tuple[MissingSecret, ...]") -> int:
    for each in missing:
        why = f" ({each.reason})" if each.reason else ""
        click.echo(
            f"{each.reference} has no value{why}. Provide {each.variable}, or its line in the secrets file", err=True
        )
    return 2 if missing else 0
