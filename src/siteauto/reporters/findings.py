"""Problems of the inventory as people and programs read them: what, where, the line itself, and what to do."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from siteauto.core.errors import Finding

NOTE = "note"  # the level of a finding that is no problem
SHOWN = 50  # a text with more would scroll the first ones away; the machine formats hold all
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def finding_text(finding: Finding) -> str:
    """One problem in several lines, the offending line among them."""
    place = finding.place
    lines = [f"{finding.level}[{finding.code}]: {finding.message}", f"  --> {place.file}:{place.line}:{place.column}"]
    if place.text.strip():
        number = str(place.line)
        text = place.text.expandtabs(4).rstrip()
        lines.append(f"   | {number:>3} | {text[:160]}")
    lines += [f"   = {note}" for note in finding.notes]
    if finding.help:
        lines.append(f"   = help: {finding.help}")
    return "\n".join(lines)


def findings_text(findings: Sequence[Finding]) -> str:
    """All problems, in the order of files and lines, and how many there are; then what is only to be known."""
    problems = [finding for finding in findings if finding.level != NOTE]
    blocks = [finding_text(finding) for finding in problems[:SHOWN]]
    left_out = len(problems) - SHOWN
    if left_out > 0:
        blocks.append(f"… and {left_out} more: --format json shows them all")
    blocks += [finding_text(finding) for finding in findings if finding.level == NOTE]
    codes = sorted({finding.code for finding in problems})
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    return "\n\n".join([*blocks, f"{count}. What a code means: siteauto explain {codes[0]}"] if codes else blocks)


def findings_data(findings: Sequence[Finding]) -> dict[str, object]:
    """For programs."""
    return {
        "format_version": 1,
        "findings": [
            {
                "code": finding.code,
                "level": finding.level,
                "message": finding.message,
                "file": finding.place.file,
                "line": finding.place.line,
                "column": finding.place.column,
                "notes": list(finding.notes),
                "help": finding.help,
            }
            for finding in findings
        ],
    }


def findings_sarif(findings: Sequence[Finding]) -> dict[str, object]:
    """For code review: forges show each problem on its line."""
    rules = [{"id": code} for code in sorted({finding.code for finding in findings})]
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "siteauto", "rules": rules}},
                "results": [_sarif_result(finding) for finding in findings],
            }
        ],
    }


def _sarif_result(finding: Finding) -> dict[str, object]:
    place = finding.place
    words = [finding.message, *finding.notes, *([f"help: {finding.help}"] if finding.help else [])]
    return {
        "ruleId": finding.code,
        "level": finding.level,
        "message": {"text": "\n".join(words)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": place.file},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }


def findings_junit(findings: Sequence[Finding], checked: Sequence[str]) -> str:
    """One case per site that was checked, one more per problem: a clean inventory is never an empty report."""
    problems = [finding for finding in findings if finding.level != NOTE]
    suite = ET.Element("testsuite", name="siteauto validate", tests=str(len(problems) + len(checked)))
    suite.set("failures", str(len(problems)))
    for site in checked:
        ET.SubElement(suite, "testcase", classname="inventory", name=f"{site} was checked")
    for number, finding in enumerate(problems, start=1):
        name = f"{finding.code} #{number}"
        case = ET.SubElement(suite, "testcase", classname=finding.place.file, name=name)
        ET.SubElement(case, "failure", message=finding.message).text = finding_text(finding)
    if notes := [finding_text(finding) for finding in findings if finding.level == NOTE]:
        ET.SubElement(suite, "system-out").text = "\n\n".join(notes)
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)
