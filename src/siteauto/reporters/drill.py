"""A restore drill as a document, and as the report that an auditor is given."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from siteauto.core.drill import DeviceDrill, DrillReport, DrillStatus
from siteauto.core.models import DeviceName
from siteauto.reporters.document import Document, Item
from siteauto.reporters.formats import FORMAT_VERSION

WORDS = {
    DrillStatus.PROVEN: "pass",
    DrillStatus.READABLE: "readable",
    DrillStatus.FAILED: "fail",
    DrillStatus.UNTESTED: "unsupported",
}
MEANS = {
    DrillStatus.PROVEN: "restored onto a simulated device through the drivers of a real restore, read back, the same",
    DrillStatus.READABLE: "opened, whole, of the size and lines that were recorded; nothing here can be loaded with it",
    DrillStatus.FAILED: "does not open, is not whole, was not taken, or reads back otherwise",
    DrillStatus.UNTESTED: "opened and whole; the simulation could not be tried",
}
LIMITS = (
    "Devices were simulated: a real box may refuse what its simulation takes.",
    "What no text of a device brings back (licences, private keys, files) is named by `siteauto restore --dry-run`.",
)


def drill_document(report: DrillReport) -> Document:
    """One item per drilled copy, one for the repository."""
    return Document(
        kind="drill",
        site="",
        target=report.target,
        at=report.at,
        exit_code=report.exit_code,
        items=(*(_item(one) for one in report.drilled), _store(report)),
        facts=(("controls", "; ".join(f"{name} {title}" for name, title, _ in controls(report))),),
        summary=summary_text(report),
    )


def summary_text(report: DrillReport) -> str:
    """The one line that matters."""
    age = f", oldest proof {report.oldest_days} days" if report.oldest_days is not None else ""
    readable = f", {report.readable} readable only" if report.readable else ""
    return f"{report.proven} of {len(report.devices)} devices proven restorable{readable}{age}"


def controls(report: DrillReport) -> tuple[tuple[str, str, str], ...]:
    """Each control of NIST SP 800-53 that the drill is evidence for: id, title, and what was done."""
    return (
        ("CP-4", "contingency plan testing", f"copies drilled: {len(report.drilled)}, by {report.by} at {report.at}"),
        ("CP-9", "system backup, (1) testing for reliability and integrity", _store(report).message),
        ("CP-10", "system recovery and reconstitution", summary_text(report)),
    )


def as_report(report: DrillReport) -> str:
    """Markdown, whole by itself: who, when, with which key, what was found, what it says about which control."""
    facts = (
        ("Result", f"**{summary_text(report)}**"),
        ("At", report.at),
        ("By", report.by),
        ("Copies of", report.target),
        ("Opened with", report.opened_with),
        ("Exit code", str(report.exit_code)),
    )
    lines = ["# Restore drill", "", *_table(("", ""), facts), "", "## Controls (NIST SP 800-53)", ""]
    lines += _table(("control", "", "evidence"), controls(report))
    lines += ["", "## Repository", "", f"{_store(report).status}: {_store(report).name}", ""]
    lines += [f"- {one}" for one in report.store.problems or (_store(report).message,)]
    if report.drilled:
        rows = [(one.device, one.status, one.copied_at, one.commit[:12], one.reason) for one in report.drilled]
        lines += ["", "## Copies", "", *_table(("device", "result", "copy of", "commit", ""), rows), ""]
        shown = dict.fromkeys(one.status for one in report.drilled)
        lines += [f"- {status}: {MEANS[status]}" for status in shown]
    unproven = [name for name in report.devices if not report.proofs.of(name)]
    if unproven:
        lines += ["", "## Without a proof", "", *(f"- {name}" for name in unproven)]
    return "\n".join([*lines, "", "## Limits", "", *(f"- {one}" for one in LIMITS)]) + "\n"


def as_json(report: DrillReport) -> str:
    """The same for programs: each copy of this drill, and the last proof of every device."""
    facts = {
        "format_version": FORMAT_VERSION,
        "kind": "drill",
        **{key: value for key, value in asdict(report).items() if key not in ("drilled", "devices", "proofs")},
        "exit_code": report.exit_code,
        "summary": summary_text(report),
        "proven": report.proven,
        "readable": report.readable,
        "devices": len(report.devices),
        "oldest_days": report.oldest_days,
        "controls": [{"id": name, "title": title, "evidence": told} for name, title, told in controls(report)],
        "items": [asdict(one) for one in report.drilled],
        "proofs": [_proof(report, name) for name in report.devices],
        "limits": LIMITS,
    }
    return json.dumps(facts, indent=2)


FORMATS_OF_A_DRILL: Mapping[str, Callable[[DrillReport], str]] = {"markdown": as_report, "json": as_json}


def _proof(report: DrillReport, name: DeviceName) -> dict[str, str]:
    proofs = report.proofs
    kind = "restorable" if name in proofs.restorable else "readable" if name in proofs.readable else "none"
    return {"device": name, "proof": kind, "at": proofs.of(name)}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [" | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in (head, *rows)]
    return [f"| {cells[0]} |", f"|{' --- |' * len(head)}", *(f"| {row} |" for row in cells[1:])]


def _item(one: DeviceDrill) -> Item:
    copy = f"copy of {one.copied_at}, commit {one.commit[:12]}" if one.commit else "no copy"
    message = f"{copy}: {one.reason}" if one.reason else copy
    return Item(device=one.device, name="restore drill", status=WORDS[one.status], message=message)


def _store(report: DrillReport) -> Item:
    store = report.store
    opened = "" if store.opened is None else f", {store.opened} sealed copies opened with {report.opened_with}"
    whole = f"cloned, every object of {store.commits} commits read, {store.devices} devices{opened}"
    message = "; ".join(store.problems) or whole
    return Item(device="repository", name=store.source, status="fail" if store.problems else "pass", message=message)
