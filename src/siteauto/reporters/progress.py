"""Progress in words: a line per event, a line per device, or JSON lines."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from siteauto.core.run import Event
from siteauto.reporters.safe_text import visible

ACTS = frozenset({"stage", "arm", "confirm", "save", "undo", "wait"})  # what begins; how it ends is told as a state
QUIET = frozenset({"running", "skipped", "ok"})  # tasks of a playbook with nothing to tell
LONGEST = 78  # characters of a device's line: one that is wrapped cannot be drawn over
DOING = {"stage": "staging", "arm": "arming", "confirm": "confirming", "save": "saving", "undo": "undoing"}


def worth_telling(event: Event) -> bool:
    """Whether a person wants to read it."""
    return event.phase != "servers" or event.state not in QUIET


def event_text(event: Event) -> str:
    """One event for a log."""
    what = f"{event.phase} …" if event.phase in ACTS else event.state or event.phase
    words = [event.at[11:19], f"{event.device:<22}" if event.device else "", what, event.message]
    return " ".join(word for word in words if word)


def event_json(event: Event) -> str:
    """One event for a program: its fields, without the empty ones."""
    return json.dumps({name: value for name, value in asdict(event).items() if value}, sort_keys=True)


def device_text(event: Event, now: datetime) -> str:
    """Where a device is, from its latest event: `staged`, `armed 4:31 left`, `verified`."""
    doing = f"{DOING.get(event.phase, 'waiting')} …"
    state = doing if event.phase in ACTS else event.state or event.phase
    left = time_left(event, now)
    told = event.message if event.phase == "wait" or event.state in ("failed", "mixed") else ""
    line = " ".join(word for word in (f"{event.device:<22}", state, left, visible(told).replace("\n", " ")) if word)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def time_left(event: Event, now: datetime) -> str:
    """How long until the device undoes it: 4:31 left; empty where nothing runs."""
    if not event.until:
        return ""
    left = max(0, round((datetime.fromisoformat(event.until) - now).total_seconds()))
    return f"{left // 60}:{left % 60:02} left"


def board_text(latest: Mapping[str, Event], now: datetime) -> list[str]:
    """One line per device."""
    return [device_text(event, now) for event in latest.values()]
