"""What the site files claim as their own, and where two of them claim the same."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import IPv4Network

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.findings import spot
from siteauto.adapters.yaml_inventory.gaps import is_gap
from siteauto.core.errors import Finding, Place
from siteauto.core.site.company_rules import Claim, Conflict, Own, find_conflicts, same_address, suggest_supernet
from siteauto.core.site.estate import Region

SAME_SUPERNET, OUT_OF_POOL = "E2801", "E2803"


class CompanyClaims:
    """The claims of all sites. Files and regions are looked at only where there is something to tell."""

    def __init__(
        self, claims: Mapping[str, Claim], own: Callable[[str], Node | None], regions: Callable[[], Sequence[Region]]
    ) -> None:
        self._claims = tuple(claims.values())
        self._own = own
        self._regions = regions

    def conflicts(self, about: str = "") -> tuple[Finding, ...]:
        """What two sites claim, or what this site and another one do."""
        found = [each for each in find_conflicts(self._claims) if not about or about in (each.site, each.other)]
        return tuple(self._finding_of(each) for each in found)

    def advise(self, site: str, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of a site; one that needs another supernet is told which is free."""
        for each in findings:
            yield replace(each, help=self._free(site)) if each.code == OUT_OF_POOL else each

    def _free(self, site: str) -> str:
        return suggest_supernet(site, self._claims, self._regions())

    def _finding_of(self, conflict: Conflict) -> Finding:
        """A conflict between two sites, shown at the later one."""
        site, other = self._own(conflict.site), self._own(conflict.other)
        nowhere = Place(file=conflict.site, line=1)  # its file has gone meanwhile
        there = other.find(conflict.other_path).place if other else nowhere
        return Finding(
            code=conflict.code,
            message=conflict.message,
            place=site.find(conflict.path).place if site else nowhere,
            notes=(f"{conflict.other} says so at {spot(there)}",),
            help=self._free(conflict.site) if conflict.code == SAME_SUPERNET else "",
        )


def read_claim(name: str, document: Node) -> Claim:
    """What a site file says is its own, as far as it can be read: its other faults are told elsewhere."""
    return Claim(
        site=name,
        supernet=_network(document.find(("supernet",)).value),
        state=_word(document, "address", "state"),
        owned=tuple(own for own in (*_boxes(document), *_circuits(document)) if own.value),
    )


def _boxes(document: Node) -> Iterator[Own]:
    for short in document.find(("devices",)).children:
        path = ("devices", short)
        yield Own(kind="serial", value=_word(document, *path, "serial"), owner=short, path=(*path, "serial"))
        mac = re.sub(r"[.:-]", "", _word(document, *path, "mac")).lower()
        yield Own(kind="mac", value=mac, owner=short, path=(*path, "mac"))
    for short in document.find(("backup_only",)).children:
        path = ("backup_only", short)
        address = same_address(_word(document, *path, "address"))
        value = f"{address} port {_word(document, *path, 'port') or '22'}" if address else ""
        yield Own(kind="backup-only", value=value, owner=short, path=(*path, "address"))


def _circuits(document: Node) -> Iterator[Own]:
    for key in document.find(("circuits",)).children:
        path = ("circuits", key)
        provider, number = _word(document, *path, "provider"), _word(document, *path, "id")
        value = f"{provider} {number}" if provider and number else ""
        yield Own(kind="circuit", value=value, owner=key, path=(*path, "id"))
        address = same_address(_word(document, *path, "address"))
        yield Own(kind="wan address", value=address, owner=key, path=(*path, "address"))


def _word(document: Node, *path: str) -> str:
    """The word at this path; empty where there is none yet."""
    trail = document.trail(path)
    value = trail[-1].value if len(trail) == len(path) + 1 else None
    return value if isinstance(value, str) and not is_gap(value) else ""


def _network(value: object) -> IPv4Network | None:
    try:
        return IPv4Network(value) if isinstance(value, str) else None
    except ValueError:
        return None
