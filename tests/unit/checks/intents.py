"""Small intents to plan checks from: a switch, a controller and a firewall of one shop."""

from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from siteauto.core.intent import (
    AccessPoint,
    DeviceIntent,
    Management,
    Neighbour,
    Policy,
    Port,
    Route,
    ServiceObject,
    Ssid,
    Vlan,
)
from siteauto.core.models import Device, DeviceName, Organisation, PlatformName, Role, SiteName

SW1, SW2, WLC1, FW1, AP1 = (DeviceName(f"us-nyc-mad01-{short}") for short in ("sw1", "sw2", "wlc1", "fw1", "ap1"))
GATEWAY = IPv4Address("10.44.19.1")
UPLINK = "TenGigabitEthernet1/1/1"

ORGANISATION = Organisation(
    name="Maison",
    domain="example.net",
    ntp_servers=(IPv4Address("10.0.0.5"),),
    dns_servers=(IPv4Address("10.0.0.5"), IPv4Address("10.0.0.6")),
    syslog_hosts=(IPv4Address("10.0.0.7"),),
    radius_servers=(IPv4Address("10.0.0.8"),),
    tacacs_servers=(),
    snmp_user="watch",
    snmp_managers=(),
    management_networks=(),
    local_admin="siteauto",
    banner="",
    service_ports=(),
    host_groups=(),
)


def device(name: DeviceName, role: Role, *, platform: str | None = "cisco_ios", model: str = "C9200L-48P-4X") -> Device:
    return Device(
        name=name,
        short=name.rsplit("-", 1)[1],
        role=role,
        platform=PlatformName(platform) if platform else None,
        model=model,
        serial="JAE27190X4M",
        address=IPv4Interface("10.44.19.3/27"),
    )


def intent(box: Device, **more: object) -> DeviceIntent:
    return DeviceIntent(
        site=SiteName("us-nyc-mad01"),
        city="New York",
        location="680 Madison Ave, New York, NY",
        timezone="America/New_York",
        utc_offset_hours=-5,
        dst=True,
        organisation=ORGANISATION,
        device=box,
        management=Management(address=box.address, vlan_id=99, gateway=GATEWAY, path=(FW1, SW1)),
        **more,  # type: ignore[arg-type]
    )


def switch() -> DeviceIntent:
    return intent(
        device(SW2, Role.ACCESS),
        vlans=(Vlan(id=10, name="corp", role="corp"), Vlan(id=99, name="mgmt", role="mgmt")),
        ports=(
            Port(name="GigabitEthernet1/0/1", kind="edge", description="", access_vlan=10, voice_vlan=30),
            Port(
                name="GigabitEthernet1/0/47",
                kind="access",
                description="",
                access_vlan=99,
                neighbour=Neighbour(device=AP1, port="GigabitEthernet0"),
            ),
            Port(name="GigabitEthernet1/0/48", kind="disabled", description=""),
            Port(
                name=UPLINK,
                kind="trunk",
                description="",
                native_vlan=999,
                trunk_vlans=(10, 99),
                neighbour=Neighbour(device=SW1, port=UPLINK),
            ),
        ),
    )


def controller() -> DeviceIntent:
    return intent(
        device(WLC1, Role.WLC, model="C9800-L-F-K9"),
        ssids=(
            Ssid(
                name="Maison-Staff",
                profile="staff",
                wlan_id=2,
                vlan_id=40,
                vlan_name="staff",
                security="wpa3-sae",
                bands=("5",),
            ),
        ),
        access_points=(
            AccessPoint(
                name=AP1,
                model="CW9166I",
                serial="KWC2730A1QE",
                ethernet_mac="68e5.9e10.2a40",
                address=IPv4Interface("10.44.19.11/27"),
                room="sales-floor",
            ),
        ),
    )


def policy(number: int, name: str, *, accept: bool = True, **more: object) -> Policy:
    values = {
        "source_zone": "pci",
        "destination_zone": "internet",
        "sources": ("net-pos",),
        "destinations": ("payment-hosts",),
        "services": ("https",),
        "source_networks": (IPv4Network("10.44.16.0/27"),),
        "destination_networks": (IPv4Network("203.0.113.16/28"),),
        "ports": (ServiceObject(name="https", protocol="tcp", ports=("443",)),),
    }
    return Policy(id=number, name=name, accept=accept, **(values | more))  # type: ignore[arg-type]


def firewall() -> DeviceIntent:
    everything = {
        "source_zone": "any",
        "destination_zone": "any",
        "sources": ("all",),
        "destinations": ("all",),
        "services": ("all",),
        "source_networks": (),
        "destination_networks": (),
        "ports": (),
    }
    return intent(
        device(FW1, Role.FIREWALL, platform="fortinet", model="FGT-60F"),
        routes=(
            Route(prefix=IPv4Network("0.0.0.0/0"), next_hop=IPv4Address("203.0.113.1"), distance=20),
            Route(prefix=IPv4Network("0.0.0.0/0"), next_hop=IPv4Address("198.51.100.1"), distance=10),
        ),
        policies=(
            policy(10, "payment", nat=True),
            policy(20, "calls"),
            policy(9999, "deny-all", accept=False, **everything),
        ),
    )
