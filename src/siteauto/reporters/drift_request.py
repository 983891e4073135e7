"""The text of a pull request about drift: adopt it by merging, or revert it on the devices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from siteauto.core.config import Difference
from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.drift.adoption import Edit
from siteauto.core.forge import Budget, shortened
from siteauto.core.models import DeviceName
from siteauto.reporters.drift import UNTOLD
from siteauto.reporters.offline_plan import NAMED, counted
from siteauto.reporters.safe_text import cell, fenced, visible

LADDER = (1 << 40, 60, 12, 3, 0)  # lines of one block
TABLE = 300  # rows at most


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftFound:
    """One site: its drift, the edits that adopt it, and what none of them says, by device."""

    report: DriftReport
    edits: Sequence[Edit]
    left: Mapping[DeviceName, Sequence[Difference]]

    @property
    def drifted(self) -> tuple[DeviceDrift, ...]:
        """The devices that differ."""
        return tuple(one for one in self.report.devices if one.status is DriftStatus.DRIFT)


def drift_title(found: DriftFound) -> str:
    """`Drift of us-nyc-mad01: 2 devices`."""
    return f"Drift of {found.report.site}: {counted(len(found.drifted), 'device')}"


def drift_body(found: DriftFound, budget: Budget) -> str:
    """As much as the budget holds, whole blocks first."""
    texts = ("\n".join(_tell(found, most)).rstrip() + "\n" for most in LADDER)
    last = ""
    for text in texts:
        last = text
        if budget.holds(text):
            break
    return last


def _tell(found: DriftFound, most: int) -> Iterator[str]:
    yield from (
        f"Running configurations of **{found.report.site}** are not as the repository says.",
        "",
        "| device | differences | last change, as the device tells it | compared with |",
        "| --- | --- | --- | --- |",
    )
    for one in found.drifted[:TABLE]:
        told = cell(shortened(one.last_change, 120)) or "it does not say"
        source = cell(shortened(one.source, 120)) + (", too old" if one.stale else "") or "the live device"
        yield f"| {one.device} | {one.differences} | {told} | {source} |"
    for text, names in _shared(found.drifted):
        yield from (
            "",
            f"**{_names(names)}** (- the device has it, + it shall have it)",
            "",
            *_block(text, "diff", most),
        )
    yield from ("", "## Adopt: merge this", "", *_adopt(found, most))
    yield from ("", "## Or revert: what to type on the devices", "", *_revert(found, most))
    others = [one for one in found.report.devices if one.status in UNTOLD]
    yield from (f"\n> ⚠ {one.device} could not be compared: {cell(shortened(one.reason, 200))}" for one in others[:20])
    if most != LADDER[0]:
        yield from ("", f"**Left out, for the limit of the forge:** what is beyond {most} lines of a block.")


def _adopt(found: DriftFound, most: int) -> Iterator[str]:
    typed = [edit for edit in found.edits if not edit.is_overlay]
    overlays = [edit for edit in found.edits if edit.is_overlay]
    if typed:
        yield from (
            "The site's file then says:",
            "",
            *_block("\n".join(edit.words for edit in typed), "yaml", most),
            "",
        )
    for edit in overlays:
        text = edit.value if isinstance(edit.value, str) else ""
        yield from (
            f"`extra_cli` of {edit.path[1]} then holds lines that siteauto appends unread. Review them:",
            "",
            *_block(text, "", most),
            "",
        )
    left = {name: items for name, items in found.left.items() if items}
    if not found.edits:
        yield from ("Nothing of this can be written into the site's file: **merging changes nothing**.", "")
    elif not left:
        yield "With this, nothing of the drift is left: proven by rendering the site and comparing again."
    if left:
        lines = [f"{name}: {_words(item)}" for name, items in left.items() for item in items]
        yield from (
            "What no edit was found for, and stays drift after merging:",
            "",
            *_block("\n".join(lines), "", most),
        )


def _words(item: Difference) -> str:
    """One difference in one line."""
    line = " / ".join((*item.path, (item.running or item.intended).partition("\n")[0]))
    return f"{'it has' if item.running else 'it lacks'}: {line}"


def _revert(found: DriftFound, most: int) -> Iterator[str]:
    groups: dict[tuple[tuple[str, ...], str], list[DeviceName]] = {}
    for one in found.drifted:
        groups.setdefault((one.remediation, one.converges), []).append(one.device)
    for (commands, converges), names in groups.items():
        proof = "proven to lead back" if converges == "converges" else cell(shortened(converges, 300))
        yield from (f"**{_names(names)}**: {proof}", "")
        if commands:
            yield from (*_block("\n".join(commands), "", most), "")
    yield "`siteauto provision` does this too. This closes itself when the drift is gone."
    yield "To live with it, close this and add a rule to `drift-ignore.yaml`."


def _shared(drifted: Sequence[DeviceDrift]) -> list[tuple[str, list[DeviceName]]]:
    """Each text once, with all devices that have it."""
    found: dict[str, list[DeviceName]] = {}
    for one in drifted:
        found.setdefault(one.text, []).append(one.device)
    return list(found.items())


def _names(names: Sequence[DeviceName]) -> str:
    return ", ".join(names) if len(names) <= NAMED else f"{len(names)} devices"


def _block(text: str, language: str, most: int) -> list[str]:
    lines = visible(text).splitlines()
    kept = [shortened(line, 400) for line in lines[:most]]
    more = [f"… {counted(len(lines) - len(kept), 'more line')}"] if len(lines) > len(kept) else []
    return fenced("\n".join([*kept, *more]), language)
