"""A check report as a document."""

from siteauto.core.checks import CheckReport, CheckResult, Status
from siteauto.core.models import SiteName
from siteauto.reporters.document import Document, Item


def checks_document(report: CheckReport, *, site: SiteName, target: str, at: str, kind: str = "verify") -> Document:
    """One item per check; the totals add up to the checks planned."""
    totals = ", ".join(f"{count} {status}" for status, count in report.totals.items() if count)
    return Document(
        kind=kind,
        site=site,
        target=target,
        at=at,
        exit_code=report.exit_code,
        items=tuple(_item(result) for result in report.results),
        summary=f"{len(report.results)} checks: {totals}",
    )


def _item(result: CheckResult) -> Item:
    return Item(
        device=result.check.device,
        name=result.check.subject,
        status=result.status,
        message=result.message if result.status is not Status.PASS else "",
    )
