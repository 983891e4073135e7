"""What the box says of its routes, and what comes of a ping."""

import re
from ipaddress import IPv4Address

from siteauto.lab.devices.arista_eos.answer import Answer, Arguments
from siteauto.lab.devices.arista_eos.view import View, first

CODES = """\
VRF: default
Codes: C - connected, S - static, K - kernel,
       O - OSPF, IA - OSPF inter area, E1 - OSPF external type 1,
       E2 - OSPF external type 2, N1 - OSPF NSSA external type 1,
       N2 - OSPF NSSA external type2, B - Other BGP Routes

"""
NOT_ROUTING = "! IP routing not enabled\n"


def routes(view: View, _: Arguments) -> str:
    """`show ip route`."""
    up = [one for one in view.state.vlan_interfaces if one.address is not None and one.admin_up]
    static, gateway = [], "Gateway of last resort is not set\n"
    for route in view.state.routes:
        out = next((one for one in up if one.address and route.next_hop in one.address.network), None)
        if out is None:
            continue
        static.append(f" S        {route.prefix} [1/0] via {route.next_hop}, {out.name}\n")
        if route.prefix.prefixlen == 0:
            gateway = "Gateway of last resort:\n"
    connected = [f" C        {one.address.network} is directly connected, {one.name}\n" for one in up if one.address]
    head = "" if first(view.running.children, "ip routing") is not None else NOT_ROUTING
    return f"{CODES}{head}{gateway}{''.join(static)}\n{''.join(connected)}\n"


def ping(view: View, line: str) -> str:
    """`ping TARGET [timeout …] [size …] [repeat …] [source …]`, as Linux prints it."""
    words = line.split()
    options = dict(zip(words[1::2], words[2::2], strict=False))
    count, size = int(options.get("repeat", "5")), int(options.get("size", "100"))
    if not re.fullmatch(r"\d+\.\d+\.\d+\.\d+", words[0]):
        return f"ping: {words[0]}: Name or service not known\n"
    target, source = IPv4Address(words[0]), options.get("source", "")
    from_address = IPv4Address(source) if re.fullmatch(r"[\d.]+", source) else None
    head = f"PING {target} ({target}) {size - 28}({size}) bytes of data.\n"
    if not view.world.ping(view.name, target, from_address):
        lost = f"{count} packets transmitted, 0 received, 100% packet loss, time {count * 10}ms"
        return f"{head}\n--- {target} ping statistics ---\n{lost}\n\n"
    echoes = "".join(
        f"{size - 20} bytes from {target}: icmp_seq={n} ttl=64 time=0.412 ms\n" for n in range(1, count + 1)
    )
    return (
        f"{head}{echoes}\n--- {target} ping statistics ---\n"
        f"{count} packets transmitted, {count} received, 0% packet loss, time {count}ms\n"
        "rtt min/avg/max/mdev = 0.412/0.412/0.412/0.000 ms, ipg/ewma 0.500/0.412 ms\n\n"
    )


ANSWERS = (
    Answer(
        commands=("show ip route", "show ip route vrf default"),
        text=routes,
        source="recording ntc-templates/arista_eos/show_ip_route/arista_eos_show_ip_route5.raw",
    ),
)
