"""How `siteauto drift --pr` says what it did."""

from collections.abc import Sequence

import click

from siteauto.app.drift_requests import request_drift_pulls
from siteauto.app.forges import ForgeWish, Wanted, read_forge_facts
from siteauto.app.offline import BackupChoice
from siteauto.app.settings import Settings
from siteauto.cli.progress import announce
from siteauto.core.drift import DriftReport


def request_pulls(
    settings: Settings, sites: Sequence[str], choice: BackupChoice, *, wish: ForgeWish, wanted: Wanted, form: str
) -> tuple[DriftReport, ...]:
    """Do it, and say on standard error what became of each site. Raises ForgeError, UsageError, StoreError."""
    facts = read_forge_facts(wish, settings.environment)
    proposed = request_drift_pulls(settings, sites, choice, facts=facts, wanted=wanted)
    for line in proposed.said:
        click.echo(f"pull request: {line}", err=True)
    if not proposed.said:
        click.echo("pull request: none, and none is needed", err=True)
    for report in proposed.reports[:1]:
        announce(report.target, form)
    return proposed.reports
