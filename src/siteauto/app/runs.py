"""The runs of this machine: which there were, what each did, and which of a site was left unfinished."""

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from siteauto.adapters.run_folder import JOURNAL, RunFolder, read_run, set_aside
from siteauto.adapters.state_folder import StateFolder
from siteauto.adapters.system_clock import SystemClock
from siteauto.app.settings import Settings
from siteauto.core.change.lease import Lease
from siteauto.core.change.run_history import RunHistory, tell_history
from siteauto.core.errors import StoreError, UsageError
from siteauto.core.models import SiteName


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """One run of this machine. `problem` says what is wrong with its journal."""

    history: RunHistory
    records: tuple[Mapping[str, object], ...]
    problem: str
    unbelievable: bool = False  # its records do not follow each other: a decision may be missing


def list_runs(settings: Settings, site: str = "") -> tuple[StoredRun, ...]:
    """The runs of a site, or all of them, in the order in which they began. Raises StoreError."""
    folder = StateFolder(settings.state).runs()
    names = sorted(one.parent.name for one in folder.glob(f"*/{JOURNAL}")) if folder.is_dir() else []
    runs = (read_stored_run(settings, name) for name in names)
    return tuple(one for one in runs if not site or one.history.site == site)


def read_stored_run(settings: Settings, run: str) -> StoredRun:
    """One run. Raises UsageError where there is none, StoreError where it cannot be read."""
    folder = StateFolder(settings.state).runs() / run
    if not (folder / JOURNAL).is_file() or "/" in run:
        raise UsageError(f"There is no run {run}", expected="a run of this machine", next_step="See: siteauto runs")
    text = read_run(folder)
    problem = f"the journal cannot be believed from here on: {text.broken}" if text.broken else ""
    if text.torn:
        problem = "half a line was written last, and nothing of what it announces was begun"
    return StoredRun(
        history=tell_history(run, text.records), records=text.records, problem=problem, unbelievable=bool(text.broken)
    )


def find_unfinished(settings: Settings, site: SiteName, *, lab: bool, target: str) -> StoredRun | None:
    """The run that left this target undone; None: there is none. A lab that is gone took its runs with it."""
    for one in reversed(list_runs(settings, site)):
        here = one.history.lab == lab and (not lab or one.history.target == target)
        if here and one.history.unfinished:
            return one
    return None


def refuse_unfinished(settings: Settings, site: SiteName, *, lab: bool, target: str) -> None:
    """Nothing new is begun over a change that is neither done nor undone. Raises UsageError with what to type."""
    found = find_unfinished(settings, site, lab=lab, target=target)
    if found is None:
        return
    must_be_believable(found)
    raise UsageError(
        f"{site}: the run {found.history.id} by {found.history.by} was left {found.history.status}",
        expected="a site that is all old or all new",
        found="a decision to commit that is not carried out" if found.history.decision == "commit" else "no decision",
        next_step=f"Type: siteauto resume {site}   (siteauto runs show {found.history.id} tells what happened)",
    )


def prefer_resume(settings: Settings, site: SiteName, *, lab: bool, target: str) -> None:
    """Where there is a journal to be believed it knows more than the devices. Raises UsageError."""
    found = find_unfinished(settings, site, lab=lab, target=target)
    if found is not None and not found.unbelievable:
        raise UsageError(
            f"{site}: the journal of the run {found.history.id} is here, and knows what was decided",
            expected="a journal that is lost or cannot be believed",
            next_step=f"Type: siteauto resume {site}",
        )


def must_be_believable(stored: StoredRun) -> None:
    """Half a last line is nothing that was begun; a broken chain may hide a decision. Raises StoreError."""
    if not stored.unbelievable:
        return
    raise StoreError(
        f"{stored.history.site}: {stored.problem}",
        expected="a journal that says whether the change was decided",
        next_step="What is not confirmed undoes itself at its deadline. Ask the devices with: siteauto recover "
        f"{stored.history.site}, and say that you take it on with: siteauto runs close {stored.history.id} --reason …",
    )


def open_journal(settings: Settings, run: str, head: Mapping[str, object] | None = None) -> RunFolder:
    """The journal of a run, new or to be continued."""
    return RunFolder(StateFolder(settings.state).runs() / run, head)


def close_run(settings: Settings, run: str, reason: str) -> None:
    """Say that a person has taken an unfinished run on; siteauto will not touch it again. Raises UsageError."""
    stored = read_stored_run(settings, run)
    if not stored.history.unfinished:
        raise UsageError(f"The run {run} is not open", expected="unfinished or mixed", found=stored.history.status)
    now = SystemClock().now()
    lease = Lease(run=run, by=operator(), since=now, until=now)
    with StateFolder(settings.state).lock(SiteName(stored.history.site), lease):
        at = now.isoformat(timespec="seconds")
        closed = {"record": "closed", "at": at, "by": operator(), "reason": reason}
        if stored.unbelievable:  # it stays to be looked at, and another takes its place
            folder = StateFolder(settings.state).runs() / run
            head = {name: getattr(stored.history, name) for name in ("site", "by", "at", "lab", "target")}
            RunFolder(folder, head | {"set_aside": set_aside(folder)}).append(closed)
        else:
            open_journal(settings, run).append(closed)


def operator() -> str:
    """Who runs this."""
    return getpass.getuser()


def histories(runs: Sequence[StoredRun]) -> tuple[RunHistory, ...]:
    """What they tell."""
    return tuple(one.history for one in runs)
