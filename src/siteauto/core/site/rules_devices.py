"""Rules for devices: what they are called, which box they are, and their addresses."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address

from siteauto.core.models import Device, Role, Site
from siteauto.core.site.addressing import FIRST_DHCP_HOST, GATEWAY_HOST, host_address
from siteauto.core.site.hardware import WITHOUT_PLATFORM, Platforms, hardware_of, known_models
from siteauto.core.site.naming import SHORT_PREFIX, SITE_NAME, SITE_NAME_RULE, is_short_name
from siteauto.core.site.problems import Path, Problem, Related, nearest


def check_devices(site: Site, platforms: Platforms) -> Iterator[Problem]:
    """Names, platforms, models and serials; roles that a site cannot do without."""
    if SITE_NAME.fullmatch(site.name) is None:
        message = f"{site.name} is not a site name, expected {SITE_NAME_RULE}"
        yield Problem(code="E2207", message=message, path=("site",))
    for device in site.devices:
        yield from _check_name(device)
        yield from _check_box(device, platforms)
        yield from _check_room(device, site)
    yield from _check_serials(site)
    yield from _check_roles(site)


def _check_name(device: Device) -> Iterator[Problem]:
    if not is_short_name(device.short, device.role):
        yield Problem(
            code="E2206",
            message=f"{device.short} is not a name for a device with the role {device.role}",
            path=("devices", device.short),
            help=f"call it {SHORT_PREFIX[device.role]}1, {SHORT_PREFIX[device.role]}2, …",
            at_key=True,
        )


def _check_box(device: Device, platforms: Platforms) -> Iterator[Problem]:
    path: Path = ("devices", device.short)
    spec = platforms.get(device.platform) if device.platform else None
    fitting = [spec.name for spec in platforms.values() if device.role in spec.roles]
    if device.platform is None:
        if device.role not in WITHOUT_PLATFORM:
            yield _unknown_box(device, platforms)
            return
    elif spec is None:
        message = f"{device.short} has the platform {device.platform}, which nobody has written"
        help_ = nearest(device.platform, platforms)
        yield Problem(code="E2201", message=message, path=(*path, "platform"), help=help_)
        return
    elif device.role not in spec.roles:
        message = f"{device.short}: the platform {spec.name} has no devices with the role {device.role}"
        yield Problem(code="E2208", message=message, path=(*path, "platform"), help=nearest("", fitting))
        return
    if device.role is not Role.SERVER:
        yield from _check_model(device, platforms)


def _unknown_box(device: Device, platforms: Platforms) -> Problem:
    """No platform configures the model in this role: nobody knows it, or it cannot do that, or cannot do it yet."""
    path: Path = ("devices", device.short, "model")
    help_ = nearest(device.model, [box.model for box in known_models(device.role, platforms)])
    if any(spec.hardware_of(device.model) for spec in platforms.values()):
        message = f"{device.short} has the role {device.role}, which no platform does on a {device.model}"
        return Problem(code="E2208", message=message, path=path, help=help_)
    message = f"{device.short} has the model {device.model}, which is not known for {device.role}"
    return Problem(code="E2202", message=message, path=path, help=help_)


def _check_model(device: Device, platforms: Platforms) -> Iterator[Problem]:
    box = hardware_of(device, platforms)
    fitting = [
        each.model for each in known_models(device.role, platforms)
        if device.platform is None or each in platforms[device.platform].hardware
    ]  # fmt: skip
    path: Path = ("devices", device.short)
    if box is None:
        message = (
            f"{device.short} has the model {device.model}, which is not known for {device.platform or device.role}"
        )
        yield Problem(code="E2202", message=message, path=(*path, "model"), help=nearest(device.model, fitting))
        return
    if device.role not in box.roles:
        message = f"{device.short} has the role {device.role}, which a {device.model} cannot do"
        yield Problem(code="E2203", message=message, path=(*path, "model"), help=nearest(device.model, fitting))
    if re.fullmatch(box.serial_pattern, device.serial) is None:
        yield Problem(
            code="E2204",
            message=f"{device.short}: {device.serial} is not a serial number of a {device.model}",
            path=(*path, "serial"),
            help=f"its form is {box.serial_pattern}",
        )


def _check_room(device: Device, site: Site) -> Iterator[Problem]:
    rooms = [room.name for room in site.rooms]
    if device.room and device.room not in rooms:
        message = f"{device.short} stands in {device.room}, which is no room of the site"
        path = ("devices", device.short, "room")
        yield Problem(code="E2213", message=message, path=path, help=nearest(device.room, rooms))


def _check_serials(site: Site) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Device] = {}
    for device in site.devices:
        for field, value in (("serial", device.serial), ("mac", device.mac)):
            if value and (field, value) in seen:
                other = seen[field, value]
                yield Problem(
                    code="E2205",
                    message=f"{device.short} and {other.short} have the same {field} {value}",
                    path=("devices", device.short, field),
                    related=(Related(text=other.short, path=("devices", other.short, field)),),
                )
            seen.setdefault((field, value), device)


def _check_roles(site: Site) -> Iterator[Problem]:
    firewalls = [device for device in site.devices if device.role is Role.FIREWALL]
    if len(firewalls) != 1:
        found = ", ".join(device.short for device in firewalls) or "none"
        message = f"a site has one firewall, found {found}"
        yield Problem(code="E2212", message=message, path=("devices",), at_key=True)
    for device in site.devices:
        if device.role is not Role.AP or device.platform is not None:
            continue
        if not device.mac:
            message = f"{device.short} has no mac: its controller knows it by that"
            yield Problem(code="E2211", message=message, path=("devices", device.short), at_key=True)
        if device.managed_by is None:
            message = f"{device.short} has no wireless controller at this site"
            yield Problem(code="E2214", message=message, path=("devices", device.short), at_key=True)


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_addresses(site: Site) -> Iterator[Problem]:
    """Every device in its subnet, none twice, the gateway on the firewall and on nothing else."""
    if any(subnet.network is None and (subnet.has_addresses or subnet.role == "mgmt") for subnet in site.subnets):
        return  # a subnet has no size or found no room: that is told, and what follows from it would only hide it
    seen: dict[IPv4Address, Device] = {}
    for device in site.devices:
        problem = _check_address(device, site) or _check_same_address(device, seen.get(device.address.ip))
        if problem is not None:
            yield problem
        seen.setdefault(device.address.ip, device)


def _check_address(device: Device, site: Site) -> Problem | None:
    """What is wrong with a device's address, the gravest first."""
    allowed = [each for each in site.subnets if each.role == "mgmt" or device.role is Role.SERVER]
    home = next((each for each in allowed if each.network and device.address.ip in each.network), None)
    if home is None or home.network is None:
        where = ", ".join(f"{each.role} ({each.network})" for each in allowed if each.network and each.role == "mgmt")
        message = f"{device.short} has {device.address}, which is not in {where or 'any subnet of the site'}"
        return _address_problem("E2209", message, device)
    hosts, ip = home.network, device.address.ip
    gateway = host_address(hosts, GATEWAY_HOST)
    if device.address.network != hosts or ip in (hosts.network_address, hosts.broadcast_address):
        return _address_problem("E2209", f"{device.short} has {device.address}, which is no host of {hosts}", device)
    if device.role is Role.FIREWALL and ip != gateway:
        return _address_problem("E2210", f"{device.short} must have {gateway}, the gateway of {home.role}", device)
    if device.role is not Role.FIREWALL and ip == gateway:
        return _address_problem("E2210", f"{device.short} has {gateway}, the gateway of {home.role}", device)
    if home.dhcp == "relay" and ip >= host_address(hosts, FIRST_DHCP_HOST):
        message = f"{device.short} has {ip}, which the DHCP pool of {home.role} hands out"
        return _address_problem("E2215", message, device, help_=f"take a number below {FIRST_DHCP_HOST}")
    return None


def _check_same_address(device: Device, other: Device | None) -> Problem | None:
    if other is None:
        return None
    message = f"{device.short} and {other.short} have the same address {device.address.ip}"
    return _address_problem("E2210", message, device, other=other)


def _address_problem(
    code: str, message: str, device: Device, *, other: Device | None = None, help_: str = ""
) -> Problem:
    related = (Related(text=other.short, path=("devices", other.short)),) if other else ()
    path: Path = ("devices", device.short, "address")
    return Problem(code=code, message=message, path=path, related=related, help=help_, else_path=(*path[:-1], "host"))
