"""A FortiGate on the bench: no cables but those a test plugs in, and a clock that a test moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address

import pytest

from siteauto.lab.clock import LabClock
from siteauto.lab.devices.fortinet import Fortigate, build
from siteauto.lab.shell import Reply, Shell
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.world_view import JoinedAccessPoint, LldpNeighbour, TimerHandle
from siteauto.platforms.fortinet import PLATFORM

DAY_0 = """
config system global
    set hostname "fw1"
    set timezone "America/New_York"
end
config firewall policy
    delete 1
end
config system dhcp server
    delete 1
end
config system virtual-switch
    delete "internal"
end
config system interface
    edit "wan1"
        set mode static
        set ip 198.51.100.2 255.255.255.252
    next
    edit "vl99-mgmt"
        set vdom "root"
        set ip 10.44.19.1 255.255.255.224
        set allowaccess ping ssh
        set interface "internal1"
        set vlanid 99
    next
end
config system admin
    edit "day0"
        set accprofile "super_admin"
        set vdom "root"
        set password "a-bench-password"
    next
end
config system console
    set output standard
end
"""


@dataclass
class Bench:
    """Implements WorldView for one box."""

    clock: LabClock = field(default_factory=lambda: LabClock(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)))
    plugged: set[str] = field(default_factory=lambda: {"wan1", "internal1"})
    seen: tuple[LldpNeighbour, ...] = ()
    answering: set[str] = field(default_factory=set)
    device: Fortigate | None = None
    reboots: int = 0

    def now(self) -> datetime:
        return self.clock.now()

    def call_at(self, due: datetime, action: Callable[[], None]) -> TimerHandle:
        return self.clock.call_at(due, action)

    def reboot(self, device: str) -> None:
        self.reboots += 1
        self.device.power(on=False)
        self.clock.call_at(self.now() + timedelta(seconds=60), lambda: self.device.power(on=True))

    def link_up(self, device: str, port: str) -> bool:
        return port in self.plugged

    def neighbours(self, device: str) -> tuple[LldpNeighbour, ...]:
        return self.seen

    def ping(self, device: str, target: IPv4Address, source: IPv4Address | None = None) -> bool:
        return str(target) in self.answering

    def reaches(self, device: str, target: IPv4Address, source: IPv4Address | None = None) -> bool:
        return str(target) in self.answering

    def access_points(self, controller: str) -> tuple[JoinedAccessPoint, ...]:
        return ()


@dataclass
class Console:
    """A login at the bench: types lines, keeps what came back."""

    shell: Shell
    last: Reply | None = None

    def type(self, *lines: str) -> str:
        """Everything printed for these lines; a line may hold several."""
        printed = ""
        for line in "\n".join(lines).splitlines():
            self.last = self.shell.receive(line)
            printed += self.last.text
        return printed

    @property
    def prompt(self) -> str:
        return self.last.prompt


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def make_fortigate(bench: Bench) -> Callable[..., Fortigate]:
    def make(day_0: str = DAY_0, model: str = "FGT-60F") -> Fortigate:
        spec = DeviceSpec(
            name="us-nyc-mad01-fw1",
            short="fw1",
            platform=PLATFORM,
            model=model,
            serial="FGT60FTK20001234",
            base_mac="00:09:0f:aa:00:10",
            boot_text=day_0,
            world=bench,
        )
        bench.device = build(spec)
        return bench.device

    return make


@pytest.fixture
def fortigate(make_fortigate: Callable[..., Fortigate]) -> Fortigate:
    return make_fortigate()


@pytest.fixture
def log_in(fortigate: Fortigate) -> Callable[..., Console]:
    return lambda user="day0": Console(fortigate.shell(user))


@pytest.fixture
def console(log_in: Callable[..., Console]) -> Console:
    return log_in()
