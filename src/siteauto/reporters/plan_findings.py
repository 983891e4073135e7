"""What a plan says of single lines of the repository: annotations, SARIF and Code Quality, on the line to edit."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from siteauto.core.change.offline_plan import OfflinePlan
from siteauto.core.change.three_way import TO_DO, Hunk, Label
from siteauto.core.errors import Place
from siteauto.core.forge import Annotation, shortened
from siteauto.core.models import DeviceName
from siteauto.reporters.findings import SARIF_SCHEMA
from siteauto.reporters.offline_plan import MEANINGS, NAMED
from siteauto.reporters.safe_text import visible

LEVELS = {Label.COLLISION: "failure", Label.CHANGE: "notice"}  # others warn
SARIF_LEVELS = {"failure": "error", "warning": "warning", "notice": "note"}
SEVERITIES = {"failure": "critical", "warning": "minor", "notice": "info"}
COMMAND_NAMES = {"failure": "error", "warning": "warning", "notice": "notice"}
TEXT = 2000  # characters of one message
RESULTS = 5000  # of one SARIF run that code scanning shows; it refuses a run of five times as many
COMMANDS = 10  # of each level that a runner takes from one step; it drops what is beyond without a word


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """One hunk at one line, for all devices that have it there."""

    place: Place
    hunk: Hunk
    devices: tuple[DeviceName, ...]
    number: int  # of those of this file that say the same

    @property
    def level(self) -> str:
        return LEVELS.get(self.hunk.label, "warning")

    @property
    def title(self) -> str:
        return f"siteauto: {self.hunk.label} on {_names(self.devices)}"

    @property
    def message(self) -> str:
        return shortened(f"{MEANINGS[self.hunk.label]}\n{visible(self.hunk.text).rstrip()}", TEXT)

    @property
    def fingerprint(self) -> str:
        """The same for the same finding, wherever its line moves to; two of one file are never the same."""
        said = f"{self.place.file}\0{self.hunk.label}\0{self.hunk.text}\0{self.number}"
        return hashlib.sha256(said.encode()).hexdigest()


def plan_annotations(plan: OfflinePlan) -> tuple[Annotation, ...]:
    """The worst first, for a forge shows the first ones only."""
    return tuple(
        Annotation(
            file=one.place.file,
            line=one.place.line,
            level=one.level,
            title=shortened(one.title, 255),
            message=one.message,
        )
        for one in _worst_first(plan)
    )


def workflow_commands(plan: OfflinePlan) -> str:
    """The annotations as lines that a GitHub runner reads from what a step prints: no token is needed for them."""
    found = plan_annotations(plan)
    shown = [one for level in COMMAND_NAMES for one in [each for each in found if each.level == level][:COMMANDS]]
    lines = [
        f"::{COMMAND_NAMES[one.level]} file={_property(one.file)},line={one.line},title={_property(one.title)}"
        f"::{_data(one.message)}\n"
        for one in shown
    ]
    if left := len(found) - len(shown):
        lines.append(f"{left} more findings are in plan.sarif: a runner shows {COMMANDS} of each level\n")
    return "".join(lines)


def plan_sarif(plan: OfflinePlan) -> str:
    """SARIF 2.1.0, for code scanning."""
    rules = [
        {"id": f"siteauto/{str(label).replace(' ', '-')}", "shortDescription": {"text": MEANINGS[label]}}
        for label in Label
        if label in TO_DO
    ]
    driver = {"name": "siteauto", "rules": rules}
    found = _worst_first(plan)
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "siteauto/plan/"},
        "results": [_sarif_result(one) for one in found[:RESULTS]],
        "properties": {"left out": max(0, len(found) - RESULTS)},
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def plan_code_quality(plan: OfflinePlan) -> str:
    """GitLab's Code Quality report: it shows each finding on its line of the merge request."""
    found = [
        {
            "description": f"{one.title}: {one.message}",
            "check_name": f"siteauto/{str(one.hunk.label).replace(' ', '-')}",
            "fingerprint": one.fingerprint,
            "severity": SEVERITIES[one.level],
            "location": {"path": one.place.file, "lines": {"begin": one.place.line}},
        }
        for one in _spots(plan)
    ]
    return json.dumps(found, indent=2, ensure_ascii=False)


def _spots(plan: OfflinePlan) -> Iterator[_Spot]:
    """Every hunk that somebody has to do something about, once for each line that it belongs to."""
    found: dict[tuple[str, int, Label, str], list[tuple[Hunk, DeviceName]]] = {}
    for one in plan.devices:
        for hunk in one.hunks:
            if hunk.place is not None and hunk.label in TO_DO:
                key = (hunk.place.file, hunk.place.line, hunk.label, hunk.text)
                found.setdefault(key, []).append((hunk, one.device))
    alike: Counter[tuple[str, Label, str]] = Counter()
    for (file, line, label, text), each in sorted(found.items(), key=lambda item: item[0]):
        alike[file, label, text] += 1
        yield _Spot(
            place=Place(file=file, line=line),
            hunk=each[0][0],
            devices=tuple(dict.fromkeys(name for _, name in each)),
            number=alike[file, label, text],
        )


def _worst_first(plan: OfflinePlan) -> list[_Spot]:
    return sorted(_spots(plan), key=lambda one: list(SARIF_LEVELS).index(one.level))


def _sarif_result(one: _Spot) -> dict[str, object]:
    physical = {"artifactLocation": {"uri": one.place.file}, "region": {"startLine": one.place.line}}
    return {
        "ruleId": f"siteauto/{str(one.hunk.label).replace(' ', '-')}",
        "level": SARIF_LEVELS[one.level],
        "message": {"text": f"{one.title}\n{one.message}"},
        "partialFingerprints": {"primaryLocationLineHash": one.fingerprint},  # the one name that GitHub reads
        "locations": [{"physicalLocation": physical}],
    }


def _names(names: tuple[DeviceName, ...]) -> str:
    return ", ".join(names) if len(names) <= NAMED else f"{len(names)} devices"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
