"""Reads ansible-runner's events: what a task did on a host, and what it changed."""

import difflib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from siteauto.core.ports import TaskOutcome
from siteauto.core.run import Event

PHASE = "servers"

_STATUS = {
    "runner_on_ok": "ok",
    "runner_on_failed": "failed",
    "runner_on_unreachable": "unreachable",
    "runner_on_skipped": "skipped",
}

_SPOKEN = ("failed", "unreachable")  # of other results, only what a playbook says on purpose is for people


def read_outcome(event: Mapping[str, Any]) -> TaskOutcome | None:
    """The outcome of a task on a host; None for an event that is about something else."""
    status = _STATUS.get(event.get("event", ""))
    if status is None:
        return None
    facts = event["event_data"]
    result = facts.get("res") or {}
    if status == "ok" and _changed(event, result):
        status = "changed"
    return TaskOutcome(
        host=facts["host"],
        task=_task(facts),
        status=status,
        message=_message(result) if status in _SPOKEN or facts.get("resolved_action", "").endswith(".debug") else "",
        diff="\n".join(_diff_lines(result.get("diff"))),
    )


def read_progress(event: Mapping[str, Any], outcome: TaskOutcome | None) -> Event | None:
    """What a person wants to see of the event as it comes; None: nothing."""
    at = datetime.fromisoformat(event["created"]).astimezone(UTC).isoformat(timespec="seconds")
    if outcome is not None:
        text = f"{outcome.task}: {outcome.message}" if outcome.message else outcome.task
        return Event(run="", at=at, phase=PHASE, device=outcome.host, state=outcome.status, message=text)
    if event.get("event") == "runner_on_start":
        facts = event["event_data"]
        return Event(run="", at=at, phase=PHASE, device=facts["host"], state="running", message=_task(facts))
    return None


def _changed(event: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    """A result that no_log hides does not say whether it changed something; only the line for people does."""
    return bool(result.get("changed")) or ("censored" in result and event.get("stdout", "").startswith("changed:"))


def _task(facts: Mapping[str, Any]) -> str:
    role = facts.get("role")
    return f"{role}: {facts['task']}" if role else str(facts["task"])


def _message(result: Mapping[str, Any]) -> str:
    if result.get("censored") or result.get("_ansible_no_log"):
        return "the output is hidden, because it may hold a secret"
    parts = [str(result.get(key, "")).strip() for key in ("msg", "stderr", "stdout")]
    return " / ".join(dict.fromkeys(part for part in parts if part))


def _diff_lines(diff: Any) -> Iterator[str]:  # noqa: ANN401 - each Ansible module has its own shape
    for part in diff if isinstance(diff, list) else [diff]:
        if not isinstance(part, dict):
            continue
        if "prepared" in part:
            yield from str(part["prepared"]).splitlines()
            continue
        before, after = (_lines(part.get(side, "")) for side in ("before", "after"))
        old, new = (str(part.get(f"{side}_header", side)) for side in ("before", "after"))
        yield from difflib.unified_diff(before, after, old, new, lineterm="")


def _lines(side: Any) -> list[str]:  # noqa: ANN401 - text, or a mapping of attributes
    return (side if isinstance(side, str) else json.dumps(side, indent=1, sort_keys=True)).splitlines()
