"""A backup report as a document."""

from siteauto.core.backup import BackupReport
from siteauto.reporters.document import Document, Item


def backup_document(report: BackupReport) -> Document:
    """One item per device, the commit and the folder as facts."""
    return Document(
        kind="backup",
        site=report.site,
        target=report.target,
        at=report.at,
        exit_code=report.exit_code,
        items=tuple(
            Item(device=each.device, name=each.file or "running configuration", status=each.status, message=each.reason)
            for each in report.devices
        ),
        facts=(("repository", report.folder), ("commit", report.commit or "none")),
    )
