"""How many hosts each subnet of a site is to carry."""

import math
from collections.abc import Sequence

from siteauto.core.site.estate import Capacity, Demand


def hosts_needed(role: str, capacity: Capacity, demands: Sequence[Demand]) -> int:
    """How many hosts this VLAN role is to carry, growth included."""
    per_head = next((demand.per_head for demand in demands if demand.role == role), {})
    now = sum(capacity.counts.get(kind, 0) * share for kind, share in per_head.items())
    return math.ceil(round(now * (100 + capacity.growth_percent) / 100, 6))


def said_in_words(role: str, capacity: Capacity, demands: Sequence[Demand]) -> str:
    """How the number comes about: `120 guests_peak × 1.5, growth 30 %`."""
    per_head = next((demand.per_head for demand in demands if demand.role == role), {})
    parts = [
        f"{capacity.counts[kind]} {kind} × {share:g}" if share != 1 else f"{capacity.counts[kind]} {kind}"
        for kind, share in per_head.items()
        if share and capacity.counts.get(kind)
    ]
    growth = [f"growth {capacity.growth_percent} %"] if capacity.growth_percent else []
    return ", ".join((*parts, *growth))
