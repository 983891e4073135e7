"""A document as text, JSON, JSON lines, Markdown or JUnit."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from itertools import groupby
from xml.etree import ElementTree as ET

from siteauto.reporters.document import GOOD, SKIPPED, WRONG, Document, Item
from siteauto.reporters.safe_text import cell, fenced, visible

FORMAT_VERSION = 1
UNREACHABLE = "unreachable"


def as_text(document: Document) -> str:
    """For a terminal: what is wrong in full, what is right as a count per device."""
    return f"target: {document.target}\n{as_text_without_target(document)}"


def as_text_without_target(document: Document, *, body_lines: int = 0) -> str:
    """The same, where the target has been named already; bodies cut to so many lines, 0: whole."""
    lines = []
    for device, items in _by_device(document):
        good = [item for item in items if item.status in GOOD]
        if len(items) == 1 and items[0].message and not (good or items[0].body):
            lines.append(f"{device}: {items[0].status}: {items[0].message}")
            continue
        lines.append(f"{device}: {_counts(items)}")
        told = [item for item in items if item not in good or item.body]
        lines += [line for group in _alike(told) for line in _group_lines(group, body_lines)]
    lines += [f"{name}: {visible(value)}" for name, value in document.facts]
    lines.append(document.summary or f"{document.kind}: {_counts(document.items)}")
    return "\n".join(lines)


def as_json(document: Document) -> str:
    """One JSON document."""
    return json.dumps(_data(document) | {"items": [asdict(item) for item in document.items]}, indent=2)


def as_jsonl(document: Document) -> str:
    """A first line about the whole, then one line per item."""
    head = json.dumps({"type": "version", **_data(document)})
    return "\n".join([head, *(json.dumps({"type": "item", **asdict(item)}) for item in document.items)])


def as_markdown(document: Document) -> str:
    """For a ticket or a pull request."""
    lines = [f"## siteauto {document.kind}: {document.site}", "", f"Target: {document.target} · {document.at}", ""]
    lines += ["| device | item | result | |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {item.device} | {cell(item.name)} | {_mark(item)} {item.status} | {cell(item.message)} |"
        for item in document.items
    ]
    for item in document.items:
        if item.body:
            lines += ["", f"**{item.device}**", "", *fenced(item.body, "diff")]
    lines += ["", *(f"- {name}: {cell(value)}" for name, value in document.facts)]
    return "\n".join(lines).rstrip() + "\n"


def as_junit(document: Document) -> str:
    """One suite per device. Two items never share a name: the second gets a number, so that none is lost."""
    root = ET.Element("testsuites", name=f"siteauto {document.kind} {document.site}")
    for device, items in _by_device(document):
        suite = ET.SubElement(root, "testsuite", name=device, timestamp=document.at)
        seen: dict[str, int] = {}
        for item in items:
            seen[item.name] = count = seen.get(item.name, 0) + 1
            name = item.name if count == 1 else f"{item.name} #{count}"
            case = ET.SubElement(suite, "testcase", classname=device, name=name)
            _add_verdict(case, item)
        suite.set("tests", str(len(items)))
        suite.set("failures", str(sum(item.status in WRONG for item in items)))
        suite.set("errors", str(sum(item.status not in GOOD | SKIPPED | WRONG for item in items)))
        suite.set("skipped", str(sum(item.status in SKIPPED for item in items)))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


FORMATS: Mapping[str, Callable[[Document], str]] = {
    "text": as_text,
    "json": as_json,
    "jsonl": as_jsonl,
    "markdown": as_markdown,
    "junit": as_junit,
}


def _data(document: Document) -> dict[str, object]:
    return {
        "format_version": FORMAT_VERSION,
        "kind": document.kind,
        "site": document.site,
        "target": document.target,
        "at": document.at,
        "exit_code": document.exit_code,
        "totals": document.totals,
        "facts": dict(document.facts),
    }


def _by_device(document: Document) -> list[tuple[str, list[Item]]]:
    items = sorted(document.items, key=lambda item: item.device)
    return [(device, list(group)) for device, group in groupby(items, key=lambda item: item.device)]


def _counts(items: "list[Item] | tuple[Item, ...]") -> str:
    if len(items) == 1:
        return items[0].status
    totals: dict[str, int] = {}
    for item in items:
        totals[item.status] = totals.get(item.status, 0) + 1
    return ", ".join(f"{count} {status}" for status, count in totals.items()) or "nothing"


def _alike(items: list[Item]) -> list[list[Item]]:
    """Items apart, but those that were not reached together: one cable is one finding, not eighty."""
    apart = [[item] for item in items if item.status != UNREACHABLE]
    together = [item for item in items if item.status == UNREACHABLE]
    return [together, *apart] if together else apart


def _group_lines(group: list[Item], body_lines: int) -> list[str]:
    lines = _item_lines(group[0], body_lines)
    if len(group) > 1:
        lines.append(f"      and {len(group) - 1} more for the same reason; --format json names them all")
    return lines


def _item_lines(item: Item, body_lines: int) -> list[str]:
    head = f"  {_mark(item)} {item.status:<11} {visible(item.name)}"
    if item.message and item.message != item.name:
        head += f"\n      {visible(item.message)}"
    body = visible(item.body).splitlines()
    if body_lines and len(body) > body_lines:
        body = [*body[:body_lines], f"… and {len(body) - body_lines} more lines: --diff-lines 0 shows all"]
    return [head, *(f"      {line}" for line in body)]


def _mark(item: Item) -> str:
    if item.status in GOOD:
        return "✓"
    return "✗" if item.status in WRONG else "–" if item.status in SKIPPED else "?"


def _add_verdict(case: ET.Element, item: Item) -> None:
    if item.status in GOOD:
        return
    tag = "skipped" if item.status in SKIPPED else "failure" if item.status in WRONG else "error"
    ET.SubElement(case, tag, type=item.status, message=_printable(item.message)).text = _printable(item.body)


def _printable(text: str) -> str:
    """XML knows no control characters."""
    return "".join(character if character >= " " or character in "\n\t" else "�" for character in text)
