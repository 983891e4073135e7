"""What the box says of VLANs, of addresses that it learned, and of spanning tree."""

import re

from siteauto.lab.devices.aruba_aoscx.answer import RECORDED, Answer
from siteauto.lab.devices.aruba_aoscx.answers_interfaces import is_connected
from siteauto.lab.devices.aruba_aoscx.box import Box
from siteauto.lab.devices.aruba_aoscx.device_state import lines_in, lines_of, rest
from siteauto.lab.state import PortState

RULE = "-" * 114
DEFAULT_NAME = "DEFAULT_VLAN_1"
WIDTH = 30


def vlans(box: Box, _: tuple[str, ...]) -> str:
    """`show vlan`."""
    head = f"{'VLAN':<6}{'Name':<34}{'Status':<8}{'Reason':<23}{'Type':<12}{'Interfaces':<{WIDTH}}"
    return "\n".join((RULE, head, RULE, *(row for vlan in _existing(box) for row in _rows(box, vlan))))


def vlan(box: Box, arguments: tuple[str, ...]) -> str:
    """`show vlan 10`."""
    number = int(arguments[0])
    if number not in _existing(box):
        return f"VLAN {number} does not exist."
    return "\n".join((*vlans(box, ()).splitlines()[:3], *_rows(box, number)))


def _existing(box: Box) -> list[int]:
    headers = (re.fullmatch(r"vlan (\d+)", node.line) for node in box.running.children.values())
    return sorted({1, *(int(header[1]) for header in headers if header)})


def _rows(box: Box, number: int) -> list[str]:
    lines = lines_in(box.running.find(f"vlan {number}"))
    name = rest(lines, "name") or (DEFAULT_NAME if number == 1 else f"VLAN{number}")
    members = [port for port in box.state().ports if _is_member(port, number)]
    status, reason = ("down", "no_member_port")
    if "shutdown" in lines:
        status, reason = ("down", "admin_down")
    elif any(is_connected(box, port) for port in members):
        status, reason = ("up", "ok")
    elif members:
        status, reason = ("down", "no_member_forwarding")
    kind = "default" if number == 1 else "static"
    first, *more = _wrapped(_spans([port.name for port in members]))
    return [
        f"{number:<6}{name:<34}{status:<8}{reason:<23}{kind:<12}{first:<{WIDTH}}".rstrip(),
        *(f"{'':<83}{row}" for row in more),
    ]


def _is_member(port: PortState, number: int) -> bool:
    if port.mode == "trunk":
        return number in port.allowed or number == port.native_vlan
    return port.mode == "access" and port.access_vlan == number


def _spans(names: list[str]) -> list[str]:
    """`1/1/2-1/1/4`: neighbours are written as one."""
    runs: list[list[str]] = []
    for name in names:
        if runs and int(name.rpartition("/")[2]) == int(runs[-1][-1].rpartition("/")[2]) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    return [f"{run[0]}-{run[-1]}" if len(run) > 1 else run[0] for run in runs]


def _wrapped(spans: list[str]) -> list[str]:
    rows = [""]
    for span in spans:
        if rows[-1] and len(rows[-1]) + len(span) + 1 > WIDTH:
            rows[-1] += ","
            rows.append(span)
        else:
            rows[-1] += f",{span}" if rows[-1] else span
    return rows


def mac_table(box: Box, _: tuple[str, ...]) -> str:
    """`show mac-address-table`: what the neighbours' own frames taught it."""
    ports = {port.name: port for port in box.state().ports}
    rows = []
    for one in box.spec.world.neighbours(box.spec.name):
        port = ports[one.port]
        number = port.native_vlan if port.mode == "trunk" else port.access_vlan
        rows.append(f"{one.far_port.mac:<21}{number:<9}{'dynamic':<26}{one.port}")
    if not rows:
        return "No MAC entries found."
    return "\n".join(
        (
            "MAC age-time            : 300 seconds",
            f"Number of MAC addresses : {len(rows)}",
            "",
            "MAC Address          VLAN     Type                      Port",
            "-" * 62,
            *rows,
        )
    )


def spanning_tree(box: Box, _: tuple[str, ...]) -> str:
    """`show spanning-tree`: the settings, and whether each port forwards."""
    lines = lines_of(box.running)
    if "spanning-tree" not in lines:
        return "Spanning tree status           : Disabled"
    mode = rest(lines, "spanning-tree mode").upper() or "MSTP"
    rows = [
        f"{port.name:<13}{'Designated':<15}{'Forwarding':<13}" for port in box.state().ports if is_connected(box, port)
    ]
    return "\n".join(
        (
            f"Spanning tree status           : Enabled Protocol: {mode}",
            "",
            f"{'PORT':<13}{'ROLE':<15}{'STATE':<13}",
            f"{'-' * 12} {'-' * 14} {'-' * 12}",
            *rows,
        )
    )


ANSWERS = (
    Answer(
        commands=("show vlan",),
        text=vlans,
        source=f"{RECORDED}/show_vlan/show_vlan.raw; reasons of VLANs that are down: manual",
    ),
    Answer(commands=("show vlan <1-4094>",), text=vlan, source=f"{RECORDED}/show_vlan/show_vlan.raw"),
    Answer(
        commands=("show mac-address-table",),
        text=mac_table,
        source=f"{RECORDED}/show_mac-address-table/show_mac-address-table.raw",
    ),
    Answer(
        commands=("show spanning-tree",), text=spanning_tree, source="guess nobody has shown us one of a campus switch"
    ),
)
