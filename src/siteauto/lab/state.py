"""What a simulated device is to the others: its ports, VLANs and addresses, in no vendor's words.

Each device computes this from its running configuration; the world computes links, neighbours and pings from it.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class PortState:
    """A physical port as its device has it configured."""

    name: str
    admin_up: bool
    mac: str  # xx:xx:xx:xx:xx:xx
    mode: str = "access"  # access | trunk | routed
    access_vlan: int = 1
    voice_vlan: int | None = None
    native_vlan: int = 1
    allowed: frozenset[int] = frozenset(range(1, 4095))
    address: IPv4Interface | None = None
    description: str = ""
    lldp: bool = True
    poe: bool = False  # whether it feeds power
    answers_ping: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VlanInterfaceState:
    """A routed VLAN interface. `parent` is the port that carries it on a router; empty on a switch."""

    vlan_id: int
    admin_up: bool
    address: IPv4Interface | None
    name: str = ""
    parent: str = ""
    answers_ping: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteState:
    """A static or connected route."""

    prefix: IPv4Network
    next_hop: IPv4Address | None
    port: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Ports of a transport protocol."""

    protocol: str  # tcp | udp
    first: int
    last: int


NTP = Service(protocol="udp", first=123, last=123)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRule:
    """One rule of a filtering device, resolved to networks; the first match decides, no match denies."""

    source_ports: frozenset[str]  # interface names; empty: any
    destination_ports: frozenset[str]
    sources: tuple[IPv4Network, ...]
    destinations: tuple[IPv4Network, ...]
    ping: bool  # whether its services include ICMP echo
    accept: bool
    services: tuple[Service, ...] | None = None  # None: every one


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """One box as the others meet it.

    `forwards`: it routes between its interfaces; `filters`: and lets through only what these rules accept.
    `translations`: what leaves a circuit with another source address, by the first rule that fits (accept: it does);
    None: whatever has to.
    """

    name: str  # name in the inventory
    hostname: str
    model: str
    serial: str
    base_mac: str
    system_description: str
    ports: tuple[PortState, ...]
    vlans: frozenset[int]
    vlan_interfaces: tuple[VlanInterfaceState, ...]
    routes: tuple[RouteState, ...] = ()
    capabilities: tuple[str, ...] = ("bridge",)  # LLDP: bridge, router, wlan-ap, station
    lldp: bool = True
    forwards: bool = False
    filters: tuple[FilterRule, ...] | None = None
    translations: tuple[FilterRule, ...] | None = None
    powered: bool = True
    joins: tuple[IPv4Address, ...] = ()  # addresses at which it takes access points
    logins: tuple[IPv4Address, ...] = ()  # addresses at which it takes SSH logins, in its present configuration
