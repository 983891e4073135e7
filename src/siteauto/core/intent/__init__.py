"""What one device shall be, in no vendor's words.

Templates lay this out and checks are planned from it. Whatever a template needs is computed before it gets here, where
it has a name, a type and a test.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from siteauto.core.models import Device, DeviceName, Organisation, SecretRef, SiteName
from siteauto.core.radios import Radio

# What clocks in the United States are called, by hours from UTC: standard and daylight-saving time.
CLOCK_NAMES = {
    -4: "AST ADT",
    -5: "EST EDT",
    -6: "CST CDT",
    -7: "MST MDT",
    -8: "PST PDT",
    -9: "AKST AKDT",
    -10: "HST HDT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vlan:
    """A VLAN that the device carries. `snooping`: DHCP snooping and ARP inspection guard it."""

    id: int
    name: str
    role: str
    snooping: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The far end of a cable, by its intended names."""

    device: DeviceName
    port: str
    lldp: bool = True  # whether the far end speaks LLDP


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A physical port.

    `kind` is one of edge (802.1X with MAB fallback, voice VLAN), access (fixed VLAN, no 802.1X), trunk, routed
    (firewall WAN; without an address it asks the provider by DHCP), disabled (shut, parked).
    """

    name: str
    kind: str
    description: str
    profile: str = ""
    access_vlan: int | None = None
    voice_vlan: int | None = None
    native_vlan: int | None = None
    trunk_vlans: tuple[int, ...] = ()
    poe: bool = False
    poe_priority: str = "low"  # low | high | critical
    trusted: bool = False  # DHCP snooping and ARP inspection trust it (uplinks)
    root_guard: bool = False  # towards a device that must never be the spanning-tree root
    spanning_tree: bool = True  # whether the far end takes part in it
    only_mac: str = ""  # xxxx.xxxx.xxxx: the one box that may be here
    address: IPv4Interface | None = None
    neighbour: Neighbour | None = None
    room: str = ""  # where it comes out
    desk: str = ""

    @property
    def enabled(self) -> bool:
        """Whether the port is to be administratively up."""
        return self.kind != "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A routed VLAN interface of the firewall."""

    vlan_id: int
    role: str
    zone: str
    name: str  # interface name, 15 characters at most: vl10-corp
    address: IPv4Interface
    relay_to: tuple[IPv4Address, ...] = ()
    management_access: bool = False  # whether operators may log in to the firewall here


@dataclass(frozen=True, slots=True, kw_only=True)
class Management:
    """How the device is reached."""

    address: IPv4Interface
    vlan_id: int
    gateway: IPv4Address
    path: tuple[DeviceName, ...]  # devices between the operator and this one, nearest the operator first


@dataclass(frozen=True, slots=True, kw_only=True)
class Ssid:
    """A wireless network, on the controller or on an access point that has none."""

    name: str
    profile: str
    wlan_id: int
    vlan_id: int
    vlan_name: str
    security: str  # wpa3-enterprise | wpa3-sae | owe
    bands: tuple[str, ...]
    isolation: bool = False
    secret: SecretRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPoint:
    """An access point that the controller serves."""

    name: DeviceName
    model: str
    serial: str
    ethernet_mac: str  # xxxx.xxxx.xxxx
    address: IPv4Interface
    room: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A firewall zone and the interfaces in it."""

    name: str
    interfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressObject:
    """A named network of the firewall, derived from a VLAN role or a host group."""

    name: str
    network: IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressGroup:
    """A named list of address objects."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceObject:
    """A named service of the firewall."""

    name: str
    protocol: str  # tcp | udp | icmp
    ports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One firewall rule; rules are matched in order of `id`. The last one denies and logs everything.

    Zone "any" is every zone, and stands in the last rule only. A rule that denies also logs. What the names stand for
    is in `source_networks`, `destination_networks` and `ports`, for firewalls that keep no names; empty: all.
    """

    id: int
    name: str
    source_zone: str
    destination_zone: str
    sources: tuple[str, ...]  # names of AddressObject or AddressGroup, or "all"
    destinations: tuple[str, ...]
    services: tuple[str, ...]  # names of ServiceObject, or "all"
    accept: bool
    nat: bool = False
    source_networks: tuple[IPv4Network, ...] = ()
    destination_networks: tuple[IPv4Network, ...] = ()
    ports: tuple[ServiceObject, ...] = ()

    @property
    def stands_for_something(self) -> bool:
        """Whether each side is everything or some network: an empty host group is neither."""
        sides = (self.sources, self.source_networks), (self.destinations, self.destination_networks)
        return all(names == ("all",) or networks for names, networks in sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A static route."""

    prefix: IPv4Network
    next_hop: IPv4Address
    port: str = ""
    distance: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DhcpReservation:
    """An address kept for one box."""

    name: str  # short name: ap1
    mac: str  # xxxx.xxxx.xxxx
    address: IPv4Address


@dataclass(frozen=True, slots=True, kw_only=True)
class DhcpScope:
    """Addresses that the site's server hands out in one subnet. `static`: to the reservations only, without a pool."""

    role: str
    vlan_id: int
    network: IPv4Network
    gateway: IPv4Address
    first: IPv4Address
    last: IPv4Address
    lease_hours: int
    static: bool = False
    dns_servers: tuple[IPv4Address, ...] = ()
    tftp_servers: tuple[IPv4Address, ...] = ()  # where phones fetch their configuration
    reservations: tuple[DhcpReservation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceIntent:
    """Everything that one device shall be. A field that a role has no use for is empty."""

    site: SiteName
    city: str
    location: str  # street, city, state: for SNMP and LLDP-MED
    timezone: str
    utc_offset_hours: int  # standard time
    dst: bool
    organisation: Organisation
    device: Device
    management: Management
    vlans: tuple[Vlan, ...] = ()
    ports: tuple[Port, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    routes: tuple[Route, ...] = ()
    ssids: tuple[Ssid, ...] = ()
    radios: tuple[Radio, ...] = ()  # of an access point that has no controller
    access_points: tuple[AccessPoint, ...] = ()
    zones: tuple[Zone, ...] = ()
    addresses: tuple[AddressObject, ...] = ()
    address_groups: tuple[AddressGroup, ...] = ()
    service_objects: tuple[ServiceObject, ...] = ()
    policies: tuple[Policy, ...] = ()
    scopes: tuple[DhcpScope, ...] = ()
    spanning_tree_root: bool = False
    site_servers: tuple[IPv4Address, ...] = ()
    dns_servers: tuple[IPv4Address, ...] = ()
    extra_cli: str = ""

    @property
    def standard_time(self) -> str:
        """What standard time is called here: EST."""
        return CLOCK_NAMES.get(self.utc_offset_hours, "UTC DST").split()[0]

    @property
    def daylight_time(self) -> str:
        """What daylight-saving time is called here: EDT."""
        return CLOCK_NAMES.get(self.utc_offset_hours, "UTC DST").split()[1]

    @property
    def posix_timezone(self) -> str:
        """The time zone as POSIX writes it, with the days on which the United States change: EST5EDT,M3.2.0,M11.1.0."""
        standard = f"{self.standard_time}{-self.utc_offset_hours}"
        return f"{standard}{self.daylight_time},M3.2.0,M11.1.0" if self.dst else standard

    def secret(self, purpose: str) -> SecretRef:
        """A secret of this site by its purpose: local_admin, enable, tacacs, radius, snmp_auth and so on."""
        return SecretRef(name=f"{self.site}/{purpose}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedConfig:
    """The intended configuration of one device as text. Secrets stand in it as `secret://NAME`."""

    device: DeviceName
    text: str
    sources: tuple[str, ...]  # template files it came from
