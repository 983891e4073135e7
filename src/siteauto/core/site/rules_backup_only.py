"""Rules for boxes that are only read."""

import re
from collections.abc import Iterator

from siteauto.core.models import BackupOnly, Site
from siteauto.core.site.addressing import FIRST_DHCP_HOST, host_address
from siteauto.core.site.hardware import Platforms
from siteauto.core.site.problems import Path, Problem, Related, nearest

NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")


def is_backup_only(site: Site) -> bool:
    """Whether it follows no site standard: it has boxes that are read, no address plan, and nothing to configure."""
    return not site.archetype


def check_backup_only(site: Site, platforms: Platforms) -> Iterator[Problem]:
    """They have a platform that can be read, a name and an address that nobody else has."""
    for place, one in enumerate(site.backup_only):
        path: Path = ("backup_only", one.device.short)
        platform = one.device.platform
        if platform not in platforms:
            message = f"{one.device.short} has the platform {platform}, which nobody has written"
            yield Problem(
                code="E2201", message=message, path=(*path, "platform"), help=nearest(str(platform), platforms)
            )
        yield from _check_name(one, path, site)
        yield from _check_address(one, path, site, site.backup_only[:place])


def _check_name(one: BackupOnly, path: Path, site: Site) -> Iterator[Problem]:
    short = one.device.short
    if any(device.short == short for device in site.devices):
        yield Problem(
            code="E2217",
            message=f"{short} is a device of the site and backup-only as well",
            path=path,
            related=(Related(text="the device", path=("devices", short)),),
            help="siteauto backs up every device of the site; remove it from backup_only",
            at_key=True,
        )
    if NAME.fullmatch(short) is None:
        message = f"{short} is not a name: expected lower-case letters, digits and dashes, a letter first"
        yield Problem(code="E2217", message=message, path=path, at_key=True)


def _check_address(one: BackupOnly, path: Path, site: Site, before: tuple[BackupOnly, ...]) -> Iterator[Problem]:
    address, port = one.device.address.ip, one.port
    taken = [(device, ("devices", device.short)) for device in site.devices if device.address.ip == address]
    taken += [(other.device, ("backup_only", other.device.short)) for other in before
              if (other.device.address.ip, other.port) == (address, port)]  # fmt: skip
    for other, where in taken:
        yield Problem(
            code="E2210",
            message=f"{one.device.short} and {other.short} have the same address {address}",
            path=(*path, "address"),
            related=(Related(text=other.short, path=where),),
        )
    pools = [subnet for subnet in site.subnets if subnet.dhcp == "relay" and subnet.network is not None]
    for subnet in pools:
        network = subnet.network
        if network and address in network and address >= host_address(network, FIRST_DHCP_HOST):
            message = f"{one.device.short} has {address}, which the DHCP pool of {subnet.role} hands out"
            yield Problem(code="E2215", message=message, path=(*path, "address"))
