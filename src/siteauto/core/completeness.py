"""Whether a configuration that a device sent is whole."""

import re
from dataclasses import dataclass

from siteauto.core.platform_spec import BackupRules

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
SLACK = 64  # bytes by which IOS counts otherwise than it prints (1366 told, 1361 printed)
SHARE = 0.02  # of what the device told; the larger slack counts
MAY_LOSE = 0.25  # of the lines or sections of the last good copy
FEW_LINES, FEW_SECTIONS = 10, 3  # a loss of no more than these is no loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How much a text holds."""

    lines: int
    sections: int
    size: int  # bytes


def find_defects(rules: BackupRules, text: str) -> tuple[str, ...]:
    """Why this text, exact or redacted, is not a whole configuration; empty when it is."""
    if not text.strip():
        return ("the answer is empty",)
    answers = [match.group(0).strip() for pattern in rules.errors if (match := _line_of(pattern, text))]
    if answers:
        return tuple(f"the device answered '{answer[:60]}'" for answer in answers)
    defects = [
        f"it lacks {_plainly(pattern)}" for pattern in rules.required if not re.search(pattern, text, re.MULTILINE)
    ]
    last = next(line for line in reversed(text.splitlines()) if line.strip())
    if not re.search(rules.end, last):
        defects.append(f"it ends with {last.strip()[:60]!r}, not with {_plainly(rules.end)}")
    return (*defects, *_unbalanced(rules, text))


def find_shortfall(rules: BackupRules, text: str) -> tuple[str, ...]:
    """Why an exact text is shorter than the device said in it; empty when it is not, or the device did not tell."""
    told = re.search(rules.declared, text, re.MULTILINE) if rules.declared else None
    if told is None:
        return ()
    want, have = int(told["bytes"]), len(text[text.find("\n", told.end()) + 1 :].encode())
    if have >= want - max(SLACK, int(want * SHARE)):
        return ()
    return (f"the device told of {want} bytes and sent {have}",)


def find_loss(now: Measure, last: Measure) -> tuple[str, ...]:
    """What this text has lost against the last good copy, where that is too much to be believed."""
    return tuple(
        f"it has lost {had - have} of {had} {what} since the last good copy"
        for what, had, have, few in (
            ("lines", last.lines, now.lines, FEW_LINES),
            ("sections", last.sections, now.sections, FEW_SECTIONS),
        )
        if had - have > max(few, had * MAY_LOSE)
    )


def find_interruption(rules: BackupRules, text: str) -> str:
    """A message that the device wrote into its answer, with the line that it stands in; empty: none."""
    found = (re.search(pattern, text, re.MULTILINE) for pattern in rules.interruptions)
    return next((_line_around(match).strip()[:80] for match in found if match), "")


def measure(rules: BackupRules, text: str) -> Measure:
    """Count lines, sections and bytes."""
    return Measure(
        lines=len(text.splitlines()),
        sections=len(re.findall(rules.section, text, re.MULTILINE)),
        size=len(text.encode(errors="surrogateescape")),
    )


def prove(rules: BackupRules, text: str) -> tuple[str, ...]:
    """What was looked at in a text without defects, in words for an auditor."""
    told = re.search(rules.declared, text, re.MULTILINE) if rules.declared else None
    return (
        f"ends with {_plainly(rules.end)}",
        *(f"holds {_plainly(pattern)}" for pattern in rules.required),
        *(f"as many lines open ({opens!r}) as close" for opens, _ in rules.blocks),
        *((f"as long as the device told ({told.group(0).strip()})",) if told else ()),
        "no error of the device in it",
    )


def _plainly(pattern: str) -> str:
    """What people are told of a pattern: the words themselves where it is hardly more than these."""
    words = re.sub(r"^\^|\\s[*+]?|\$$", " ", pattern).strip()
    if re.search(r"[\\^$.|?*+()\[\]]|\{\d", re.sub(r"\\\W", "", words)):
        return f"what matches {pattern!r}"
    return repr(re.sub(r"\\(\W)", r"\1", words))


def _line_of(pattern: str, text: str) -> "re.Match[str] | None":
    return re.search(f"{pattern}.*", text, re.MULTILINE)


def _line_around(found: "re.Match[str]") -> str:
    text = found.string
    end = text.find("\n", found.end())
    return text[text.rfind("\n", 0, found.start()) + 1 : end if end >= 0 else len(text)]


def _unbalanced(rules: BackupRules, text: str) -> tuple[str, ...]:
    bare = QUOTED.sub("", text) if rules.blocks else ""  # a script in quotes may hold half a block
    counts = [
        (opens, len(re.findall(opens, bare, re.MULTILINE)), len(re.findall(closes, bare, re.MULTILINE)))
        for opens, closes in rules.blocks
    ]
    return tuple(
        f"{opened} lines open a block ({opens!r}) and {closed} close one"
        for opens, opened, closed in counts
        if opened != closed
    )
