"""The shape of the inventory's files, as pydantic models. Meaning is judged later, by core.site_rules.

The three files of a site (defaults, archetype, site) share one shape, because each may hold what an outer one holds.
Messages are written here: pydantic's own words are for programmers.
"""

import re
from datetime import date
from ipaddress import AddressValueError, IPv4Address, IPv4Interface, IPv4Network
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from siteauto.core.models import Role


def _refuse(expected: str) -> PydanticCustomError:
    return PydanticCustomError("expected", "{expected}", {"expected": expected})


def _address(value: object) -> IPv4Address:
    try:
        return IPv4Address(str(value))
    except AddressValueError:
        raise _refuse("an IPv4 address such as 10.44.16.1") from None


def _network(value: object) -> IPv4Network:
    expected = "a subnet with its prefix length, such as 10.44.16.0/22"
    if "/" not in str(value):
        raise _refuse(expected)
    try:
        return IPv4Network(str(value))
    except ValueError:
        pass
    try:
        right = IPv4Network(str(value), strict=False)
    except ValueError:
        raise _refuse(expected) from None
    raise _refuse(f"the first address of the subnet, {right}")


def _interface(value: object) -> IPv4Interface:
    try:
        if "/" in str(value):
            return IPv4Interface(str(value))
    except ValueError:
        pass
    raise _refuse("an address with its prefix length, such as 198.51.100.2/30")


def _address_or_dhcp(value: object) -> IPv4Interface | None:
    return None if value == "dhcp" else _interface(value)


def _rate(value: object) -> tuple[int, int]:
    down, _, up = str(value).partition("/")
    if not (down.isdecimal() and up.isdecimal()):
        raise _refuse("megabits per second down and up, such as 500/500")
    return int(down), int(up)


def _mac(value: object) -> str:
    digits = "".join(letter for letter in str(value).lower() if letter not in ".:-")
    if len(digits) != 12 or set(digits) - set("0123456789abcdef"):
        raise _refuse("a MAC address of twelve hexadecimal digits, such as 68e5.9e10.2a40")
    return f"{digits[:4]}.{digits[4:8]}.{digits[8:]}"


def _ports(value: object) -> str:
    first, _, last = str(value).partition("-")
    if not (first.isdecimal() and (not last or last.isdecimal()) and 0 < int(first) <= int(last or first) < 65536):
        raise _refuse("a port number or a range, such as 443 or 8000-8010")
    return str(value)


def _percent(value: object) -> int:
    number = str(value).removesuffix("%").strip()
    if not (number.isascii() and number.isdecimal() and int(number) <= 1000):
        raise _refuse("a growth in per cent, such as 30%")
    return int(number)


def _count(value: object) -> int:
    if not (str(value).isascii() and str(value).isdecimal() and len(str(value)) <= 6):
        raise _refuse("how many there are, such as 14")
    return int(str(value))


def _share(value: object) -> float:
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})?", str(value), re.ASCII) is None:
        raise _refuse("how many addresses one of them takes, such as 1 or 1.5")
    return float(str(value))


def _some_text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _refuse("some text")


def _words(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Address = Annotated[IPv4Address, BeforeValidator(_address)]
Network = Annotated[IPv4Network, BeforeValidator(_network)]
Interface = Annotated[IPv4Interface, BeforeValidator(_interface)]
AddressOrDhcp = Annotated[IPv4Interface | None, BeforeValidator(_address_or_dhcp)]
Rate = Annotated[tuple[int, int], BeforeValidator(_rate)]
Mac = Annotated[str, BeforeValidator(_mac)]
PortRange = Annotated[str, BeforeValidator(_ports)]
Text = Annotated[str, BeforeValidator(_some_text)]
Percent = Annotated[int, BeforeValidator(_percent)]
Count = Annotated[int, BeforeValidator(_count)]
Share = Annotated[float, BeforeValidator(_share)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


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

    role: Role
    platform: str | None = None
    model: Text
    serial: Text
    host: int | None = None
    vlan: str = "mgmt"
    address: Interface | None = None
    room: str = ""
    mac: Mac = ""
    ssh_legacy: bool = False
    extra_cli: str = ""
    organisation: OrganisationOverride = OrganisationOverride()
    port_profiles: dict[str, ProfileOverride] = {}
    unused_ports: str = ""


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
    archetype: Text
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
    cabling: dict[str, Text] = {}
    ports: dict[str, dict[str, PortPart]] = {}
    circuits: dict[str, CircuitPart] = {}
    rooms: dict[str, RoomPart] = {}
    regions: dict[str, RegionPart] = {}
    capacity: CapacityPart = CapacityPart()
    demand: dict[str, DemandPart] = {}
    desks: dict[str, DeskPart] = {}
    unused_ports: str = "disabled"
