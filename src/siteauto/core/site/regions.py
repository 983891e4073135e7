"""Which region a site is in, and what is free there."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network

from siteauto.core.site.addressing import next_free
from siteauto.core.site.estate import Region


def region_of(state: str, regions: Sequence[Region]) -> Region | None:
    """The region that a state is in; None: none lists it."""
    return next((region for region in regions if state in region.states), None)


def next_supernet(region: Region, taken: Iterable[IPv4Network], prefix: int) -> IPv4Network | None:
    """The first free supernet of this size in the region's pools; None: they are full."""
    occupied = tuple(taken)
    found = (next_free(pool, occupied, prefix) for pool in region.pools)
    return next((network for network in found if network is not None), None)
