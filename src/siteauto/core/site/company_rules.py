"""Rules over all sites: an address range, a box and a circuit belong to one site."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from siteauto.core.site.estate import Region
from siteauto.core.site.problems import Path
from siteauto.core.site.regions import next_supernet, region_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Something that only one site can have, and where in the site's file it says so."""

    kind: str  # one of KINDS
    value: str
    owner: str  # the device's or circuit's key
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one site says is its own: its supernet, boxes and circuits."""

    site: str
    supernet: IPv4Network | None
    state: str = ""
    owned: tuple[Own, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sites claim the same thing: the later one, by name, at `path`, the earlier one at `other_path`."""

    code: str
    message: str
    site: str
    path: Path
    other: str
    other_path: Path


# kind: (code, what to say of the value)
KINDS = {
    "serial": ("E2802", "the box with serial {value}"),
    "circuit": ("E2805", "the circuit {value}"),
    "wan address": ("E2806", "the WAN address {value}"),
    "mac": ("E2807", "the box with the MAC address {value}"),
    "backup-only": ("E2809", "the box at {value}"),
}


def find_conflicts(claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Every conflict, once, at the later site."""
    return (*_supernets(claims), *_owned(claims))


def _supernets(claims: Sequence[Claim]) -> Iterator[Conflict]:
    """In the order of addresses only the widest range so far can reach into the next one."""
    ranges = sorted((claim.supernet, claim.site) for claim in claims if claim.supernet is not None)
    widest = ranges[0] if ranges else None
    for current in ranges[1:]:
        if widest is not None and widest[0].overlaps(current[0]):
            (first, earlier), (second, later) = sorted((widest, current), key=lambda each: each[1])
            yield Conflict(
                code="E2801",
                message=f"the supernet {second} of {later} overlaps {first} of {earlier}",
                site=later,
                path=("supernet",),
                other=earlier,
                other_path=("supernet",),
            )
        if widest is None or current[0].broadcast_address > widest[0].broadcast_address:
            widest = current


def suggest_supernet(site: str, claims: Sequence[Claim], regions: Sequence[Region]) -> str:
    """A help text with the next free supernet of the site's region and of its size."""
    claim = next((each for each in claims if each.site == site), None)
    region = region_of(claim.state, regions) if claim else None
    if claim is None or claim.supernet is None or region is None:
        return ""
    taken = [each.supernet for each in claims if each.supernet is not None and each.site != site]
    free = next_supernet(region, taken, claim.supernet.prefixlen)
    size = f"/{claim.supernet.prefixlen}"
    return f"next free {size} of {region.name} is {free}" if free else f"{region.name} has no free {size}"


def _owned(claims: Sequence[Claim]) -> Iterator[Conflict]:
    seen: dict[tuple[str, str], tuple[str, Own]] = {}
    for claim in sorted(claims, key=lambda each: each.site):
        for own in claim.owned:
            site, other = seen.setdefault((own.kind, own.value.casefold()), (claim.site, own))
            if site != claim.site:
                code, words = KINDS[own.kind]
                what = words.format(value=own.value)
                yield Conflict(
                    code=code,
                    message=f"{what} is {claim.site}-{own.owner} and {site}-{other.owner}",
                    site=claim.site,
                    path=own.path,
                    other=site,
                    other_path=other.path,
                )


def same_address(text: str) -> str:
    """An address without its prefix length, in one form; empty where it is none."""
    try:
        return str(IPv4Address(text.partition("/")[0]))
    except ValueError:
        return ""
