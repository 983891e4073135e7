"""What a port without a cable is for: the words of all levels about it as one, and the profile that follows.

Organisation, archetype and site say what a profile is; a device may have it its own way; rooms, desks and ranges say
which ports have which profile, and a range may change one thing of it.
"""

from collections.abc import Mapping
from dataclasses import replace

from siteauto.core.models import DeviceName, PortOverride, PortProfile, Site

UNIVERSAL = "edge"  # the profile of a port that is in use, of which nobody says more
NO_VOICE = "none"
DISABLED = PortProfile(name="disabled", kind="disabled")


def settle_ports(site: Site) -> dict[tuple[DeviceName, str], PortOverride]:
    """One word for each port that somebody speaks of."""
    settled: dict[tuple[DeviceName, str], PortOverride] = {}
    for said in site.port_overrides:
        for port in said.ports:
            before = settled.get((said.device, port))
            settled[said.device, port] = _over(before, said) if before else said
    return settled


def _over(outer: PortOverride, inner: PortOverride) -> PortOverride:
    return replace(
        inner,
        profile=inner.profile or outer.profile,
        room=inner.room or outer.room,
        desk=inner.desk or outer.desk,
        description=inner.description or outer.description,
        vlan_role=inner.vlan_role or outer.vlan_role,
        voice_role=inner.voice_role or outer.voice_role,
        poe_priority=inner.poe_priority or outer.poe_priority,
    )


def profile_name(said: PortOverride | None, device: DeviceName, site: Site) -> str:
    """The profile that a port has: the one that is said, else the universal one, else that of unused ports."""
    if said is None:
        return site.settings(device).unused_ports
    return said.profile or UNIVERSAL


def known_profiles(device: DeviceName, site: Site) -> Mapping[str, PortProfile]:
    """The profiles of a device by name; `disabled` needs no definition."""
    return {DISABLED.name: DISABLED, **{each.name: each for each in site.settings(device).port_profiles}}


def port_profile(said: PortOverride | None, device: DeviceName, site: Site) -> PortProfile:
    """What a port is for, in the end. A profile that nobody has defined leaves it disabled: the rules report it."""
    profile = known_profiles(device, site).get(profile_name(said, device, site), DISABLED)
    if said is None or profile.kind == DISABLED.kind:
        return profile
    return with_own(profile, vlan=said.vlan_role, voice=said.voice_role, poe=said.poe_priority)


def with_own(profile: PortProfile, *, vlan: str, voice: str, poe: str) -> PortProfile:
    """A profile with what a nearer level says of it; empty words say nothing."""
    voice_role = voice or profile.voice_role
    if voice_role != NO_VOICE and not (vlan or voice or poe):
        return profile
    return replace(
        profile,
        vlan_role=vlan or profile.vlan_role,
        voice_role="" if voice_role == NO_VOICE else voice_role,
        poe_priority=poe or profile.poe_priority,
    )
