"""What a company plans its sites with: regions with address pools, head counts, and what each head takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region by name. A site belongs to the region that lists its state."""

    name: str
    pools: tuple[IPv4Network, ...]
    timezone: str  # IANA name, that of most of its sites
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Head counts by kind (staff, tills, phones …), and by how many per cent they will grow."""

    counts: Mapping[str, int] = field(default_factory=dict)
    growth_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How many addresses of a VLAN role one of each kind takes."""

    role: str
    per_head: Mapping[str, float]


NO_CAPACITY = Capacity()
