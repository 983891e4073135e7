"""Runs and their journals, in words and as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from siteauto.core.change.rollout import Rollout
from siteauto.core.change.run_history import RunHistory
from siteauto.reporters.safe_text import visible

FORMAT_VERSION = 1
TOLD_APART = frozenset({"record", "at", "n", "previous", "device"})


def runs_text(runs: Sequence[RunHistory]) -> str:
    """One line per run, the latest last."""
    lines = [f"{one.id:<24} {one.status:<11} {one.site or '?':<18} {one.by or '?'}" for one in runs]
    return "\n".join(lines) or "no runs"


def runs_data(runs: Sequence[RunHistory]) -> dict[str, object]:
    """The same for programs."""
    return {"format_version": FORMAT_VERSION, "kind": "runs", "runs": [_run(one) for one in runs]}


def run_text(run: RunHistory, records: Sequence[Mapping[str, object]], problem: str) -> str:
    """The audit trail of one run: what it was, where each device ended, and every record."""
    return "\n".join([*_head(run), "", *(_record(one) for one in records), *([f"✗ {problem}"] if problem else [])])


def run_data(run: RunHistory, records: Sequence[Mapping[str, object]], problem: str) -> dict[str, object]:
    """The same for programs."""
    head = {"format_version": FORMAT_VERSION, "kind": "run", "problem": problem}
    return head | {"run": _run(run), "records": list(records)}


def rollouts_text(rollouts: Sequence[Rollout]) -> str:
    """One line per rollout, the latest last, with what goes on with it."""
    lines = []
    for one in rollouts:
        left = [site for ring in one.left for site in ring]
        more = f"; siteauto provision --resume {one.id}" if left else ""
        lines.append(f"{one.id:<24} {len(one.done)} done, {len(one.failed)} failed, {len(left)} left{more}")
    return "\n".join(lines) or "no rollouts"


def rollouts_data(rollouts: Sequence[Rollout]) -> dict[str, object]:
    """The same for programs."""
    told = [
        {
            "id": one.id,
            "rings": one.rings,
            "left": one.left,
            "sites": {site: asdict(end) | {"done": end.done} for site, end in one.ends.items()},
        }
        for one in rollouts
    ]
    return {"format_version": FORMAT_VERSION, "kind": "rollouts", "rollouts": told}


def one_line(text: str) -> str:
    """The text as it may stand in a line of a terminal."""
    return " ".join(visible(text).split())


def _run(run: RunHistory) -> dict[str, object]:
    data = asdict(run) | {"status": run.status, "deadline": run.deadline.isoformat() if run.deadline else None}
    return data | {"devices": [{**asdict(one), "words": dict(one.words)} for one in run.devices]}


def _head(run: RunHistory) -> Iterator[str]:
    facts = {
        "run": run.id,
        "site": run.site,
        "target": run.target,
        "begun": f"{run.at} by {run.by}",
        "status": run.status,
        "plan": run.plan[:12],
        "approved": run.approved,
        "deadline": f"{run.deadline:%Y-%m-%dT%H:%M:%S%z}" if run.deadline else "",
        "decision": f"{run.decision} {run.reason}".strip() if run.decision else "none" if run.plan else "",
        "resumed": run.resumed,
        "closed": run.closed,
        "exit code": "" if run.exit_code is None else str(run.exit_code),
    }
    yield from (f"{name}: {one_line(value)}" for name, value in facts.items() if value)
    for one in run.devices:
        yield f"  {one.device:<22} {one.state}{': ' if one.error else ''}{one_line(one.error)}"


def _record(record: Mapping[str, object]) -> str:
    shown = sorted((name, value) for name, value in record.items() if name not in TOLD_APART)
    told = [f"{name}={value}" for name, value in shown if value not in ("", None)]
    words = (record.get("n", ""), record.get("at", ""), record.get("record", ""), record.get("device", ""), *told)
    return one_line(" ".join(str(word) for word in words))
