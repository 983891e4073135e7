"""A drift report as a document."""

from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.reporters.document import Document, Item


def drift_document(report: DriftReport) -> Document:
    """One item per device, the differences as its body."""
    drifted = sum(device.status is DriftStatus.DRIFT for device in report.devices)
    untold = sum(device.status in (DriftStatus.ERROR, DriftStatus.UNREACHABLE) for device in report.devices)
    intended = sum(device.status is not DriftStatus.NO_INTENT for device in report.devices)
    summary = f"{drifted} of {intended} devices differ from their intent"
    if untold:
        summary += f"; {untold} could not be compared"
    return Document(
        kind="drift",
        site=report.site,
        target=report.target,
        at=report.at,
        exit_code=report.exit_code,
        items=tuple(_item(device) for device in report.devices),
        summary=summary,
    )


def _item(device: DeviceDrift) -> Item:
    message = device.reason
    if device.status is DriftStatus.DRIFT:
        message = f"{device.differences} difference{'s' if device.differences != 1 else ''}"
        if device.last_change:
            message += f"; {device.last_change}"
    elif device.minor:
        message = f"{device.minor} that do not count (defaults, re-hashed secrets)"
    return Item(
        device=device.device,
        name="running equals intended",
        status=device.status,
        message=message,
        body=device.text,
    )
