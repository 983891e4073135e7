"""A new site: its file with gaps for what a person must fill in, and its lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path

from siteauto.adapters.whole_files import create_file
from siteauto.adapters.yaml_inventory.files import SITES, InventoryFiles
from siteauto.adapters.yaml_inventory.gaps import find_gaps
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.adapters.yaml_locks import LockFolder
from siteauto.adapters.yaml_new_site import Standard
from siteauto.app.settings import Settings
from siteauto.core.errors import SiteautoError, UsageError
from siteauto.core.models import PlatformName, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.site.naming import SITE_NAME, SITE_NAME_RULE
from siteauto.core.site.new_site import NewSite, parse_address, site_text, supernet_prefix
from siteauto.core.site.problems import nearest
from siteauto.core.site.regions import next_supernet, region_of
from siteauto.platforms import load_platforms


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSiteRequest:
    """What an operator says of a site that is to be. What is None follows from the rest."""

    name: str
    archetype: str
    address: str
    supernet: IPv4Network | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedSite:
    """The files of a new site, and what is still to be filled in, by its place in the site file."""

    site_file: Path
    lock_file: Path
    supernet: IPv4Network
    gaps: tuple[tuple[int, str], ...]


def create_site(settings: Settings, request: NewSiteRequest) -> CreatedSite:
    """Write the files of a new site. Raises UsageError or InputError, and then leaves nothing behind."""
    files, platforms = InventoryFiles(settings.inventory), load_platforms(settings.own_platforms)
    site = _design(files, platforms, request)
    path = files.path(SITES, request.name)
    try:
        create_file(path, site_text(site).encode())
    except FileExistsError as error:
        raise _exists(path) from error
    inventory = YamlInventory(settings.inventory, platforms)
    try:
        lock_file = inventory.write_lock(inventory.plan_addresses(SiteName(request.name)).new)
    except SiteautoError:
        path.unlink()
        raise
    own, _ = files.own(request.name)
    gaps = find_gaps(own) if own else {}
    return CreatedSite(
        site_file=path,
        lock_file=lock_file,
        supernet=site.supernet,
        gaps=tuple((node.place.line, f"{'.'.join(steps)}: {node.value}") for steps, node in gaps.items()),
    )


def _design(files: InventoryFiles, platforms: Mapping[PlatformName, PlatformSpec], request: NewSiteRequest) -> NewSite:
    if SITE_NAME.fullmatch(request.name) is None:
        raise UsageError(f"{request.name} is not a site name", expected=SITE_NAME_RULE, next_step="Choose another name")
    for path in (files.path(SITES, request.name), LockFolder(files.root).path(request.name)):
        if path.exists():
            raise _exists(path)
    known = YamlInventory(files.root, platforms).archetypes()
    if request.archetype not in known:
        raise UsageError(
            f"There is no archetype {request.archetype}",
            expected=f"one of {', '.join(known)}",
            next_step=nearest(request.archetype, known),
        )
    address = parse_address(request.address)
    standard = Standard(files, request.archetype)
    return NewSite(
        name=request.name,
        archetype=request.archetype,
        address=address,
        timezone=request.timezone or _timezone(standard, address.state),
        supernet=request.supernet or _supernet(standard, address.state),
        circuits=standard.circuits(),
        devices=standard.devices(platforms),
        first_line=standard.modeline(),
    )


def _timezone(standard: Standard, state: str) -> str:
    region = region_of(state, standard.regions())
    if region is None:
        raise _no_region(state, "--timezone")
    return region.timezone


def _supernet(standard: Standard, state: str) -> IPv4Network:
    region = region_of(state, standard.regions())
    if region is None:
        raise _no_region(state, "--supernet")
    prefix = supernet_prefix(standard.prefixes())
    free = next_supernet(region, standard.taken(), prefix)
    if free is None:
        raise UsageError(
            f"{region.name} has no free /{prefix}",
            expected=f"room in {', '.join(map(str, region.pools))}",
            next_step="Give the region another pool in inventory/defaults.yaml, or say --supernet",
        )
    return free


def _no_region(state: str, option: str) -> UsageError:
    return UsageError(
        f"No region lists the state {state}",
        expected="a region with it in inventory/defaults.yaml",
        next_step=f"Add it to a region there, or say {option}",
    )


def _exists(path: Path) -> UsageError:
    return UsageError(
        f"{path} exists already",
        expected="a name that no site has had",
        next_step="Choose another name, or remove the file if the site was given up",
    )
