"""Provision many sites, each in a process of its own; a journal tells what is done, so that it can be gone on with."""

import secrets as randomness
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from siteauto.adapters.child_processes import Child
from siteauto.adapters.run_folder import JOURNAL, RunFolder
from siteauto.adapters.state_folder import StateFolder
from siteauto.adapters.system_clock import SystemClock
from siteauto.app.company import open_company
from siteauto.app.runs import list_runs, operator
from siteauto.app.settings import Settings
from siteauto.core.change.rollout import Limits, Rollout, SiteEnd, choose_sites, make_rings, tell_rollout
from siteauto.core.errors import UsageError
from siteauto.core.models import SiteName

ASKED = ("--yes", "--progress=lines")
OURS = frozenset({"SITEAUTO_SITES", "SITEAUTO_RESUME", "SITEAUTO_PROVISION_PLAN"})  # flags of the whole, not of a site
OnEnd = Callable[[SiteEnd], None]
Start = Callable[[Sequence[str], Path, Mapping[str, str]], Child]


def new_rollout(settings: Settings, patterns: Sequence[str], limits: Limits) -> Rollout:
    """A rollout over the sites that match; nothing is begun. Raises UsageError."""
    sites = choose_sites(open_company(settings).inventory.configured_sites(), patterns)
    name = f"{SystemClock().now():%Y%m%dT%H%M%SZ}-{randomness.token_hex(3)}"
    return Rollout(id=name, rings=make_rings(sites, limits), limits=limits)


def stored_rollout(settings: Settings, name: str) -> Rollout:
    """One that was begun here. Raises UsageError where there is none, StoreError where it cannot be believed."""
    folder = _folder(settings, name)
    if "/" in name or not (folder / JOURNAL).is_file():
        raise UsageError(f"There is no rollout {name}", expected=f"a folder in {folder.parent}")
    return tell_rollout(name, RunFolder(folder).read())


def list_rollouts(settings: Settings) -> tuple[Rollout, ...]:
    """The rollouts of this machine, in the order in which they began. Raises StoreError."""
    files = sorted(_folder(settings, "").glob(f"*/{JOURNAL}"))
    return tuple(stored_rollout(settings, file.parent.name) for file in files)


def roll_out(
    settings: Settings, rollout: Rollout, flags: Sequence[str], on_end: OnEnd, start: Start = Child
) -> tuple[Rollout, str]:
    """Provision ring after ring; return how it stands and why it stopped, if it did. Ctrl-C undoes what is on its way.

    Sites of which the journal does not know the end are finished first, as they were decided.
    """
    folder = _folder(settings, rollout.id)
    journal = RunFolder(folder, {"rollout": rollout.id, "by": operator()})
    journal.append({"record": "rollout", "rings": rollout.rings, "limits": asdict(rollout.limits), "at": _now()})

    environment = {name: value for name, value in settings.environment.items() if name not in OURS}

    def run(words: Sequence[str], site: SiteName) -> Child:
        return start([*words, f"--root={settings.root}"], folder / f"{site}.log", environment)

    for site in sorted(rollout.begun):
        run(["resume", site, *_same(flags)], site).wait()
    rollout = replace(rollout, begun=frozenset(), ends={name: rollout.ends[name] for name in rollout.done})
    for ring in rollout.left:
        for ended in _provision(ring, journal, lambda site: run(["provision", site, *ASKED, *flags], site)):
            end = replace(ended, verdict=_verdict(settings, ended.site), log=str(folder / f"{ended.site}.log"))
            journal.append({"record": "site", "at": _now(), **asdict(end)})
            on_end(end)
            rollout = replace(rollout, ends={**rollout.ends, end.site: end})
        if why := rollout.why_stop():
            journal.append({"record": "stopped", "reason": why, "at": _now()})
            return rollout, why
    journal.append({"record": "end", "at": _now()})
    return rollout, ""


def _provision(ring: Sequence[SiteName], journal: RunFolder, start: Callable[[SiteName], Child]) -> tuple[SiteEnd, ...]:
    """A ring, all of its sites at once. Ctrl-C is passed on, and what they undo is waited for."""
    children: dict[SiteName, Child] = {}
    try:
        for site in ring:
            journal.append({"record": "begin", "site": site, "at": _now()})
            children[site] = start(site)
        return tuple(SiteEnd(site=site, exit_code=child.wait()) for site, child in children.items())
    except KeyboardInterrupt:
        for child in children.values():
            child.interrupt()
        for child in children.values():
            child.wait()
        raise


def _verdict(settings: Settings, site: SiteName) -> str:
    runs = list_runs(settings, site)
    return str(runs[-1].history.verdict or "") if runs else ""


def _same(flags: Sequence[str]) -> list[str]:
    """The flags that `resume` has too."""
    return [flag for flag in flags if flag == "--trust-new-host-keys"]


def _folder(settings: Settings, name: str) -> Path:
    return StateFolder(settings.state).root / "rollouts" / name


def _now() -> str:
    return SystemClock().now().isoformat(timespec="seconds")
