"""What netifd and hostapd make of the configuration: bridges, VLANs, addresses and what is on air."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from siteauto.core.config import ConfigTree
from siteauto.lab.devices.openwrt.factory import Board
from siteauto.lab.devices.openwrt.firewall import Firewall
from siteauto.lab.devices.openwrt.sections import Section, addresses, gateway, sections
from siteauto.lab.state import PortState, RouteState, VlanInterfaceState

BRIDGE = "br-lan"
EVERYTHING = IPv4Network("0.0.0.0/0")
ONE_NETWORK = 1  # of a bridge that does not filter VLANs
CHANNELS = {"2g": (6, "2.437"), "5g": (36, "5.180"), "6g": (37, "6.135")}
SUITES = {"sae": "WPA3 SAE (CCMP)", "wpa3": "WPA3 802.1X (CCMP)", "owe": "WPA3 OWE (CCMP)", "psk2": "WPA2 PSK (CCMP)"}
NEEDS = {"sae": ("key",), "psk2": ("key",), "wpa3": ("auth_server", "auth_secret")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A port's part in a VLAN."""

    port: str
    tagged: bool
    pvid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeVlan:
    """A VLAN of the bridge. `local`: the box itself takes part in it."""

    id: int
    local: bool
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """A network that a radio sends."""

    interface: str  # phy0-ap0
    radio: str
    band: str
    ssid: str
    encryption: str
    bridge: str  # br-lan.50: where its clients come out


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute:
    """A way to a network: of an interface's gateway, or a section of its own."""

    prefix: IPv4Network
    next_hop: IPv4Address
    device: str
    metric: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The box's network as its configuration makes it."""

    tree: ConfigTree
    board: Board

    @property
    def interfaces(self) -> tuple[Section, ...]:
        """Logical interfaces."""
        return tuple(sections(self.tree, "network", "interface"))

    @property
    def firewall(self) -> Firewall:
        """What it lets through."""
        return Firewall(tree=self.tree, devices={one.name: one.get("device") for one in self.interfaces})

    @property
    def bridge(self) -> Section | None:
        """The section of the bridge."""
        return next((one for one in sections(self.tree, "network", "device") if one.get("name") == BRIDGE), None)

    @property
    def bridged(self) -> tuple[str, ...]:
        """The ports in the bridge."""
        return tuple(port for port in self.bridge.list("ports") if port in self.board.ports) if self.bridge else ()

    @property
    def filters(self) -> bool:
        """Whether the bridge tells VLANs apart: with the first bridge-vlan section it does."""
        return any(True for _ in sections(self.tree, "network", "bridge-vlan"))

    def vlans(self) -> tuple[BridgeVlan, ...]:
        """The VLANs of the bridge, by number, with the wireless interfaces that joined."""
        air = self.on_air()
        found = {}
        for one in sections(self.tree, "network", "bridge-vlan"):
            if one.get("device") != BRIDGE or not one.get("vlan").isdigit():
                continue
            vlan = int(one.get("vlan"))
            wired = tuple(_member(word) for word in one.list("ports") if word.partition(":")[0] in self.bridged)
            joined = (each.interface for each in air if each.bridge == f"{BRIDGE}.{vlan}")
            radios = tuple(Member(port=name, tagged=False, pvid=True) for name in joined)
            found[vlan] = BridgeVlan(id=vlan, local=one.is_on("local", default=True), members=(*wired, *radios))
        return tuple(found[vlan] for vlan in sorted(found))

    # ── on air ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def on_air(self) -> tuple[OnAir, ...]:
        """What hostapd sends: radios that are on, and networks that it takes."""
        radios = {one.name: one for one in sections(self.tree, "wireless", "wifi-device") if not one.is_on("disabled")}
        devices = {one.name: one.get("device") for one in self.interfaces}
        found: list[OnAir] = []
        for one in sections(self.tree, "wireless", "wifi-iface"):
            radio = one.get("device")
            if radio not in radios or one.is_on("disabled") or not _is_whole(one):
                continue
            phy = [name for name, _ in self.board.radios].index(radio) if radio in dict(self.board.radios) else 0
            number = sum(each.radio == radio for each in found)
            found.append(
                OnAir(
                    interface=f"phy{phy}-ap{number}",
                    radio=radio,
                    band=radios[radio].get("band"),
                    ssid=one.get("ssid"),
                    encryption=SUITES.get(one.get("encryption"), "none"),
                    bridge=devices.get(one.get("network"), ""),
                )
            )
        return tuple(found)

    # ── as the others see it ─────────────────────────────────────────────────────────────────────────────────────────

    def port_states(self, macs: dict[str, str], *, lldp: bool) -> tuple[PortState, ...]:
        """The ports on the case. One that is in no bridge and no interface is down."""
        vlans = self.vlans()
        return tuple(self._port(port, macs[port], vlans, lldp=lldp) for port in self.board.ports)

    def _port(self, port: str, mac: str, vlans: tuple[BridgeVlan, ...], *, lldp: bool) -> PortState:
        speaks = lldp and port in self._lldp_ports()
        if port not in self.bridged:
            own = [one for one in self.interfaces if one.get("device") == port]
            return PortState(
                name=port,
                admin_up=bool(own),
                mac=mac,
                mode="routed",
                allowed=frozenset(),
                lldp=speaks,
                address=next((address for one in own for address in addresses(one)), None),
                answers_ping=self.firewall.takes(port, "icmp"),
            )
        if not self.filters:
            return PortState(name=port, admin_up=True, mac=mac, access_vlan=ONE_NETWORK, lldp=speaks)
        parts = [(vlan.id, member) for vlan in vlans for member in vlan.members if member.port == port]
        native = next((vlan for vlan, member in parts if not member.tagged), 0)
        allowed = frozenset(vlan for vlan, _ in parts)
        return PortState(
            name=port, admin_up=True, mac=mac, mode="trunk", native_vlan=native, allowed=allowed, lldp=speaks
        )

    def _lldp_ports(self) -> set[str]:
        config = next(iter(sections(self.tree, "lldpd", "lldpd")), None)
        named = set(config.list("interface")) if config else set()
        over = {one.get("device").partition(".")[0] for one in self.interfaces if one.name in named}
        return named | (set(self.bridged) if BRIDGE in over else set())

    def vlan_interfaces(self) -> tuple[VlanInterfaceState, ...]:
        """Interfaces of the box itself that have an address."""
        local = {vlan.id for vlan in self.vlans() if vlan.local}
        found = []
        for one in self.interfaces:
            base, _, tag = one.get("device").partition(".")
            vlan = int(tag) if tag.isdigit() else ONE_NETWORK
            if base == BRIDGE:
                up, name = vlan in local if self.filters else not tag, one.get("device")
                ping = self.firewall.takes(name, "icmp")
                found += [
                    VlanInterfaceState(vlan_id=vlan, admin_up=up, address=address, name=name, answers_ping=ping)
                    for address in addresses(one)
                ]
        return tuple(found)

    def static_routes(self) -> tuple[StaticRoute, ...]:
        """Ways to everything that is not connected, the nearest first."""
        devices = {one.name: one.get("device") for one in self.interfaces}
        found = [
            StaticRoute(prefix=EVERYTHING, next_hop=hop, device=one.get("device"), metric=int(one.get("metric", "0")))
            for one in self.interfaces
            if (hop := gateway(one)) is not None
        ]
        for one in sections(self.tree, "network", "route"):
            hop = gateway(one)
            if hop is not None and one.get("interface") in devices:
                found.append(
                    StaticRoute(
                        prefix=IPv4Network(one.get("target")),
                        next_hop=hop,
                        device=devices[one.get("interface")],
                        metric=int(one.get("metric", "0")),
                        source=one.get("source"),
                    )
                )
        return tuple(sorted(found, key=lambda route: route.metric))

    def routes(self) -> tuple[RouteState, ...]:
        """The same, for the others."""
        return tuple(
            RouteState(prefix=one.prefix, next_hop=one.next_hop, port=one.device) for one in self.static_routes()
        )

    def own_addresses(self) -> Iterator[tuple[Section, IPv4Interface]]:
        """Logical interfaces with their static addresses."""
        for one in self.interfaces:
            yield from ((one, address) for address in addresses(one))


def _member(word: str) -> Member:
    """`lan:t`, `lan:u*`, `lan`."""
    port, _, how = word.partition(":")
    return Member(port=port, tagged="t" in how, pvid="*" in how or not how)


def _is_whole(iface: Section) -> bool:
    """Whether hostapd starts with it: it needs its key or its server."""
    wanted = NEEDS.get(iface.get("encryption"), ())
    return iface.get("mode") == "ap" and bool(iface.get("ssid")) and all(iface.get(option) for option in wanted)
