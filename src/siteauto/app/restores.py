"""Wire a restore: the devices that a person means, their stored copies, and what opens them."""

from collections.abc import Mapping
from pathlib import Path

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.backups import make_unsealer, open_copies
from siteauto.app.settings import Settings
from siteauto.app.site_run import open_site_run
from siteauto.core.errors import UsageError
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.restore import Restorable, put_back_by_hand
from siteauto.core.site.rules_backup_only import is_backup_only
from siteauto.platforms import load_platforms
from siteauto.workflows import restore
from siteauto.workflows.site_run import SiteRun, select_devices


def open_restore_run(settings: Settings, name: str, *, trust_new_host_keys: bool = False) -> SiteRun:
    """A run at a site, or at the one device of this full name. Raises UsageError where there is neither."""
    inventory = YamlInventory(settings.inventory, load_platforms(settings.own_platforms))
    sites = inventory.sites()
    site = next((one for one in sites if one == name), None)
    found = site or max((one for one in sites if name.startswith(f"{one}-")), key=len, default=None)
    if found is None:
        raise UsageError(
            f"There is no site or device {name}",
            expected="a site, or the full name of a device such as us-nyc-mad01-sw1",
            next_step="List the sites with: siteauto validate",
        )
    by_hand = only_backed_up(settings, found)
    if name in by_hand or (site and is_backup_only(inventory.site(found))):
        raise UsageError(
            f"{name}: siteauto backs this up and does not put it back",
            expected="what siteauto configures",
            next_step=by_hand.get(DeviceName(name), "siteauto restore DEVICE tells of each box what to do instead"),
        )
    run = open_site_run(settings, found, trust_new_host_keys=trust_new_host_keys)
    return run if site else select_devices(run, [name])


def only_backed_up(settings: Settings, site: SiteName) -> Mapping[DeviceName, str]:
    """The boxes of a site that no restore touches, each with what a person does instead."""
    platforms = load_platforms(settings.own_platforms)
    boxes = [one.device for one in YamlInventory(settings.inventory, platforms).site(site).backup_only]
    return {
        device.name: put_back_by_hand(device.name, platforms[device.platform].backup)
        for device in boxes
        if device.platform is not None
    }


def find_copies(settings: Settings, run: SiteRun, *, at: str, folder: Path | None) -> tuple[Restorable, ...]:
    """The opened copies of the run's devices. Raises SeveralErrors, UsageError, SecretError, StoreError."""
    device = run.targets[0].device.name
    return restore.open_copies(run, open_copies(settings, device, folder), make_unsealer(settings, device), at=at)
