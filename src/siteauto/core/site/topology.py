"""How the devices of a site hang together: neighbours, and the way from the operator to each device."""

from collections.abc import Mapping

from siteauto.core.models import Device, DeviceName, Link, Role, Site

NETWORK_ROLES = frozenset({Role.FIREWALL, Role.CORE, Role.ACCESS, Role.WLC})


def bridges_vlans(device: Device) -> bool:
    """Whether VLANs reach the device on a trunk: those of an access point with a controller travel in its tunnel."""
    return device.role in NETWORK_ROLES or (device.role is Role.AP and device.platform is not None)


def site_links(site: Site) -> tuple[Link, ...]:
    """The cables between two devices of the site, without the circuits."""
    names = {device.name for device in site.devices}
    return tuple(link for link in site.links if link.a in names and link.b in names)


def neighbours(site: Site) -> dict[DeviceName, tuple[DeviceName, ...]]:
    """The devices at the other end of each device's cables, in the order of the cabling."""
    found: dict[DeviceName, list[DeviceName]] = {device.name: [] for device in site.devices}
    for link in site_links(site):
        found[link.a].append(link.b)
        found[link.b].append(link.a)
    return {name: tuple(dict.fromkeys(others)) for name, others in found.items()}


def entry_device(site: Site) -> Device | None:
    """Where the operator comes in: the first firewall."""
    return next((device for device in site.devices if device.role is Role.FIREWALL), None)


def root_device(site: Site) -> Device | None:
    """The root of the spanning tree: the first core switch."""
    return next((device for device in site.devices if device.role is Role.CORE), None)


def paths_from(site: Site, start: DeviceName) -> dict[DeviceName, tuple[DeviceName, ...]]:
    """The devices on the shortest way from `start` to each device, `start` first. Unreachable ones are missing."""
    around = neighbours(site)
    paths: dict[DeviceName, tuple[DeviceName, ...]] = {start: ()}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        for other in around[here]:
            if other not in paths:
                paths[other] = (*paths[here], here)
                waiting.append(other)
    return paths


def management_paths(site: Site) -> dict[DeviceName, tuple[DeviceName, ...]]:
    """The devices between the operator and each device, nearest the operator first."""
    entry = entry_device(site)
    return {} if entry is None else paths_from(site, entry.name)


def management_depth(site: Site) -> Mapping[DeviceName, int]:
    """How many devices stand between the operator and each device. A site changes its deepest devices first."""
    paths = management_paths(site)
    return {device.name: len(paths.get(device.name, ())) for device in site.devices}
