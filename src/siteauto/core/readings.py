"""What a live device says of itself, in no vendor's words. Probes of platforms make these, checks judge them."""

from dataclasses import dataclass

NOT_LISTED = "not listed"  # the state of a port without a transceiver, where a box does not show it then


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceReading:
    """State of one port or VLAN interface, under its full name."""

    name: str
    admin_up: bool
    link_up: bool
    mode: str = ""  # access | trunk | routed | "" where the command does not say
    vlan: int | None = None  # access VLAN
    state: str = ""  # in the device's own word: notconnect
    fault: str = ""  # why the device itself has shut the port, in its own words: err-disabled


@dataclass(frozen=True, slots=True, kw_only=True)
class VlanReading:
    """One VLAN of a switch. `name` is empty where the system keeps none."""

    id: int
    name: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkReading:
    """One working trunk."""

    port: str
    native_vlan: int
    allowed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourReading:
    """A device that LLDP sees behind a port."""

    port: str
    device: str
    device_port: str
    capabilities: tuple[str, ...] = ()  # bridge, router, wlan-ap, telephone, station


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteReading:
    """A route in the table that forwards."""

    prefix: str
    next_hop: str
    interface: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PingReading:
    """Answer to one ping: packets sent and received."""

    sent: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """Whether the clock follows a server, and which."""

    synchronised: bool
    server: str = ""
    stratum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SsidReading:
    """A wireless network as the controller serves it; without a controller, as one radio has it on air."""

    wlan_id: int
    profile: str
    ssid: str
    enabled: bool
    security: str = ""
    vlan: str = ""  # VLAN name or number of the policy profile, where the command says it
    band: str = ""  # of the radio: 2.4, 5 or 6; empty where a controller speaks for all radios


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPointReading:
    """An access point that has joined."""

    name: str
    model: str
    state: str
    address: str = ""
    mac: str = ""  # of its Ethernet port, xxxx.xxxx.xxxx


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyReading:
    """One rule of the firewall, in order.

    A firewall that keeps no names of networks and services shows what they stand for: 10.1.2.0/24, tcp/22,
    icmp/echo-request.
    """

    id: int
    name: str
    accept: bool
    source_zone: str
    destination_zone: str
    sources: tuple[str, ...]
    destinations: tuple[str, ...]
    services: tuple[str, ...]
    nat: bool = False
    enabled: bool = True
    logged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityReading:
    """Which box answered."""

    model: str
    serial: str
    version: str
    hostname: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigReading:
    """How a configuration compares with the one that it should equal: the lines that differ, with their sign.

    `untold`: how many stored secrets cannot be compared, because the device keeps them in a form of its own.
    """

    differences: tuple[str, ...] = ()
    untold: int = 0


Reading = (
    InterfaceReading
    | VlanReading
    | TrunkReading
    | NeighbourReading
    | RouteReading
    | PingReading
    | ClockReading
    | SsidReading
    | AccessPointReading
    | PolicyReading
    | IdentityReading
    | ConfigReading
)
