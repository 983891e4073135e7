"""What the journal of a run tells: how far it came, what was decided, and what each device was last known to be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from siteauto.core.change.transaction import Decision, State, Verdict
from siteauto.core.models import DeviceName

FINAL = frozenset({Verdict.COMMITTED, Verdict.ABORTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHistory:
    """One device's part. `begun` are the acts since it was staged last: they may have had an effect on it.

    `words` are what its steps captured; `running` and `startup` are digests of its snapshot; `tidied`: no file of ours
    is on it.
    """

    device: DeviceName
    diff: str
    begun: tuple[str, ...] = ()
    state: State = State.IDLE
    words: Mapping[str, str] = field(default_factory=dict)
    running: str = ""
    startup: str = ""
    tidied: bool = True
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHistory:
    """One run, as its journal has it. Without `plan` it never came to a change."""

    id: str
    site: str = ""
    at: str = ""
    by: str = ""
    lab: bool = False
    target: str = ""
    plan: str = ""
    plan_file: str = ""
    approved: str = ""
    token: str = ""
    devices: tuple[DeviceHistory, ...] = ()
    hosts: Mapping[str, str] = field(default_factory=dict)  # at which they were found
    deadline: datetime | None = None
    decision: Decision | None = None
    reason: str = ""
    problems: int = 0  # what the last look at the changed site found wrong
    verdict: Verdict | None = None
    resumed: str = ""  # when, and by whom, last
    closed: str = ""
    exit_code: int | None = None

    @property
    def unfinished(self) -> bool:
        """Whether its devices may be neither all old nor all new, and nobody has taken that on."""
        return bool(self.plan) and self.verdict not in FINAL and not self.closed

    @property
    def status(self) -> str:
        """Where it stands, in a word."""
        if self.closed:
            return "closed"
        if not self.plan:
            return "no change"
        if self.unfinished:
            return "mixed" if self.verdict is Verdict.MIXED else "unfinished"
        return str(self.verdict)


def tell_history(run: str, records: Sequence[Mapping[str, Any]]) -> RunHistory:
    """The run whose journal holds these records. A record of an unknown kind is for people only."""
    history = RunHistory(id=run)
    for record in records:
        history = _after(history, record)
    return history


def _after(history: RunHistory, record: Mapping[str, Any]) -> RunHistory:
    kind = record.get("record")
    if kind in ("begin", "state", "words", "tidied"):
        devices = (_device_after(one, record) for one in history.devices)
        return replace(history, devices=tuple(devices))
    if kind == "decision" and history.decision is Decision.COMMIT:
        return history  # a commit stands, whatever comes later
    read = READERS.get(str(kind))
    return replace(history, **read(record)) if read else history


def _read_head(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("site", "at", "by", "lab", "target") if name in record}


def _read_plan(record: Mapping[str, Any]) -> dict[str, Any]:
    devices = (DeviceHistory(device=DeviceName(name), diff=diff) for name, diff in record["devices"].items())
    known = {name: record[name] for name in ("site", "approved", "token")}
    known["hosts"] = record.get("hosts", {})
    return {**known, "plan": record["digest"], "plan_file": record["file"], "devices": tuple(devices)}


READERS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "run": _read_head,
    "plan": _read_plan,
    "deadline": lambda record: {"deadline": datetime.fromisoformat(record["deadline"])},
    "verify": lambda record: {"problems": len(record["problems"])},
    "decision": lambda record: {"decision": Decision(record["decision"]), "reason": record["reason"]},
    "outcome": lambda record: {"verdict": Verdict(record["verdict"])},
    "resume": lambda record: {"verdict": None, "resumed": f"{record['at']} by {record['by']}"},
    "closed": lambda record: {"closed": f"{record['at']} by {record['by']}: {record['reason']}"},
    "end": lambda record: {"exit_code": record["exit_code"], "verdict": Verdict(record["verdict"])},
}


def _device_after(one: DeviceHistory, record: Mapping[str, Any]) -> DeviceHistory:
    if record.get("device") != one.device:
        return one
    kind = record["record"]
    if kind == "tidied":
        return replace(one, tidied=True)
    if kind == "words":
        return replace(one, words=record["words"], tidied=False)
    if kind == "begin":
        if record["act"] == "stage":
            return replace(one, begun=("stage",), words={}, tidied=False)
        return replace(one, begun=(*one.begun, record["act"]))
    known = {name: record[name] for name in ("words", "running", "startup", "error") if name in record}
    return replace(one, state=State(record["state"]), **known)
