"""What the site files claim as their own, and where two of them claim the same."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import IPv4Network

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory_gaps import is_gap
from siteauto.core.company_rules import Claim, Conflict, Own, find_conflicts, same_address, suggest_supernet
from siteauto.core.errors import Finding
from siteauto.core.estate import Region

OUT_OF_POOL = "E2803"


class CompanyClaims:
    """The claims of all sites, from their own documents."""

    def __init__(self, documents: Mapping[str, Node], regions: Sequence[Region]) -> None:
        self._documents = documents
        self._regions = regions
        self._claims = [read_claim(name, document) for name, document in documents.items()]

    def conflicts(self, about: str = "") -> tuple[Finding, ...]:
        """What two sites claim, or what this site and another one do."""
        found = find_conflicts(self._claims, self._regions)
        return tuple(
            _finding_of(each, self._documents) for each in found if not about or about in (each.site, each.other)
        )

    def advise(self, site: str, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of a site; one that needs another supernet is told which is free."""
        for each in findings:
            yield replace(each, help=self._free(site)) if each.code == OUT_OF_POOL else each

    def _free(self, site: str) -> str:
        return suggest_supernet(site, self._claims, self._regions)


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


def _finding_of(conflict: Conflict, documents: Mapping[str, Node]) -> Finding:
    """A conflict between two sites, shown at the later one."""
    other = documents[conflict.other].find(conflict.other_path).place
    return Finding(
        code=conflict.code,
        message=conflict.message,
        place=documents[conflict.site].find(conflict.path).place,
        notes=(f"{conflict.other} says so at {other.file}:{other.line}",),
        help=conflict.help,
    )
