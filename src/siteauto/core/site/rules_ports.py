"""Rules for what ports are for: rooms, desks and ranges, profiles, and what a device has its own way."""

from collections.abc import Iterator

from siteauto.core.models import Device, DeviceName, PortOverride, PortProfile, Role, Site
from siteauto.core.site.hardware import Platforms
from siteauto.core.site.port_settings import NO_VOICE, known_profiles, port_profile, profile_name, settle_ports
from siteauto.core.site.problems import Path, Problem, Related, nearest
from siteauto.core.site.rules_cabling import check_port, short_name

SWITCHES = (Role.CORE, Role.ACCESS)
Settled = dict[tuple[DeviceName, str], PortOverride]


def check_ports(site: Site, platforms: Platforms) -> Iterator[Problem]:
    """Ports that somebody speaks of exist, are free of cables, and have a profile whose VLANs the site has."""
    settled, unknown = settle_ports(site), set[DeviceName]()
    for said in site.port_overrides:
        device = next((each for each in site.devices if each.name == said.device), None)
        if device is None and said.device not in unknown:
            unknown.add(said.device)
            yield _no_device(said, site)
        elif device is not None:
            yield from _check_range(said, device, site, platforms)
            yield from _check_use(said, device, settled, site)
    yield from _check_unused(site)


def _no_device(said: PortOverride, site: Site) -> Problem:
    path = said.path[:-1] if said.path[0] == "ports" else said.path
    help_ = nearest(said.device, [each.short for each in site.devices])
    return Problem(code="E2301", message=f"there is no device {said.device}", path=path, help=help_, at_key=True)


def _check_range(said: PortOverride, device: Device, site: Site, platforms: Platforms) -> Iterator[Problem]:
    if not said.ports:
        yield Problem(code="E2310", message="the range runs backwards or is too long", path=said.path, at_key=True)
    for port in said.ports:
        wrong = list(check_port(device, port, said.path, platforms, at_key=True))
        yield from wrong
        if wrong:
            break
    rooms = [room.name for room in site.rooms]
    if said.room and said.room not in rooms:
        message = f"{said.room} is no room of the site"
        yield Problem(code="E2213", message=message, path=said_of(said, "room"), help=nearest(said.room, rooms))


def said_of(said: PortOverride, key: str) -> Path:
    """Where a value of a range is written: beside the range, or in its room or desk."""
    return (*said.path, key) if said.path[0] == "ports" else (*said.path[:2], key)


def _check_use(said: PortOverride, device: Device, settled: Settled, site: Site) -> Iterator[Problem]:
    """A cabled port takes a description and a room; any other one needs a profile that fits."""
    cabled = list(_cables(said, device, site)) if _says_what_for(said) else []
    yield from cabled
    if cabled or not said.ports:
        return
    whole = settled[said.device, said.ports[0]]
    wanted = profile_name(whole, device.name, site)
    known = known_profiles(device.name, site)
    if wanted not in known:
        help_ = nearest(wanted, known)
        message = f"there is no port profile {wanted}"
        yield Problem(code="E2308", message=message, path=said_of(said, "profile"), help=help_)
    elif _says_what_for(said) or not _has_cable(said, site):
        yield from _check_profile(port_profile(whole, device.name, site), device, said, site)


def _says_what_for(said: PortOverride) -> bool:
    return bool(said.profile or said.vlan_role or said.voice_role or said.poe_priority)


def _has_cable(said: PortOverride, site: Site) -> bool:
    ends = {(link.a, link.a_port) for link in site.links} | {(link.b, link.b_port) for link in site.links}
    return all((said.device, port) in ends for port in said.ports)


def _cables(said: PortOverride, device: Device, site: Site) -> Iterator[Problem]:
    for place, link in enumerate(site.links):
        for end, port, far in ((link.a, link.a_port, link.b), (link.b, link.b_port, link.a)):
            if end == device.name and port in said.ports:
                what = f"the profile {said.profile}" if said.profile else "a use of its own"
                yield Problem(
                    code="E2306",
                    message=f"{device.short} {port} has {what}, and a cable to {short_name(far, site)}",
                    path=said.path,
                    related=(Related(text="the cable", path=("cabling", place)),),
                    at_key=True,
                )


def _check_profile(profile: PortProfile, device: Device, said: PortOverride, site: Site) -> Iterator[Problem]:
    if profile.kind == "disabled":
        return
    if device.role not in SWITCHES:
        message = f"{device.short} is no switch; its ports take cables or the profile disabled"
        yield Problem(code="E2311", message=message, path=said_of(said, "profile"))
    yield from _check_roles(profile, device, said, site)


def _check_roles(profile: PortProfile, device: Device, said: PortOverride, site: Site) -> Iterator[Problem]:
    roles = [subnet.role for subnet in site.subnets]
    for key, role in (("vlan", profile.vlan_role), ("voice", profile.voice_role)):
        if role in roles or (key == "voice" and not role):
            continue
        own = role and role in (said.vlan_role, said.voice_role)
        lacking = f"the VLAN role {role}, which the site has not" if role else "a VLAN role, and names none"
        yield Problem(
            code="E2309",
            message=f"the range names the VLAN role {role}, which the site has not" if own
            else f"the profile {profile.name} needs {lacking}",
            path=said_of(said, key if own else "profile"),
            related=() if own else (Related(text="the profile", path=_defined(profile, device, key, role, site)),),
            help=nearest(role, [*roles, NO_VOICE] if key == "voice" else roles),
        )  # fmt: skip


def _defined(profile: PortProfile, device: Device, key: str, role: str, site: Site) -> Path:
    """Where the profile got this role: from the site's profile, or from the device's own."""
    outer = {each.name: {"vlan": each.vlan_role, "voice": each.voice_role} for each in site.port_profiles}
    if outer[profile.name][key] == role:
        return ("port_profiles", profile.name)
    return ("devices", device.short, "port_profiles", profile.name)


def _check_unused(site: Site) -> Iterator[Problem]:
    """The profile of ports that nobody speaks of: of the site, and of each device that has its own."""
    said: dict[str, Path] = {}
    for device in site.devices:
        if device.role in SWITCHES:
            name = site.settings(device.name).unused_ports
            own = name != site.unused_ports
            path: Path = ("devices", device.short, "unused_ports") if own else ("unused_ports",)
            if said.setdefault(name, path) == path:
                yield from _check_unused_profile(name, device, path, site)


def _check_unused_profile(name: str, device: Device, path: Path, site: Site) -> Iterator[Problem]:
    known, roles = known_profiles(device.name, site), [subnet.role for subnet in site.subnets]
    if name not in known:
        yield Problem(code="E2308", message=f"there is no port profile {name}", path=path, help=nearest(name, known))
    elif known[name].kind != "disabled":
        for role in {known[name].vlan_role, known[name].voice_role or known[name].vlan_role} - set(roles):
            message = (
                f"the profile {name} needs the VLAN role {role or 'that it does not name'}, which the site has not"
            )
            yield Problem(code="E2309", message=message, path=path, help=nearest(role, roles))
