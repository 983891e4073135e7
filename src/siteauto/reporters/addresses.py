"""The address plan as text, JSON or CSV."""

import csv
import io
from collections.abc import Sequence

from siteauto.core.site.address_report import DeviceRow, RegionAddresses, SiteAddresses, SubnetRow

COLUMNS = (
    "site", "kind", "name", "vlan", "zone", "address", "gateway", "first", "last", "hosts", "needed", "state"
)  # fmt: skip
MARKS = {"pinned": "", "new": "not pinned yet", "moves": "moves"}
FREE_SHOWN = 6


def addresses_text(sites: Sequence[SiteAddresses], regions: Sequence[RegionAddresses]) -> str:
    """For a terminal: a table per site, then what the regions have left."""
    return "\n\n".join([*map(_site_text, sites), *(["\n".join(map(_region_text, regions))] if regions else [])])


def _site_text(site: SiteAddresses) -> str:
    where = f" in {site.region}" if site.region else ""
    count = f"{site.used:,} of {site.supernet.num_addresses:,} addresses are in subnets"
    lines = [
        f"{site.site}  {site.supernet}{where}, {site.archetype}: {count}",
        f"  {'VLAN':>4}  {'role':<10} {'subnet':<18} {'gateway':<15} {'hosts':>6} {'needed':>6}  DHCP pool",
        *map(_subnet_text, site.subnets),
        f"  free: {_listed([str(block) for block in site.free])}",
        f"  {'device':<10} {'address':<18}",
        *map(_device_text, site.devices),
    ]
    return "\n".join(line.rstrip() for line in lines)


def _subnet_text(row: SubnetRow) -> str:
    pool = f"{row.first} to {row.last}" if row.first else "none"
    return (
        f"  {row.vlan:>4}  {row.role:<10} {row.network!s:<18} {row.gateway!s:<15} {row.hosts:>6} "
        f"{row.needed or '-':>6}  {pool:<32} {MARKS[row.state]}"
    )


def _device_text(row: DeviceRow) -> str:
    return f"  {row.short:<10} {row.address!s:<18} {MARKS[row.state]}"


def _region_text(region: RegionAddresses) -> str:
    pools = ", ".join(map(str, region.pools))
    count = f"{len(region.sites)} site{'s' if len(region.sites) != 1 else ''}"
    return (
        f"{region.name}: {count}, {region.used:,} of {region.size:,} addresses of {pools}; "
        f"next free: {_listed([str(each) for each in region.next_free])}"
    )


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - FREE_SHOWN} more" if len(words) > FREE_SHOWN else ""
    return ", ".join(words[:FREE_SHOWN]) + more or "nothing"


def addresses_data(sites: Sequence[SiteAddresses], regions: Sequence[RegionAddresses]) -> dict[str, object]:
    """For programs."""
    return {
        "format_version": 1,
        "sites": [_site_data(site) for site in sites],
        "regions": [
            {
                "name": region.name,
                "pools": [str(pool) for pool in region.pools],
                "sites": list(region.sites),
                "used": region.used,
                "size": region.size,
                "next_free": [str(each) for each in region.next_free],
            }
            for region in regions
        ],
    }


def _site_data(site: SiteAddresses) -> dict[str, object]:
    return {
        "site": site.site,
        "archetype": site.archetype,
        "region": site.region,
        "supernet": str(site.supernet),
        "subnets": [_subnet_data(row) for row in site.subnets],
        "free": [str(block) for block in site.free],
        "devices": [{"name": row.name, "address": str(row.address), "state": row.state} for row in site.devices],
    }


def _subnet_data(row: SubnetRow) -> dict[str, object]:
    return {
        "role": row.role,
        "vlan": row.vlan,
        "zone": row.zone,
        "subnet": str(row.network),
        "gateway": str(row.gateway),
        "dhcp": {"first": str(row.first), "last": str(row.last)} if row.first else None,
        "hosts": row.hosts,
        "needed": row.needed,
        "state": row.state,
    }


def addresses_csv(sites: Sequence[SiteAddresses], regions: Sequence[RegionAddresses]) -> str:
    """For a spreadsheet: one line per supernet, subnet, free block, device and pool of a region."""
    stream = io.StringIO()
    table = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    for site in sites:
        table.writerow({"site": site.site, "kind": "supernet", "name": site.region, "address": str(site.supernet)})
        table.writerows(_subnet_cells(site, row) for row in site.subnets)
        table.writerows({"site": site.site, "kind": "free", "address": str(block)} for block in site.free)
        table.writerows(
            {"site": site.site, "kind": "device", "name": row.short, "address": str(row.address), "state": row.state}
            for row in site.devices
        )
    for region in regions:
        table.writerows({"kind": "pool", "name": region.name, "address": str(pool)} for pool in region.pools)
    return stream.getvalue()


def _subnet_cells(site: SiteAddresses, row: SubnetRow) -> dict[str, object]:
    return {
        "site": site.site,
        "kind": "subnet",
        "name": row.role,
        "vlan": row.vlan,
        "zone": row.zone,
        "address": str(row.network),
        "gateway": str(row.gateway),
        "first": row.first or "",
        "last": row.last or "",
        "hosts": row.hosts,
        "needed": row.needed,
        "state": row.state,
    }
