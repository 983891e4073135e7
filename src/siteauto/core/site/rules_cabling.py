"""Rules for cables and circuits."""

from collections.abc import Iterator

from siteauto.core.models import Device, Link, Site
from siteauto.core.site.hardware import Platforms, hardware_of
from siteauto.core.site.problems import Path, Problem, Related, nearest
from siteauto.core.site.topology import management_paths

CIRCUIT_END = ""  # the port of the outside world


def check_cabling(site: Site, platforms: Platforms) -> Iterator[Problem]:
    """Both ends of every cable exist and are used once; every device and circuit hangs on a cable."""
    used: dict[tuple[str, str], int] = {}
    for place, link in enumerate(site.links):
        yield from _check_link(place, link, site, platforms)
        for device, port in ((link.a, link.a_port), (link.b, link.b_port)):
            yield from _check_once((device, port), place, used, site)
            used.setdefault((device, port), place)
    yield from _check_connected(site)
    yield from _check_circuits(site)


def _check_link(place: int, link: Link, site: Site, platforms: Platforms) -> Iterator[Problem]:
    path: Path = ("cabling", place)
    circuits = [circuit.name for circuit in site.circuits]
    names = {device.name for device in site.devices}
    yield from _check_end(link.a, link.a_port, path, site, platforms, at_key=True)
    if link.b_port != CIRCUIT_END or link.b in names:
        yield from _check_end(link.b, link.b_port, path, site, platforms, at_key=False)
    elif link.b not in circuits:
        message = f"there is no circuit {link.b}"
        yield Problem(code="E2304", message=message, path=path, help=nearest(link.b, circuits))
    if link.a == link.b:
        yield Problem(code="E2305", message=f"both ends of a cable are on {short_name(link.a, site)}", path=path)


def _check_end(
    name: str, port: str, path: Path, site: Site, platforms: Platforms, *, at_key: bool
) -> Iterator[Problem]:
    device = next((each for each in site.devices if each.name == name), None)
    if device is None:
        help_ = nearest(name, [each.short for each in site.devices])
        yield Problem(code="E2301", message=f"there is no device {name}", path=path, help=help_, at_key=at_key)
    elif port == "":
        message = f"{device.short} without a port, expected a device and a port such as {device.short} 1/0/1"
        yield Problem(code="E2305", message=message, path=path, at_key=at_key)
    else:
        yield from check_port(device, port, path, platforms, at_key=at_key)


def check_port(device: Device, port: str, path: Path, platforms: Platforms, *, at_key: bool) -> Iterator[Problem]:
    """The box has this port."""
    box = hardware_of(device, platforms)
    if box is not None and device.role in box.roles and port not in box.ports:
        yield Problem(
            code="E2302",
            message=f"{device.short} ({box.model}) has no port {port}, or more than one by that number",
            path=path,
            help=f"it has {', '.join(_spans(box.ports))}",
            at_key=at_key,
        )


def _spans(ports: tuple[str, ...]) -> list[str]:
    """The ports of a box in few words: GigabitEthernet1/0/1-48."""
    spans: dict[str, list[str]] = {}
    for port in ports:
        stem = port.rstrip("0123456789")
        spans.setdefault(stem, []).append(port[len(stem) :])
    return [
        stem + (numbers[0] if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}") for stem, numbers in spans.items()
    ]


def _check_once(end: tuple[str, str], place: int, used: dict[tuple[str, str], int], site: Site) -> Iterator[Problem]:
    if end not in used:
        return
    other = site.links[used[end]]
    what = f"{short_name(end[0], site)} {end[1]}".strip()
    yield Problem(
        code="E2303",
        message=f"{what} has two cables",
        path=("cabling", place),
        related=(Related(text=f"the other leads from {short_name(other.a, site)} to {short_name(other.b, site)}",
                         path=("cabling", used[end])),),
        at_key=True,
    )  # fmt: skip


def short_name(name: str, site: Site) -> str:
    """A device's key in the file: what the archetype says is then told once for all its sites."""
    return next((device.short for device in site.devices if device.name == name), name)


def _check_connected(site: Site) -> Iterator[Problem]:
    reached = management_paths(site)
    for device in site.devices if reached else ():
        if device.name not in reached:
            yield Problem(
                code="E2312",
                message=f"no cable leads from the firewall to {device.short}",
                path=("devices", device.short),
                help="add it to cabling, or take it out of devices with null",
                at_key=True,
            )


def _check_circuits(site: Site) -> Iterator[Problem]:
    cabled = {link.b for link in site.links if link.b_port == CIRCUIT_END}
    for circuit in site.circuits:
        path: Path = ("circuits", circuit.name)
        if circuit.name not in cabled:
            message = f"no cable leads to the circuit {circuit.name}"
            yield Problem(code="E2402", message=message, path=path, at_key=True)
        if circuit.address is None:
            continue
        hosts = circuit.address.network
        if circuit.gateway is None or circuit.gateway not in hosts or circuit.gateway == circuit.address.ip:
            message = f"{circuit.name}: the gateway {circuit.gateway} is not another host of {hosts}"
            yield Problem(code="E2401", message=message, path=(*path, "gateway"))
