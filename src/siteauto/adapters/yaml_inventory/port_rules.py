"""Rules for what rooms, desks and ranges say of ports that need the files themselves."""

from collections.abc import Iterator

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.schema import SiteDocument
from siteauto.core.models import PortOverride, Site
from siteauto.core.site.port_names import split_range
from siteauto.core.site.problems import Path, Problem, Related, nearest
from siteauto.core.site.rules_cabling import short_name
from siteauto.core.site.rules_ports import SWITCHES

KINDS = {"rooms": "room", "desks": "desk", "ports": "range"}


def check_port_words(document: SiteDocument, site: Site, root: Node) -> Iterator[Problem]:
    """One port is in one room, at one desk and in one range of a file; desks share their ports out evenly."""
    yield from _check_once(site, root)
    yield from _check_desks(document)
    yield from _check_switches(document, site)
    names = [profile.name for profile in site.port_profiles]
    for short, part in document.devices.items():
        for profile in part.port_profiles:
            if profile not in names:
                yield Problem(
                    code="E2308",
                    message=f"there is no port profile {profile}",
                    path=("devices", short, "port_profiles", profile),
                    help=nearest(profile, names),
                    at_key=True,
                )


def _check_once(site: Site, root: Node) -> Iterator[Problem]:
    """A site may speak again of a port that its archetype has spoken of; one file may not speak of it twice."""
    seen: dict[tuple[object, ...], PortOverride] = {}
    told: set[tuple[Path, Path]] = set()
    for said in site.port_overrides:
        kind, file = str(said.path[0]), root.find(said.path).place.file
        for port in said.ports:
            first = seen.pop((kind, file, said.device, port), None)
            seen[kind, file, said.device, port] = said
            if first is not None and (first.path, said.path) not in told:
                told.add((first.path, said.path))
                yield _twice(port, first, said, site)


def _twice(port: str, first: PortOverride, said: PortOverride, site: Site) -> Problem:
    kind, one, other = KINDS[str(said.path[0])], _called(first), _called(said)
    where = f"in the {kind}s {one} and {other}" if one != other else f"twice in the {kind} {one}"
    return Problem(
        code="E2307",
        message=f"{short_name(said.device, site)} {port} is {where}",
        path=said.path,
        related=(Related(text=f"the {kind} {one}", path=first.path),),
        at_key=True,
    )


def _called(said: PortOverride) -> str:
    """A range by its words, a room by its name, a desk by its own."""
    return said.desk or str(said.path[-1] if said.path[0] == "ports" else said.path[1])


def _check_desks(document: SiteDocument) -> Iterator[Problem]:
    for key, part in document.desks.items():
        desks = split_range(key)
        ports = sum(len(split_range(text)) for ranges in part.ports.values() for text in ranges)
        path: Path = ("desks", key)
        if not desks:
            message = f"the desks {key} run backwards or are too many"
            yield Problem(code="E2310", message=message, path=path, at_key=True)
        elif ports == 0 or ports % len(desks):
            message = f"{len(desks)} desks cannot share {ports} ports evenly"
            yield Problem(
                code="E2313", message=message, path=(*path, "ports"), help="give each desk as many as the next"
            )


def _check_switches(document: SiteDocument, site: Site) -> Iterator[Problem]:
    """What a device says that it hangs on is a switch of the site, and its cables do not say otherwise."""
    switches = {device.short: device.name for device in site.devices if device.role in SWITCHES}
    for short, part in document.devices.items():
        if not part.switch:
            continue
        path: Path = ("devices", short, "switch")
        if part.switch not in switches:
            message = f"{short} hangs on {part.switch}, which is no switch of the site"
            yield Problem(code="E2314", message=message, path=path, help=nearest(part.switch, switches))
            continue
        own = site.device(short).name
        typed = [
            (place, link)
            for place, link in enumerate(site.links)
            if own in (link.a, link.b) and link.b_port and not link.derived
        ]
        if typed and not any(switches[part.switch] in (link.a, link.b) for _, link in typed):
            place, link = typed[0]
            other = short_name(link.b if link.a == own else link.a, site)
            yield Problem(
                code="E2314",
                message=f"{short} hangs on {part.switch}, and its cable leads to {other}",
                path=path,
                related=(Related(text="the cable", path=("cabling", place)),),
                help="remove one of the two",
            )
