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

WHOLE = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """How much is told: lines of one block, and of each kind of things so many."""

    lines: int = WHOLE
    each: int = WHOLE


LADDER = (
    Rung(),
    Rung(lines=60),
    Rung(lines=12),
    Rung(lines=12, each=60),
    Rung(lines=3, each=20),
    Rung(lines=0, each=5),
)


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

    @property
    def untold(self) -> tuple[DeviceDrift, ...]:
        """The devices that could not be compared."""
        return tuple(one for one in self.report.devices if one.status in UNTOLD)

    @property
    def overlays(self) -> tuple[Edit, ...]:
        """The edits that siteauto does not understand."""
        return tuple(edit for edit in self.edits if edit.is_overlay)


def drift_title(found: DriftFound) -> str:
    """`Drift of us-nyc-mad01: 2 devices`."""
    return f"Drift of {found.report.site}: {counted(len(found.drifted), 'device')}"


def drift_body(found: DriftFound, budget: Budget) -> str:
    """As much as the budget holds, whole blocks first. The last rung has a fixed size, so that one fits."""
    texts = ("\n".join(_tell(found, rung)).rstrip() + "\n" for rung in LADDER)
    last = ""
    for text in texts:
        last = text
        if budget.holds(text):
            break
    return last


def _tell(found: DriftFound, rung: Rung) -> Iterator[str]:
    yield from (f"Running configurations of **{found.report.site}** are not as the repository says.", "")
    yield from (
        "| device | differences | last change, as the device tells it | compared with |",
        "| --- | --- | --- | --- |",
    )
    for one in found.drifted[: rung.each]:
        told = cell(shortened(one.last_change, 120)) or "it does not say"
        source = cell(shortened(one.source, 120)) + (", too old" if one.stale else "") or "the live device"
        yield f"| {one.device} | {one.differences} | {told} | {source} |"
    for text, names in _shared(found.drifted)[: rung.each]:
        yield from (
            "",
            f"**{_names(names)}** (- the device has it, + it shall have it)",
            "",
            *_block(text, "diff", rung),
        )
    yield from ("", "## Adopt: merge this", "", *_adopt(found, rung))
    yield from ("", "## Or revert: what to type on the devices", "", *_revert(found, rung))
    yield from (
        f"\n> ⚠ {one.device} could not be compared: {cell(shortened(one.reason, 200))}"
        for one in found.untold[: rung.each]
    )
    yield from _left_out(found, rung)


def _left_out(found: DriftFound, rung: Rung) -> Iterator[str]:
    """What this rung does not name at all; what is cut says so itself."""
    counts = (
        (len(found.drifted), "device"),
        (len(_shared(found.drifted)), "difference"),
        (len(found.overlays), "overlay"),
        (len(_remedies(found.drifted)), "remediation"),
        (len(found.untold), "device that could not be compared"),
    )
    words = [f"{count - rung.each:,} of {count:,} {noun}s" for count, noun in counts if count > rung.each]
    if words:
        command = f"`siteauto drift {found.report.site} --remediation`"
        yield from ("", f"**Left out, for the limit of the forge:** {', '.join(words)}. {command} prints all.")


def _adopt(found: DriftFound, rung: Rung) -> Iterator[str]:
    typed = [edit.words for edit in found.edits if not edit.is_overlay]
    if typed:
        yield from ("The site's file then says:", "", *_block("\n".join(typed), "yaml", rung), "")
    for edit in found.overlays[: rung.each]:
        text = edit.value if isinstance(edit.value, str) else ""
        head = f"`extra_cli` of {edit.path[1]} then holds lines that siteauto appends unread. Review them:"
        yield from (head, "", *_block(text, "", rung), "")
    left = [f"{name}: {_words(item)}" for name, items in found.left.items() for item in items]
    if not found.edits:
        yield from ("Nothing of this can be written into the site's file: **merging changes nothing**.", "")
    elif not left:
        yield "With this, nothing of the drift is left: proven by rendering the site and comparing again."
    if left:
        head = "What no edit was found for, and stays drift after merging:"
        yield from (head, "", *_block("\n".join(left), "", rung))


def _words(item: Difference) -> str:
    """One difference in one line."""
    line = " / ".join((*item.path, (item.running or item.intended).partition("\n")[0]))
    return f"{'it has' if item.running else 'it lacks'}: {line}"


def _revert(found: DriftFound, rung: Rung) -> Iterator[str]:
    for (commands, converges), names in _remedies(found.drifted)[: rung.each]:
        proof = "proven to lead back" if converges == "converges" else cell(shortened(converges, 300))
        yield from (f"**{_names(names)}**: {proof}", "")
        if commands:
            yield from (*_block("\n".join(commands), "", rung), "")
    yield "`siteauto provision` does this too. This closes itself when the drift is gone."
    yield "To live with it, close this and add a rule to `drift-ignore.yaml`."


def _remedies(drifted: Sequence[DeviceDrift]) -> list[tuple[tuple[tuple[str, ...], str], list[DeviceName]]]:
    """Each remediation once, with what its proof says and all devices that have it."""
    found: dict[tuple[tuple[str, ...], str], list[DeviceName]] = {}
    for one in drifted:
        found.setdefault((one.remediation, one.converges), []).append(one.device)
    return list(found.items())


def _shared(drifted: Sequence[DeviceDrift]) -> list[tuple[str, list[DeviceName]]]:
    """Each text once, with all devices that have it."""
    found: dict[str, list[DeviceName]] = {}
    for one in drifted:
        found.setdefault(one.text, []).append(one.device)
    return list(found.items())


def _names(names: Sequence[DeviceName]) -> str:
    return ", ".join(names) if len(names) <= NAMED else f"{len(names)} devices"


def _block(text: str, language: str, rung: Rung) -> list[str]:
    lines = visible(text).splitlines()
    kept = [shortened(line, 400) for line in lines[: rung.lines]]
    more = [f"… {counted(len(lines) - len(kept), 'more line')}"] if len(lines) > len(kept) else []
    return fenced("\n".join([*kept, *more]), language)
