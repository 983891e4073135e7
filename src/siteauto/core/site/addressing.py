"""Cuts a supernet into the subnets of a site, and numbers the devices in them.

The layout depends on the sizes and their order only: the same input always gives the same plan. A pinned subnet stands
where it was pinned; the others go into the first gap that is left, the largest first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network

from siteauto.core.models import Role

GATEWAY_HOST = 1
FIRST_AP_HOST = 11  # lower numbers are for the firewall, the switches and the controller
FIRST_DHCP_HOST = 10  # lower numbers are for boxes with a fixed address


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetRequest:
    """A subnet that a site needs: how large, or exactly where."""

    role: str
    prefix: int
    pinned: IPv4Network | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """What an earlier plan has settled: subnets by role, and host numbers by the device's key."""

    subnets: Mapping[str, IPv4Network] = field(default_factory=dict)
    hosts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPlan:
    """Where every subnet lies. `unplaced` are the roles for which the supernet had no room."""

    subnets: Mapping[str, IPv4Network]
    unplaced: tuple[str, ...] = ()


def plan_subnets(supernet: IPv4Network, requests: Sequence[SubnetRequest]) -> AddressPlan:
    """The layout of a site. Pinned subnets are taken as they are: the site's rules judge them."""
    placed = {request.role: request.pinned for request in requests if request.pinned is not None}
    unplaced = []
    for request in sorted((each for each in requests if each.pinned is None), key=lambda each: each.prefix):
        network = next_free(supernet, placed.values(), request.prefix)
        if network is None:
            unplaced.append(request.role)
        else:
            placed[request.role] = network
    return AddressPlan(subnets=placed, unplaced=tuple(unplaced))


def next_free(supernet: IPv4Network, taken: Iterable[IPv4Network], prefix: int) -> IPv4Network | None:
    """The first gap of this size in the supernet; None: it is full."""
    if not supernet.prefixlen <= prefix <= 32:
        return None
    size = 1 << (32 - prefix)
    start, end = int(supernet.network_address), int(supernet.broadcast_address)
    for network in sorted(each for each in taken if each.overlaps(supernet)):
        if start + size <= int(network.network_address):
            break
        past = int(network.broadcast_address) + 1
        start = max(start, -(-past // size) * size)
    return IPv4Network((start, prefix)) if start + size - 1 <= end else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRequest:
    """A device that needs an address in a subnet; `host` is its number there, where the inventory says one."""

    short: str
    role: Role
    host: int | None = None


def number_hosts(requests: Sequence[HostRequest]) -> dict[str, int]:
    """Host numbers of one subnet's devices. Those given stay; the others take the next free one, in the order given."""
    numbers = {request.short: request.host for request in requests if request.host is not None}
    for request in requests:
        if request.host is None:
            candidate = FIRST_AP_HOST if request.role is Role.AP else 2
            while candidate in numbers.values():
                candidate += 1
            numbers[request.short] = candidate
    return numbers


def room_for_hosts(network: IPv4Network, *, pool: bool) -> int:
    """How many hosts beside the gateway find an address: in the DHCP pool, or in the whole subnet."""
    fixed = FIRST_DHCP_HOST - 1 if pool else GATEWAY_HOST
    return max(network.num_addresses - 2 - fixed, 0)


def smallest_prefix(hosts: int, *, pool: bool) -> int:
    """The prefix length of the smallest subnet with room for so many hosts."""
    return next((p for p in range(30, 0, -1) if room_for_hosts(IPv4Network((0, p)), pool=pool) >= hosts), 0)


def host_address(network: IPv4Network, host: int) -> IPv4Address:
    """The address with this number in the subnet; it may lie outside, which the site's rules report."""
    return IPv4Address(min(max(int(network.network_address) + host, 0), 2**32 - 1))
