"""A switch on a bench, wired to a neighbour that speaks LLDP; a clock that only moves when told."""

from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import IPv4Address

import pytest

from siteauto.lab.clock import LabClock
from siteauto.lab.devices.aruba_aoscx import build
from siteauto.lab.spec import DeviceSpec, LabSpec
from siteauto.lab.world import World
from siteauto.lab.world_view import LldpNeighbour
from siteauto.platforms.aruba_aoscx import PLATFORM

BOOT = """\
hostname us-pdx-tst01-sw3
user admin group administrators password plaintext Horse-9
ntp server 10.0.0.5
ntp enable
clock timezone america/los_angeles
vlan 10
    name corp
vlan 99
    name mgmt
vlan 999
interface 1/1/1
    description desk
    vlan access 10
interface 1/1/49
    description up
    vlan trunk native 999
    vlan trunk allowed 10,99
interface vlan 99
    ip address 10.47.255.37/27
ip route 0.0.0.0/0 10.47.255.33
"""


class Bench(World):
    """A world in which the uplink works, whatever is behind it."""

    def __init__(self) -> None:
        super().__init__(
            LabSpec(site="bench", port=0, members=(), links=(), circuits=()),
            LabClock(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)),
        )
        self.said: list[str] = []

    def announce(self, device, text):
        self.said.append(text)

    def link_up(self, device, port):
        return port == "1/1/49"

    def reaches(self, device, target, service=None):
        return target == IPv4Address("10.0.0.5")

    def ping(self, device, target, source=None):
        return str(target) == "10.47.255.33"

    def neighbours(self, device):
        state = self.devices[device].state()
        far = replace(state, hostname="sw1", system_description="Cisco IOS Software\nTechnical Support: no")
        return (
            LldpNeighbour(
                port="1/1/49", device=far, far_port=far.ports[1], management_address=IPv4Address("10.47.255.34")
            ),
        )


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def device(bench):
    made = build(
        DeviceSpec(
            name="us-pdx-tst01-sw3",
            short="sw3",
            platform=PLATFORM,
            model="JL675A",
            serial="CN25KZ9012",
            base_mac="00:27:90:aa:00:00",
            boot_text=BOOT,
            world=bench,
        )
    )
    bench.add(made)
    return made


@pytest.fixture
def typed(device):
    """Type lines into one login; what they printed."""
    shell = device.shell("admin")
    shell.receive("no page")
    return lambda *lines: "".join(shell.receive(line).text for line in lines)
