"""Rules for a site as a part of the company: its place in the address space, and room for the people in it."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations

from siteauto.core.models import Role, Site, Subnet
from siteauto.core.site.addressing import next_free, room_for_hosts, smallest_prefix
from siteauto.core.site.capacity import hosts_needed, said_in_words
from siteauto.core.site.lock_rules import write_command
from siteauto.core.site.problems import Path, Problem, Related
from siteauto.core.site.regions import region_of


def check_estate(site: Site) -> Iterator[Problem]:
    """Pools of the regions, the supernet in them and clear of the company's own networks, sizes of subnets."""
    yield from _check_pools(site)
    yield from _check_supernet(site)
    yield from _check_own_networks(site)
    for subnet in site.subnets:
        if subnet.network is not None:
            yield from _check_size(subnet, subnet.network, site)


def _check_pools(site: Site) -> Iterator[Problem]:
    for one, other in combinations(site.regions, 2):
        common = sorted(set(one.states) & set(other.states))
        if any(a.overlaps(b) for a in one.pools for b in other.pools):
            yield Problem(
                code="E2808",
                message=f"the pools of the regions {one.name} and {other.name} overlap",
                path=("regions", other.name, "pools"),
                related=(Related(text=one.name, path=("regions", one.name, "pools")),),
            )
        if common:
            yield Problem(
                code="E2808",
                message=f"{', '.join(common)} is in the regions {one.name} and {other.name}",
                path=("regions", other.name, "states"),
                related=(Related(text=one.name, path=("regions", one.name, "states")),),
            )


def _check_supernet(site: Site) -> Iterator[Problem]:
    region = region_of(site.state, site.regions)
    if region is None or any(site.supernet.subnet_of(pool) for pool in region.pools):
        return
    pools = ", ".join(str(pool) for pool in region.pools)
    yield Problem(
        code="E2803",
        message=f"the supernet {site.supernet} is not in the pool of {region.name} ({pools}), where {site.state} is",
        path=("supernet",),
        related=(Related(text=f"{region.name} has {pools}", path=("regions", region.name, "pools")),),
    )


def _check_own_networks(site: Site) -> Iterator[Problem]:
    """What every site reaches elsewhere must not seem to be inside this one."""
    organisation = site.organisation
    lists: tuple[tuple[Path, tuple[IPv4Network, ...]], ...] = (
        *(
            (("organisation", key), tuple(IPv4Network(address) for address in getattr(organisation, key)))
            for key in ("ntp_servers", "dns_servers", "voice_servers", "syslog_hosts", "radius_servers",
                        "tacacs_servers")
        ),
        (("organisation", "snmp_managers"), organisation.snmp_managers),
        (("organisation", "management_networks"), organisation.management_networks),
    )  # fmt: skip
    for path, networks in lists:
        taken = next((network for network in networks if network.overlaps(site.supernet)), None)
        if taken is not None:
            yield Problem(
                code="E2804",
                message=f"the supernet {site.supernet} holds addresses of the company's own: {path[-1]} {taken}",
                path=("supernet",),
                related=(Related(text=f"{path[-1]} {taken}", path=path),),
            )


def _check_size(subnet: Subnet, network: IPv4Network, site: Site) -> Iterator[Problem]:
    fixed = sum(device.address.ip in network and device.role not in (Role.AP, Role.FIREWALL) for device in site.devices)
    pool = subnet.dhcp == "relay"
    heads = hosts_needed(subnet.role, site.capacity, site.demands)
    needed = heads if pool else heads + fixed  # a DHCP pool leaves the numbers of boxes out
    room = room_for_hosts(network, pool=pool)
    if not heads or needed <= room:
        return
    prefix = smallest_prefix(needed, pool=pool)
    others = [each.network for each in site.subnets if each.network is not None and each.role != subnet.role]
    free = next_free(site.supernet, others, prefix)
    where = f"next free /{prefix} in {site.supernet} is {free}" if free else f"{site.supernet} has no free /{prefix}"
    yield Problem(
        code="E2111",
        message=f"{subnet.role} (/{network.prefixlen}) has room for {room} hosts, and the site needs {needed}",
        path=("vlans", subnet.role, "prefix" if subnet.size is not None else "subnet"),
        related=(Related(text=said_in_words(subnet.role, site.capacity, site.demands), path=("capacity",)),),
        help=f"a /{prefix} would do: {where}; then {write_command(site.name, subnet.role)}",
    )
