"""What the box says of routes and of the addresses of its neighbours."""

from siteauto.lab.devices.aruba_aoscx.answer import RECORDED, Answer
from siteauto.lab.devices.aruba_aoscx.answers_interfaces import is_vlan_up
from siteauto.lab.devices.aruba_aoscx.box import Box


def routes(box: Box, _: tuple[str, ...]) -> str:
    """`show ip route all-vrfs`, in the form up to 10.09."""
    found = [(str(one.prefix), str(one.next_hop), "[1/0]", "static") for one in box.state().routes]
    for one in box.state().vlan_interfaces:
        if one.address is not None and is_vlan_up(box, one):
            found.append((str(one.address.network), one.name, "[0/0]", "connected"))
            found.append((f"{one.address.ip}/32", one.name, "[0/0]", "local"))
    if not found:
        return "No ipv4 routes configured"
    entries = (
        f"{prefix}, vrf default\n\tvia  {via},  {metric},  {origin}" for prefix, via, metric, origin in sorted(found)
    )
    return "\n".join(
        ("Displaying ipv4 routes selected for forwarding", "", "'[x/y]' denotes [distance/metric]", "", *entries)
    )


def arp(box: Box, _: tuple[str, ...]) -> str:
    """`show arp`: the management addresses of the neighbours, in the box's own network."""
    own = [one for one in box.state().vlan_interfaces if one.address is not None and one.admin_up]
    rows = [
        f"{one.management_address!s:<17}{one.far_port.mac:<19}{mine.name:<14}{one.port:<24}{'reachable':<10}"
        for one in box.spec.world.neighbours(box.spec.name)
        for mine in own
        if mine.address is not None and one.management_address in mine.address.network
    ]
    if not rows:
        return "No ARP entries found."
    rule = "-" * 83
    head = f"{'IPv4 Address':<17}{'MAC':<19}{'Port':<14}{'Physical Port':<24}{'State':<10}"
    return "\n".join((rule, head, rule, *rows, rule, f"Total Number Of ARP Entries Listed: {len(rows)}.", rule))


ANSWERS = (
    Answer(
        commands=("show ip route", "show ip route all-vrfs"),
        text=routes,
        source=f"{RECORDED}/show_ip_route_all-vrfs/show_ip_route_all-vrfs.raw",
    ),
    Answer(commands=("show arp", "show arp all-vrfs"), text=arp, source="manual HPE AOS-CX 10.13; no recording"),
)
