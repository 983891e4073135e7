"""How `siteauto drift --pr` says what it did."""

from collections.abc import Iterator

import click

from siteauto.app.drift_requests import DriftDesk
from siteauto.core.errors import SiteautoError
from siteauto.workflows.site_drift import SiteDrift


def request_pulls(desk: DriftDesk, found: Iterator[SiteDrift]) -> Iterator[SiteDrift]:
    """The same sites; after the last one their pull requests, of which standard error hears. Raises ForgeError."""
    sites: list[SiteDrift] = []
    try:
        for site in found:
            sites.append(site)
            yield site
    except SiteautoError:
        _tell(desk, sites)  # the trouble of one site is no reason to keep silent about the others
        raise
    _tell(desk, sites)


def _tell(desk: DriftDesk, sites: list[SiteDrift]) -> None:
    for line in desk.tell(sites) or ("none, and none is needed",):
        click.echo(f"pull request: {line}", err=True)
