"""What the box prints for a command, computed from its configuration, its cables and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address

from siteauto.lab.devices.cisco_nxos.box import SOFTWARE, Box
from siteauto.lab.devices.cisco_nxos.device_state import lines_in, rest
from siteauto.lab.state import NTP, PortState

RECORDED = "recording ntc-templates/cisco_nxos"
LETTERS = {"bridge": "B", "router": "R", "wlan-ap": "W", "telephone": "T", "station": "S"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the box prints for these commands, and where its form was seen."""

    commands: tuple[str, ...]
    text: Callable[[Box], str]
    source: str


def answer(command: str, box: Box) -> str:
    """What the box prints for the command, spelled out in full."""
    return next(each.text(box) for each in ANSWERS if command in each.commands) + "\n"


def version(box: Box) -> str:
    """`show version`."""
    return "\n".join(
        (
            "Cisco Nexus Operating System (NX-OS) Software",
            "",
            "Software",
            "  BIOS: version 05.47",
            f" NXOS: version {SOFTWARE}",
            "",
            "Hardware",
            f"  cisco {box.spec.model.replace('N9K-', 'Nexus9000 ')} Chassis ",
            "  Intel(R) Xeon(R) CPU  with 24571732 kB of memory.",
            f"  Processor Board ID {box.spec.serial}",
            f"  Device name: {box.hostname}",
        )
    )


def short(name: str) -> str:
    """Eth1/1."""
    return name.replace("Ethernet", "Eth")


def connected(box: Box, port: PortState) -> bool:
    """Whether a cable joins the port to one that is up too."""
    return port.admin_up and box.spec.world.link_up(box.spec.name, port.name)


def status(box: Box) -> str:
    """`show interface status`."""
    rule = "-" * 80
    head = f"{'Port':<14}{'Name':<19}{'Status':<10}{'Vlan':<10}{'Duplex':<8}{'Speed':<8}Type"
    rows = [_status_row(box, port) for port in box.state().ports]
    rows += [
        f"{one.name:<14}{'--':<19}{_word(one.admin_up):<10}{'routed':<10}{'auto':<8}{'auto':<8}--"
        for one in box.state().vlan_interfaces
    ]
    return "\n".join((rule, head, rule, *rows))


def _word(up: bool) -> str:  # noqa: FBT001 - a word for a column
    return "connected" if up else "disabled"


def _status_row(box: Box, port: PortState) -> str:
    word = "connected" if connected(box, port) else "notconnec" if port.admin_up else "disabled"
    vlan = "trunk" if port.mode == "trunk" else str(port.access_vlan)
    name = port.description[:18] or "--"
    return f"{short(port.name):<14}{name:<19}{word:<10}{vlan:<10}{'full':<8}{'1000':<8}10/100/1000BaseT"


def vlans(box: Box) -> str:
    """`show vlan`."""
    rows, types = [], []
    for vlan in sorted(box.state().vlans):
        name = rest(lines_in(box.running.find(f"vlan {vlan}")), "name") or (
            "default" if vlan == 1 else f"VLAN{vlan:04}"
        )
        ports = ", ".join(
            short(one.name) for one in box.state().ports if one.mode == "access" and one.access_vlan == vlan
        )
        rows.append(f"{vlan:<5}{name:<33}{'active':<10}{ports[:31].rpartition(', ')[0] if len(ports) > 31 else ports}")
        types.append(f"{vlan:<5}enet         CE")
    return "\n".join(
        (
            "",
            "VLAN Name                             Status    Ports",
            "---- -------------------------------- --------- -------------------------------",
            *rows,
            "",
            "VLAN Type         Vlan-mode",
            "---- -----        ----------",
            *types,
        )
    )


def trunks(box: Box) -> str:
    """`show interface trunk`."""
    up = [port for port in box.state().ports if port.mode == "trunk" and connected(box, port)]
    rule = "-" * 80
    lists = [rest(lines_in(box.running.find(f"interface {port.name}")), "switchport trunk allowed vlan") for port in up]
    return "\n".join(
        (
            rule,
            "Port          Native  Status        Port",
            "              Vlan                  Channel",
            rule,
            *(f"{short(port.name):<14}{port.native_vlan:<8}trunking      --" for port in up),
            "",
            rule,
            "Port          Vlans Allowed on Trunk",
            rule,
            *(f"{short(port.name):<14}{allowed or '1-4094'}" for port, allowed in zip(up, lists, strict=True)),
        )
    )


def neighbours(box: Box) -> str:
    """`show lldp neighbors detail`."""
    parts = []
    for one in box.spec.world.neighbours(box.spec.name):
        letters = ", ".join(LETTERS.get(each, "O") for each in one.device.capabilities)
        mac = one.device.base_mac.replace(":", "")
        parts.append(
            f"Chassis id: {mac[:4]}.{mac[4:8]}.{mac[8:]}\nPort id: {one.far_port.name}\n"
            f"Local Port id: {short(one.port)}\n"
            f"Port Description: {one.far_port.description or one.far_port.name}\nSystem Name: {one.device.hostname}\n"
            f"System Description: {one.device.system_description}\nTime remaining: 91 seconds\n"
            f"System Capabilities: {letters}\nEnabled Capabilities: {letters}\n"
            f"Management Address: {one.management_address}\nVlan ID: {one.far_port.native_vlan}\n\n"
        )
    head = "Capability codes:\n  (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device\n"
    head += "  (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other\n"
    return f"{head}Device ID            Local Intf      Hold-time  Capability  Port ID  \n\n" + "\n".join(parts)


def routes(box: Box) -> str:
    """`show ip route`."""
    parts = [
        f"{one.prefix}, ubest/mbest: 1/0\n    *via {one.next_hop}, [1/0], 00:10:00, static"
        for one in box.state().routes
    ]
    for one in box.state().vlan_interfaces:
        if one.address is not None and one.admin_up:
            via = f"    *via {one.address.ip}, {one.name}, [0/0], 00:10:00, direct"
            parts.append(f"{one.address.network}, ubest/mbest: 1/0, attached\n{via}")
    head = "IP Route Table for VRF \"default\"\n'*' denotes best ucast next-hop\n'**' denotes best mcast next-hop\n"
    head += "'[x/y]' denotes [preference/metric]\n'%<string>' in via output denotes VRF <string>\n\n"
    return head + "\n".join(parts) + "\n"


def peers(box: Box) -> str:
    """`show ntp peer-status`: the first server that answers is followed."""
    lines = [node.line.split()[2] for node in box.running.children.values() if node.line.startswith("ntp server ")]
    heard = [one for one in lines if box.spec.world.reaches(box.spec.name, IPv4Address(one), NTP)]
    rows = [f"{_mark(one, heard)}{one:<31}0.0.0.0            2   64     377   0.00" for one in lines]
    return "\n".join(
        (
            f"Total peers : {len(lines)}",
            "* - selected for sync, + -  peer mode(active),",
            "- - peer mode(passive), = - polled in client mode",
            "remote                           local              st  poll   reach delay   vrf",
            "-" * 77,
            *rows,
        )
    )


def _mark(server: str, heard: list[str]) -> str:
    if server not in heard:
        return " "
    return "*" if server == heard[0] else "="


def ping(target: str, *, comes_back: bool) -> str:
    """`ping A.B.C.D`."""
    received = 5 if comes_back else 0
    lost = f"{0 if comes_back else 100:.2f}"
    replies = "".join(f"64 bytes from {target}: icmp_seq={n} ttl=63 time=0.7 ms\n" for n in range(received))
    return (
        f"PING {target} ({target}): 56 data bytes\n{replies}\n--- {target} ping statistics ---\n"
        f"5 packets transmitted, {received} packets received, {lost}% packet loss\n"
    )


ANSWERS = (
    Answer(commands=("show version",), text=version, source=f"{RECORDED}/show_version"),
    Answer(commands=("show interface status",), text=status, source=f"{RECORDED}/show_interface_status"),
    Answer(commands=("show vlan",), text=vlans, source=f"{RECORDED}/show_vlan"),
    Answer(commands=("show interface trunk",), text=trunks, source="manual NX-OS command reference; no recording"),
    Answer(commands=("show lldp neighbors detail",), text=neighbours, source=f"{RECORDED}/show_lldp_neighbors_detail"),
    Answer(commands=("show ip route",), text=routes, source=f"{RECORDED}/show_ip_route"),
    Answer(commands=("show ntp peer-status",), text=peers, source="manual NX-OS command reference; no recording"),
)
SPOKEN = (
    Answer(
        commands=("configure replace <word> commit-timeout <30-3600>", "configure replace commit"),
        text=lambda _: "",
        source="guess the texts; that lines may be typed while the commit is awaited is a guess too",
    ),
    Answer(commands=("show running-config diff",), text=lambda _: "", source="guess from the manual's words"),
)
