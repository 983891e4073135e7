"""The example site in a world without sockets: booted, configured as intended, then broken in the ways that shops break."""

import asyncio
import os
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from siteauto.app.company import open_company, open_site
from siteauto.app.labs import make_spec
from siteauto.app.settings import read_settings
from siteauto.core.config import parse, remediate, seal
from siteauto.core.markers import secrets_in
from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.free_ports import free_ports
from siteauto.lab.identities import Ports, make_identities
from siteauto.lab.running import RunningLab
from siteauto.lab.spec import lab_address
from siteauto.lab.state import NTP, Service
from siteauto.testing.site_lab import START
from siteauto.workflows.render import render_bootstrap, render_site

ROOT = Path(__file__).parents[3]
SITE = "us-nyc-mad01"
SW1, SW2, WLC1, FW1 = (f"{SITE}-{short}" for short in ("sw1", "sw2", "wlc1", "fw1"))
AP1, SRV1 = f"{SITE}-ap1", f"{SITE}-srv1"


class Shop:
    """The world of the example site, and its intended configurations."""

    def __init__(self):
        settings = read_settings(os.environ, start=ROOT, root=ROOT)
        company = open_company(settings)
        view = open_site(company, SITE)
        rendered = render_site(view.intents, company.platforms, company.renderer)
        bootstrap = render_bootstrap(view.intents, company.platforms, company.renderer)
        refs = {ref for each in (*rendered.values(), *bootstrap.values()) for ref in secrets_in(each.text)}
        values = {ref.name: f"Lab-{ref.name.rsplit('/', 1)[-1]}-2026" for ref in refs}
        self.world = build_world(make_spec(view, bootstrap, values), company.platforms, LabClock(START))
        names = (SW1, SW2, WLC1, FW1)
        self.rules = {name: company.platforms[view.site.device(name).platform].config for name in names}
        self.intended = {
            name: seal(self.rules[name], rendered[name].text, values.__getitem__, lambda: os.urandom(16))
            for name in names
        }

    def type(self, device, *lines):
        shell = self.world.devices[device].shell("console")
        return [shell.receive(line) for line in lines]

    def configure(self, device, *lines):
        return self.type(device, "configure terminal", *lines, "end")

    def commands(self, device):
        """What has to be typed to get from day 0 to the intended configuration."""
        rules = self.rules[device]
        running = self.type(device, "show" if device == FW1 else "show running-config")[0].text
        return remediate(parse(rules, running), parse(rules, self.intended[device])).commands

    def provision(self):
        for device in (SW1, SW2):
            box = self.world.devices[device].box
            box.flash.write("c.cfg", ("version 17.12\n" + self.intended[device]).encode())
            replies = self.type(device, "configure replace flash:c.cfg force", "", "")
            assert "Rollback Done" in "".join(reply.text for reply in replies)
        for device in (WLC1, FW1):
            work = self.type if device == FW1 else self.configure
            replies = work(device, *self.commands(device))
            assert not [reply.text for reply in replies if "Invalid" in reply.text or "fail" in reply.text]
        return self


@pytest.fixture(scope="module")
def provisioned():
    return Shop().provision()


@pytest.fixture
def shop(provisioned):
    """The provisioned site, put back in order after the test."""
    boxes = [provisioned.world.devices[device].box for device in (SW1, SW2, WLC1)]
    before = [box.running for box in boxes]
    yield provisioned
    for box, tree in zip(boxes, before, strict=True):
        box.change(tree, "console")


def test_a_factory_new_site_is_reachable_and_does_nothing_yet():
    shop = Shop()
    assert all(shop.world.open_addresses()[device] for device in (SW1, SW2, WLC1, FW1))
    assert shop.world.access_points(WLC1) == ()


def test_the_provisioned_site_is_as_cabled(provisioned):
    world = provisioned.world
    assert all(world.open_addresses()[device] for device in (SW1, SW2, WLC1, FW1))
    assert {n.device.name for n in world.neighbours(SW1)} == {FW1, SW2, WLC1}
    assert [ap.name for ap in world.access_points(WLC1)] == [AP1, f"{SITE}-ap2"]
    assert world.reaches(SW2, IPv4Address("10.10.0.11"), NTP), "the company's NTP server"
    assert not world.reaches(SW2, IPv4Address("10.10.0.11"), Service(protocol="tcp", first=23, last=23))
    assert not world.reaches(SW2, IPv4Address("8.8.8.8")), "management goes to the company only"


@pytest.mark.parametrize(
    ("device", "lines", "unreachable"),
    [
        (SW1, ["interface TenGigabitEthernet1/1/1", "shutdown"], {SW2}),
        (SW1, ["interface TenGigabitEthernet1/1/1", "switchport trunk allowed vlan 10"], {SW2}),
        (SW1, ["interface GigabitEthernet1/0/1", "switchport mode access"], {SW1, SW2, WLC1}),
        (SW2, ["no ip default-gateway"], {SW2}),
        (SW2, ["interface Vlan99", "shutdown"], {SW2}),
        (WLC1, ["line vty 0 4", "transport input none"], {WLC1}),
        (SW1, ["no vlan 99"], {SW1, SW2, WLC1}),
    ],
)
def test_what_cuts_the_operator_off(shop, device, lines, unreachable):
    shop.configure(device, *lines)
    open_now = shop.world.open_addresses()
    assert {name for name, addresses in open_now.items() if not addresses} == unreachable


@pytest.mark.parametrize(
    "lines",
    [
        ["interface GigabitEthernet1/0/47", "power inline never"],
        ["interface GigabitEthernet1/0/47", "shutdown"],
        ["interface GigabitEthernet1/0/47", "switchport access vlan 50"],
    ],
    ids=["no power", "shut", "wrong vlan"],
)
def test_an_access_point_needs_power_its_vlan_and_the_path(shop, lines):
    shop.configure(SW2, *lines)
    assert AP1 not in [ap.name for ap in shop.world.access_points(WLC1)]
    assert len(shop.world.access_points(WLC1)) == 1


def test_a_pulled_cable_and_a_dead_switch(shop):
    world = shop.world
    world.unplug(world.cable(WLC1, "TenGigabitEthernet0/1/0"))
    assert not world.open_addresses()[WLC1]
    assert world.access_points(WLC1) == ()
    world.plug(world.cable(SW1, "TenGigabitEthernet1/1/2"))
    assert world.open_addresses()[WLC1]
    world.power(SW1, on=False)
    assert [name for name, addresses in world.open_addresses().items() if addresses] == [FW1]
    world.power(SW1, on=True)
    assert world.open_addresses()[WLC1], "the day-0 configuration was saved"


def test_two_devices_with_one_address_and_the_first_keeps_it():
    shop = Shop()
    identities = make_identities(shop.world.devices)
    ssh, https = free_ports(2)
    sw1, sw2 = shop.world.open_addresses()[SW1][0], shop.world.open_addresses()[SW2][0]

    async def scenario():
        lab = RunningLab(shop.world, ports=Ports(ssh=ssh, https=https), identities=identities)
        await lab.start()
        shop.configure(SW2, "interface Vlan99", f"ip address {sw1} 255.255.255.224")
        await lab.settle()
        doubled = dict(lab.addresses)
        shop.configure(SW1, "interface Vlan99", f"ip address {sw2} 255.255.255.224")
        await lab.settle()
        swapped = dict(lab.addresses)
        await lab.stop()
        return doubled, swapped

    doubled, swapped = asyncio.run(scenario())
    assert doubled[SW1] == (lab_address(sw1),)
    assert doubled[SW2] == ()
    assert (swapped[SW1], swapped[SW2]) == ((lab_address(sw2),), (lab_address(sw1),))
