"""Routes, pings and clocks as the command line shows them."""

from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv4Interface, IPv4Network
from itertools import pairwise

from siteauto.lab.devices.juniper_junos.answer import Answer, UnknownWordError, Words, nothing_more
from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.links import interfaces_of
from siteauto.lab.devices.juniper_junos.reading import entries, under
from siteauto.lab.state import NTP

COUNT = 5


def _routes(box: Box, words: Words) -> str:
    nothing_more(words, "table", "inet.0", "protocol", "static", "direct")
    routes = sorted(_active(box), key=lambda one: (one[0].network_address, one[0].prefixlen))
    total = len(routes)
    head = (
        f"\ninet.0: {total} destinations, {total} routes ({total} active, 0 holddown, 0 hidden)\n"
        "+ = Active Route, - = Last Active, * = Both\n\n"
    )
    return head + "".join(f"{prefix!s:<18} *[{kind}] {_age(box)}\n{'':<20}{way}\n" for prefix, kind, way in routes)


def _active(box: Box) -> Iterator[tuple[IPv4Network, str, str]]:
    held = [(unit.name, unit.address) for one in interfaces_of(box) for unit in one.units if unit.up and unit.address]
    for name, address in held:
        yield address.network, "Direct/0", f">  via {name}"
        yield IPv4Network(address.ip), "Local/0", f"Local via {name}"
    done: set[IPv4Network] = set()
    for route in box.state().routes:
        way = _way(route.next_hop, held)
        if way and route.prefix not in done:
            done.add(route.prefix)
            yield route.prefix, "Static/5", way


def _way(hop: IPv4Address | None, held: list[tuple[str, IPv4Interface]]) -> str:
    return next((f">  to {hop} via {name}" for name, address in held if hop in address.network), "")


def _age(box: Box) -> str:
    seconds = box.uptime_seconds
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


def ping_answers(box: Box, target: str, source: str = "") -> bool:
    """Whether an echo request comes back. Raises UnknownWordError for what is no address."""
    try:
        return box.world.ping(box.spec.name, IPv4Address(target), IPv4Address(source) if source else None)
    except AddressValueError:
        raise UnknownWordError(target) from None


def _ping(box: Box, words: Words) -> str:
    if not words:
        raise UnknownWordError("")
    target, options = words[0], dict(pairwise(words))
    count = int(options.get("count", COUNT))
    answered = ping_answers(box, target, options.get("source", ""))
    received = count if answered else 0
    size = int(options.get("size", 56))
    text = f"PING {target} ({target}): {size} data bytes\n"
    if "rapid" in words:
        text += ("!" if answered else ".") * count + "\n"
    elif answered:
        text += "".join(
            f"{size + 8} bytes from {target}: icmp_seq={turn} ttl=63 time=1.{200 + turn} ms\n" for turn in range(count)
        )
    text += f"\n--- {target} ping statistics ---\n"
    lost = 100 - 100 * received // count
    text += f"{count} packets transmitted, {received} packets received, {lost}% packet loss\n"
    return text + ("round-trip min/avg/max/stddev = 1.200/1.202/1.204/0.001 ms\n" if answered else "")


def _associations(box: Box, words: Words) -> str:
    nothing_more(words, "no-resolve")
    lines = ["     remote           refid      st t when poll reach   delay   offset  jitter", "=" * 78]
    followed = False
    for server in ntp_servers(box):
        heard = box.world.reaches(box.spec.name, server, NTP)
        tally = "*" if heard and not followed else "+" if heard else " "
        followed = followed or heard
        rest = (
            "10.10.255.1      2 u   38   64  377    1.271    0.120   0.084"
            if heard
            else ".INIT.          16 u    -   64    0    0.000    0.000 4000.00"
        )
        lines.append(f"{tally}{server!s:<15} {rest}")
    return "\n".join((*lines, ""))


def ntp_servers(box: Box) -> tuple[IPv4Address, ...]:
    """As configured."""
    return tuple(IPv4Address(name) for name, _ in entries(under(box.running, "system", "ntp"), "server"))


def _arp(box: Box, words: Words) -> str:
    nothing_more(words, "no-resolve")
    lines = ["MAC Address       Address         Interface                Flags"]
    lines += [f"{mac:<17} {address!s:<15} {interface:<24} none" for mac, address, interface in arp_entries(box)]
    return "\n".join((*lines, f"Total entries: {len(lines) - 1}", ""))


def arp_entries(box: Box) -> list[tuple[str, IPv4Address, str]]:
    """The neighbours whose management address is in one of our networks, behind whatever interface has it."""
    held = [(unit.name, unit.address) for one in interfaces_of(box) for unit in one.units if unit.up and unit.address]
    return [
        (one.device.base_mac, one.management_address, name)
        for one in box.world.neighbours(box.spec.name)
        if one.management_address is not None
        for name, address in held
        if one.management_address in address.network
    ]


ANSWERS = (
    Answer(command="show route", text=_routes, source="manual Junos CLI reference, show route"),
    Answer(command="ping", text=_ping, source="manual Junos CLI reference, ping; the recording is of NAPALM's XML"),
    Answer(
        command="show ntp associations",
        text=_associations,
        source="recording napalm/junos/mocked_data/test_get_ntp_stats/normal/show_ntp_associations_no-resolve.txt",
    ),
    Answer(
        command="show arp",
        text=_arp,
        source="recording ntc-templates/juniper_junos/show_arp_no-resolve/juniper_junos_show_arp_no-resolve.raw",
    ),
)
