"""`siteauto audit`: what the repository of Oxidized or RANCID is worth."""

from pathlib import Path

import click

from siteauto.cli.options import document_format_option

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("audit")
@click.argument("repository", metavar="REPO", type=click.Path(path_type=Path))
@click.option("--since", default="", metavar="DATE", help="Only commits from then on. Default: all.")
@click.option("--platform", default="", help="What all its files are of. Default: what their text looks like.")
@click.option("--router-db", type=FILE, help="Oxidized's or RANCID's, which says what each file is of.")
@click.option("--config", type=FILE, help="Oxidized's configuration, which says how to read that.")
@document_format_option
def command(
    repository: Path, form: str, *, since: str, platform: str, router_db: Path | None, config: Path | None
) -> int:
    """Look through a git repository of Oxidized or RANCID for truncated, empty and leaking copies.

    Tells which commit replaced a good copy by a bad one, which secrets stand readable and where (never the values), and
    how many commits were only noise. Exit code 3 where something is found. Nothing is written.
    """
    from siteauto.app.audit import AuditRequest, audit_repository
    from siteauto.app.way_in import read_platforms
    from siteauto.reporters.audit import audit_document
    from siteauto.reporters.formats import FORMATS

    platforms = read_platforms(router_db, config) if router_db is not None else {}
    request = AuditRequest(repository=repository, since=since, platform=platform, platforms=platforms)
    document = audit_document(audit_repository(request))
    click.echo(FORMATS[form](document))
    return document.exit_code
