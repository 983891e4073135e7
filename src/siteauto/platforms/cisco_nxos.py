"""Cisco NX-OS: Nexus 9000 switches in the middle of a site."""

from collections.abc import Sequence

from siteauto.core.config.rules import (
    ANYWHERE,
    Alias,
    ConfigRules,
    Delimited,
    Line,
    Numbered,
    NumberSet,
    Rank,
    Reference,
    Reset,
    Secret,
    Section,
    Slot,
    Spread,
)
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import (
    BackupRules,
    Hardware,
    Identity,
    Lines,
    Ntc,
    OtherNames,
    PlatformSpec,
    Probe,
    PushMethod,
    RiskRule,
    Row,
    Step,
    TextFsm,
    Timer,
)
from siteauto.core.readings import (
    ClockReading,
    InterfaceReading,
    NeighbourReading,
    PingReading,
    Reading,
    RouteReading,
    TrunkReading,
    VlanReading,
)

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HARDWARE: tuple[Hardware, ...] = (
    Hardware(
        model="N9K-C9348GC-FXP",
        reported="Nexus9000 C9348GC-FXP",
        roles=(Role.CORE,),
        ports=tuple(f"Ethernet1/{n}" for n in range(1, 55)),
        uplinks=tuple(f"Ethernet1/{n}" for n in range(49, 55)),
        serial_pattern=r"[A-Z]{3}\d{4}[0-9A-Z]{4}",
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show version",
    model=r"^\s+cisco (?P<model>Nexus\s?\S+(?: \S+)??) (?:\(|[Cc]hassis)",
    serial=r"^\s+Processor [Bb]oard ID (?P<serial>\S+)",
    version=r"^\s+(?:NXOS|system|kickstart):\s+version (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="show startup-config",
    end=r"\S",  # the text has no last line of its own
    required=(r"^version ", r"^hostname "),
    errors=(r"^% ",),
    last_change=r"^!Running configuration last done at: (?P<when>.+)$",
    interruptions=(r"%(?<!\S%)[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+: ",),
)

READ_ONLY = (
    r"show (?!.*(?:\||>)\s*(?:redirect|append|tee)\b)[^>]+",
    r"ping \S.*",
    r"traceroute \S.*",
    r"dir \w+:",
)

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

_IF = r"config-if"
_ACL = r"config-acl"

CONFIG = ConfigRules(
    syntax="indented",
    indent=2,
    noise=(r"\S+[#>]\s*$",),
    free_text=(r"(?:no )?(?:description|name|remark|snmp-server (?:location|contact)|banner)\b", r"\d+ remark\b"),
    sections=(
        Section(opens=r"interface \S+", mode=_IF),
        Section(opens=r"vlan [\d,\- ]+$", mode="config-vlan"),
        Section(opens=r"vlan configuration [\d,\- ]+$", mode="config-vlan-config"),
        Section(opens=r"vrf context \S+", mode="config-vrf", own=(r"ip route ",)),
        Section(opens=r"address-family .+", mode="config-vrf-af", within="config-vrf"),
        Section(opens=r"ip access-list \S+", mode=_ACL),
        Section(opens=r"(?:ipv6|mac) access-list \S+", mode="config-other-acl"),
        Section(opens=r"route-map \S+ \S+ \d+", mode="config-route-map"),
        Section(opens=r"router bgp \d+", mode="config-router"),
        Section(opens=r"router \S+ \S+", mode="config-router"),
        Section(
            opens=r"(?:vrf|neighbor|template \S+) \S+(?: remote-as \d+)?$",
            mode="config-router-sub",
            within=r"config-router.*",
        ),
        Section(opens=r"address-family .+", mode="config-router-af", within=r"config-router.*"),
        Section(opens=r"vpc domain \d+", mode="config-vpc-domain"),
        Section(opens=r"aaa group server \S+ \S+", mode="config-sg"),
        Section(opens=r"role name \S+", mode="config-role"),
        Section(opens=r"class-map .+", mode="config-cmap"),
        Section(opens=r"policy-map .+", mode="config-pmap"),
        Section(opens=r"class .+", mode="config-pmap-c", within="config-pmap"),
        Section(opens=r"(?:line (?:console|vty)|control-plane|system qos)$", mode="config-line"),
        Section(opens=r"object-group \S+ \S+ \S+", mode="config-object-group"),
    ),
    leaves=(r"(?:hostname|feature|username|ntp server|logging server|snmp-server|ip domain-name|banner) ",),
    bodies=(Delimited(opens=r"(?P<head>banner (?:motd|exec)) (?P<mark>\S)", prints="#"),),
    slots=(
        Slot(pattern=r"(?:hostname|version|username \S+|clock timezone|ip domain-name|banner \S+)\b"),
        Slot(pattern=r"(?:ntp (?:server|peer) \S+|ntp source-interface|logging server \S+)"),
        Slot(pattern=r"(?:spanning-tree mode|spanning-tree vlan \S+ priority)\b"),
        Slot(pattern=r"snmp-server (?:location|contact|user \S+|host \S+|community \S+)"),
        Slot(pattern=r"(?:tacacs|radius)-server (?:host \S+|key|timeout|deadtime)"),
        Slot(pattern=r"aaa authentication \S+ \S+"),
        Slot(pattern=r"aaa (?:authorization|accounting) \S+ ?(?:default)?"),
        Slot(pattern=r"(?:ntp authentication-key \d+|logging source-interface|tacacs-server timeout)\b"),
        Slot(pattern=r"(?:ssh login-attempts|login block-for)\b"),
        Slot(pattern=r"storm-control (?:\S+ level|action)\b", within=_IF),
        Slot(pattern=r"ip address \S+ secondary$", within=_IF),
        Slot(
            pattern=r"(?:description|mtu|speed|duplex|bandwidth|channel-group|vrf member|ip address|vpc)\b", within=_IF
        ),
        Slot(pattern=r"ip access-group \S+ (in|out)$", within=_IF, key=r"ip access-group \1"),
        Slot(pattern=r"switchport (?:mode|access vlan|trunk native vlan)\b", within=_IF),
        Slot(pattern=r"spanning-tree (?:port type|bpduguard|guard|cost|port-priority)\b", within=_IF),
        Slot(pattern=r"(?:no )?(?:switchport|shutdown)$", within=_IF),
        Slot(pattern=r"name\b", within="config-vlan"),
        Slot(
            pattern=r"(?:router-id|remote-as|update-source|role priority|peer-keepalive destination)\b", within=ANYWHERE
        ),
        Slot(pattern=r"(?:description|exec-timeout|session-limit|source-interface)\b", within=ANYWHERE),
    ),
    number_sets=(
        NumberSet(pattern=r"switchport trunk allowed vlan", within=_IF, full_is_hidden=True),
        NumberSet(pattern=r"vn-segment-vlan", additive=True),
    ),
    numbered=(
        Numbered(
            within=_ACL,
            section=r"ip access-list (?P<name>\S+)",
            renumber="resequence ip access-list {name} {start} {step}",
        ),
    ),
    spreads=(
        Spread(pattern=r"vlan (?P<list>\d[\d,\- ]*)", each="vlan {item}", kind="numbers"),
        Spread(pattern=r"interface (?P<list>[A-Za-z-]+\s*[\d/]+\s*[-,].*)", each="interface {item}", kind="names"),
    ),
    aliases=(Alias(pattern=r"ip access-list (\S+) (\d+ .+)", section=r"ip access-list \1", line=r"\2"),),
    first=(r"shutdown$",),
    last=(r"no shutdown$",),
    resets=(Reset(pattern=r"(?:no )?vrf member\b", drops=r"(?:no )?ip(?:v6)? address\b", within=_IF),),
    # `switchport` and `shutdown` are shown or hidden as `system default switchport [shutdown]` says: both are kept.
    hidden=(
        Line(
            pattern=r"(?:switchport mode access|switchport access vlan 1|switchport trunk native vlan 1)$", within=_IF
        ),
        Line(pattern=r"(?:mtu 1500|duplex auto|speed auto)$", within=_IF),
        Line(pattern=r"(?:no shutdown|state active)$", within="config-vlan"),
        Line(pattern=r"(?:ip domain-lookup|spanning-tree mode rapid-pvst)$"),
    ),
    negations=(
        Line(pattern=r"(?:switchport|shutdown|ip redirects|ipv6 redirects|lldp \S+|negotiate auto)$", within=_IF),
        Line(pattern=r"(?:ip domain-lookup|password strength-check|feature telnet|ip source-route|system default .*)$"),
        Line(pattern=r"(?:logging (?:console|monitor)|snmp-server enable traps.*)$"),
    ),
    permanent=(Line(pattern=r"interface (?:Ethernet\d\S*|mgmt\d)$"), Line(pattern=r"(?:vlan 1|line (?:console|vty))$")),
    device_owned=(
        Line(pattern=r"(?:version|boot|vdc|power|hardware|rmon|copp|system default|feature telnet)\b"),
        Line(pattern=r"(?:no )?(?:switchport|shutdown)$", within=_IF),
        Line(pattern=r"(?:role name (?:network|vdc|default)|vrf context management$|line (?:console|vty)$)"),
    ),
    references=(
        Reference(pattern=r"ip access-group (?P<name>\S+)", object=r"ip access-list {name}"),
        Reference(pattern=r"access-class (?P<name>\S+)", object=r"ip access-list {name}"),
        Reference(pattern=r"vrf member (?P<name>\S+)", object=r"vrf context {name}"),
        Reference(pattern=r"service-policy .*?(?P<name>\S+)$", object=r"policy-map .*{name}"),
        Reference(pattern=r"class (?:type \S+ )?(?P<name>\S+)", object=r"class-map .*{name}"),
    ),
    # A feature's commands are known only while it is on.
    definitions=(
        r"feature\b",
        r"vrf context\b",
        r"vlan \d",
        r"aaa group server\b",
        r"ip access-list\b",
        r"route-map\b",
        r"class-map\b",
        r"policy-map\b",
    ),
    ranks=(
        Rank(pattern=r"version\b"),
        Rank(pattern=r"hostname\b"),
        Rank(pattern=r"(?:vdc|feature|cfs)\b"),
        Rank(pattern=r"(?:username|banner|ip domain|ssh|aaa|tacacs|radius)\b"),
        Rank(pattern=r"ip access-list\b"),
        Rank(pattern=r"(?:snmp-server|rmon|ntp)\b"),
        Rank(pattern=r"vlan \d", sort="natural"),
        Rank(pattern=r"(?:spanning-tree|route-map|vrf context|vpc domain)\b"),
        Rank(pattern=r"interface Vlan", sort="natural"),
        Rank(pattern=r"interface port-channel", sort="natural"),
        Rank(pattern=r"interface Ethernet", sort="natural"),
        Rank(pattern=r"interface\b", sort="natural"),
        Rank(pattern=r".*"),
    ),
    secrets=(
        Secret(
            pattern=r"username \S+ password (?:(?P<type>0|5|8|9) )?(?P<secret>\S+)", layout="0 {value}", opaque=True
        ),
        Secret(pattern=r"enable secret (?:(?P<type>0|5) )?(?P<secret>\S+)", opaque=True),
        Secret(pattern=r"snmp-server (?:community|mib community-map) (?P<secret>\S+)"),
        Secret(
            pattern=r"snmp-server host \S+ (?:(?:traps|informs) )?(?:version (?:1|2c) )?"
            r"(?P<secret>(?!version |traps |informs |use-vrf |source-interface |filter-vrf )\S+)"
        ),
        Secret(pattern=r"snmp-server user \S+ .*?\bauth \S+ (?P<secret>\S+)", opaque=True),
        Secret(
            pattern=r"snmp-server user \S+ .*\bpriv (?:aes-(?:128|256) |des )?"
            r"(?P<secret>\S+)(?: (?P<type>localizedkey|localizedV2key))?(?: engineID \S+)?$",
            opaque=True,
        ),
        Secret(
            pattern=r"(?:radius|tacacs)-server (?:host \S+ .*?)?key (?:(?P<type>0|6|7) )?(?P<secret>\S+)", opaque=True
        ),
        Secret(pattern=r"client \S+ server-key (?:(?P<type>0|6|7) )?(?P<secret>\S+)", opaque=True),
        Secret(pattern=r"ntp authentication-key \d+ \S+ (?P<secret>\S+)(?: (?P<type>[07]))?$", opaque=True),
        Secret(pattern=r"(?:remote )?password (?:(?P<type>[0367]) )?(?P<secret>(?!strength-check|secure-mode)\S+)$"),
        Secret(
            pattern=r"(?:ip ospf (?:message-digest-key \d+ \S+|authentication-key)|message-digest-key \d+ \S+"
            r"|authentication-key|key(?:-octet)?-string) (?:(?P<type>\d) )?(?P<secret>\S+)"
        ),
        Secret(pattern=r"(?:ospfv3|area \S+) authentication ipsec spi \d+ \S+ (?:(?P<type>\d) )?(?P<secret>\S+)"),
        Secret(pattern=r"authentication (?:text |md5 key-string )(?:(?P<type>\d) )?(?P<secret>\S+)(?: timeout \d+)?$"),
        Secret(pattern=r"(?:sap pmk|vtp password) (?P<secret>\S+)"),
        Secret(pattern=r"ip msdp password \S+ (?:(?P<type>\d) )?(?P<secret>\S+)"),
        Secret(pattern=r"transport email .* encrypted (?P<secret>\S+)", opaque=True),
        # Whatever else is called a password, in the middle of a line.
        Secret(
            pattern=r"(?:radius-server|ldap-server|neighbor|cts|db-security|scheduler) .*?password (?:required )?"
            r"(?:(?P<type>\d) )?(?P<secret>\S+)",
        ),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
    interface_types=("Ethernet", "port-channel", "Vlan", "loopback", "mgmt", "Tunnel", "nve"),
    interface_words=(r"interface (?P<name>[^,]+)$", r"(?:.* )?source-interface (?P<name>\S+)"),
    login=r"username {name}",
)

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# `configure replace F commit-timeout S` (30 to 3600 s) goes back to what ran before unless `configure replace commit`
# is typed in time. It takes nothing but a whole `copy running-config` of the same box. So the box is made to replace
# itself by itself, which changes nothing and starts the timer; then our lines are typed. That lines may be typed while
# the commit is awaited is our reading of Cisco's guide (Nexus 9000 10.x), not a thing that we have seen.
# Nothing that we know of says whether the timer runs. As long as the box runs what it did not boot from it is taken to;
# once somebody has saved, it may run all the same.
TIMER = Timer(kind="native", unit=1, minimum=30, maximum=3600, revert_effect="live", reboot_in_window="reverts")

_FILE = "bootflash:siteauto-{token}.cfg"
UNSAVED = Step(send="show running-config diff")
SAVE = Step(send="copy running-config startup-config", expect=r"Copy complete")
# A confirm whose answer was lost is sent again: nothing is left to commit then. Its words are a guess.
END_TIMER = Step(send="configure replace commit", expect=r"(?i)commit", gone=r"(?i)no configure replace to commit")

PREFLIGHT = (
    Step(send="dir bootflash:", expect=r"bytes free", capture=r"^\s*(?P<free>\d+) bytes free", room="free"),
    Step(send="show ntp peer-status", expect=r"^\*", needs="a clock that a server vouches for", advice=True),
)

PUSH: tuple[PushMethod, ...] = (
    PushMethod(
        roles=(Role.CORE,),
        mode="merge",
        staged_by="none",
        timer=TIMER,
        preflight=PREFLIGHT,
        unasked=("free sessions: no command that we know tells how many of `session-limit` are left",),
        local_login=r"^username \S+ password",  # local users are asked where no server of the group answers
        prepare=(Step(send=f"copy running-config {_FILE}", expect=r"Copy complete"),),
        arm=(
            Step(
                send=f"configure replace {_FILE} commit-timeout {{seconds}}",
                expect=r"completed successfully",
                needs="no configure replace of somebody else that waits for its commit",
            ),
            Step(send="configure terminal"),
            Lines(),
            Step(send="end"),
        ),
        pending=UNSAVED,
        pending_pattern=r"^\*{15}",
        sees_timer=False,
        confirm=(END_TIMER, SAVE),
        save=(SAVE,),
        revert=(Step(send=f"configure replace {_FILE}", expect=r"completed successfully"), END_TIMER),
        cleanup=(Step(send=f"delete {_FILE} no-prompt", gone=r"^No such file"),),
    ),
)

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

TRUNKS = r"""Value PORT (\S+)
Value NATIVE (\d+)
Value ALLOWED (\d\S*|none)

Start
  ^Port\s+Vlans Allowed on Trunk -> Allowed
  ^${PORT}\s+${NATIVE}\s+trunking -> Record

Allowed
  ^Port\s+Vlans -> Rest
  ^${PORT}\s+${ALLOWED}\s*$$ -> Record

Rest
"""

PING = r"""Value SENT (\d+)
Value RECEIVED (\d+)

Start
  ^${SENT} packets transmitted, ${RECEIVED} packets received -> Record
"""

CLOCK = r"""Value MARK ([*=+ -])
Value SERVER (\d+\.\d+\.\d+\.\d+)
Value STRATUM (\d+)

Start
  ^${MARK}${SERVER}\s+\S+\s+${STRATUM}\s -> Record
"""

REJECTED = (r"^% Invalid command", r"^% Incomplete command")
PORT_KINDS = {"Eth": "Ethernet", "Po": "port-channel"}
CAPABILITIES = {"B": "bridge", "R": "router", "W": "wlan-ap", "T": "telephone", "S": "station"}


def full_port_name(short: str) -> str:
    """`Eth1/1` as the configuration writes it."""
    letters = short.rstrip("0123456789/.")
    return PORT_KINDS.get(letters, letters) + short[len(letters) :]


def _interfaces(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(_interface(row) for row in rows)


def _interface(row: Row) -> Reading:
    status, vlan = str(row["status"]), str(row["vlan_id"])
    return InterfaceReading(
        name=full_port_name(str(row["port"])),
        admin_up=status != "disabled",
        link_up=status == "connected",
        mode=vlan if vlan in ("trunk", "routed") else "access",
        vlan=int(vlan) if vlan.isdigit() else None,
        state=status,
        fault=status if status.startswith(("errDisab", "suspend", "err")) else "",
    )


def _vlans(rows: Sequence[Row]) -> tuple[Reading, ...]:
    """Without VLAN 1, which cannot be removed."""
    return tuple(
        VlanReading(id=int(str(row["vlan_id"])), name=str(row["vlan_name"]), active=row["status"] == "active")
        for row in rows
        if row["vlan_id"] != "1"
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
    return tuple(
        NeighbourReading(
            port=full_port_name(str(row["local_interface"])),
            device=str(row["neighbor_name"]),
            device_port=str(row["neighbor_interface"]),
            capabilities=tuple(CAPABILITIES.get(word.strip(), "other") for word in str(row["capabilities"]).split(",")),
        )
        for row in rows
    )


def _routes(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        RouteReading(
            prefix=f"{row['network']}/{row['prefix_length']}",
            next_hop="" if row["protocol"] == "direct" else str(row["nexthop_ip"]),
            interface=str(row["nexthop_if"]),
        )
        for row in rows
    )


def _ping(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(PingReading(sent=int(str(row["sent"])), received=int(str(row["received"]))) for row in rows)


def _clock(rows: Sequence[Row]) -> tuple[Reading, ...]:
    chosen = next((row for row in rows if row["mark"] == "*"), None)
    if chosen is None:
        return (ClockReading(synchronised=False),)
    return (ClockReading(synchronised=True, server=str(chosen["server"]), stratum=int(str(chosen["stratum"])) + 1),)


CHECKS: dict[str, Probe] = {
    "interfaces": Probe(command="show interface status", parser=Ntc(), read=_interfaces, rejected=REJECTED),
    "vlans": Probe(command="show vlan", parser=Ntc(), read=_vlans, rejected=REJECTED),
    "trunks": Probe(command="show interface trunk", parser=TextFsm(template=TRUNKS), read=_trunks, rejected=REJECTED),
    "neighbours": Probe(command="show lldp neighbors detail", parser=Ntc(), read=_neighbours, rejected=REJECTED),
    "routes": Probe(command="show ip route", parser=Ntc(), read=_routes, rejected=REJECTED),
    "ping": Probe(command="ping {target}", parser=TextFsm(template=PING), read=_ping, rejected=REJECTED),
    "clock": Probe(command="show ntp peer-status", parser=TextFsm(template=CLOCK), read=_clock, rejected=REJECTED),
}

# ── risk ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

RISKS = (
    RiskRule(kind="management path", pattern=r"^interface Vlan{vlan}(?!\d)"),
    RiskRule(kind="management path", pattern=r"^(?:no )?(?:ip route 0\.0\.0\.0/0|feature (?:ssh|interface-vlan))"),
    RiskRule(kind="management path", pattern=r"^line vty\b.* / access-class"),
    RiskRule(kind="management path", pattern=r"^vlan {vlan}(?!\d)", when="gone"),
    RiskRule(kind="AAA", pattern=r"^(?:no )?(?:aaa|tacacs-server|radius-server|username|feature tacacs)\b"),
    RiskRule(
        kind="VLAN off a trunk",
        pattern=r"^interface .* / switchport trunk allowed vlan (?P<numbers>[\d,-]+)$",
        when="fewer",
    ),
    RiskRule(kind="VLAN off a trunk", pattern=r"^vlan \d+$", when="gone"),
    RiskRule(
        kind="interface flap",
        pattern=r"^interface .* / (?:no )?(?:shutdown|speed|mtu|channel-group|"
        r"switchport(?: mode| access vlan)?|ip address)\b(?! trunk)",
    ),
    RiskRule(kind="routing peer", pattern=r"^router \S+.*"),
    RiskRule(kind="access-list window", pattern=r"^ip access-list\b"),
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

# NAPALM's drivers for it know no timer (5.2.0), so Netmiko alone carries the session.
PLATFORM = PlatformSpec(
    name=PlatformName("cisco_nxos"),
    title="Cisco NX-OS",
    names=OtherNames(
        netmiko="cisco_nxos",
        ntc_templates="cisco_nxos",
        ansible_network_os="cisco.nxos.nxos",
        oxidized=("nxos",),
        rancid=("cisco-nx",),
    ),
    transport="netmiko",
    roles=(Role.CORE,),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    failures=(r"^\s*% ", r"^(?:Error|ERROR)\b"),
    read_only=READ_ONLY,
    checks=CHECKS,
    risks=RISKS,
)
