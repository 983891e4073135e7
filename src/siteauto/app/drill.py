"""Wire a restore drill: the copies of a lab or of the live company, what opens them, and the benches."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from siteauto.adapters.age_seal import unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.drill_proofs import drill_store, read_proofs, write_proofs
from siteauto.adapters.system_clock import SystemClock
from siteauto.app.backups import make_unsealer
from siteauto.app.company import Company, open_company
from siteauto.app.labs import start_lab, stop_lab
from siteauto.app.settings import Settings
from siteauto.app.site_run import open_site_run
from siteauto.app.where import find_target
from siteauto.core.drill import DrillReport, choose, with_proofs
from siteauto.core.errors import UsageError
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.stored_copy import FoundCopy
from siteauto.workflows.drill import Drill, drill_site
from siteauto.workflows.site_run import SiteRun


def run_drill(settings: Settings, name: str, *, sample: int, identity: Path | None) -> DrillReport:
    """Drill the copies of the company, of a site or of one device.

    `sample`: how many, the longest unproven first; 0: all. `identity` is a file with another identity than this
    machine's own, such as the escrow's. Raises UsageError.
    """
    company = open_company(settings)
    folder, target = _folder(settings, company, name)
    history = BackupHistory(folder)
    stored = [(site, device) for site, device in history.devices() if _wanted(name, site, device)]
    if not stored:
        raise UsageError(f"There is no copy of {name or 'any device'} in {folder}", expected="a site or a device")
    sites = {device: site for site, device in stored}
    devices, proofs = tuple(sites), read_proofs(folder)
    drill = Drill(copies=history, unseal=_unsealer(settings, devices[0], identity), lab=partial(_lab, settings))
    chosen = choose(devices, proofs, sample)
    drilled = tuple(
        one
        for site in sorted({sites[device] for device in chosen})
        for one in drill_site(drill, site, [device for device in chosen if sites[device] == site])
    )
    at = SystemClock().now().isoformat(timespec="seconds")
    proofs = with_proofs(proofs, drilled, at=at)
    write_proofs(folder, proofs)
    with tempfile.TemporaryDirectory(prefix="siteauto-drill-") as scratch:
        store = drill_store(folder / "config", len(history.devices()), Path(scratch))
    return DrillReport(at=at, target=target, store=store, drilled=drilled, proofs=proofs, devices=devices)


def _folder(settings: Settings, company: Company, name: str) -> tuple[Path, str]:
    """Where the copies are: those of the lab of the site that is named, while it is up, else the live ones."""
    site = max((one for one in company.inventory.sites() if f"{name}-".startswith(f"{one}-")), key=len, default=None)
    if site is None:
        return settings.backups_of_live_devices(), "live"
    where = find_target(settings, company.inventory.site(site))
    return where.backups, where.described_as


def _wanted(name: str, site: SiteName, device: DeviceName) -> bool:
    return name in ("", site, device)


def _unsealer(settings: Settings, device: str, identity: Path | None) -> Callable[[FoundCopy], bytes]:
    if identity is None:
        return make_unsealer(settings, device)
    try:
        text = identity.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The identity in {identity} cannot be read", found=str(error)) from error
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    key = text if text.startswith("-----BEGIN") else (lines or [""])[-1]
    return lambda copy: unseal(copy.sealed, key)


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
