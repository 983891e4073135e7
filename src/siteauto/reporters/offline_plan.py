"""An offline plan as text, JSON and documents for the other formats; Markdown is in `plan_markdown`."""

import json

from siteauto.core.change.offline_plan import (
    DeviceForecast,
    OfflinePlan,
    Revision,
    SharedHunk,
    offline_plan_to_dict,
    shared_hunks,
)
from siteauto.core.change.three_way import Label
from siteauto.reporters.document import Document, Item
from siteauto.reporters.platforms import timer_text
from siteauto.reporters.safe_text import visible

TARGET = "none (no device is contacted)"
UNKNOWN = "unknown"
TO_ACKNOWLEDGE = ". Look at each collision, then give --acknowledge-collisions"
ACKNOWLEDGED = ". The collisions are acknowledged"
NAMED = 4  # devices of a shared hunk that a text names
MEANINGS = {
    Label.CHANGE: "would be changed",
    Label.DRIFT: "done by hand; the change does not speak of it, and the next provisioning would undo it",
    Label.COLLISION: "done by hand, and the change would overwrite it",
    Label.ADOPTED: "done by hand, and from now on intended: nothing to do",
    Label.ALREADY_THERE: "nothing to do",
    Label.CANNOT_TELL: "only a secret differs, and its value is not known here",
    Label.UNKNOWN: "nobody can tell what the device holds",
}


def offline_plan_text(plan: OfflinePlan) -> str:
    """For a terminal, below the target: each hunk once, then each device that is not simply as it shall be."""
    lines = [revisions(plan), ""]
    for shared in shared_hunks(plan):
        lines.append(f"{shared.hunk.label} · {_whom(shared)} · {MEANINGS[shared.hunk.label]}")
        lines += [f"  before: {visible(line)}" for line in shared.hunk.base]
        lines += [f"  {line}" for line in visible(shared.hunk.text).splitlines()]
        lines.append("")
    for one in plan.devices:
        if is_told(one):
            lines += [f"{one.device}: {how(one)}", *(f"  {line}" for line in details(one))]
    lines += [f"{name}: not in the new intent; nothing is sent to it" for name in plan.removed]
    lines += [f"warning: {warning}" for warning in plan.warnings]
    lines += [quiet] if (quiet := quiet_backups(plan)) else []
    return "\n".join([*lines, summary(plan)])


def offline_plan_json(plan: OfflinePlan) -> str:
    """`plan.json`: the same bytes for the same plan."""
    return json.dumps(offline_plan_to_dict(plan), indent=2, sort_keys=True, ensure_ascii=False)


def offline_plan_document(plan: OfflinePlan) -> Document:
    """One item per hunk of each device, for formats that know nothing of sharing."""
    sites = sorted({one.site for one in plan.devices})
    return Document(
        kind="plan",
        site=", ".join(sites),
        target=TARGET,
        at="",
        exit_code=plan.exit_code,
        items=tuple(item for one in plan.devices for item in _items(one)),
        facts=(("base", plan.base.commit), ("head", plan.head.commit)),
        summary=summary(plan),
    )


def summary(plan: OfflinePlan) -> str:
    """The whole plan in one line."""
    counts = [f"{label} on {count}" for label, count in plan.totals.items()]
    suppressed = sum(one.suppressed for one in plan.devices)
    counts += [f"{counted(suppressed, 'difference')} suppressed by drift-ignore.yaml"] if suppressed else []
    counts += [f"{counted(len(plan.unknown), 'device')} cannot be compared"] if plan.unknown else []
    words = f"{counted(len(plan.devices), 'device')}: {', '.join(counts) or 'no changes'}"
    if Label.COLLISION in plan.totals:
        words += ACKNOWLEDGED if plan.acknowledged else TO_ACKNOWLEDGE
    return words


def quiet_backups(plan: OfflinePlan) -> str:
    """What the devices of which there is nothing else to say were compared with; plan.json has each of them."""
    quiet = [one for one in plan.devices if not is_told(one) and one.backup is not None]
    oldest = min(quiet, key=lambda one: one.backup.at if one.backup else "", default=None)
    if oldest is None or oldest.backup is None:
        return ""
    age = f", {_age(oldest.backup.hours)} old" if oldest.backup.hours >= 0 else ""
    copy = f"{oldest.backup.commit[:10]} of {oldest.backup.at}{age} ({oldest.device})"
    return f"{counted(len(quiet), 'device')} as intended; the oldest backup of them: {copy}"


def is_told(one: DeviceForecast) -> bool:
    """Whether there is anything to say of a device."""
    return bool(one.hunks or one.trouble or one.suppressed or (one.backup and one.backup.stale))


def _items(one: DeviceForecast) -> list[Item]:
    message = "; ".join((how(one), *details(one)))
    if one.trouble:
        return [Item(device=one.device, name="configuration", status="unknown", message=message)]
    if not one.hunks:
        return [Item(device=one.device, name="configuration", status="no change", message=message)]
    return [
        Item(
            device=one.device,
            name=f"{hunk.label}: {visible(hunk.section)}",
            status=str(hunk.label),
            message=message,
            body=hunk.text,
        )
        for hunk in one.hunks
    ]


def revisions(plan: OfflinePlan) -> str:
    """Which two states are compared."""
    return f"plan: {_named(plan.base)} → {_named(plan.head)}"


def _named(one: Revision) -> str:
    return one.commit[:10] if one.commit.startswith(one.ref) else f"{one.ref} ({one.commit[:10]})"


def how(one: DeviceForecast, *, risk: bool = True) -> str:
    """How dangerous it is, how it would be applied, and whether the platform can undo it by itself."""
    words = [f"{level_word(one)} risk"] if risk else []
    if one.mode == "none":
        words.append("siteauto cannot change it: no push for its role")
    elif one.commands:
        words.append(f"{one.mode} ({counted(len(one.commands), 'command')}); timed undo: {timer_text(one.timer)}")
    else:
        words.append("cannot tell" if one.trouble else "nothing to send")
    return "; ".join(words)


def level_word(one: DeviceForecast) -> str:
    """The class of the risk; nobody can tell it of a device that nothing is known of."""
    return UNKNOWN if one.trouble and not one.hunks else one.level


def details(one: DeviceForecast) -> list[str]:
    """What to know of a device, as it is: neither escaped nor cut."""
    lines = [f"unknown: {visible(one.trouble)}"] if one.trouble else []
    lines += [f"{risk.kind}: {visible(risk.line)}" for risk in one.risks]
    lines += [f"its commands would not lead there: {visible(reason)}" for reason in one.refused[:3]]
    lines += [f"{counted(one.untold, 'place')} cannot be compared without the secrets"] if one.untold else []
    lines += [f"{counted(one.suppressed, 'difference')} suppressed"] if one.suppressed else []
    if one.backup is not None:
        old = ": too old" if one.backup.stale else ""
        age = f", {_age(one.backup.hours)} old" if one.backup.hours >= 0 else ""
        lines.append(f"backup {one.backup.commit[:10]} of {one.backup.at}{age}{old}")
        lines += [visible(one.backup.last_change)] if one.backup.last_change else []
    return lines


def _age(hours: int) -> str:
    if hours < 1:
        return "less than an hour"
    return counted(hours // 24, "day") if hours >= 48 else counted(hours, "hour")


def _whom(shared: SharedHunk) -> str:
    names = shared.devices
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{counted(len(names), 'device')} ({', '.join(names[:NAMED])}{more})"


def counted(number: int, noun: str) -> str:
    """`1 device`, `2 devices`."""
    return f"{number} {noun}{'s' if number != 1 else ''}"
