"""Wire a restore: the devices that a person means, their stored copies, and what opens them."""

from pathlib import Path

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.backups import make_unsealer, open_copies
from siteauto.app.settings import Settings
from siteauto.app.site_run import open_site_run
from siteauto.core.errors import UsageError
from siteauto.core.restore import Restorable
from siteauto.platforms import load_platforms
from siteauto.workflows import restore
from siteauto.workflows.site_run import SiteRun, require_configured, select_devices


def open_restore_run(settings: Settings, name: str, *, trust_new_host_keys: bool = False) -> SiteRun:
    """A run at a site, or at the one device of this full name. Raises UsageError where there is neither."""
    sites = YamlInventory(settings.inventory, load_platforms(settings.own_platforms)).sites()
    site = next((one for one in sites if one == name), None)
    found = site or max((one for one in sites if name.startswith(f"{one}-")), key=len, default=None)
    if found is None:
        raise UsageError(
            f"There is no site or device {name}",
            expected="a site, or the full name of a device such as us-nyc-mad01-sw1",
            next_step="List the sites with: siteauto validate",
        )
    run = require_configured(open_site_run(settings, found, trust_new_host_keys=trust_new_host_keys))
    return run if site else select_devices(run, [name])


def find_copies(settings: Settings, run: SiteRun, *, at: str, folder: Path | None) -> tuple[Restorable, ...]:
    """The opened copies of the run's devices. Raises SeveralErrors, UsageError, SecretError, StoreError."""
    device = run.targets[0].device.name
    return restore.open_copies(run, open_copies(settings, device, folder), make_unsealer(settings, device), at=at)
