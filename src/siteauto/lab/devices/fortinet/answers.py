"""What `get` and `diagnose` print of the box, its routes and its clock as they are now."""

import zlib
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from siteauto.lab.devices.fortinet import state
from siteauto.lab.devices.fortinet.answers_interfaces import INTERFACE_ANSWERS, Answer, link_is_up
from siteauto.lab.devices.fortinet.box import Box
from siteauto.lab.devices.fortinet.factory import BUILD, BUILD_DATE, FIRMWARE
from siteauto.lab.devices.fortinet.tree import Node
from siteauto.lab.state import NTP


def answer(box: Box, words: list[str]) -> str | None:
    """The text of a `get` or `diagnose` command; None: it is none that is answered here."""
    for name, command in ANSWERS.items():
        parts = name.split()
        if words[: len(parts)] == parts:
            return "".join(f"{line}\n" for line in command(box, words[len(parts) :]))
    return None


# ── the box ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _status(box: Box, _: list[str]) -> Iterator[str]:
    yield f"Version: {box.model.title} v{FIRMWARE},build{BUILD},{BUILD_DATE} (GA.M)"
    yield from _DATABASES.strip().splitlines()
    yield f"Serial-Number: {box.spec.serial}"
    yield "BIOS version: 05000009"
    yield f"System Part-Number: {box.model.part_number}"
    yield "Log hard disk: Not available"
    yield f"Hostname: {box.hostname}"
    yield "Private Encryption: Disable"
    yield "Operation Mode: NAT"
    yield "Current virtual domain: root"
    yield "Max number of virtual domains: 10"
    yield "Virtual domains status: 1 in NAT mode, 0 in TP mode"
    yield "Virtual domain configuration: disable"
    yield "FIPS-CC mode: disable"
    mode = box.running.node("system.ha").word("mode")
    yield f"Current HA mode: {mode if mode == 'standalone' else f'{mode}, primary'}"
    yield f"Branch point: {BUILD}"
    yield "Release Version Information: GA"
    yield f"System time: {box.local_now:%a %b %e %H:%M:%S %Y}"
    yield f"Last reboot reason: {box.reboot_reason}"


_DATABASES = """
First GA patch build date: 230509
Security Level: High
Firmware Signature: certified
Virus-DB: 1.00000(2018-04-09 18:07)
Extended DB: 1.00000(2018-04-09 18:07)
AV AI/ML Model: 0.00000(2001-01-01 00:00)
IPS-DB: 6.00741(2015-12-01 02:30)
IPS-ETDB: 0.00000(2001-01-01 00:00)
APP-DB: 6.00741(2015-12-01 02:30)
FMWP-DB: 25.00090(2025-09-15 13:20)
IPS Malicious URL Database: 1.00001(2015-01-01 01:01)
IoT-Detect: 0.00000(2022-08-17 17:31)
OT-Detect-DB: 0.00000(2001-01-01 00:00)
OT-Patch-DB: 0.00000(2001-01-01 00:00)
OT-Threat-DB: 6.00741(2015-12-01 02:30)
IPS-Engine: 7.00575(2025-07-03 18:00)
"""


def _performance(box: Box, _: list[str]) -> Iterator[str]:
    up = box.world.now() - box.booted
    hours, minutes = up.seconds // 3600, up.seconds % 3600 // 60
    yield "CPU states: 0% user 0% system 0% nice 100% idle 0% iowait 0% irq 0% softirq"
    yield "Memory: 1903568k total, 1008516k used (53.0%), 605132k free (31.8%), 289920k freeable (15.2%)"
    yield "Average network usage: 2 / 1 kbps in 1 minute, 2 / 1 kbps in 10 minutes, 2 / 1 kbps in 30 minutes"
    yield "Average sessions: 10 sessions in 1 minute, 10 sessions in 10 minutes, 10 sessions in 30 minutes"
    yield f"Uptime: {up.days} days,  {hours} hours,  {minutes} minutes"


def _hardware(box: Box, _: list[str]) -> Iterator[str]:
    yield f"Model name: {box.model.title}"
    yield "ASIC version: SOC4"
    yield "CPU: ARMv8"
    yield "Number of CPUs: 8"
    yield "RAM: 1859 MB"
    yield "Hard disk: not available"
    yield "Hardware Revision: Rev1"


def _ha(box: Box, _: list[str]) -> Iterator[str]:
    mode = box.running.node("system.ha").word("mode")
    yield "HA Health Status: OK"
    yield f"Model: {box.model.title}"
    yield f"Mode: {'Standalone' if mode == 'standalone' else f'HA {mode.upper()}'}"


# ── routes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_CODES = """Codes: K - kernel, C - connected, S - static, R - RIP, B - BGP
       O - OSPF, IA - OSPF inter area
       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2
       E1 - OSPF external type 1, E2 - OSPF external type 2
       i - IS-IS, L1 - IS-IS level-1, L2 - IS-IS level-2, ia - IS-IS inter area
       * - candidate default

Routing table for VRF=0"""


def _routes(box: Box, _: list[str]) -> Iterator[str]:
    yield from _CODES.splitlines()
    found: list[tuple[IPv4Network, str]] = []
    for prefix, node in _best_routes(box):
        mark = "S*" if prefix.prefixlen == 0 else "S "
        distance = f"[{node.word('distance')}/0]"
        priority = f", [{node.word('priority')}/{node.word('weight')}]"
        line = f"{mark}      {prefix} {distance} via {node.word('gateway')}, {node.word('device')}{priority}"
        found.append((prefix, line))
    for name, interface in box.running.rows("system.interface").items():
        address = state.address_of(interface)
        if address is not None and link_is_up(box, name):
            found.append((address.network, f"C       {address.network} is directly connected, {name}"))
    yield from (line for _, line in sorted(found, key=lambda one: one[0]))
    yield ""


def _best_routes(box: Box) -> Iterator[tuple[IPv4Network, Node]]:
    """Static routes whose interface carries and whose distance no other route to the prefix undercuts."""
    nodes = [
        node
        for node in box.running.rows("router.static").values()
        if node.word("status") == "enable" and node.word("device") and _reaches_gateway(box, node)
    ]
    prefixes = {id(node): IPv4Network("/".join(node.get("dst"))) for node in nodes}
    for node in nodes:
        rivals = [other for other in nodes if prefixes[id(other)] == prefixes[id(node)]]
        if all(int(node.word("distance")) <= int(other.word("distance")) for other in rivals):
            yield prefixes[id(node)], node


def _reaches_gateway(box: Box, node: Node) -> bool:
    interface = box.running.rows("system.interface").get(node.word("device"))
    address = state.address_of(interface) if interface is not None else None
    near = address is not None and IPv4Address(node.word("gateway")) in address.network
    return near and link_is_up(box, node.word("device"))


# ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ntp(box: Box, _: list[str]) -> Iterator[str]:
    ntp = box.running.node("system.ntp")
    on = ntp.word("ntpsync") == "enable"
    servers = [row.word("server") for row in ntp.rows("ntpserver").values()] if ntp.word("type") == "custom" else []
    known = [server for server in servers if on and server.replace(".", "").isdigit()]
    good = [server for server in known if box.world.reaches(box.spec.name, IPv4Address(server), NTP)]
    yield (
        f"synchronized: {'yes' if good else 'no'}, ntpsync: {'enabled' if on else 'disabled'}, "
        f"server-mode: {ntp.word('server-mode')}d"
    )
    yield ""
    for server in servers if on else ():
        if server in good:
            chosen = " selected" if server == good[0] else ""
            yield f"ipv4 server({server}) {server} -- reachable(0xff) S:1 T:{_polls(server)}{chosen}"
            yield "\tserver-version=4, stratum=2"
            yield "\tclock offset is -0.000513 sec, root delay is 0.001389 sec"
        else:
            yield f"ipv4 server({server}) {server} -- unreachable(0x0) S:0 T:{_polls(server)}"
            yield "\tno data"


def _polls(server: str) -> int:
    return zlib.crc32(server.encode()) % 60 + 1


ANSWERS: dict[str, Answer] = {
    "get system status": _status,
    "get system performance status": _performance,
    "get hardware status": _hardware,
    "get system ha status": _ha,
    "get router info routing-table all": _routes,
    "diagnose sys ntp status": _ntp,
    **INTERFACE_ANSWERS,
}
