"""Intents to configuration text, for every device of a site that a platform drives."""

from collections.abc import Mapping, Sequence

from siteauto.core.intent import DeviceIntent, RenderedConfig
from siteauto.core.models import DeviceName, PlatformName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Renderer

Platforms = Mapping[PlatformName, PlatformSpec]


def configured(intents: Sequence[DeviceIntent], platforms: Platforms) -> tuple[tuple[DeviceIntent, PlatformSpec], ...]:
    """The devices that siteauto configures by itself, with their platforms; servers and access points are not."""
    named = ((intent, intent.device.platform) for intent in intents)
    return tuple((intent, platforms[platform]) for intent, platform in named if platform is not None)


def render_site(
    intents: Sequence[DeviceIntent], platforms: Platforms, renderer: Renderer
) -> dict[DeviceName, RenderedConfig]:
    """The intended configuration of each device, secrets as markers."""
    return {intent.device.name: renderer.render(intent, spec) for intent, spec in configured(intents, platforms)}


def render_bootstrap(
    intents: Sequence[DeviceIntent], platforms: Platforms, renderer: Renderer
) -> dict[DeviceName, RenderedConfig]:
    """The day-0 text of each device."""
    return {intent.device.name: renderer.bootstrap(intent, spec) for intent, spec in configured(intents, platforms)}
