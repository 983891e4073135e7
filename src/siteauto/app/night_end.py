"""What follows a backup run: repositories checked and pushed, figures written, people told, old copies named."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from siteauto.adapters.backup_state_file import BackupStateFile
from siteauto.adapters.git_upkeep import GitUpkeep
from siteauto.adapters.notices import tell
from siteauto.adapters.prometheus_textfile import write_metrics
from siteauto.adapters.state_folder import StateFolder
from siteauto.adapters.system_clock import SystemClock
from siteauto.app.backups import backup_policy
from siteauto.app.company import Company, open_company
from siteauto.app.secrets import open_secrets
from siteauto.app.settings import Settings
from siteauto.app.where import find_target
from siteauto.core.backup_policy import BackupPolicy
from siteauto.core.backup_state import BackupState, Freshness, find_freshness
from siteauto.core.errors import InputError, SiteautoError, UsageError
from siteauto.core.models import DeviceName, Site, SiteName
from siteauto.core.night import Night, Trouble
from siteauto.reporters.backup import night_facts, night_notice

SUNDAY = 7  # when every object is read anew
Step: TypeAlias = tuple[str, Callable[[], None]]


def keep_sound(settings: Settings, folder: Path, policy: BackupPolicy, *, patient: bool) -> tuple[Trouble, ...]:
    """Check, pack and push one repository. The push is tried even where the rest went wrong: a copy elsewhere helps."""
    upkeep = GitUpkeep(folder)
    sunday = SystemClock().now().isoweekday() == SUNDAY
    steps: list[Step] = [("check", lambda: upkeep.check(thoroughly=sunday)), ("maintenance", upkeep.maintain)]
    if policy.remote and folder == settings.backups_of_live_devices():
        steps.append(("push", lambda: upkeep.push(policy.remote, wait=_wait if patient else _go_on)))
    return _done(steps)


def finished(settings: Settings, policy: BackupPolicy, night: Night, *, whole: bool) -> Night:
    """The run when figures are written and people are told. Figures are of the whole company, or not written."""
    steps: list[Step] = []
    if whole and policy.metrics:
        file = Path(policy.metrics).expanduser()
        steps.append(("metrics", lambda: write_metrics(file, night, _known_of_all(settings, night))))
    wanted = [
        one for one in policy.notify if ("change" in one.on and night.changed) or ("failure" in one.on and night.failed)
    ]
    if wanted:
        secrets = open_secrets(settings, StateFolder(settings.state).secrets, lab=False)
        text, facts = night_notice(night), night_facts(night)
        steps += [("notice", partial(tell, one, text, facts, secrets)) for one in wanted]
    return night.with_troubles(_done(steps))


def freshness(settings: Settings, names: Sequence[str] = ()) -> tuple[Freshness, ...]:
    """How old the last proven copy of every device is: of these sites, or of all. Raises UsageError."""
    company = open_company(settings)
    if unknown := sorted(set(names) - set(company.inventory.sites())):
        raise UsageError(f"There is no site {', '.join(unknown)}", expected="a site of the inventory")
    found = find_freshness_of_all(settings, company, backup_policy(settings))
    return tuple(one for one in found if not names or one.site in names)


def find_freshness_of_all(settings: Settings, company: Company, policy: BackupPolicy) -> tuple[Freshness, ...]:
    """The same. A site that is in a lab now is looked up among the lab's copies."""
    now, known = SystemClock().now(), dict[Path, BackupState]()
    found: list[Freshness] = []
    for site in _sites(company):
        folder = folder_of(settings, site)
        state = known.setdefault(folder, BackupStateFile(folder).read())
        found += find_freshness(state, devices_of(site), now=now, hours=policy.stale_hours)
    return tuple(found)


def _known_of_all(settings: Settings, night: Night) -> BackupState:
    """What is known of the live devices, and of those of labs that were backed up: each lab has a file of its own."""
    live = settings.backups_of_live_devices()
    labs = {Path(report.folder).parent for report in night.reports} - {live}
    known, others = BackupStateFile(live).read(), [BackupStateFile(folder).read() for folder in labs]
    return replace(
        known, devices={**known.devices, **{name: one for each in others for name, one in each.devices.items()}}
    )


def now() -> str:
    """The time for a document: UTC, ISO 8601, seconds."""
    return SystemClock().now().isoformat(timespec="seconds")


def devices_of(site: Site) -> tuple[tuple[SiteName, DeviceName], ...]:
    """Every device of a site that is to be backed up."""
    both = (*site.devices, *(one.device for one in site.backup_only))
    return tuple((site.name, device.name) for device in both if device.platform is not None)


def all_devices(company: Company) -> tuple[tuple[SiteName, DeviceName], ...]:
    """Every device of the company that is to be backed up."""
    return tuple(one for site in _sites(company) for one in devices_of(site))


def _sites(company: Company) -> Iterator[Site]:
    """Those that can be read; the others are a finding of the run already."""
    for name in company.inventory.sites():
        try:
            yield company.opened.get(name) or company.inventory.site(name)
        except InputError:
            continue


def folder_of(settings: Settings, site: Site) -> Path:
    """Where its copies go: those of its lab while that is up."""
    try:
        return find_target(settings, site).backups
    except UsageError:  # SITEAUTO_TARGET does not allow what there is
        return settings.backups_of_live_devices()


def _wait(turn: int) -> None:
    SystemClock().sleep(2**turn * random.random())  # noqa: S311 - two machines must not push in step


def _go_on(_turn: int) -> None:
    """Somebody is watching, who can try again himself."""


def _done(steps: list[Step]) -> tuple[Trouble, ...]:
    """What went wrong in these; each is tried."""
    troubles = []
    for what, step in steps:
        try:
            step()
        except SiteautoError as error:
            troubles.append(Trouble(what=what, error=error))
    return tuple(troubles)
