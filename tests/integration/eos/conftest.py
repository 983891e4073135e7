"""One Arista switch on the wire, and a whole site of them."""

from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import IPv4Interface

import pytest

from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.in_process import running_in_process
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.platforms import load_platforms

NAME = "us-nyc-eos01-sw1"
BOOT = """\
username day0 privilege 15 role network-admin secret day0-pass
username reader secret reader-pass
hostname us-nyc-eos01-sw1
dns domain example.net
vlan 99
   name mgmt
management api http-commands
   no shutdown
aaa authorization exec default local
interface Vlan99
   ip address 10.204.16.2/24
ip route 0.0.0.0/0 10.204.16.1
end
"""


@contextmanager
def switch_on_the_wire():
    member = MemberSpec(
        name=NAME,
        short="sw1",
        role="core",
        platform="arista_eos",
        model="CCS-720XP-24Y6",
        serial="JPE21480011",
        address=IPv4Interface("10.204.16.2/24"),
        boot_text=BOOT,
    )
    spec = LabSpec(site="us-nyc-eos01", port=0, members=(member,), links=(), circuits=(), boot_seconds=60)
    world = build_world(spec, load_platforms(), LabClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)))
    with running_in_process(world) as lab:
        yield lab


@pytest.fixture
def lab():
    with switch_on_the_wire() as lab:
        yield lab
