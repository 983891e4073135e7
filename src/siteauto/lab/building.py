"""From a specification to a world of devices, each booted from its day-0 text."""

import hashlib
import importlib
import pkgutil
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from siteauto.core.errors import UsageError
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.lab import devices
from siteauto.lab.clock import LabClock
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.spec import DeviceSpec, LabSpec, MemberSpec
from siteauto.lab.world import World

Build = Callable[[DeviceSpec], SimulatedDevice]
MAKER = "00:27:90"  # an OUI of Cisco


def running_clock() -> LabClock:
    """A clock that starts now and runs as ours does."""
    started = time.monotonic()
    return LabClock(datetime.now(tz=UTC), lambda: time.monotonic() - started)


def build_world(spec: LabSpec, platforms: Mapping[PlatformName, PlatformSpec], clock: LabClock) -> World:
    """Every device of the site in its place. Raises UsageError where one cannot be built."""
    world = World(spec, clock)
    builders = known_devices()
    for member in spec.members:
        if not member.platform:
            continue
        if member.platform not in builders:
            raise UsageError(
                f"{member.name}: the lab cannot simulate {member.platform}",
                expected="a module of that name in siteauto/lab/devices",
                found=", ".join(sorted(builders)),
            )
        platform = platforms[PlatformName(member.platform)]
        world.add(builders[member.platform](_device_spec(member, platform, world)))
    return world


def known_devices() -> dict[str, Build]:
    """Platforms that the lab can simulate, found by listing the folder."""
    names = [module.name for module in pkgutil.iter_modules(devices.__path__)]
    return {name: importlib.import_module(f"{devices.__name__}.{name}").build for name in names}


def _device_spec(member: MemberSpec, platform: PlatformSpec, world: World) -> DeviceSpec:
    return DeviceSpec(
        name=member.name,
        short=member.short,
        platform=platform,
        model=member.model,
        serial=member.serial,
        base_mac=_base_mac(member.serial),
        boot_text=member.boot_text,
        world=world,
    )


def _base_mac(serial: str) -> str:
    """The same box has the same address every time."""
    digest = hashlib.sha256(serial.encode()).digest()
    return f"{MAKER}:{digest[0]:02x}:{digest[1]:02x}:00"
