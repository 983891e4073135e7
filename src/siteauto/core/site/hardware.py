"""Which box a device is, among those that the platform files know, and which platform runs on it."""

from collections.abc import Mapping

from siteauto.core.models import Device, PlatformName, Role
from siteauto.core.platform_spec import Hardware, PlatformSpec

Platforms = Mapping[PlatformName, PlatformSpec]


WITHOUT_PLATFORM = (Role.AP, Role.SERVER)  # roles in which nobody need log in


def platform_of(model: str, role: Role, platforms: Platforms) -> PlatformName | None:
    """The platform that configures this model in this role. None: there is none; a controller speaks for the box."""
    specs = (spec for spec in platforms.values() if role in spec.roles)
    return next((spec.name for spec in specs if (box := spec.hardware_of(model)) and role in box.roles), None)


def hardware_of(device: Device, platforms: Platforms) -> Hardware | None:
    """The ports of a device; None: nobody knows the model. A box without a platform is looked up in all of them."""
    if device.platform is not None:
        spec = platforms.get(device.platform)
        return spec.hardware_of(device.model) if spec else None
    return next((box for box in known_models(device.role, platforms) if box.model == device.model), None)


def known_models(role: Role, platforms: Platforms) -> tuple[Hardware, ...]:
    """Every model that may do this role, by platform and in the order of the platform file."""
    able = (spec for spec in platforms.values() if role in spec.roles or role in WITHOUT_PLATFORM)
    return tuple(box for spec in able for box in spec.hardware if role in box.roles)
