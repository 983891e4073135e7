"""The address plan: what it is, and pinning it."""

from collections.abc import Sequence
from pathlib import Path

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.settings import Settings
from siteauto.core.errors import UsageError
from siteauto.core.models import SiteName
from siteauto.core.site.address_lock import EVERYTHING, AddressChange
from siteauto.core.site.problems import nearest
from siteauto.platforms import load_platforms


def plan_addresses(settings: Settings, site: str | None, renumber: Sequence[str] = ()) -> tuple[AddressChange, ...]:
    """The plan of this site, or of all. Raises InputError with all that is wrong, UsageError for unknown names."""
    inventory = YamlInventory(settings.inventory, load_platforms(settings.own_platforms))
    if site is None:
        if renumber:
            raise UsageError("--renumber needs a site", next_step="Name the one site in which something is to move")
        return inventory.plan_all_addresses()
    change = inventory.plan_addresses(SiteName(site), renumber)
    known = (*change.new.subnets, *change.new.devices, EVERYTHING)
    for name in renumber:
        if name not in known:
            raise UsageError(f"{site} has no subnet and no device {name}", next_step=nearest(name, known))
    return (change,)


def write_locks(settings: Settings, changes: Sequence[AddressChange], renumber: Sequence[str] = ()) -> tuple[Path, ...]:
    """Pin what is planned; the files written. Raises UsageError, and writes nothing, if something moved unasked."""
    for change in changes:
        if unasked := change.unasked(renumber):
            listed = "; ".join(f"{move.name} {move.was} -> {move.becomes}" for move in unasked)
            names = " ".join(f"--renumber {move.name}" for move in unasked)
            raise UsageError(
                f"{change.site.name}: pinned addresses would move",
                expected="that what is pinned stays",
                found=listed,
                next_step=f"Take the change of the site back, or let them move: {names}",
            )
    inventory = YamlInventory(settings.inventory, load_platforms(settings.own_platforms))
    return tuple(inventory.write_lock(change.new) for change in changes if change.differs)
