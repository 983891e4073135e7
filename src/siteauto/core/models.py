"""What a site is: the values that the inventory yields, before anything is derived from them.

All addresses are `ipaddress` objects. Tuples keep the order of the file that they came from.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import NewType

from siteauto.core.site.access import NO_ACCESS, Access
from siteauto.core.site.estate import NO_CAPACITY, Capacity, Demand, Region

SiteName = NewType("SiteName", str)  # cc-city-loc##, e.g. us-nyc-mad01
DeviceName = NewType("DeviceName", str)  # <site>-<role><n>, e.g. us-nyc-mad01-sw1
PlatformName = NewType("PlatformName", str)  # name of a file in platforms/, e.g. cisco_ios


class Role(StrEnum):
    """What a device does at its site."""

    FIREWALL = "firewall"
    CORE = "core"
    ACCESS = "access"
    WLC = "wlc"
    AP = "ap"
    SERVER = "server"
    BACKUP_ONLY = "backup-only"  # none of the archetype's: its configuration is stored, and that is all


SITE_ROLES = tuple(role for role in Role if role is not Role.BACKUP_ONLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRef:
    """A secret by name. In text it is the word `secret://NAME`; its value is known only to a session."""

    name: str

    def __str__(self) -> str:
        return f"secret://{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One box of a site. `platform` is None where nobody logs in to it (an access point behind a controller)."""

    name: DeviceName
    short: str  # fw1, sw1: its key in the site file
    role: Role
    platform: PlatformName | None
    model: str
    serial: str
    address: IPv4Interface  # management address, with the prefix of its subnet
    managed_by: DeviceName | None = None
    room: str = ""
    mac: str = ""  # Ethernet MAC of an access point, xxxx.xxxx.xxxx
    ssh_legacy: bool = False  # allow ssh-rsa and SHA-1 key exchange for this device only


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cable between two ports, or a device's port and the outside (`b` is then a circuit's name).

    `label` is what is written on the cable. A derived one follows from the roles of its two boxes.
    """

    a: DeviceName
    a_port: str
    b: DeviceName
    b_port: str
    label: str = ""
    length_m: float | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """A WAN line as the provider delivers it. `address` is None when the provider assigns it by DHCP."""

    name: str  # wan1
    provider: str
    circuit_id: str
    rate_mbps: tuple[int, int]  # down, up
    address: IPv4Interface | None
    gateway: IPv4Address | None
    availability: float | None = None  # per cent, as contracted
    repair_hours: int | None = None
    usd_month: int | None = None
    term_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet:
    """The network of one VLAN role at a site. `zone` is the firewall zone that it belongs to."""

    role: str  # corp, pos, voice, …
    vlan_id: int
    name: str
    zone: str
    network: IPv4Network | None  # None: layer 2 only (parking, native)
    dhcp: str = "none"  # relay | static (reservations only) | none
    dns: str = "site"  # who resolves names for its hosts: site | public | none
    lease_hours: int = 24
    edge: bool = False  # whether a wired edge port may be put into it
    size: int | None = None  # prefix length that was asked for; None: pinned, or layer 2 only

    @property
    def has_addresses(self) -> bool:
        """Whether it is to have a subnet, even if there was no room for it."""
        return self.network is not None or self.size is not None

    @property
    def gateway(self) -> IPv4Interface | None:
        """The first host address: the firewall holds it."""
        if self.network is None:
            return None
        return IPv4Interface((int(self.network.network_address) + 1, self.network.prefixlen))


@dataclass(frozen=True, slots=True, kw_only=True)
class SsidPlan:
    """A wireless network as the archetype names it."""

    name: str
    vlan_role: str
    security: str  # wpa3-enterprise | wpa3-sae | owe
    bands: tuple[str, ...]  # "2.4", "5", "6"
    wlan_id: int
    isolation: bool = False
    secret: SecretRef | None = None  # the SAE password
    profile: str = ""  # its key in the archetype: corp, staff, guest


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One allowed cell of the zone matrix. Anything not named is denied and logged."""

    name: str
    source: str  # zone
    destination: str  # zone, or "internet"
    services: tuple[str, ...]  # names of ServicePort, or "all"
    source_roles: tuple[str, ...] = ()  # VLAN roles of the zone; empty: all of them
    destination_hosts: tuple[str, ...] = ()  # names of HostGroup; empty: the whole zone
    nat: bool = False
    source_hosts: tuple[str, ...] = ()  # names of HostGroup, where the source is the internet
    destination_roles: tuple[str, ...] = ()  # VLAN roles of the destination zone; empty: all of them
    except_hosts: tuple[str, ...] = ()  # names of HostGroup that it must not reach: a deny stands before it


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePort:
    """A named service of the zone matrix."""

    name: str
    protocol: str  # tcp | udp | icmp
    ports: tuple[str, ...] = ()  # "443", "8000-8010"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostGroup:
    """Named addresses outside the site (payment hosts, data centre services)."""

    name: str
    networks: tuple[IPv4Network, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """What is the same at every site of the company."""

    name: str
    domain: str
    ntp_servers: tuple[IPv4Address, ...]
    dns_servers: tuple[IPv4Address, ...]
    syslog_hosts: tuple[IPv4Address, ...]
    radius_servers: tuple[IPv4Address, ...]
    tacacs_servers: tuple[IPv4Address, ...]
    snmp_user: str
    snmp_managers: tuple[IPv4Network, ...]
    management_networks: tuple[IPv4Network, ...]  # who may log in
    local_admin: str
    banner: str
    service_ports: tuple[ServicePort, ...]
    host_groups: tuple[HostGroup, ...]
    public_dns_servers: tuple[IPv4Address, ...] = ()  # for hosts that must not ask the company's own
    voice_servers: tuple[IPv4Address, ...] = ()  # where phones fetch their configuration by TFTP


@dataclass(frozen=True, slots=True, kw_only=True)
class PortProfile:
    """What a port is for, by name: edge, till, camera. `kind` as in intent.Port; VLANs by role."""

    name: str
    kind: str  # edge | access | disabled
    vlan_role: str = ""
    voice_role: str = ""
    poe_priority: str = "low"  # low | high | critical


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOnly:
    """A box that siteauto reads and never configures: somebody else's. `port` 0 is that of its platform."""

    device: Device
    port: int
    username: str
    password: SecretRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A place in the shop; `e911` is what the emergency services are told."""

    name: str
    floor: str = ""
    e911: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortOverride:
    """What a room, a desk or a range says about ports of one device; what it leaves empty is for the levels above."""

    device: DeviceName
    ports: tuple[str, ...]
    profile: str = ""
    room: str = ""
    desk: str = ""
    description: str = ""
    vlan_role: str = ""
    voice_role: str = ""  # "none" takes the profile's away
    poe_priority: str = ""
    path: tuple[str | int, ...] = ()  # where the site's document says it


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSettings:
    """What holds for one device: the site's values with the device's over them."""

    device: DeviceName
    organisation: Organisation
    port_profiles: tuple[PortProfile, ...]
    unused_ports: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A whole site after inheritance (organisation, archetype, site, device, port) and addressing."""

    name: SiteName
    archetype: str  # empty: all of its boxes are only read
    street: str
    city: str
    state: str
    postcode: str
    timezone: str  # IANA name
    supernet: IPv4Network
    organisation: Organisation
    circuits: tuple[Circuit, ...]
    devices: tuple[Device, ...]
    links: tuple[Link, ...]
    subnets: tuple[Subnet, ...]
    ssids: tuple[SsidPlan, ...]
    flows: tuple[Flow, ...]
    port_overrides: tuple[PortOverride, ...] = ()  # the last word counts and stands last
    extra_cli: tuple[tuple[DeviceName, str], ...] = ()
    port_profiles: tuple[PortProfile, ...] = ()
    rooms: tuple[Room, ...] = ()
    utc_offset_hours: int = 0  # standard time
    dst: bool = False
    unused_ports: str = "disabled"  # the profile of ports that nobody speaks of
    backup_only: tuple[BackupOnly, ...] = ()
    regions: tuple[Region, ...] = ()
    capacity: Capacity = NO_CAPACITY
    demands: tuple[Demand, ...] = ()
    device_settings: tuple[DeviceSettings, ...] = ()  # of every device
    access: Access = NO_ACCESS

    def settings(self, device: DeviceName) -> DeviceSettings:
        """What holds for this device. Raises KeyError."""
        for settings in self.device_settings:
            if settings.device == device:
                return settings
        raise KeyError(device)

    def device(self, name: str) -> Device:
        """The device with this full or short name. Raises KeyError."""
        for device in self.devices:
            if name in (device.name, device.short):
                return device
        raise KeyError(name)

    def subnet(self, role: str) -> Subnet:
        """The subnet of this VLAN role. Raises KeyError."""
        for subnet in self.subnets:
            if subnet.role == role:
                return subnet
        raise KeyError(role)
