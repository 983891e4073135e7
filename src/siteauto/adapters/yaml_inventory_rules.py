"""Rules that need the files themselves: what a file is called, and what stands twice in one of them."""

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory_schema import DevicePart, SiteDocument
from siteauto.adapters.yaml_inventory_site import derived_groups
from siteauto.core.company_rules import Claim, Conflict
from siteauto.core.errors import Finding
from siteauto.core.models import Role
from siteauto.core.problems import Problem

CONFIGURED = ("extra_cli", "organisation")
SWITCHED = (*CONFIGURED, "port_profiles", "unused_ports")
TAKES = {
    Role.FIREWALL: CONFIGURED,
    Role.WLC: CONFIGURED,
    Role.CORE: SWITCHED,
    Role.ACCESS: SWITCHED,
    Role.SERVER: ("organisation",),
}


def check_document(document: SiteDocument, name: str) -> Iterator[Problem]:
    """The rules of one site's files. `name` is what the file is called."""
    if document.site != name:
        message = f"the file of the site {document.site} is called {name}.yaml"
        yield Problem(code="E1202", message=message, path=("site",), help=f"call it {document.site}.yaml")
    if not _is_timezone(document.timezone):
        message = f"there is no time zone {document.timezone}"
        help_ = "use an IANA name such as America/New_York"
        yield Problem(code="E2701", message=message, path=("timezone",), help=help_)
    for group in derived_groups(document):
        if group in document.host_groups:
            message = f"the host group {group} is made from the organisation and cannot be given"
            yield Problem(code="E2505", message=message, path=("host_groups", group), at_key=True)
    for short, part in document.devices.items():
        yield from _check_own(short, part)


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _check_own(short: str, part: DevicePart) -> Iterator[Problem]:
    """A device may have its own way only with what siteauto gives it."""
    given = TAKES.get(part.role, ())
    for key in sorted(part.model_fields_set & {"extra_cli", "organisation", "port_profiles", "unused_ports"}):
        if key not in given:
            message = f"{short} has {key}, which siteauto does not give to a device with the role {part.role}"
            yield Problem(code="E2216", message=message, path=("devices", short, key), at_key=True)


# ── over all sites ───────────────────────────────────────────────────────────────────────────────────────────────────


def read_claim(name: str, document: Node) -> Claim:
    """What a site file says is its own, as far as it can be read: its other faults are told elsewhere."""
    serials = ((short, node.find(("serial",)).value) for short, node in document.find(("devices",)).children.items())
    return Claim(
        site=name,
        supernet=_network(document.find(("supernet",)).value),
        serials=tuple((short, serial) for short, serial in serials if isinstance(serial, str)),
    )


def _network(value: object) -> IPv4Network | None:
    try:
        return IPv4Network(value) if isinstance(value, str) else None
    except ValueError:
        return None


def finding_of_conflict(conflict: Conflict, documents: Mapping[str, Node]) -> Finding:
    """A conflict between two sites, shown at the later one."""
    other = documents[conflict.other].find(conflict.other_path).place
    return Finding(
        code=conflict.code,
        message=conflict.message,
        place=documents[conflict.site].find(conflict.path).place,
        notes=(f"{conflict.other} says so at {other.file}:{other.line}",),
    )
