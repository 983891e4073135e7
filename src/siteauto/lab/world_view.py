"""What a device may ask of the world around it. The devices and their answers know only this."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address
from typing import Protocol

from siteauto.lab.state import DeviceState, PortState, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class LldpNeighbour:
    """A device that speaks LLDP at the far end of a working cable."""

    port: str  # our port
    device: DeviceState
    far_port: PortState
    management_address: IPv4Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedAccessPoint:
    """An access point that found its controller. `name` is its name in the inventory."""

    name: str
    model: str
    serial: str
    mac: str  # xx:xx:xx:xx:xx:xx
    address: IPv4Address


class TimerHandle(Protocol):
    """Something that will happen."""

    @property
    def due(self) -> datetime:
        """When it will."""
        ...

    def cancel(self) -> None:
        """It will not."""
        ...


class WorldView(Protocol):
    """The rest of the world as one device meets it. `device` is a name in the inventory."""

    def now(self) -> datetime:
        """The lab's clock: aware, UTC."""
        ...

    def call_at(self, due: datetime, action: Callable[[], None]) -> TimerHandle:
        """Have something happen at a time of the lab's clock."""
        ...

    def reboot(self, device: str) -> None:
        """Take the device down and boot it again after the lab's boot time. Its sessions end."""
        ...

    def announce(self, device: str, text: str) -> None:
        """Print something into every open session of the device, whatever it is doing."""
        ...

    def flash_is_full(self, device: str) -> bool:
        """Whether no byte is free on its flash: a fault."""
        ...

    def link_up(self, device: str, port: str) -> bool:
        """Whether a cable joins this port to one that is up too."""
        ...

    def neighbours(self, device: str) -> tuple[LldpNeighbour, ...]:
        """What LLDP sees, in the order of the device's ports."""
        ...

    def ping(self, device: str, target: IPv4Address, source: IPv4Address | None = None) -> bool:
        """Whether an echo request comes back."""
        ...

    def reaches(self, device: str, target: IPv4Address, service: Service | None = None) -> bool:
        """Whether a service there (NTP, syslog, RADIUS) can be used: routed and not filtered."""
        ...

    def access_points(self, controller: str) -> tuple[JoinedAccessPoint, ...]:
        """The access points that have joined this controller."""
        ...
