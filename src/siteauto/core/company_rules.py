"""Rules over all sites: an address range belongs to one site, and so does a box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from siteauto.core.problems import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one site says is its own: its supernet, and serial numbers by the device's key."""

    site: str
    supernet: IPv4Network | None
    serials: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sites claim the same thing: the later one, by name, at `path`, the earlier one at `other_path`."""

    code: str
    message: str
    site: str
    path: Path
    other: str
    other_path: Path


def find_conflicts(claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Every conflict, once, at the later site."""
    return (*_supernets(claims), *_serials(claims))


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


def _serials(claims: Sequence[Claim]) -> Iterator[Conflict]:
    seen: dict[str, tuple[str, str]] = {}
    for claim in sorted(claims, key=lambda each: each.site):
        for short, serial in claim.serials:
            site, other = seen.setdefault(serial, (claim.site, short))
            if site != claim.site:
                yield Conflict(
                    code="E2802",
                    message=f"the box with serial {serial} is {claim.site}-{short} and {site}-{other}",
                    site=claim.site,
                    path=("devices", short, "serial"),
                    other=site,
                    other_path=("devices", other, "serial"),
                )
