"""The address plan of a site and of the company, as people want to see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, summarize_address_range

from siteauto.core.models import Site, Subnet
from siteauto.core.site.address_lock import AddressChange
from siteauto.core.site.addressing import FIRST_DHCP_HOST, host_address, room_for_hosts
from siteauto.core.site.capacity import hosts_needed
from siteauto.core.site.estate import Region
from siteauto.core.site.regions import next_supernet, region_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetRow:
    """One subnet. `first` and `last` are the ends of its DHCP pool. `state`: pinned, new, or moves."""

    role: str
    vlan: int
    zone: str
    network: IPv4Network
    gateway: IPv4Address
    first: IPv4Address | None
    last: IPv4Address | None
    hosts: int
    needed: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """One device and where it is managed."""

    name: str
    short: str
    address: IPv4Address
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAddresses:
    """The plan of one site, in the order of addresses."""

    site: str
    archetype: str
    region: str
    supernet: IPv4Network
    subnets: tuple[SubnetRow, ...]
    free: tuple[IPv4Network, ...]
    devices: tuple[DeviceRow, ...]

    @property
    def used(self) -> int:
        """How many addresses of the supernet are in subnets."""
        return sum(row.network.num_addresses for row in self.subnets)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionAddresses:
    """A region: how much of its pools its sites have, and what the next site of each size would get."""

    name: str
    pools: tuple[IPv4Network, ...]
    sites: tuple[str, ...]
    used: int
    next_free: tuple[IPv4Network, ...]

    @property
    def size(self) -> int:
        """How many addresses the pools have."""
        return sum(pool.num_addresses for pool in self.pools)


def report_site(change: AddressChange) -> SiteAddresses:
    """The plan of a site with what is pinned, new, or would move."""
    site = change.site
    placed = sorted((each for each in site.subnets if each.network is not None), key=lambda each: str(each.role))
    rows = tuple(_subnet(each, each.network, change) for each in placed if each.network is not None)
    region = region_of(site.state, site.regions)
    return SiteAddresses(
        site=site.name,
        archetype=site.archetype,
        region=region.name if region else "",
        supernet=site.supernet,
        subnets=tuple(sorted(rows, key=lambda row: row.network)),
        free=free_blocks(site.supernet, [row.network for row in rows]),
        devices=_devices(change),
    )


def _subnet(subnet: Subnet, network: IPv4Network, change: AddressChange) -> SubnetRow:
    pool = subnet.dhcp == "relay"
    site = change.site
    return SubnetRow(
        role=subnet.role,
        vlan=subnet.vlan_id,
        zone=subnet.zone,
        network=network,
        gateway=host_address(network, 1),
        first=host_address(network, FIRST_DHCP_HOST) if pool else None,
        last=network.broadcast_address - 1 if pool else None,
        hosts=room_for_hosts(network, pool=pool),
        needed=hosts_needed(subnet.role, site.capacity, site.demands),
        state=_state(change.old.subnets.get(subnet.role) if change.old else None, network),
    )


def _devices(change: AddressChange) -> tuple[DeviceRow, ...]:
    names = {device.short: device.name for device in change.site.devices}
    return tuple(
        DeviceRow(
            name=names[short],
            short=short,
            address=address,
            state=_state(change.old.devices.get(short) if change.old else None, address),
        )
        for short, address in change.new.devices.items()
    )


def _state(was: object, becomes: object) -> str:
    return "new" if was is None else "pinned" if was == becomes else "moves"


def free_blocks(supernet: IPv4Network, taken: Iterable[IPv4Network]) -> tuple[IPv4Network, ...]:
    """What is left of a supernet, as the fewest subnets, in the order of addresses."""
    free: list[IPv4Network] = []
    start = int(supernet.network_address)
    for network in sorted(each for each in taken if each.overlaps(supernet)):
        free += _blocks(start, int(network.network_address) - 1)
        start = max(start, int(network.broadcast_address) + 1)
    return (*free, *_blocks(start, int(supernet.broadcast_address)))


def _blocks(first: int, last: int) -> list[IPv4Network]:
    return list(summarize_address_range(IPv4Address(first), IPv4Address(last))) if first <= last else []


def report_region(region: Region, sites: Sequence[Site]) -> RegionAddresses:
    """What a region's pools have left. The sizes offered are those that its sites have."""
    inside = [site for site in sites if any(site.supernet.subnet_of(pool) for pool in region.pools)]
    taken = [site.supernet for site in sites]
    offers = (next_supernet(region, taken, prefix) for prefix in sorted({site.supernet.prefixlen for site in sites}))
    return RegionAddresses(
        name=region.name,
        pools=region.pools,
        sites=tuple(site.name for site in inside),
        used=sum(site.supernet.num_addresses for site in inside),
        next_free=tuple(offer for offer in offers if offer is not None),
    )
