"""The shape of the inventory's files, as pydantic models. Meaning is judged later, by core.site_rules.

The three files of a site (defaults, archetype, site) share one shape, because each may hold what an outer one holds.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from siteauto.adapters.yaml_inventory.words import (
    Address,
    AddressOrDhcp,
    Count,
    Interface,
    Mac,
    Metres,
    Network,
    Percent,
    PortRange,
    Rate,
    Secret,
    Share,
    SiteRole,
    TcpPort,
    Text,
    Words,
    other_end,
)


class Part(BaseModel):
    """A mapping of the inventory. A key that is not named here is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OrganisationPart(Part):
    """What is the same at every site."""

    name: Text
    domain: Text
    local_admin: Text
    ntp_servers: tuple[Address, ...]
    dns_servers: tuple[Address, ...]
    public_dns_servers: tuple[Address, ...] = ()
    voice_servers: tuple[Address, ...] = ()
    syslog_hosts: tuple[Address, ...]
    radius_servers: tuple[Address, ...]
    tacacs_servers: tuple[Address, ...]
    snmp_user: Text
    snmp_managers: tuple[Network, ...]
    management_networks: tuple[Network, ...]
    banner: Text


class ServicePart(Part):
    """A named service."""

    protocol: Literal["tcp", "udp", "icmp"]
    ports: tuple[PortRange, ...] = ()


class ProfilePart(Part):
    """What a port is for."""

    kind: Literal["edge", "access", "disabled"]
    vlan: str = ""
    voice: str = ""
    poe: Literal["low", "high", "critical"] = "low"


class OrganisationOverride(Part):
    """What one device has of its own where others have the organisation's."""

    ntp_servers: tuple[Address, ...] | None = None
    dns_servers: tuple[Address, ...] | None = None
    syslog_hosts: tuple[Address, ...] | None = None
    radius_servers: tuple[Address, ...] | None = None
    tacacs_servers: tuple[Address, ...] | None = None
    snmp_user: Text | None = None
    snmp_managers: tuple[Network, ...] | None = None
    management_networks: tuple[Network, ...] | None = None
    banner: Text | None = None


class ProfileOverride(Part):
    """A port profile as one device has it."""

    vlan: str = ""
    voice: str = ""
    poe: Literal["", "low", "high", "critical"] = ""


class VlanPart(Part):
    """A VLAN role. Without a prefix it has no addresses."""

    id: int
    name: str = ""
    prefix: int | None = None
    subnet: Network | None = None
    zone: str = ""
    dhcp: Literal["relay", "static", "none"] = "none"
    dns: Literal["site", "public", "none"] = "site"
    lease_hours: int = 24
    edge: bool = False


class SsidPart(Part):
    """A wireless network."""

    ssid: Text
    vlan: str
    security: str
    bands: tuple[Literal["2.4", "5", "6"], ...]
    id: int
    isolation: bool = False


class FlowPart(Part):
    """A cell of the zone matrix."""

    source: str = Field(alias="from")
    from_vlans: tuple[str, ...] = ()
    from_hosts: tuple[str, ...] = ()
    destination: str = Field(alias="to")
    to_vlans: tuple[str, ...] = ()
    to_hosts: tuple[str, ...] = ()
    services: tuple[str, ...]
    except_hosts: tuple[str, ...] = ()
    nat: bool = False


class DevicePart(Part):
    """A box: the archetype says what it is for, the site which one it is."""

    role: SiteRole
    platform: str | None = None
    model: Text
    serial: Text
    host: int | None = None
    vlan: str = "mgmt"
    switch: str = ""
    address: Interface | None = None
    room: str = ""
    mac: Mac = ""
    ssh_legacy: bool = False
    extra_cli: str = ""
    organisation: OrganisationOverride = OrganisationOverride()
    port_profiles: dict[str, ProfileOverride] = {}
    unused_ports: str = ""


class LoginPart(Part):
    """A login of its own. The password is a name, never the word itself."""

    username: Text
    password: Secret


class AccessPart(Part):
    """How devices are reached."""

    proxy_jump: str = ""
    order: tuple[Text, ...] = ("local",)
    logins: dict[str, LoginPart] = {}


class BackupOnlyPart(Part):
    """A box that siteauto reads and never configures."""

    platform: Text
    address: Address
    port: TcpPort | None = None
    login: LoginPart
    room: str = ""
    ssh_legacy: bool = False


class CircuitPart(Part):
    """A WAN line."""

    provider: Text
    id: Text
    rate: Rate
    address: AddressOrDhcp
    gateway: Address | None = None
    availability: float | None = None
    repair_hours: int | None = None
    usd_month: int | None = None
    term_end: date | None = None


class CablePart(Part):
    """A cable: the other end, what is written on it, and how long it is. The other end alone may be a single word."""

    to: Text
    label: str = ""
    length_m: Metres | None = None


class StreetPart(Part):
    """Where the site is."""

    street: Text
    city: Text
    state: Text
    zip: Text


class RoomPart(Part):
    """A place at the site, and the ports that are patched to it."""

    floor: str = ""
    e911: str = ""
    profile: str = ""
    ports: dict[str, Words] = {}


class DeskPart(Part):
    """A desk, or a range of them (101-124) that shares the ports out evenly."""

    room: str = ""
    profile: str = ""
    ports: dict[str, Words]


class PortPart(Part):
    """What a range of ports is for. Without a profile, and with none above, it is the universal edge port."""

    profile: str = ""
    vlan: str = ""
    voice: str = ""
    poe: Literal["", "low", "high", "critical"] = ""
    room: str = ""
    description: str = ""


class RegionPart(Part):
    """A part of the country: where its sites get their supernets from, and their time zone."""

    pools: tuple[Network, ...]
    timezone: Text
    states: tuple[str, ...]


class CapacityPart(Part):
    """How many of each the site is to carry, and by how much that will grow."""

    staff: Count = 0
    tills: Count = 0
    phones: Count = 0
    aps: Count = 0
    cameras: Count = 0
    guests_peak: Count = 0
    growth: Percent = 0


class DemandPart(Part):
    """How many addresses of a VLAN one of each takes."""

    staff: Share = 0
    tills: Share = 0
    phones: Share = 0
    aps: Share = 0
    cameras: Share = 0
    guests_peak: Share = 0


class SiteDocument(Part):
    """A whole site after inheritance."""

    site: Text
    archetype: str  # empty: a site of boxes that are only read
    address: StreetPart
    timezone: Text
    supernet: Network
    organisation: OrganisationPart
    host_groups: dict[str, tuple[Network, ...]] = {}
    services: dict[str, ServicePart] = {}
    port_profiles: dict[str, ProfilePart] = {}
    vlans: dict[str, VlanPart]
    ssids: dict[str, SsidPart] = {}
    flows: dict[str, FlowPart] = {}
    devices: dict[str, DevicePart]
    cabling: dict[str, Annotated[CablePart, BeforeValidator(other_end)]] = {}
    ports: dict[str, dict[str, PortPart]] = {}
    circuits: dict[str, CircuitPart] = {}
    rooms: dict[str, RoomPart] = {}
    regions: dict[str, RegionPart] = {}
    capacity: CapacityPart = CapacityPart()
    demand: dict[str, DemandPart] = {}
    desks: dict[str, DeskPart] = {}
    backup_only: dict[str, BackupOnlyPart] = {}
    access: AccessPart = AccessPart()
    unused_ports: str = "disabled"
