"""What is plugged in where, and which VLANs each trunk has to carry.

A trunk carries a VLAN only when it is needed at both of its ends: guest and staff Wi-Fi never reach an access switch
when a controller takes them out of the tunnel at the core.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from siteauto.core.models import Device, DeviceName, Link, PortOverride, PortProfile, Role, Site
from siteauto.core.platform_spec import Hardware
from siteauto.core.site.hardware import Platforms, hardware_of
from siteauto.core.site.port_settings import port_profile, settle_ports
from siteauto.core.site.topology import bridges_vlans, management_paths, paths_from, root_device, site_links


class End(NamedTuple):
    """One end of a cable."""

    device: DeviceName
    port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """The cables, profiles and VLANs of all ports of a site, worked out once."""

    site: Site
    hardware: Mapping[DeviceName, Hardware]
    far_ends: Mapping[End, End]  # a circuit's name stands in the place of a device
    labels: Mapping[End, str]  # of cables
    overrides: Mapping[End, PortOverride]
    trunk_vlans: Mapping[End, tuple[int, ...]]
    carried: Mapping[DeviceName, frozenset[int]]  # VLANs that each device has to know
    paths: Mapping[DeviceName, tuple[DeviceName, ...]]
    root_distance: Mapping[DeviceName, int]

    def far_device(self, end: End) -> Device | None:
        """The device at the other end of this port's cable; None: no cable, or a circuit."""
        far = self.far_ends.get(end)
        return next((device for device in self.site.devices if far and device.name == far.device), None)

    def profile(self, end: End) -> PortProfile:
        """What an uncabled port is for."""
        return port_profile(self.overrides.get(end), end.device, self.site)


def wire_site(site: Site, platforms: Platforms) -> Wiring:
    """Work out the wiring of a site."""
    hardware = {device.name: box for device in site.devices if (box := hardware_of(device, platforms))}
    overrides = {End(*end): said for end, said in settle_ports(site).items()}
    demands = {
        device.name: _demand(device, site, _profiles(device, site, overrides, hardware)) for device in site.devices
    }
    trunks = {end: vlans for link in _trunks(site) for end, vlans in _carry(link, site, demands).items()}
    root = root_device(site)
    return Wiring(
        site=site,
        hardware=hardware,
        far_ends=_far_ends(site),
        labels={
            end: link.label
            for link in site.links
            for end in (End(link.a, link.a_port), End(link.b, link.b_port))
            if link.label
        },
        overrides=overrides,
        trunk_vlans=trunks,
        carried={
            name: demand.union(*(vlans for end, vlans in trunks.items() if end.device == name))
            for name, demand in demands.items()
        },
        paths=management_paths(site),
        root_distance={name: len(path) for name, path in paths_from(site, root.name).items()} if root else {},
    )


def _far_ends(site: Site) -> dict[End, End]:
    ends: dict[End, End] = {}
    for link in site.links:
        a, b = End(link.a, link.a_port), End(link.b, link.b_port)
        ends |= {a: b, b: a}
    return ends


def _trunks(site: Site) -> tuple[Link, ...]:
    bridging = {device.name for device in site.devices if bridges_vlans(device)}
    return tuple(link for link in site_links(site) if {link.a, link.b} <= bridging)


def _profiles(
    device: Device, site: Site, overrides: Mapping[End, PortOverride], hardware: Mapping[DeviceName, Hardware]
) -> tuple[PortProfile, ...]:
    """The profiles of the switch's ports that have no cable."""
    if device.role not in (Role.CORE, Role.ACCESS) or device.name not in hardware:
        return ()
    cabled = {port for link in site.links for name, port in ((link.a, link.a_port), (link.b, link.b_port))
              if name == device.name}  # fmt: skip
    ends = [End(device.name, port) for port in hardware[device.name].ports if port not in cabled]
    return tuple(dict.fromkeys(port_profile(overrides.get(end), device.name, site) for end in ends))


def _demand(device: Device, site: Site, profiles: tuple[PortProfile, ...]) -> frozenset[int]:
    """The VLANs that have hosts, or a gateway, at this very device."""
    ids = {subnet.role: subnet.vlan_id for subnet in site.subnets}
    if device.role is Role.FIREWALL:
        return frozenset(subnet.vlan_id for subnet in site.subnets if subnet.network is not None)
    roles = {"mgmt"}
    if device.role in (Role.WLC, Role.AP) and bridges_vlans(device):
        roles |= {ssid.vlan_role for ssid in site.ssids}
    if device.role in (Role.CORE, Role.ACCESS):
        roles |= _switch_roles(device, site, profiles)
    return frozenset(ids[role] for role in roles if role in ids)


def _switch_roles(device: Device, site: Site, profiles: tuple[PortProfile, ...]) -> set[str]:
    used = [profile for profile in profiles if profile.kind != "disabled"]
    roles = {role for profile in used for role in (profile.vlan_role, profile.voice_role)}
    if any(profile.kind == "edge" for profile in used):
        roles |= {subnet.role for subnet in site.subnets if subnet.edge}
    neighbours = {(link.b if link.a == device.name else link.a) for link in site_links(site)
                  if device.name in (link.a, link.b)}  # fmt: skip
    return roles | {home_role(each, site) for each in site.devices if each.name in neighbours}


def home_role(device: Device, site: Site) -> str:
    """The role of the VLAN that a device's own address lies in."""
    inside = (subnet.role for subnet in site.subnets if subnet.network and device.address.ip in subnet.network)
    return next(inside, "mgmt")


def _carry(link: Link, site: Site, demands: Mapping[DeviceName, frozenset[int]]) -> dict[End, tuple[int, ...]]:
    """The VLANs needed at both sides of a trunk, for either end of it."""
    near = _side(link.a, link, site)
    if link.b in near:  # a ring: the VLANs of the whole site may come this way
        wanted = frozenset[int]().union(*demands.values())
    else:
        far = [demands[name] for name in demands if name not in near]
        wanted = frozenset[int]().union(*(demands[name] for name in near)) & frozenset[int]().union(*far)
    vlans = tuple(sorted(wanted))
    return {End(link.a, link.a_port): vlans, End(link.b, link.b_port): vlans}


def _side(start: DeviceName, cut: Link, site: Site) -> set[DeviceName]:
    """The devices that still hang together with `start` when the cable is cut."""
    links = [link for link in _trunks(site) if link is not cut]
    reached, grown = {start}, True
    while grown:
        more = {name for link in links for name in (link.a, link.b) if {link.a, link.b} & reached}
        grown = not more <= reached
        reached |= more
    return reached
