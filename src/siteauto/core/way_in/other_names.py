"""Which platform Oxidized or RANCID means. A name that no platform file lists is a gap, for a person to fill in."""

from collections.abc import Callable, Mapping

from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import OtherNames, PlatformSpec

Tool = Callable[[OtherNames], tuple[str, ...]]


def oxidized(names: OtherNames) -> tuple[str, ...]:
    """Oxidized's names of a platform."""
    return names.oxidized


def rancid(names: OtherNames) -> tuple[str, ...]:
    """RANCID's names of a platform."""
    return names.rancid


def platform_of(name: str, platforms: Mapping[PlatformName, PlatformSpec], tool: Tool) -> PlatformName | None:
    """The platform behind another tool's name, or that very name where it is one of ours; None: nobody knows."""
    word = name.strip().lower()
    if PlatformName(word) in platforms:
        return PlatformName(word)
    return next((one.name for one in platforms.values() if word in tool(one.names)), None)
