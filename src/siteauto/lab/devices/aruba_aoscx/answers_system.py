"""What the box says of itself and of its clock."""

from datetime import timedelta
from ipaddress import IPv4Address

from siteauto.lab.devices.aruba_aoscx.answer import RECORDED, Answer
from siteauto.lab.devices.aruba_aoscx.box import Box
from siteauto.lab.devices.aruba_aoscx.device_state import lines_of, rest
from siteauto.lab.state import NTP

RULE = "-" * 77
STRATUM = 2  # of the servers beyond the firewall


def system(box: Box, _: tuple[str, ...]) -> str:
    """`show system`."""
    lines = lines_of(box.running)
    mac = box.spec.base_mac.replace(":", "")
    rows = (
        ("Hostname", box.hostname),
        ("System Description", box.family.software),
        ("System Contact", rest(lines, "snmp-server system-contact")),
        ("System Location", rest(lines, "snmp-server system-location").replace(" ", "-")),
        None,
        ("Vendor", "Aruba"),
        ("Product Name", f"{box.spec.model} {box.family.title}"),
        ("Chassis Serial Nbr", box.spec.serial),
        ("Base MAC Address", f"{mac[:6]}-{mac[6:]}"),
        ("ArubaOS-CX Version", box.family.software),
        None,
        ("Time Zone", rest(lines, "clock timezone").title() or "UTC"),
        None,
        ("Up Time", _lasting(box.spec.world.now() - box.booted)),
        ("CPU Util (%)", "3"),
        ("CPU Util (% avg 1 min)", "6"),
        ("CPU Util (% avg 5 min)", "7"),
        ("Memory Usage (%)", "21"),
    )
    return "\n".join(f"{row[0]:<23}: {row[1]:<30}" if row else "" for row in rows)


def _lasting(time: timedelta) -> str:
    weeks, days = divmod(time.days, 7)
    hours, minutes = time.seconds // 3600, time.seconds // 60 % 60
    parts = ((weeks, "week"), (days, "day"), (hours, "hour"), (minutes, "minute"))
    words = [f"{count} {word}{'s' if count != 1 else ''}" for count, word in parts if count]
    return ", ".join(words) or "under a minute"


def version(box: Box, _: tuple[str, ...]) -> str:
    """`show version`."""
    software, code = box.family.software, box.family.software[:2]
    return "\n".join(
        (
            RULE,
            "ArubaOS-CX",
            "(c) Copyright 2017-2025 Hewlett Packard Enterprise Development LP",
            RULE,
            f"Version      : {software:<62}",
            "Build Date   : 2025-05-09 22:44:18 UTC                                       ",
            f"Build ID     : ArubaOS-CX:{software}:594be74c336e:202505092217            ",
            "Build SHA    : 594be74c336e02b26077185fb14e90aa09f9f95e                      ",
            "Hot Patches  :                                                               ",
            "Active Image : primary                       ",
            "",
            f"Service OS Version : {code}.01.14.0002                 ",
            f"BIOS Version       : {code}.01.0007                    ",
        )
    )


def associations(box: Box, _: tuple[str, ...]) -> str:
    """`show ntp associations`: the first server that answers is followed."""
    rule = "-" * 70
    servers = [line.split()[2] for line in _in_order(box) if line.startswith("ntp server ")]
    answering = [one for one in servers if box.spec.world.reaches(box.spec.name, IPv4Address(one), NTP)]
    enabled = "ntp enable" in lines_of(box.running)
    rows = []
    for number, server in enumerate(servers, start=1):
        works = enabled and server in answering
        mark = " " if not works else "*" if server == answering[0] else "+"
        peer = ("169.254.0.1", STRATUM, "580 1024   377") if works else (".INIT.", 16, "  -   64     0")
        rows.append(f"{mark} {number} {server:>13} {server:>13} {peer[0]:>15} {peer[1]:>2} {peer[2]}")
    head = " ID            NAME          REMOTE          REF-ID ST LAST POLL REACH"
    return "\n".join((rule, head, rule, *rows, rule))


def _in_order(box: Box) -> list[str]:
    return [node.line for node in box.running.children.values()]


def ntp_status(box: Box, arguments: tuple[str, ...]) -> str:
    """`show ntp status`."""
    lines = lines_of(box.running)
    followed = [row for row in associations(box, arguments).splitlines() if row.startswith("*")]
    return "\n".join(
        (
            "NTP Status Information",
            "",
            f"NTP                 : {'Enabled' if 'ntp enable' in lines else 'Disabled'}",
            f"NTP Authentication  : {'Enabled' if 'ntp authentication' in lines else 'Disabled'}",
            "NTP Server Connections : Using the default VRF",
            "",
            f"System time         : {box.spec.world.now():%a %b %d %H:%M:%S UTC %Y}",
            *((f"NTP uptime          : {_lasting(box.spec.world.now() - box.booted)}",) if followed else ()),
            "",
            "NTP Synchronization Information" if followed else "NTP is not synchronized",
            *((f"NTP Server          : {followed[0].split()[2]} at stratum {STRATUM}",) if followed else ()),
        )
    )


ANSWERS = (
    Answer(commands=("show system",), text=system, source="recording oxidized/aoscx#6300M-48G-4SFP56_10.13.1101"),
    Answer(commands=("show version",), text=version, source="recording oxidized/aoscx#6300M-48G-4SFP56_10.13.1101"),
    Answer(
        commands=("show ntp associations",),
        text=associations,
        source=f"{RECORDED}/show_ntp_associations/show_ntp_associations.raw; a silent server is a guess",
    ),
    Answer(commands=("show ntp status",), text=ntp_status, source="guess from the manual's words; no recording"),
)
