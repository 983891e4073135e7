"""Wire a restore drill: the copies of a lab or of the live company, what opens them, and the benches."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from siteauto.adapters.age_seal import unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.drill_proofs import read_proofs, write_proofs
from siteauto.adapters.drill_store import drill_store
from siteauto.adapters.system_clock import SystemClock
from siteauto.app.backups import backup_policy, make_opener
from siteauto.app.company import Company, open_company
from siteauto.app.labs import start_lab, stop_lab
from siteauto.app.night_end import all_devices
from siteauto.app.runs import operator
from siteauto.app.settings import Settings
from siteauto.app.site_run import open_site_run
from siteauto.app.where import find_target
from siteauto.core.drill import DeviceDrill, DrillReport, StoreDrill, choose, find_flaws, with_proofs
from siteauto.core.errors import UsageError
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.stored_copy import CopyRecord
from siteauto.platforms import load_platforms
from siteauto.workflows.drill import Drill, drill_site
from siteauto.workflows.site_run import SiteRun

Open = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRequest:
    """What to drill: everything, or what `name` names, a site or a device.

    `sample`: how many copies, the longest unproven first; 0: all. `identity` is a file with another identity than this
    machine's own, such as the escrow's. `store`: the repository and nothing else, and all its copies.
    """

    name: str = ""
    sample: int = 0
    identity: Path | None = None
    store: bool = False


def run_drill(settings: Settings, request: DrillRequest) -> DrillReport:
    """Drill copies and their repository, and keep the proofs. Raises UsageError."""
    company = open_company(settings)
    folder, target = _folder(settings, company, request.name)
    history = BackupHistory(folder)
    stored = {device: site for site, device in history.devices() if request.name in ("", site, device)}
    if not stored:
        where = request.name or "any device"
        raise UsageError(f"There is no copy of {where} in {folder}", expected="a site or a device")
    opened = _opener(settings, next(iter(stored)), request.identity)
    proofs, drilled = read_proofs(folder), tuple[DeviceDrill, ...]()
    if not request.store:
        drilled = _drill_copies(settings, history, opened, stored, choose(tuple(stored), proofs, request.sample))
        proofs = with_proofs(proofs, drilled, at=_now())
        write_proofs(folder, proofs)
    expected = [device for _, device in history.devices()]
    if request.store and folder == settings.backups_of_live_devices():
        expected += [device for _, device in all_devices(company)]
    return DrillReport(
        at=_now(),
        target=target,
        by=operator(),
        opened_with=request.identity.name if request.identity else "this machine's identity",
        store=_drill_store(settings, folder, tuple(dict.fromkeys(expected)), opened if request.store else None),
        drilled=drilled,
        proofs=proofs,
        devices=tuple(stored),
    )


def _drill_copies(
    settings: Settings,
    history: BackupHistory,
    opened: Open,
    sites: Mapping[DeviceName, SiteName],
    chosen: Sequence[DeviceName],
) -> tuple[DeviceDrill, ...]:
    drill = Drill(
        copies=history,
        unseal=lambda copy: opened(copy.sealed),
        lab=partial(_lab, settings),
        platforms=load_platforms(settings.own_platforms),
    )
    return tuple(
        one
        for site in sorted({sites[device] for device in chosen})
        for one in drill_site(drill, site, [device for device in chosen if sites[device] == site])
    )


def _drill_store(settings: Settings, folder: Path, expected: Sequence[DeviceName], opened: Open | None) -> StoreDrill:
    """The repository, with every copy where they are to be opened: then the remote, which a rescuer would clone."""
    platforms, live = load_platforms(settings.own_platforms), folder == settings.backups_of_live_devices()
    remote = backup_policy(settings).remote if live and opened is not None else ""

    def judge(record: CopyRecord, sealed: bytes) -> Sequence[str]:
        return find_flaws(platforms.get(record.platform), record, opened(sealed)) if opened is not None else ()

    with tempfile.TemporaryDirectory(prefix="siteauto-drill-") as scratch:
        source = remote or str(folder / "config")
        return drill_store(source, Path(scratch), expected=expected, judge=judge if opened is not None else None)


def _folder(settings: Settings, company: Company, name: str) -> tuple[Path, str]:
    """Where the copies are: those of the lab of the site that is named, while it is up, else the live ones."""
    site = max((one for one in company.inventory.sites() if f"{name}-".startswith(f"{one}-")), key=len, default=None)
    if site is None:
        return settings.backups_of_live_devices(), "live"
    where = find_target(settings, company.inventory.site(site))
    return where.backups, where.described_as


def _opener(settings: Settings, device: str, identity: Path | None) -> Open:
    if identity is None:
        return make_opener(settings, device)
    try:
        text = identity.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The identity in {identity} cannot be read", found=str(error)) from error
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    key = text if text.startswith("-----BEGIN") else (lines or [""])[-1]
    return lambda sealed: unseal(sealed, key)


@contextmanager
def _lab(settings: Settings, site: SiteName) -> Iterator[SiteRun]:
    """A lab of the site in a state folder of its own: what is stored and what runs elsewhere is not touched."""
    with tempfile.TemporaryDirectory(prefix="siteauto-drill-") as folder:
        environment = {**settings.environment, "SITEAUTO_TARGET": "lab"}
        own = replace(settings, state=Path(folder) / "state", backups=None, environment=environment)
        start_lab(own, site)
        try:
            yield open_site_run(own, site)
        finally:
            stop_lab(own, site)


def _now() -> str:
    return SystemClock().now().isoformat(timespec="seconds")
