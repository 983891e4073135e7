"""A switch on the wire: the real drivers against it."""

from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import IPv4Interface

import pytest

from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.in_process import running_in_process
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.platforms import load_platforms

NAME = "us-nyc-mad01-sw1"
BOOT = """\
hostname us-nyc-mad01-sw1
aaa new-model
aaa authentication login default local
aaa authorization exec default local
no ip domain lookup
ip domain name example.net
archive
 path flash:archive
username day0 privilege 15 secret day0-pass
username reader secret reader-pass
vlan 99
interface Vlan99
 ip address 10.{second}.16.2 255.255.255.224
ip default-gateway 10.{second}.16.1
ip scp server enable
line vty 0 4
 transport input ssh
end
"""


@contextmanager
def switch_on_the_wire(second: int, *, legacy: bool = False):
    """The octet keeps parallel tests apart."""
    member = MemberSpec(
        name=NAME,
        short="sw1",
        role="core",
        platform="cisco_ios",
        model="C9300-24P",
        serial="FOC2233X0AB",
        address=IPv4Interface(f"10.{second}.16.2/27"),
        boot_text=BOOT.format(second=second),
    )
    spec = LabSpec(site="us-nyc-mad01", port=0, members=(member,), links=(), circuits=(), boot_seconds=60)
    world = build_world(spec, load_platforms(), LabClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)))
    with running_in_process(world, legacy=legacy) as lab:
        yield lab


@pytest.fixture
def lab():
    with switch_on_the_wire(44) as lab:
        yield lab
