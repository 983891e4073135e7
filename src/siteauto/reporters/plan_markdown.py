"""An offline plan as Markdown, whole or within the limit of a forge.

A report that is too long is not cut but told in another way: each rung of a fixed ladder says less than the one before,
and says what it leaves out. The last rung has a fixed size, so that there is always one that fits.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from siteauto.core.change.offline_plan import DeviceForecast, OfflinePlan, SharedHunk, shared_hunks
from siteauto.core.change.risk import LEVELS
from siteauto.core.change.three_way import Label
from siteauto.core.forge import Budget, shortened
from siteauto.reporters.offline_plan import (
    MEANINGS,
    NAMED,
    counted,
    details,
    how,
    is_told,
    level_word,
    quiet_backups,
    summary,
)
from siteauto.reporters.offline_plan import revisions as revisions_of
from siteauto.reporters.safe_text import cell, fenced

WHOLE = 1 << 62
URGENT = (Label.COLLISION, Label.UNKNOWN, Label.CANNOT_TELL)
OPEN_ROWS = 12  # of a table that is not folded
ARTIFACT = "the artifact of this run (plan.json, plan.md)"
LINK = re.compile(r"https?://[\w.:/%?=&@+~-]{1,800}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """How much is told. Numbers are the most of each; `by_site` tells of sites, not of devices."""

    lines: int = WHOLE  # of one hunk
    width: int = WHOLE
    names: int = WHOLE  # of devices that share a hunk
    facts: int = WHOLE  # what to know of one device
    hunks: int = WHOLE
    rows: int = WHOLE
    warnings: int = WHOLE
    by_site: bool = False


LADDER = (
    Rung(),
    Rung(lines=40, width=200, names=50),
    Rung(lines=12, width=200, names=12, facts=3),
    Rung(lines=12, width=200, names=NAMED, facts=0, warnings=5),
    Rung(lines=12, width=200, names=NAMED, rows=200, warnings=5, by_site=True),
    Rung(lines=6, width=80, names=NAMED, hunks=40, rows=200, warnings=5, by_site=True),
    Rung(lines=4, width=80, names=1, hunks=10, rows=40, warnings=2, by_site=True),
    Rung(hunks=0, rows=40, warnings=2, by_site=True),
    Rung(hunks=0, rows=0, warnings=0, by_site=True),
)


def offline_plan_markdown(plan: OfflinePlan) -> str:
    """All of it, however long."""
    return _tell(plan, shared_hunks(plan), LADDER[0], "")


def plan_comment(plan: OfflinePlan, budget: Budget, artifact: str = "") -> str:
    """As much of it as the budget holds. `artifact` is where the whole is."""
    hunks = _urgent_first(shared_hunks(plan))
    texts = (_tell(plan, hunks, rung, artifact) for rung in LADDER)
    return next((text for text in texts if budget.holds(text)), _tell(plan, hunks, LADDER[-1], ""))


def _urgent_first(hunks: Sequence[SharedHunk]) -> tuple[SharedHunk, ...]:
    """What a person must look at stands where it is left out last."""
    return tuple(sorted(hunks, key=lambda one: one.hunk.label not in URGENT))


def _tell(plan: OfflinePlan, hunks: Sequence[SharedHunk], rung: Rung, artifact: str) -> str:
    told = [one for one in plan.devices if is_told(one)]
    shown = hunks[: rung.hunks]
    lines = ["## siteauto plan", "", cell(shortened(revisions_of(plan), 300)), "", f"**{cell(summary(plan))}**"]
    lines += _warnings(plan, rung)
    lines += _sites(plan, rung) if rung.by_site else _devices(told, rung)
    lines += ["", cell(quiet)] if (quiet := quiet_backups(plan)) else []
    lines += [f"\n{name}: not in the new intent; nothing is sent to it" for name in plan.removed[: rung.rows]]
    for label, alike in groupby(shown, key=lambda one: one.hunk.label):
        lines += ["", f"### {str(label).capitalize()}: {MEANINGS[label]}"]
        lines += [line for shared in alike for line in _hunk(shared, rung)]
    lines += _left_out(plan, hunks, rung, artifact)
    return "\n".join(lines).rstrip() + "\n"


def _warnings(plan: OfflinePlan, rung: Rung) -> list[str]:
    width = WHOLE if rung.warnings == WHOLE else 300
    return [f"\n> ⚠ {cell(shortened(warning, width))}" for warning in plan.warnings[: rung.warnings]]


def _devices(told: Sequence[DeviceForecast], rung: Rung) -> Iterator[str]:
    rows = told[: rung.rows]
    is_long = len(rows) > OPEN_ROWS
    if is_long:
        risky = sum(level_word(one) == LEVELS[-1] for one in rows)
        yield from ("", "<details>", f"<summary>{len(rows)} devices, {risky} with a high risk</summary>")
    if rows:
        yield from ("", "| device | risk | how | what to know |", "| --- | --- | --- | --- |")
    for one in rows:
        facts = "<br>".join(cell(shortened(fact, rung.width)) for fact in details(one)[: rung.facts])
        words = shortened(how(one, risk=False), rung.width)
        yield f"| {one.device} | {level_word(one)} | {cell(words)} | {facts} |"
    if is_long:
        yield from ("", "</details>")


def _sites(plan: OfflinePlan, rung: Rung) -> Iterator[str]:
    sites: dict[str, list[DeviceForecast]] = {}
    for one in plan.devices:
        if is_told(one):
            sites.setdefault(one.site, []).append(one)
    if sites and rung.rows:
        yield from ("", "| site | devices | what |", "| --- | --- | --- |")
    for site, devices in sorted(sites.items())[: rung.rows]:
        count = Counter(label for one in devices for label in {hunk.label for hunk in one.hunks})
        words = [f"{label} on {count[label]}" for label in Label if count[label]]
        lost = sum(bool(one.trouble) for one in devices)
        words += [f"{counted(lost, 'device')} cannot be compared"] if lost else []
        yield f"| {site} | {len(devices)} | {', '.join(words)} |"


def _hunk(shared: SharedHunk, rung: Rung) -> Iterator[str]:
    yield from ("", *_names(shared.devices, rung), "")
    yield from fenced("\n".join(_cut(_block(shared), rung)), "diff")


def _names(names: Sequence[str], rung: Rung) -> list[str]:
    if len(names) <= NAMED:
        return [f"**{', '.join(names)}**"]
    more = f" and {len(names) - rung.names} more" if len(names) > rung.names else ""
    listed = f"{', '.join(names[: rung.names])}{more}"
    if rung.names <= NAMED:
        return [f"**{len(names)} devices**: {listed}"]
    return ["<details>", f"<summary>{len(names)} devices</summary>", "", listed, "", "</details>"]


def _block(shared: SharedHunk) -> list[str]:
    """The lines of a hunk, below what the old intent says where a collision would hide it."""
    before = "\n".join(shared.hunk.base).splitlines()
    return [*(f"# before: {line}" for line in before), *shared.hunk.text.splitlines()]


def _cut(lines: Sequence[str], rung: Rung) -> list[str]:
    """The first lines, each no wider than a rung allows."""
    kept = [shortened(line, rung.width) for line in lines[: rung.lines]]
    more = len(lines) - len(kept)
    return [*kept, f"… {counted(more, 'more line')}"] if more else kept


def _left_out(plan: OfflinePlan, hunks: Sequence[SharedHunk], rung: Rung, artifact: str) -> list[str]:
    """What this rung does not say, and where it is said."""
    if rung == LADDER[0]:
        return []
    lines = sum(len(_block(one)) for one in hunks) - sum(_shown_whole(one, rung) for one in hunks[: rung.hunks])
    told = [one for one in plan.devices if is_told(one)]
    cut = len(told) if rung.by_site else sum(len(details(one)) > rung.facts for one in told)
    counts = (
        (len(hunks[rung.hunks :]), "hunk"),
        (lines, "line"),
        (cut, "row of a device", "rows of devices"),
        (len(plan.warnings[rung.warnings :]), "warning"),
        (len(plan.removed[rung.rows :]), "removed device"),
    )
    words = [f"{count:,} {noun if count == 1 else (more or [noun + 's'])[0]}" for count, noun, *more in counts if count]
    where = f"[{ARTIFACT}]({artifact})" if LINK.fullmatch(artifact) else ARTIFACT
    return ["", f"**Left out, for the limit of the forge:** {', '.join(words) or 'some names'}. All is in {where}."]


def _shown_whole(shared: SharedHunk, rung: Rung) -> int:
    """How many lines of a hunk stand as they are."""
    return sum(len(line) <= rung.width for line in _block(shared)[: rung.lines])
