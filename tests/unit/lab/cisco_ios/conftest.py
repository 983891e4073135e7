"""A switch and a controller on a bench, typed at without sockets."""

from datetime import UTC, datetime
from ipaddress import IPv4Interface

import pytest

from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.platforms import load_platforms

BOOT = """\
hostname {name}
aaa new-model
aaa authentication login default local
aaa authorization exec default local
no ip domain lookup
archive
 path flash:archive
username day0 privilege 15 secret day0-pass
username reader secret reader-pass
enable secret enable-pass
vlan 99
lldp run
interface {uplink}
 switchport trunk allowed vlan 99
 switchport mode trunk
interface Vlan99
 ip address {address} 255.255.255.224
{gateway}
ip scp server enable
line vty 0 4
 transport input ssh
end
"""


class Desk:
    """A login on a box, with its screen."""

    def __init__(self, device, clock, user="day0"):
        self.device = device
        self.box = device.box
        self.clock = clock
        self.user = user
        self.shell = device.shell(user)
        self.prompt = self.shell.greeting().prompt.strip()

    def type(self, *lines):
        """Type lines; what was printed."""
        printed = []
        for line in lines:
            reply = self.shell.receive(line)
            self.prompt = reply.prompt
            printed.append(reply.text)
        return "".join(printed)

    def configure(self, *lines):
        return self.type("configure terminal", *lines, "end").removeprefix(
            "Enter configuration commands, one per line.  End with CNTL/Z.\n"
        )

    def running(self):
        return self.type("show running-config")

    def put(self, name, text):
        self.box.flash.write(name, text.encode())


def make_desk(
    *, model="C9300-24P", name="sw1", uplink="TenGigabitEthernet1/1/1", gateway="ip default-gateway 10.44.16.1"
):
    clock = LabClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    member = MemberSpec(
        name=f"us-nyc-mad01-{name}",
        short=name,
        role="core",
        platform="cisco_ios",
        model=model,
        serial="FOC2233X0AB",
        address=IPv4Interface("10.44.16.2/27"),
        boot_text=BOOT.format(name=name, uplink=uplink, address="10.44.16.2", gateway=gateway),
    )
    world = build_world(
        LabSpec(site="us-nyc-mad01", port=0, members=(member,), links=(), circuits=()), load_platforms(), clock
    )
    return Desk(world.devices[member.name], clock)


@pytest.fixture
def desk():
    return make_desk()


@pytest.fixture
def controller():
    return make_desk(
        model="C9800-L-F-K9",
        name="wlc1",
        uplink="TenGigabitEthernet0/1/0",
        gateway="ip route 0.0.0.0 0.0.0.0 10.44.16.1",
    )
