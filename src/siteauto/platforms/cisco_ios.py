"""Cisco IOS and IOS-XE: Catalyst switches and Catalyst 9800 wireless controllers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from siteauto.core.config.rules import ConfigRules
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import (
    BackupRules,
    Hardware,
    Identity,
    Ntc,
    OtherNames,
    PlatformSpec,
    Probe,
    PushMethod,
    Row,
    Step,
    TextFsm,
    Timer,
)
from siteauto.core.readings import (
    AccessPointReading,
    ClockReading,
    InterfaceReading,
    NeighbourReading,
    PingReading,
    Reading,
    RouteReading,
    SsidReading,
    TrunkReading,
    VlanReading,
)

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

CISCO_SERIAL = r"[A-Z]{3}\d{4}[0-9A-Z]{4}"  # site, year and week, number

HARDWARE: tuple[Hardware, ...] = (
    Hardware(
        model="C9300-24P",
        roles=(Role.CORE, Role.ACCESS),
        ports=(
            *(f"GigabitEthernet1/0/{n}" for n in range(1, 25)),
            *(f"TenGigabitEthernet1/1/{n}" for n in range(1, 9)),
        ),
        uplinks=tuple(f"TenGigabitEthernet1/1/{n}" for n in range(1, 9)),
        poe=tuple(f"GigabitEthernet1/0/{n}" for n in range(1, 25)),
        serial_pattern=CISCO_SERIAL,
    ),
    Hardware(
        model="C9200L-48P-4X",
        roles=(Role.CORE, Role.ACCESS),
        ports=(
            *(f"GigabitEthernet1/0/{n}" for n in range(1, 49)),
            *(f"TenGigabitEthernet1/1/{n}" for n in range(1, 5)),
        ),
        uplinks=tuple(f"TenGigabitEthernet1/1/{n}" for n in range(1, 5)),
        poe=tuple(f"GigabitEthernet1/0/{n}" for n in range(1, 49)),
        serial_pattern=CISCO_SERIAL,
    ),
    Hardware(
        model="C9800-L-F-K9",
        roles=(Role.WLC,),
        ports=(
            *(f"TwoGigabitEthernet0/0/{n}" for n in range(4)),
            *(f"TenGigabitEthernet0/1/{n}" for n in range(2)),
        ),
        uplinks=tuple(f"TenGigabitEthernet0/1/{n}" for n in range(2)),
        serial_pattern=CISCO_SERIAL,
    ),
    # Nobody logs in to an access point: its controller does. It stands here for its port and its serial.
    Hardware(
        model="CW9166I",
        roles=(Role.AP,),
        ports=("GigabitEthernet0",),
        uplinks=("GigabitEthernet0",),
        serial_pattern=CISCO_SERIAL,
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

# A Catalyst 9800 has no lines "Model Number" and "System Serial Number" (17.6.5); these two every box prints.
IDENTITY = Identity(
    command="show version",
    model=r"^[Cc]isco (?P<model>\S+) \(.*\) processor",
    serial=r"^Processor board ID (?P<serial>\S+)",
    version=r"Version (?P<version>[\w.()]+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="show startup-config",
    end=r"^end\s*$",
    required=(r"^version ", r"^hostname "),
    errors=(r"^% ",),
)

# `show running-config | redirect flash:x` writes a file.
READ_ONLY = (
    r"show (?!.*\|\s*(?:redirect|append|tee)\b).+",
    r"ping \S.*",
    r"traceroute \S.*",
    r"dir(?: \S+)?",
    r"verify /md5 \S+",
)

# ── configuration: how it is read, compared and changed ─────────────────────────────────────────────────────────────

CONFIG = ConfigRules(syntax="indented")

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# Facts: Cisco, "Configuration Replace and Configuration Rollback" and "Configuration Rollback Confirmed Change" (17.x).
# One timer per box, in whole minutes. It restores the running configuration only. `archive` with a path must be on.
TIMER = Timer(kind="native", unit=60, minimum=60, maximum=7200, revert_effect="live", reboot_in_window="reverts")

PENDING = Step(send="show archive config rollback timer")
PREFLIGHT = (
    Step(send="show archive", expect=r"archive file|maximum archive"),
    replace(PENDING, expect=r"No Rollback Confirmed Change pending"),
    Step(send="dir flash:", expect=r"bytes free"),
)
CONFIRM = (Step(send="configure confirm"),)
SAVE = (Step(send="write memory", expect=r"\[OK\]", answers=((r"\[confirm\]\s*$", ""),)),)
REVERT = (Step(send="configure revert now", answers=((r"\[confirm\]\s*$", ""),)),)
CLEANUP = (Step(send="delete /force {file}"),)
# Removing a user asks "This operation will remove all username related configurations with same name.[confirm]".
YES = ((r"\[confirm\]\s*$", ""), (r"running-config\]\?\s*$", ""), (r"\[no\]:?\s*$", "yes"))

PUSH: tuple[PushMethod, ...] = (
    PushMethod(
        roles=(Role.CORE, Role.ACCESS),
        mode="replace",
        staged_by="driver",
        timer=TIMER,
        preflight=PREFLIGHT,
        # `revert trigger error` undoes at the first line that fails; the timer undoes the rest.
        arm=(Step(send="configure replace {file} force revert trigger error timer {minutes}", answers=YES),),
        pending=PENDING,
        pending_pattern=r"^Timer value",
        confirm=CONFIRM,
        save=SAVE,
        revert=REVERT,
        cleanup=CLEANUP,
        file_system="flash:",
    ),
    # Cisco documents no configure replace for the Catalyst 9800: it is changed line by line, under the same timer.
    PushMethod(
        roles=(Role.WLC,),
        mode="merge",
        staged_by="driver",
        timer=TIMER,
        preflight=PREFLIGHT,
        arm=(
            Step(send="configure terminal revert timer {minutes}"),
            Step(send="end"),
            Step(send="copy {file} running-config", answers=YES),
        ),
        pending=PENDING,
        pending_pattern=r"^Timer value",
        confirm=CONFIRM,
        save=SAVE,
        revert=REVERT,
        cleanup=CLEANUP,
        file_system="flash:",
    ),
)

# NAPALM looks for the first of these alone (5.2.0), and says that all went well after the others.
FAILURES: tuple[str, ...] = (
    r"^\s*% ?Invalid input",
    r"^\s*% ?Incomplete command",
    r"^\s*% ?Ambiguous command",
    r"^\s*% ?(?:Unrecognized|Unknown|Bad|Cannot|Not |No such)",
    r"^\s*%.*overlaps with",
    r"Command rejected",
    r"^\s*%? ?Error\b",
    r"Rollback aborted after",
    r"original configuration has been successfully restored",
    r"not a valid config(?:uration)? file",
    r"turn config archive on",
    r"Archive feature not enabled",
    r"^\s*%.*[Ff]ailed",
)

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

PORT_KINDS = {
    "Ap": "AppGigabitEthernet",
    "Fa": "FastEthernet",
    "Fi": "FiveGigabitEthernet",
    "Fo": "FortyGigabitEthernet",
    "Gi": "GigabitEthernet",
    "Hu": "HundredGigE",
    "Po": "Port-channel",
    "Te": "TenGigabitEthernet",
    "Tw": "TwoGigabitEthernet",
    "Twe": "TwentyFiveGigE",
    "Vl": "Vlan",
}

LLDP_CAPABILITIES = {"B": "bridge", "R": "router", "W": "wlan-ap", "T": "telephone", "S": "station", "O": "other"}

REJECTED = (r"% Invalid input detected", r"% Incomplete command", r"% Ambiguous command")

# ntc-templates has none for these four; `show ip route` it has, but not for a switch that does not route, which answers
# "Default gateway is 10.1.1.1" (C9200L, C9300: `no ip routing`).
TRUNKS = r"""Value PORT (\S+)
Value NATIVE (\d+)
Value ALLOWED (\d\S*|none)

Start
  ^Port\s+Mode\s+Encapsulation\s+Status\s+Native vlan -> Modes

Modes
  ^Port\s+Vlans allowed on trunk -> Allowed
  ^${PORT}\s+\S+\s+\S+\s+trunking\s+${NATIVE}\s*$$ -> Record

Allowed
  ^Port\s+Vlans allowed and active -> Rest
  ^${PORT}\s+${ALLOWED}\s*$$ -> Record

Rest
"""

ROUTES = r"""Value PREFIX (\d+\.\d+\.\d+\.\d+/\d+)
Value NEXT_HOP (\d+\.\d+\.\d+\.\d+)
Value INTERFACE ([A-Za-z]\S*)

Start
  ^Default gateway is ${NEXT_HOP} -> Record
  ^[A-Za-z]\S*\s+(?:\S{2}\s+)?${PREFIX}\s+\[\d+/\d+\]\s+via\s+${NEXT_HOP},(?:.*,)?\s*${INTERFACE}\s*$$ -> Record
  ^[A-Za-z]\S*\s+(?:\S{2}\s+)?${PREFIX}\s+\[\d+/\d+\]\s+via\s+${NEXT_HOP}(?:,.*)?\s*$$ -> Record
  ^[A-Za-z]\S*\s+(?:\S{2}\s+)?${PREFIX}\s+is directly connected,\s+${INTERFACE} -> Record
"""

CLOCK = r"""Value STATE (synchronized|unsynchronized|not enabled)
Value STRATUM (\d+)
Value SERVER (\d+\.\d+\.\d+\.\d+)

Start
  ^Clock is ${STATE}, stratum ${STRATUM}, reference is ${SERVER} -> Record
  ^Clock is ${STATE}, stratum ${STRATUM}, -> Record
  ^%NTP is ${STATE} -> Record
"""

WLANS = r"""Value WLAN_ID (\d+)
Value PROFILE (\S+)
Value SSID (\S.*?)
Value STATUS (UP|DOWN)
Value SECURITY (\S.*?)

Start
  ^Number of WLANs:\s+\d+
  ^ID\s+Profile Name\s+SSID\s+Status
  ^-+
  ^${WLAN_ID}\s+${PROFILE}\s+${SSID}\s+${STATUS}(?:\s+${SECURITY})?\s*$$ -> Record
  ^\s*$$
  ^. -> Error
"""

POLICY_PROFILE = r"""Value PROFILE (\S.*?)
Value STATUS (\S+)
Value VLAN (\S.*?)

Start
  ^Policy Profile Name\s+:\s+${PROFILE}\s*$$
  ^Status\s+:\s+${STATUS}\s*$$
  ^VLAN\s+:\s+${VLAN}\s*$$
"""


def full_port_name(short: str) -> str:
    """`Gi1/0/1` as the configuration writes it: `GigabitEthernet1/0/1`."""
    match = re.fullmatch(r"([A-Za-z]+)(\d.*)", short)
    return PORT_KINDS.get(match[1], match[1]) + match[2] if match else short


def _interfaces(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(_interface(row) for row in rows)


def _interface(row: Row) -> Reading:
    status, vlan = str(row["status"]), str(row["vlan_id"])
    return InterfaceReading(
        name=full_port_name(str(row["port"])),
        admin_up=status != "disabled",
        link_up=status in ("connected", "monitoring"),
        mode=vlan if vlan in ("trunk", "routed") else "access" if vlan.isdigit() else "",
        vlan=int(vlan) if vlan.isdigit() else None,
        state=status,
        fault=status if status in ("err-disabled", "suspended") else "",
    )


def _vlans(rows: Sequence[Row]) -> tuple[Reading, ...]:
    """Without VLAN 1 and 1002 to 1005: the box makes them and nobody can remove them."""
    own = {1, *range(1002, 1006)}
    return tuple(
        VlanReading(id=int(str(row["vlan_id"])), name=str(row["vlan_name"]), active=row["status"] == "active")
        for row in rows
        if int(str(row["vlan_id"])) not in own
    )


def _trunks(rows: Sequence[Row]) -> tuple[Reading, ...]:
    native = {row["port"]: int(str(row["native"])) for row in rows if row["native"]}
    allowed = {row["port"]: str(row["allowed"]) for row in rows if row["allowed"]}
    return tuple(
        TrunkReading(
            port=full_port_name(str(port)), native_vlan=native[port], allowed=_vlan_list(allowed.get(port, "none"))
        )
        for port in native
    )


def _vlan_list(text: str) -> tuple[int, ...]:
    spans = [part.partition("-") for part in text.split(",") if part[:1].isdigit()]
    return tuple(vlan for first, _, last in spans for vlan in range(int(first), int(last or first) + 1))


def _neighbours(rows: Sequence[Row]) -> tuple[Reading, ...]:
    """ntc-templates also records the dashed line before the first neighbour, as a row without a port."""
    return tuple(
        NeighbourReading(
            port=full_port_name(str(row["local_interface"])),
            device=str(row["neighbor_name"]),
            device_port=full_port_name(str(row["neighbor_port_id"])),
            capabilities=tuple(
                LLDP_CAPABILITIES.get(letter.strip(), "other") for letter in str(row["capabilities"]).split(",")
            ),
        )
        for row in rows
        if row["local_interface"]
    )


def _routes(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        RouteReading(
            prefix=str(row["prefix"]) or "0.0.0.0/0", next_hop=str(row["next_hop"]), interface=str(row["interface"])
        )
        for row in rows
    )


def _ping(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        PingReading(sent=int(str(row["sent_qty"])), received=int(str(row["success_qty"])))
        for row in rows
        if row["success_qty"]
    )


def _clock(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        ClockReading(
            synchronised=row["state"] == "synchronized",
            server=str(row["server"]),
            stratum=int(str(row["stratum"])) if row["stratum"] else None,
        )
        for row in rows
    )


def _ssids(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        SsidReading(
            wlan_id=int(str(row["wlan_id"])),
            profile=str(row["profile"]),
            ssid=str(row["ssid"]),
            enabled=row["status"] == "UP",
            security=_wlan_security(str(row["security"])),
        )
        for row in rows
    )


def _wlan_security(flags: str) -> str:
    """`[WPA3][SAE][AES]` in our words; as it stands where we have none."""
    found = {flag.upper() for flag in re.findall(r"[\w.-]+", flags)}
    if "OWE" in found:
        return "owe"
    if "WPA2" not in found and found & {"SAE", "SAE-EXT-KEY"}:
        return "wpa3-sae"
    if {"WPA3", "802.1X"} <= {flag.removesuffix("-SHA256") for flag in found} and "WPA2" not in found:
        return "wpa3-enterprise"
    return flags


def _ssid_policy(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        SsidReading(
            wlan_id=0,
            profile=str(row["profile"]),
            ssid="",
            enabled=row["status"] == "ENABLED",
            vlan=str(row["vlan"]),
        )
        for row in rows
        if row["profile"]
    )


def _access_points(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        AccessPointReading(
            name=str(row["ap_name"]),
            model=str(row["ap_model"]),
            state=str(row["state"]),
            address=str(row["ip_address"]),
            mac=str(row["mac_address"]),
        )
        for row in rows
    )


CHECKS: dict[str, Probe] = {
    "interfaces": Probe(command="show interfaces status", parser=Ntc(), read=_interfaces, rejected=REJECTED),
    "vlans": Probe(command="show vlan brief", parser=Ntc(), read=_vlans, rejected=REJECTED),
    "trunks": Probe(command="show interfaces trunk", parser=TextFsm(template=TRUNKS), read=_trunks, rejected=REJECTED),
    "neighbours": Probe(command="show lldp neighbors detail", parser=Ntc(), read=_neighbours, rejected=REJECTED),
    "routes": Probe(command="show ip route", parser=TextFsm(template=ROUTES), read=_routes, rejected=REJECTED),
    "ping": Probe(command="ping {target}", parser=Ntc(), read=_ping, rejected=REJECTED),
    "clock": Probe(command="show ntp status", parser=TextFsm(template=CLOCK), read=_clock, rejected=REJECTED),
    "ssids": Probe(command="show wlan summary", parser=TextFsm(template=WLANS), read=_ssids, rejected=REJECTED),
    "ssid_policy": Probe(
        command="show wireless profile policy detailed {profile}",
        parser=TextFsm(template=POLICY_PROFILE),
        read=_ssid_policy,
        rejected=REJECTED,
    ),
    "access_points": Probe(command="show ap summary", parser=Ntc(), read=_access_points, rejected=REJECTED),
}

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("cisco_ios"),
    title="Cisco IOS-XE",
    names=OtherNames(netmiko="cisco_ios", napalm="ios", ntc_templates="cisco_ios", ansible_network_os="cisco.ios.ios"),
    transport="napalm",
    roles=(Role.CORE, Role.ACCESS, Role.WLC),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    failures=FAILURES,
    read_only=READ_ONLY,
    checks=CHECKS,
)
