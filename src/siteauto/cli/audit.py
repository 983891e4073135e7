"""`siteauto audit`: what the repository of Oxidized or RANCID is worth."""

from pathlib import Path

import click

from siteauto.cli.options import document_format_option


@click.command("audit")
@click.argument("repository", metavar="REPO", type=click.Path(path_type=Path))
@click.option("--since", default="", metavar="DATE", help="Only commits from then on. Default: all.")
@click.option("--platform", default="", help="What all its files are of. Default: what their text looks like.")
@document_format_option
def command(repository: Path, form: str, *, since: str, platform: str) -> int:
    """Look through a git repository of Oxidized or RANCID for truncated, empty and leaking copies.

    Tells which commit replaced a good copy by a bad one, which secrets stand readable and where (never the values), and
    how many commits were only noise. Exit code 3 where something is found. Nothing is written.
    """
    from siteauto.app.audit import AuditRequest, audit_repository
    from siteauto.reporters.audit import audit_document
    from siteauto.reporters.formats import FORMATS

    request = AuditRequest(repository=repository, since=since, platform=platform)
    document = audit_document(audit_repository(request))
    click.echo(FORMATS[form](document))
    return document.exit_code
