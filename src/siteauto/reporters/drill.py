"""A restore drill as a document, and as the page that an auditor is given."""

from siteauto.core.drill import CONTROLS, DeviceDrill, DrillReport, DrillStatus
from siteauto.reporters.document import Document, Item

WORDS = {DrillStatus.PROVEN: "pass", DrillStatus.FAILED: "fail", DrillStatus.UNTESTED: "unsupported"}


def drill_document(report: DrillReport) -> Document:
    """One item per drilled copy, one for the repository."""
    return Document(
        kind="drill",
        site="",
        target=report.target,
        at=report.at,
        exit_code=report.exit_code,
        items=(*(_item(one) for one in report.drilled), _store(report)),
        facts=(("controls", "; ".join(CONTROLS)),),
        summary=summary_text(report),
    )


def summary_text(report: DrillReport) -> str:
    """The one line that matters."""
    age = f", oldest proof {report.oldest_days} days" if report.oldest_days is not None else ""
    return f"{report.proven} of {len(report.devices)} devices proven restorable{age}"


def _item(one: DeviceDrill) -> Item:
    copy = f"copy of {one.copied_at}, commit {one.commit[:12]}" if one.commit else "no copy"
    message = f"{copy}: {one.reason}" if one.reason else copy
    return Item(device=one.device, name="restore drill", status=WORDS[one.status], message=message)


def _store(report: DrillReport) -> Item:
    store = report.store
    message = "; ".join(store.problems) or f"cloned, every object read, {store.devices} devices"
    return Item(device="repository", name=store.folder, status="fail" if store.problems else "pass", message=message)
