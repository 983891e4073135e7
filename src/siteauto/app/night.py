"""Back many sites up, unattended: one that fails stops no other, and whatever goes wrong is in the result."""

import contextlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Semaphore

from siteauto.adapters.backup_state_file import BackupStateFile
from siteauto.adapters.git_upkeep import GitUpkeep
from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.side_by_side import free_cores, side_by_side
from siteauto.adapters.state_folder import StateFolder
from siteauto.adapters.system_clock import SystemClock
from siteauto.app.backups import accepted_by, backup_policy
from siteauto.app.company import Company, open_company
from siteauto.app.night_end import find_freshness_of_all, finished, folder_of, keep_sound
from siteauto.app.runs import operator
from siteauto.app.settings import Settings
from siteauto.app.site_run import open_site_run
from siteauto.core.backup import BackupReport
from siteauto.core.backup_policy import BackupPolicy
from siteauto.core.backup_state import after
from siteauto.core.change.lease import Lease
from siteauto.core.errors import InputError, SiteautoError, UsageError
from siteauto.core.models import Site, SiteName
from siteauto.core.night import Night, Trouble
from siteauto.core.ports import Runner
from siteauto.workflows.gentle_backup import back_up_gently
from siteauto.workflows.site_run import select_devices, with_backup_only

TURNS, PAUSE = 20, 30.0  # how often, and how many seconds apart, a site is looked at that is being changed
FEW = 4  # sessions that a site takes on average: so many sites at once keep the workers busy
LEAST = 1
FEWEST = 3  # sites for which a process is begun
MOST = 4  # processes; more than a thousand devices a minute need none


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to back up: `sites`, all where none is named; `devices` of one site; `accept` says why a loss is right."""

    sites: tuple[SiteName, ...] = ()
    devices: tuple[str, ...] = ()
    accept: str = ""
    trust: bool = False
    reason: str = "nightly"
    patient: bool = True  # try again what may pass

    @property
    def whole(self) -> bool:
        """Whether it is about every device of the company."""
        return not self.sites


OnReport = Callable[[BackupReport], None]


def run_night(settings: Settings, request: Request, on_report: OnReport) -> Night:
    """Back up, check and push the repository, write the figures, and tell who wants to know.

    Raises UsageError for an unknown site, InputError for settings that cannot be read, StoreError where the copies of
    another machine cannot be brought; everything else is in the result.
    """
    clock, began = SystemClock(), time.monotonic()
    policy, company = backup_policy(settings), open_company(settings)
    names = _names(company, request)
    if policy.remote and _is_live(settings, company, names):
        GitUpkeep(settings.backups_of_live_devices()).bring(policy.remote)
    reports, troubles = list[BackupReport](), list[Trouble]()
    for outcome in _all_sites(settings, policy, company, names, request):
        if isinstance(outcome, Trouble):
            troubles.append(outcome)
        else:
            reports.append(outcome)
            on_report(outcome)
    for folder in sorted({Path(report.folder).parent for report in reports}):
        troubles += keep_sound(settings, folder, policy, patient=request.patient)
    night = Night(
        at=clock.now().isoformat(timespec="seconds"),
        seconds=time.monotonic() - began,
        reports=tuple(reports),
        troubles=tuple(troubles),
    )
    if request.whole:
        night = replace(night, freshness=find_freshness_of_all(settings, company, policy))
    return finished(settings, policy, night, whole=request.whole)


def _is_live(settings: Settings, company: Company, names: Sequence[SiteName]) -> bool:
    """Whether a live site is among them: a lab begins with no copies."""
    live = settings.backups_of_live_devices()
    for name in names:
        with contextlib.suppress(InputError):  # told when it is its turn
            if folder_of(settings, company.opened.get(name) or company.inventory.site(name)) == live:
                return True
    return False


def _names(company: Company, request: Request) -> tuple[SiteName, ...]:
    known = company.inventory.sites()
    if unknown := sorted(set(request.sites) - set(known)):
        raise UsageError(f"There is no site {', '.join(unknown)}", expected=", ".join(known[:20]))
    if not known:
        raise UsageError("The inventory has no site", expected="at least one")
    return request.sites or known


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What became of a site, and the site where it could be opened: who asks next need not read it again."""

    name: SiteName
    outcome: BackupReport | Trouble
    site: Site | None


def _all_sites(
    settings: Settings, policy: BackupPolicy, company: Company, names: Sequence[SiteName], request: Request
) -> Iterator[BackupReport | Trouble]:
    """What became of each site, as it becomes known. On Ctrl-C no further site is begun."""
    processes = min(MOST, free_cores(), len(names) // FEWEST, policy.at_once)
    if processes < 2:
        yield from (done.outcome for done in _some_sites(settings, policy, company, names, request))
        return
    company.inventory.learn_claims()
    part = replace(policy, at_once=policy.at_once // processes)
    missing = dict.fromkeys(names)
    for done in side_by_side(
        lambda share: _some_sites(settings, part, company, share, request),
        [names[first::processes] for first in range(processes)],
    ):
        del missing[done.name]
        if done.site is not None:
            company.opened[done.name] = done.site
        yield done.outcome
    yield from (Trouble(what=name, error=_killed(name)) for name in missing)


def _some_sites(
    settings: Settings, policy: BackupPolicy, company: Company, names: Sequence[SiteName], request: Request
) -> Iterator[_Done]:
    """The same in this process. The sites share its sessions."""
    places = Semaphore(policy.at_once)

    def one(name: SiteName) -> _Done:
        runner = NornirRunner(policy.per_site, places)
        outcome = _tried(name, lambda: _one_site(settings, policy, company, name, request, runner=runner))
        return _Done(name=name, outcome=outcome, site=company.opened.get(name))

    if len(names) == 1:
        yield one(names[0])
        return
    with ThreadPoolExecutor(max_workers=max(LEAST, policy.at_once // FEW)) as pool:
        asked = [pool.submit(one, name) for name in names]
        try:
            for done in as_completed(asked):
                yield done.result()
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _tried(name: SiteName, act: Callable[[], BackupReport]) -> BackupReport | Trouble:
    try:
        return act()
    except SiteautoError as error:
        return Trouble(what=name, error=error)


def _killed(name: SiteName) -> SiteautoError:
    return SiteautoError(
        f"{name}: the process that backed it up was killed",
        expected="an outcome",
        found="none; what it has stored is whole",
        next_step="Look for the kernel's out-of-memory killer in the system's log, and run the backup again",
    )


def _one_site(
    settings: Settings, policy: BackupPolicy, company: Company, name: SiteName, request: Request, *, runner: Runner
) -> BackupReport:
    _wait_for_changes(settings, name, turns=TURNS if request.patient else 1)
    opened = open_site_run(settings, name, trust_new_host_keys=request.trust, company=company)
    run = select_devices(with_backup_only(opened), request.devices)
    file = BackupStateFile(Path(run.archive.folder).parent)
    failures = {name: one.failures for name, one in file.read().devices.items()}
    sick_last = sorted(run.targets, key=lambda target: failures.get(target.device.name, 0))
    report = back_up_gently(
        replace(run, targets=tuple(sick_last), runner=runner),
        policy if request.patient else replace(policy, retries=0),
        reason=request.reason,
        jitter=random.random,
        accepted=accepted_by(request.accept),
    )
    file.change(lambda state: after(state, report))
    return report


def _wait_for_changes(settings: Settings, name: SiteName, *, turns: int) -> None:
    """What is live under a timer may be gone in a minute: it is no copy. Raises UsageError that names whose it is."""
    for turn in range(turns):
        now = SystemClock().now()
        try:
            with StateFolder(settings.state).lock(name, Lease(run="backup", by=operator(), since=now, until=now)):
                return
        except UsageError:
            if turn + 1 == turns:
                raise
            SystemClock().sleep(PAUSE)
