"""What the others see of a FortiGate, from its configuration: ports, VLAN interfaces, routes, rules of its policies."""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, summarize_address_range

from siteauto.lab.devices.fortinet.tree import Configuration, Node
from siteauto.lab.devices.fortinet.values import parse_network
from siteauto.lab.state import FilterRule, PortState, RouteState, Service, VlanInterfaceState

ANYWHERE = IPv4Network("0.0.0.0/0")
_SWITCH_VLAN = 1  # inside the hardware switch there is one untagged network


def address_of(interface: Node) -> IPv4Interface | None:
    """The interface's own address; None: it has none, or gets one by DHCP."""
    found = parse_network(interface.get("ip"))
    return found if found is not None and int(found.ip) and interface.word("mode") == "static" else None


def port_states(configuration: Configuration, base_mac: str) -> tuple[PortState, ...]:
    """The ports on the front: those of the hardware switch bridge, the others route."""
    interfaces = configuration.rows("system.interface")
    switched = {port for switch in configuration.rows("system.virtual-switch").values() for port in switch.rows("port")}
    states = []
    for index, port in enumerate(configuration.ports):
        mac = port_mac(base_mac, index)
        if port in switched:
            states.append(PortState(name=port, admin_up=True, mac=mac, access_vlan=_SWITCH_VLAN, lldp=False))
        else:
            states.append(_routed_port(configuration, port, interfaces[port], mac))
    return tuple(states)


def vlan_states(configuration: Configuration) -> tuple[VlanInterfaceState, ...]:
    """VLAN interfaces on their ports, and the one of the hardware switch."""
    found = []
    switches = configuration.rows("system.virtual-switch")
    for name, interface in configuration.rows("system.interface").items():
        if name not in switches and interface.word("type") != "vlan":
            continue
        found.append(
            VlanInterfaceState(
                vlan_id=_SWITCH_VLAN if name in switches else int(interface.word("vlanid")),
                admin_up=_is_up(configuration, interface),
                address=address_of(interface),
                name=name,
                parent="" if name in switches else interface.word("interface"),
                answers_ping="ping" in interface.get("allowaccess"),
            )
        )
    return tuple(found)


def route_states(configuration: Configuration) -> tuple[RouteState, ...]:
    """Static routes that are on, the nearer ones (by distance and priority) first."""
    routes = [node for node in configuration.rows("router.static").values() if node.word("status") == "enable"]
    routes.sort(key=lambda node: (int(node.word("distance")), int(node.word("priority"))))
    states = []
    for node in routes:
        gateway = IPv4Address(node.word("gateway"))
        prefix = IPv4Network("/".join(node.get("dst")))
        if node.word("blackhole") != "enable":
            hop = gateway if int(gateway) else None
            states.append(RouteState(prefix=prefix, next_hop=hop, port=node.word("device")))
    return tuple(states)


def filter_rules(configuration: Configuration) -> tuple[FilterRule, ...]:
    """The policies that are on, resolved to interfaces and networks, in their order."""
    policies = configuration.rows("firewall.policy").values()
    return tuple(
        FilterRule(
            source_ports=_ports(configuration, policy.get("srcintf")),
            destination_ports=_ports(configuration, policy.get("dstintf")),
            sources=_networks(configuration, policy.get("srcaddr")),
            destinations=_networks(configuration, policy.get("dstaddr")),
            ping=any(_is_ping(configuration, name) for name in policy.get("service")),
            accept=policy.word("action") == "accept",
            services=_services(configuration, policy.get("service")),
        )
        for policy in policies
        if policy.word("status") == "enable"
    )


def login_addresses(configuration: Configuration) -> tuple[IPv4Address, ...]:
    """Addresses at which it takes SSH logins."""
    found = (
        address_of(interface)
        for interface in configuration.rows("system.interface").values()
        if "ssh" in interface.get("allowaccess") and _is_up(configuration, interface)
    )
    return tuple(address.ip for address in found if address is not None)


def lldp_on(configuration: Configuration, interface: Node, direction: str) -> bool:
    """Whether LLDP is sent or received (`transmission`, `reception`) here: interface, then VDOM, then global."""
    settings, box = configuration.node("system.settings"), configuration.node("system.global")
    word = interface.word(f"lldp-{direction}")
    if word == "vdom":
        word = settings.word(f"lldp-{direction}")
    if word == "global":
        word = box.word(f"lldp-{direction}")
    return word == "enable"


def _routed_port(configuration: Configuration, port: str, interface: Node, mac: str) -> PortState:
    return PortState(
        name=port,
        admin_up=interface.word("status") == "up",
        mac=mac,
        mode="routed",
        allowed=frozenset(),
        address=address_of(interface),
        description=interface.word("description") or interface.word("alias"),
        lldp=lldp_on(configuration, interface, "transmission"),
        answers_ping="ping" in interface.get("allowaccess"),
    )


def _is_up(configuration: Configuration, interface: Node) -> bool:
    parent = configuration.rows("system.interface").get(interface.word("interface"))
    return interface.word("status") == "up" and (parent is None or parent.word("status") == "up")


def _ports(configuration: Configuration, names: Iterable[str]) -> frozenset[str]:
    zones = configuration.rows("system.zone")
    found: set[str] = set()
    for name in names:
        if name == "any":
            return frozenset()
        found.update(zones[name].get("interface") if name in zones else (name,))
    return frozenset(found or {"none"})  # a zone without interfaces matches nothing


def _networks(configuration: Configuration, names: Iterable[str]) -> tuple[IPv4Network, ...]:
    addresses, groups = configuration.rows("firewall.address"), configuration.rows("firewall.addrgrp")
    found: list[IPv4Network] = []
    for name in names:
        if name in groups:
            found += _networks(configuration, groups[name].get("member"))
        elif name in addresses:
            found += _networks_of(addresses[name])
    return tuple(found)


def _networks_of(address: Node) -> Iterable[IPv4Network]:
    if address.word("type") == "iprange":
        first, last = IPv4Address(address.word("start-ip")), IPv4Address(address.word("end-ip"))
        return summarize_address_range(first, last)
    if address.word("type") == "ipmask":
        return (IPv4Network("/".join(address.get("subnet"))),)
    return ()  # names and countries: nothing in a lab resolves them


def _services(configuration: Configuration, names: Sequence[str]) -> tuple[Service, ...] | None:
    """TCP and UDP ports of named services and groups; None: all of them."""
    services, groups = configuration.rows("firewall.service.custom"), configuration.rows("firewall.service.group")
    found: list[Service] = []
    for name in names:
        if name in groups:
            members = _services(configuration, groups[name].get("member"))
            if members is None:
                return None
            found += members
        elif name in services and services[name].word("protocol") == "IP":
            if services[name].word("protocol-number") == "0":
                return None
        elif name in services:
            found += _port_ranges(services[name])
    return tuple(found)


def _port_ranges(service: Node) -> Iterator[Service]:
    """`set udp-portrange 53 8000-8010:1024-65535`: the source ports behind the colon do not matter here."""
    for protocol in ("tcp", "udp"):
        for text in service.get(f"{protocol}-portrange"):
            first, _, last = text.partition(":")[0].partition("-")
            yield Service(protocol=protocol, first=int(first), last=int(last or first))


def _is_ping(configuration: Configuration, name: str) -> bool:
    services, groups = configuration.rows("firewall.service.custom"), configuration.rows("firewall.service.group")
    if name in groups:
        return any(_is_ping(configuration, member) for member in groups[name].get("member"))
    service = services.get(name)
    if service is None:
        return False
    if service.word("protocol") == "ICMP":
        return service.word("icmptype") in ("", "8")
    return service.word("protocol") == "IP" and service.word("protocol-number") in ("0", "1")


def port_mac(base_mac: str, index: int) -> str:
    """The address of a port: the box's own, counted on."""
    number = int(base_mac.replace(":", ""), 16) + index
    text = f"{number:012x}"
    return ":".join(text[position : position + 2] for position in range(0, 12, 2))
