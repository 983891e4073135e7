"""What the box says of routes and addresses, and its ping."""

from collections import defaultdict
from ipaddress import IPv4Address, IPv4Network

from siteauto.core.models import Role
from siteauto.lab.devices.cisco_ios.answer import Answer, Arguments, first, has, lines
from siteauto.lab.devices.cisco_ios.ports import routed_up
from siteauto.lab.devices.cisco_ios.printing import dotted
from siteauto.lab.devices.cisco_ios.view import View

CODES = (
    "Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP",
    "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area ",
    "       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2",
    "       E1 - OSPF external type 1, E2 - OSPF external type 2",
    "       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2",
    "       ia - IS-IS inter area, * - candidate default, U - per-user static route",
    "       o - ODR, P - periodic downloaded static route, H - NHRP, l - LISP",
    "       a - application route",
    "       + - replicated route, % - next hop override, p - overrides from PfR",
)
ARP_RECORDING = "napalm/ios/mocked_data/test_get_arp_table_with_vrf/normal/show_arp_vrf_TEST___exclude_Incomplete.txt"
EVERYTHING = IPv4Network("0.0.0.0/0")
NOBODY = "% Unrecognized host or address, or protocol not running."
MARKS_IN_A_ROW = 70


# ── routes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def routes(view: View, _: Arguments) -> str:
    """`show ip route`: the table of a box that routes, the default gateway of one that does not."""
    if not _is_routing(view):
        gateway = first(view.running.children, "ip default-gateway")
        return "\n".join(
            (
                f"Default gateway is {gateway or 'not set'}",
                "",
                "Host               Gateway           Last Use    Total Uses  Interface",
                "ICMP redirect cache is empty",
            )
        )
    statics = _static_routes(view)
    default = next((hop for prefix, hop in statics if prefix == EVERYTHING), None)
    resort = f"Gateway of last resort is {default or 'not set'}" + (" to network 0.0.0.0" if default else "")
    star = [f"S*    0.0.0.0/0 [1/0] via {default}"] if default else []
    return "\n".join((*CODES, "", resort, "", *star, *_networks(view, statics)))


def _is_routing(view: View) -> bool:
    """A controller always routes; a switch is told to."""
    return Role.WLC in view.hardware.roles or has(view.running.children, "ip routing")


def _static_routes(view: View) -> list[tuple[IPv4Network, IPv4Address]]:
    """The static routes whose next hop lies behind an interface that is up."""
    connected = [one.address.network for one in view.state.vlan_interfaces if one.address and routed_up(view, one)]
    found = []
    for rest, _ in lines(view.running.children, "ip route"):
        words = rest.split()
        if words[0] != "vrf" and words[2][0].isdigit():
            hop = IPv4Address(words[2])
            if any(hop in network for network in connected):
                found.append((IPv4Network(f"{words[0]}/{words[1]}"), hop))
    return found


def _networks(view: View, statics: list[tuple[IPv4Network, IPv4Address]]) -> list[str]:
    """Routes under the class network that holds them, as the box groups them."""
    groups: dict[IPv4Network, list[tuple[IPv4Network, str]]] = defaultdict(list)
    for one in view.state.vlan_interfaces:
        if one.address and routed_up(view, one):
            own = IPv4Network(one.address.ip)
            groups[_class_network(own)].append(
                (one.address.network, f"C        {{}} is directly connected, {one.name}")
            )
            groups[_class_network(own)].append((own, f"L        {{}} is directly connected, {one.name}"))
    for prefix, hop in statics:
        if prefix != EVERYTHING:
            groups[_class_network(prefix)].append((prefix, f"S        {{}} [1/0] via {hop}"))
    rows: list[str] = []
    for network in sorted(groups):
        held = sorted(groups[network])
        masks = len({prefix.prefixlen for prefix, _ in held})
        how = (
            f"variably subnetted, {len(held)} subnets, {masks} masks"
            if masks > 1
            else f"subnetted, {len(held)} subnets"
        )
        rows += [f"      {network} is {how}", *(row.format(prefix) for prefix, row in held)]
    return rows


def _class_network(network: IPv4Network) -> IPv4Network:
    top = int(network.network_address) >> 24
    bits = 8 if top < 128 else 16 if top < 192 else 24
    return network if network.prefixlen < bits else network.supernet(new_prefix=bits)


def arp(view: View, _: Arguments) -> str:
    """`show ip arp`: its own addresses, and those of neighbours in its subnets."""
    rows = ["Protocol  Address          Age (min)  Hardware Addr   Type   Interface"]
    for one in view.state.vlan_interfaces:
        if one.address is None or not one.admin_up:
            continue
        rows.append(_arp_row(one.address.ip, "-", view.base_mac, one.name))
        for neighbour in view.world.neighbours(view.name):
            address = neighbour.management_address
            if address is not None and address in one.address.network and address != one.address.ip:
                rows.append(_arp_row(address, "3", neighbour.device.base_mac, one.name))
    return "\n".join(rows)


def _arp_row(address: IPv4Address, age: str, mac: str, port: str) -> str:
    return f"Internet  {address!s:<15} {age:>10}   {dotted(mac)}  ARPA   {port}"


# ── ping ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def ping(view: View, arguments: Arguments) -> str:
    """`ping ADDRESS [repeat N] [size N] [timeout N] [df-bit] [source …]`."""
    words = arguments[0].split()
    words = words[1:] if words[0] == "ip" else words
    target = _address(words[0]) if words else None
    if target is None:
        return NOBODY
    source = _source(view, words[words.index("source") + 1]) if "source" in words else None
    if "source" in words and source is None:
        return "% Invalid source address- IP address not on any of our up interfaces"
    answered = view.world.ping(view.name, target, source)
    return _ping(words, target, source, "!" if answered else ".")


def _ping(words: list[str], target: IPv4Address, source: IPv4Address | None, mark: str) -> str:
    count, size, timeout = (_option(words, name, default) for name, default in _PING_DEFAULTS)
    marks = [mark * min(MARKS_IN_A_ROW, count - done) for done in range(0, count, MARKS_IN_A_ROW)]
    received = count if mark == "!" else 0
    times = ", round-trip min/avg/max = 1/1/2 ms" if received else ""
    return "\n".join(
        (
            "Type escape sequence to abort.",
            f"Sending {count}, {size}-byte ICMP Echos to {target}, timeout is {timeout} seconds:",
            *((f"Packet sent with a source address of {source} ",) if source else ()),
            *(("Packet sent with the DF bit set",) if "df-bit" in words else ()),
            *marks,
            f"Success rate is {100 * received // count} percent ({received}/{count}){times}",
        )
    )


_PING_DEFAULTS = (("repeat", 5), ("size", 100), ("timeout", 2))


def _option(words: list[str], name: str, default: int) -> int:
    after = words[words.index(name) + 1 :] if name in words else []
    return int(after[0]) if after and after[0].isdigit() else default


def _source(view: View, word: str) -> IPv4Address | None:
    own = {one.name.lower(): one.address.ip for one in view.state.vlan_interfaces if one.address}
    address = own.get(word.lower()) or _address(word)
    return address if address in own.values() else None


def _address(word: str) -> IPv4Address | None:
    try:
        return IPv4Address(word)
    except ValueError:
        return None


ANSWERS = (
    Answer(
        commands=("show ip route",),
        text=routes,
        source="recording ntc-templates/cisco_ios/show_ip_route/cisco_ios_show_ip_route1.raw",
    ),
    Answer(
        commands=("show ip arp", "show arp"),
        text=arp,
        source=f"recording {ARP_RECORDING}",
    ),
    Answer(commands=("ping <line>",), text=ping, source="recording ntc-templates/cisco_ios/ping/cisco_ios_ping.raw"),
)
