"""Rules that need the files themselves: what a file is called, and what is written where it cannot be."""

from collections.abc import Iterator

from siteauto.adapters.time_zones import is_timezone
from siteauto.adapters.yaml_inventory.schema import DevicePart, SiteDocument
from siteauto.adapters.yaml_inventory.site import derived_groups
from siteauto.core.models import Role
from siteauto.core.site.problems import Problem

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
    if not is_timezone(document.timezone):
        message = f"there is no time zone {document.timezone}"
        help_ = "use an IANA name such as America/New_York"
        yield Problem(code="E2701", message=message, path=("timezone",), help=help_)
    for group in derived_groups(document):
        if group in document.host_groups:
            message = f"the host group {group} is made from the organisation and cannot be given"
            yield Problem(code="E2505", message=message, path=("host_groups", group), at_key=True)
    for short, part in document.devices.items():
        yield from _check_own(short, part)


def _check_own(short: str, part: DevicePart) -> Iterator[Problem]:
    """A device may have its own way only with what siteauto gives it."""
    given = TAKES.get(part.role, ())
    for key in sorted(part.model_fields_set & {"extra_cli", "organisation", "port_profiles", "unused_ports"}):
        if key not in given:
            message = f"{short} has {key}, which siteauto does not give to a device with the role {part.role}"
            yield Problem(code="E2216", message=message, path=("devices", short, key), at_key=True)
