"""A box on a bench: a running configuration and a small world, to see what the box answers."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Interface

from siteauto.core.config import parse
from siteauto.lab.devices.cisco_ios.view import SnmpUser, View
from siteauto.lab.flash import Flash
from siteauto.lab.state import DeviceState, PortState, VlanInterfaceState
from siteauto.lab.world_view import JoinedAccessPoint, LldpNeighbour
from siteauto.platforms.cisco_ios import PLATFORM

NOW = datetime(2026, 11, 20, 18, 30, 15, 123000, tzinfo=UTC)
NTP = IPv4Address("10.0.0.5")
GATEWAY = IPv4Address("10.44.19.1")
UPLINK, AP_PORT = "TenGigabitEthernet1/1/1", "GigabitEthernet1/0/47"
TRUNK_VLANS = frozenset({10, 40, 99})

SWITCH_CONFIG = """\
version 17.12
hostname us-nyc-mad01-sw2
clock timezone EST -5 0
clock summer-time EDT recurring
ip domain name example.net
ip name-server 10.0.0.5
ip dhcp snooping vlan 10,40
no ip dhcp snooping information option
ip dhcp snooping
vlan 10
 name corp
vlan 40
 name staff
vlan 99
 name mgmt
interface GigabitEthernet1/0/1
 description edge
 switchport access vlan 10
 switchport mode access
 dot1x pae authenticator
interface GigabitEthernet1/0/47
 description to us-nyc-mad01-ap1 GigabitEthernet0
 switchport access vlan 99
 switchport mode access
interface TenGigabitEthernet1/1/1
 description to us-nyc-mad01-sw1 TenGigabitEthernet1/1/1
 switchport mode trunk
 ip dhcp snooping trust
interface Vlan99
 ip address 10.44.19.3 255.255.255.224
ip default-gateway 10.44.19.1
logging host 10.0.0.7
ntp server 10.0.0.5
end
"""

CONTROLLER_CONFIG = """\
version 17.12
hostname us-nyc-mad01-wlc1
vlan 40
 name staff
interface Vlan99
 ip address 10.44.19.4 255.255.255.224
ip route 0.0.0.0 0.0.0.0 10.44.19.1
wireless profile policy staff
 description "Maison-Staff"
 vlan staff
 no shutdown
wireless profile policy guest
 vlan 50
wireless tag policy boutique
 description "boutique"
 wlan staff policy staff
 wlan guest policy guest
wlan staff 2 Maison-Staff
 no security wpa wpa2
 security wpa wpa3
 no security wpa akm dot1x
 security wpa akm sae
 no shutdown
wlan guest 3 "Maison Guest"
 no security wpa wpa2
 security wpa wpa3
 no security wpa akm dot1x
 security wpa akm owe
wlan corp 1 Maison
 no security wpa wpa2
 security wpa wpa3
 no shutdown
ap 68e5.9e10.2a40
 policy-tag boutique
end
"""


@dataclass
class BenchWorld:
    """A world in which cables and answers are set by hand."""

    linked: set = field(default_factory=lambda: {UPLINK, AP_PORT, "TenGigabitEthernet0/1/0"})
    answering: set = field(default_factory=lambda: {NTP, GATEWAY})
    neighbour_list: tuple = ()
    joined: tuple = ()

    def link_up(self, device, port):
        return port in self.linked

    def neighbours(self, device):
        return tuple(one for one in self.neighbour_list if one.port in self.linked)

    def ping(self, device, target, source=None):
        return target in self.answering

    reaches = ping

    def access_points(self, controller):
        return self.joined


def port(name, **more):
    return PortState(name=name, admin_up=True, mac="40:f0:78:00:00:0b", **more)


def switch_ports(**changes):
    ports = {name: port(name) for name in PLATFORM.hardware_of("C9200L-48P-4X").ports}
    ports["GigabitEthernet1/0/1"] = port("GigabitEthernet1/0/1", description="edge", access_vlan=10, voice_vlan=30)
    ports["GigabitEthernet1/0/2"] = PortState(name="GigabitEthernet1/0/2", admin_up=False, mac="40:f0:78:00:00:02")
    ports[AP_PORT] = port(AP_PORT, description="to us-nyc-mad01-ap1 GigabitEthernet0", access_vlan=99, poe=True)
    ports[UPLINK] = port(UPLINK, description="to sw1", mode="trunk", native_vlan=999, allowed=TRUNK_VLANS)
    return tuple((ports | changes).values())


def state(name, model, ports, **more):
    vlan99 = VlanInterfaceState(
        vlan_id=99, admin_up=True, address=IPv4Interface("10.44.19.3/27"), name="Vlan99", parent=""
    )
    return DeviceState(
        name=name,
        hostname=name,
        model=model,
        serial="JAE27190X4M",
        base_mac="40:f0:78:00:00:00",
        system_description="Cisco IOS Software [Dublin], Catalyst L3 Switch Software",
        ports=ports,
        vlans=frozenset({10, 40, 99}),
        vlan_interfaces=(vlan99,),
        **more,
    )


def neighbours():
    core = state("us-nyc-mad01-sw1", "C9300-24P", (port(UPLINK, native_vlan=999, mode="trunk"),))
    point = state(
        "us-nyc-mad01-ap1", "CW9166I", (port("GigabitEthernet0", mode="routed"),), capabilities=("bridge", "wlan-ap")
    )
    return (
        LldpNeighbour(port=AP_PORT, device=point, far_port=point.ports[0], management_address=None),
        LldpNeighbour(port=UPLINK, device=core, far_port=core.ports[0], management_address=IPv4Address("10.44.19.2")),
    )


def view(model, config, ports, world, **more):
    name = config.split("hostname ")[1].split()[0]
    return View(
        name=name,
        hardware=PLATFORM.hardware_of(model),
        model=model,
        serial="JAE27190X4M",
        base_mac="40:f0:78:00:00:00",
        version="17.12.04",
        running=parse(PLATFORM.config, config),
        running_text=config,
        startup_text=None,
        state=state(name, model, ports),
        world=world,
        now=NOW,
        booted=NOW - timedelta(days=8, hours=3, minutes=7),
        reload_reason="Reload Command",
        flash=Flash(),
        snmp_users=(SnmpUser(name="watch", group="network-watch", authentication="SHA", privacy="AES256"),),
        **more,
    )


def switch(world=None, *, config=SWITCH_CONFIG, **changes):
    world = world or BenchWorld(neighbour_list=neighbours())
    return view("C9200L-48P-4X", config, switch_ports(**changes), world)


def controller(world=None, *, config=CONTROLLER_CONFIG):
    point = JoinedAccessPoint(
        name="us-nyc-mad01-ap1",
        model="CW9166I",
        serial="KWC2730A1QE",
        mac="68:e5:9e:10:2a:40",
        address=IPv4Address("10.44.19.11"),
    )
    names = PLATFORM.hardware_of("C9800-L-F-K9").ports
    ports = {name: port(name) for name in names}
    ports["TenGigabitEthernet0/1/0"] = port("TenGigabitEthernet0/1/0", mode="trunk", allowed=TRUNK_VLANS)
    return view("C9800-L-F-K9", config, tuple(ports.values()), world or BenchWorld(joined=(point,)))
