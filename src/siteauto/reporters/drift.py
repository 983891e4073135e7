"""A drift report as a document."""

from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.drift.ignore import IgnoreRule
from siteauto.reporters.document import Document, Item
from siteauto.reporters.safe_text import visible

UNTOLD = frozenset({DriftStatus.ERROR, DriftStatus.UNREACHABLE, DriftStatus.UNKNOWN})


def drift_document(report: DriftReport, *, remediation: bool = False) -> Document:
    """One item per device, the differences as its body; with `remediation`, what to type against them too."""
    return Document(
        kind="drift",
        site=report.site,
        target=report.target,
        at=report.at,
        exit_code=report.exit_code,
        items=tuple(_item(device, remediation=remediation) for device in report.devices),
        facts=(
            ("suppressed", str(report.ignores.suppressed)),
            *(("expired, so the run fails", _rule(rule)) for rule in report.ignores.expired),
            *(("warning, hides nothing", _rule(rule)) for rule in report.ignores.unused),
        ),
        summary=_summary(report),
    )


def _summary(report: DriftReport) -> str:
    drifted = sum(device.status is DriftStatus.DRIFT for device in report.devices)
    untold = sum(device.status in UNTOLD for device in report.devices)
    intended = sum(device.status is not DriftStatus.NO_INTENT for device in report.devices)
    places = sum(device.untold for device in report.devices)
    words = f"{drifted} of {intended} devices differ from their intent"
    words += f"; {untold} could not be compared" if untold else ""
    return f"{words}; {_places(places)}" if places else words


def _places(count: int) -> str:
    return f"{count} place{'s' if count != 1 else ''} cannot be told (secrets of unknown value, lines never shown)"


def _rule(rule: IgnoreRule) -> str:
    return f"{rule.place.file}:{rule.place.line} ({rule.owner}, until {rule.expires}: {rule.reason})"


def _item(device: DeviceDrift, *, remediation: bool) -> Item:
    return Item(
        device=device.device,
        name="running equals intended",
        status=device.status,
        message="; ".join(_words(device)),
        body=_body(device, remediation=remediation),
    )


def _words(device: DeviceDrift) -> list[str]:
    words = [visible(device.reason)] if device.reason else []
    if device.status is DriftStatus.DRIFT:
        words.append(f"{device.differences} difference{'s' if device.differences != 1 else ''}")
        words += [visible(device.last_change)] if device.last_change else []
    elif device.minor:
        words.append(f"{device.minor} that do not count (defaults, re-hashed secrets)")
    words += [_places(device.untold)] if device.untold else []
    words += [f"{device.suppressed} suppressed"] if device.suppressed else []
    words += [f"{device.source}{', too old' if device.stale else ''}"] if device.source else []
    return words


def _body(device: DeviceDrift, *, remediation: bool) -> str:
    text = visible(device.text)
    if not remediation or device.status is not DriftStatus.DRIFT:
        return text
    if not device.remediation:
        return f"{text}remediation: {visible(device.converges)}\n"
    commands = "".join(f"  {visible(line)}\n" for line in device.remediation)
    return f"{text}remediation ({visible(device.converges)}):\n{commands}"
