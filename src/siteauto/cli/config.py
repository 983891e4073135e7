"""`siteauto config`: the configuration engine by itself, on two files; no site, no device, no secret is needed."""

import os
from typing import TYPE_CHECKING, TextIO

import click

from siteauto.cli.options import format_option, print_json

if TYPE_CHECKING:
    from siteauto.core.config import ConfigTree

CHANGED = 5

file_argument = click.File("r", encoding="utf-8", errors="replace")
platform_option = click.option(
    "--platform",
    required=True,
    envvar="SITEAUTO_CONFIG_PLATFORM",
    help="The operating system: see `siteauto platforms`.",
)


@click.group("config")
def command() -> None:
    """Compare and change configuration texts of one platform. A file named - is standard input."""


@command.command("diff")
@platform_option
@click.argument("running", type=file_argument)
@click.argument("intended", type=file_argument)
@format_option("text", "json")
def diff_command(platform: str, running: TextIO, intended: TextIO, form: str) -> int:
    """Show what differs between two configurations, line by line with its reason. Exit code 5 when something does."""
    from siteauto.core.config import diff
    from siteauto.reporters.config import diff_data, diff_report

    found = diff(_tree(platform, running), _tree(platform, intended))
    if form == "json":
        print_json(diff_data(found))
    else:
        click.echo(diff_report(found), nl=False)
    return CHANGED if found.significant else 0


@command.command("remediate")
@platform_option
@click.argument("running", type=file_argument)
@click.argument("intended", type=file_argument)
@click.option("--keep-login", multiple=True, help="A user who must stay: the one who is logged in.")
@format_option("text", "json")
def remediate_command(
    platform: str,
    running: TextIO,
    intended: TextIO,
    form: str,
    keep_login: tuple[str, ...],
) -> int:
    """Show what to type to get from one configuration to the other, the way back, and the proof. Exit code 5: some."""
    from siteauto.core.config import remediate
    from siteauto.core.config.seal import left_to_type
    from siteauto.reporters.config import remediation_data, remediation_report

    tree = _tree(platform, running)
    found = remediate(tree, _tree(platform, intended), keep_logins=keep_login)
    secrets = left_to_type(tree.rules, (*found.commands, *found.rollback))
    if form == "json":
        print_json(remediation_data(found, secrets=secrets))
    else:
        click.echo(remediation_report(found, secrets=secrets), nl=False)
    return CHANGED if found.commands or found.refused else 0


@command.command("normalise")
@platform_option
@click.argument("running", type=file_argument)
@format_option("text", "json")
def normalise_command(platform: str, running: TextIO, form: str) -> int:
    """Print a configuration in the form in which two of them are compared, with tokens for its secrets."""
    from siteauto.core.config import to_candidate
    from siteauto.reporters.safe_text import visible

    text = to_candidate(_tree(platform, running))
    if form == "json":
        print_json({"format_version": 1, "lines": text.splitlines()})
    else:
        click.echo(visible(text), nl=False)
    return 0


def _tree(platform: str, file: TextIO) -> "ConfigTree":
    """The tree of a file. What could not be read in whole is said on standard error."""
    from siteauto.app.settings import own_platforms
    from siteauto.core.config import normalise
    from siteauto.core.config.bodies import unended_texts
    from siteauto.core.errors import UsageError
    from siteauto.core.models import PlatformName
    from siteauto.platforms import load_platforms
    from siteauto.reporters.config import too_deep_report, unended_report

    platforms = load_platforms(own_platforms(os.environ))
    spec = platforms.get(PlatformName(platform))
    if spec is None:
        raise UsageError(
            f"There is no platform {platform}", expected=", ".join(platforms), next_step="Give one of these names"
        )
    text = file.read()
    for line in unended_report(file.name, unended_texts(spec.config, text)):
        click.echo(line, err=True)
    tree = normalise(spec.config, text)
    if tree.too_deep:
        click.echo(too_deep_report(file.name), err=True)
    return tree
