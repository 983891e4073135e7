"""HPE Aruba AOS-CX: campus switches of the 6100, 6200 and 6300 series."""

from collections.abc import Sequence

from siteauto.core.config.rules import (
    ANYWHERE,
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

SWITCH_ROLES = (Role.CORE, Role.ACCESS)


def _switch(model: str, *, copper: int, poe: bool = True) -> Hardware:
    """A box of one rack unit: copper ports first, then four for SFPs."""
    edge = tuple(f"1/1/{n}" for n in range(1, copper + 1))
    uplinks = tuple(f"1/1/{n}" for n in range(copper + 1, copper + 5))
    return Hardware(
        model=model,
        roles=SWITCH_ROLES,
        ports=(*edge, *uplinks),
        uplinks=uplinks,
        poe=edge if poe else (),
        serial_pattern=r"[A-Z]{2}\d[0-9A-Z]{7}",  # country, year, then what the factory counts with
    )


# By their order numbers, which is what a box calls itself: "Product Name : JL675A 6100 48G CL4 4SFP+ Swch".
HARDWARE: tuple[Hardware, ...] = (
    _switch("JL677A", copper=24),  # 6100 24G CL4 4SFP+
    _switch("JL675A", copper=48),  # 6100 48G CL4 4SFP+
    _switch("JL725A", copper=24),  # 6200F 24G CL4 4SFP+ 370W
    _switch("JL727A", copper=48),  # 6200F 48G CL4 4SFP+ 370W
    _switch("JL728A", copper=48),  # 6200F 48G CL4 4SFP+ 740W
    _switch("R8Q68A", copper=24),  # 6200M 24G CL4 4SFP+
    _switch("R8Q70A", copper=48),  # 6200M 48G CL4 4SFP+
    _switch("JL662A", copper=24),  # 6300M 24G CL4 4SFP56
    _switch("JL661A", copper=48),  # 6300M 48G CL4 4SFP56
    _switch("JL665A", copper=48),  # 6300F 48G CL4 4SFP56
    _switch("JL663A", copper=48, poe=False),  # 6300M 48G 4SFP56
    _switch("JL762A", copper=48, poe=False),  # 6300M 48G 4SFP56, back to front
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

# The name of the software changed from ArubaOS-CX to AOS-CX with 10.15.
IDENTITY = Identity(
    command="show system",
    model=r"^Product Name\s+: (?P<model>\S+)",
    serial=r"^Chassis Serial Nbr\s+: (?P<serial>\S+)",
    version=r"^A\w*OS-CX Version\s+: (?P<version>\S+)",
)

# The text has no last line of its own, but every recorded one (10.08 to 10.16) ends with where the web server answers.
BACKUP = BackupRules(
    running="show running-config",
    startup="show startup-config",
    end=r"^(?:no )?https-server vrf \S+",
    required=(r"^!Version A\w*OS-CX", r"^hostname "),
    errors=(r"^(?:Invalid input|% )",),
    not_in_text=("TLS certificates and keys", "VSF member numbers", "the boot bank"),
)

READ_ONLY = (
    r"show (?!.*\|\s*(?:redirect|append|tee)\b).+",
    r"checkpoint diff \S+ \S+",
    r"ping \S.*",
    r"traceroute \S.*",
)

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

_IF = r"config-if(?:-vlan|-lag)?"
_ACL = r"config-acl-ip"
_PORT_ACCESS = r"(?:dot1x authenticator|mac-auth)"
_STORED = r"(?:(?P<type>ciphertext|plaintext) )?(?P<secret>\S+)"

CONFIG_SECTIONS = (
    Section(opens=r"interface vlan ?\d+", mode="config-if-vlan", own=(r"ip ",)),
    Section(opens=r"interface lag \d+", mode="config-if-lag", own=(r"vlan ", r"lacp ")),
    Section(
        opens=r"interface \S+",
        mode="config-if",
        own=(r"vlan ", r"lag ", r"vrf attach ", r"qos trust", r"dhcpv4-snooping", r"loop-protect"),
    ),
    Section(opens=r"vlan [\d,\- ]+$", mode="config-vlan", own=(r"dhcpv4-snooping$",)),
    Section(opens=r"vrf \S+$", mode="config-vrf"),
    Section(opens=r"access-list ip \S+$", mode=_ACL),
    Section(opens=r"access-list (?:ipv6|mac) \S+$", mode="config-acl"),
    Section(opens=r"object-group \S+ \S+$", mode="config-addrgroup"),
    Section(opens=r"class (?:ip|ipv6|mac) \S+$", mode="config-class"),
    Section(opens=r"policy \S+$", mode="config-policy"),
    Section(opens=r"aaa group server \S+ \S+", mode="config-sg"),
    Section(opens=r"router bgp \d+", mode="config-bgp"),
    Section(opens=r"router \S+.*", mode="config-router"),
    Section(opens=r"area \S+$", mode="config-router-area", within="config-router"),
    Section(opens=r"neighbor .*address-family|address-family .+", mode="config-bgp-af", within="config-bgp"),
    Section(opens=r"vsx$", mode="config-vsx"),
    Section(opens=r"port-access role \S+", mode="config-pa-role", own=(r"vlan ",)),
    Section(opens=r"port-access (?:policy|lldp-group|device-profile) \S+", mode="config-pa"),
    Section(opens=rf"aaa authentication port-access {_PORT_ACCESS}$", mode="config-pa-auth"),
    Section(opens=rf"aaa authentication port-access {_PORT_ACCESS}$", mode="config-if-pa-auth", within=_IF),
    Section(opens=r"port-access port-security$", mode="config-if-port-security", within=_IF),
    Section(opens=r"(?:aruba-central|cli-session|profile \S+|logging filter \S+)$", mode="config-other"),
)

CONFIG_SLOTS = (
    Slot(pattern=r"(?:hostname|user \S+ (?=group)|clock timezone|domain-name|banner \S+|profile)\b"),
    Slot(pattern=r"ntp (?:server \S+|authentication-key \d+|vrf)"),
    Slot(pattern=r"ip source-interface \S+"),
    Slot(pattern=r"radius dyn-authorization client \S+"),
    Slot(pattern=r"logging (?:facility|threshold|persistent-storage)\b"),
    Slot(pattern=r"logging \d+(?:\.\d+){3}"),
    Slot(pattern=r"(?:radius|tacacs)-server (?:host \S+|key|timeout)"),
    Slot(pattern=r"aaa (?:authentication login|authorization commands|accounting all-mgmt) \S+"),
    Slot(pattern=r"aaa (?:accounting port-access|authentication limit-login-attempts)\b"),
    Slot(pattern=r"snmp-server (?:community \S+|host \S+|vrf|system-location|system-contact|agent-port)"),
    Slot(pattern=r"snmpv3 (?:user \S+|context \S+|security-level)"),
    Slot(pattern=r"spanning-tree (?:mode|priority|config-name|config-revision|bpdu-guard timeout)\b"),
    Slot(pattern=r"spanning-tree vlan \d+ priority"),
    Slot(pattern=r"qos trust\b"),
    Slot(pattern=r"ssh (?:key-exchange-algorithms|ciphers|macs|host-key-algorithms|public-key-algorithms)\b"),
    Slot(pattern=r"(?:no )?(?:shutdown|routing)$", within=_IF),
    Slot(pattern=r"ip address \S+ secondary$", within=_IF),
    Slot(
        pattern=r"(?:description|mtu|speed|lag|ip (?:mtu|address)|vrf attach|ip dhcp|lacp (?:mode|rate))\b", within=_IF
    ),
    Slot(pattern=r"vlan (?:access|trunk native)\b", within=_IF),
    Slot(pattern=r"apply access-list (ip|ipv6|mac) \S+ (\S+)$", within=_IF, key=r"apply access-list \1 \2"),
    Slot(pattern=r"spanning-tree (?:port-type|bpdu-guard|root-guard|loop-guard|cost|port-priority)\b", within=_IF),
    Slot(pattern=r"rate-limit \S+", within=_IF),
    Slot(pattern=r"(?:power-over-ethernet (?:priority|allocate-by)|qos trust)\b", within=_IF),
    Slot(
        pattern=r"aaa authentication port-access (?:auth-mode|client-limit|critical-role|critical-voice-role"
        r"|reject-role|auth-precedence|auth-priority)\b",
        within=_IF,
    ),
    Slot(pattern=r"(?:client-limit|[a-z-]+-(?:timeout|period|requests))\b", within="config-if-p.*"),
    Slot(pattern=r"(?:vlan (?:access|trunk native)|device-traffic-class)\b", within="config-pa-role"),
    Slot(pattern=r"active-gateway ip (?:mac\b)?", within=_IF),
    Slot(pattern=r"name\b", within="config-vlan"),
    Slot(pattern=r"(?:system-mac|role|inter-switch-link lag|keepalive peer)\b", within="config-vsx"),
    Slot(pattern=r"(?:description|timeout|router-id)\b", within=ANYWHERE),
)

# In every recording a port's state stands before its VLANs; the description moved in front of both with 10.09.
PORT_ORDER = (
    r"description\b",
    r"(?:no )?shutdown$",
    r"mtu\b",
    r"(?:no )?routing$",
    r"lag\b",
    r"vrf attach\b",
    r"(?:no )?power-over-ethernet\b",
    r"vlan access\b",
    r"vlan trunk native\b",
    r"vlan trunk allowed\b",
    r"rate-limit\b",
    r"spanning-tree bpdu-guard\b",
    r"spanning-tree port-type\b",
    r"spanning-tree\b",
    r"loop-protect\b",
    r"(?:arp|dhcpv4-snooping|ipv4)\b",
    r"(?:port-access|aaa)\b",
    r".*",
)

CONFIG = ConfigRules(
    syntax="indented",
    indent=4,
    noise=(r"(?:Current|Startup|Checkpoint) configuration:", r"\S+[#>]\s*$", r"Running configuration"),
    free_text=(
        r"(?:no )?(?:description|name|banner|snmp-server system-(?:location|contact)|alias)\b",
        r"(?:\d+ )?comment\b",
    ),
    sections=CONFIG_SECTIONS,
    leaves=(
        r"(?:hostname|user|ntp server|logging \d|snmp-server|radius-server|tacacs-server|aaa (?!auth.* port-access)) ?",
        r"(?:ip (?:route|dns|source-interface)|ssh |https-server|spanning-tree (?:mode|vlan)|banner )\b",
        r"(?:clock|ntp|radius|cli-session|apply access-list ip \S+ control-plane|port-access port-security enable)\b",
    ),
    bodies=(Delimited(opens=r"(?P<head>banner (?:motd|exec)) (?P<mark>\S)", prints="$"),),
    slots=CONFIG_SLOTS,
    number_sets=(
        NumberSet(pattern=r"vlan trunk allowed", within="config-pa-role", additive=True, full="all"),
        NumberSet(pattern=r"spanning-tree vlan(?= [\d,-]+$)", additive=True),
        # A list that is typed adds to what is allowed; its negation takes from it (AOS-CX 10.x).
        NumberSet(pattern=r"vlan trunk allowed", within=_IF, additive=True, full="all"),
        NumberSet(pattern=r"spanning-tree ignore-pvid-inconsistency vlan", additive=True),
    ),
    numbered=(
        Numbered(
            within=_ACL,
            section=r"access-list ip (?P<name>\S+)",
            renumber="access-list ip {name} resequence {start} {step}",
            repeats="comment",
        ),
    ),
    spreads=(
        Spread(pattern=r"vlan (?P<list>\d[\d,\- ]*)", each="vlan {item}", kind="numbers"),
        Spread(
            pattern=r"interface vlan ?(?P<list>\d+)", each="interface vlan {item}", kind="numbers"
        ),  # with or without a blank
    ),
    first=(r"shutdown$",),
    last=(r"no shutdown$",),
    resets=(Reset(pattern=r"(?:no )?vrf attach\b", drops=r"(?:no )?ip(?:v6)? address\b", within=_IF),),
    hidden=(
        Line(pattern=r"(?:mtu 1500|spanning-tree port-type admin-network)$", within=_IF),
        Line(pattern=r"no shutdown$", within="config-vlan|config-if-vlan"),
        Line(pattern=r"vrf attach default$", within=_IF),
        Line(pattern=r"(?:lldp (?:transmit|receive)|power-over-ethernet(?: priority low)?)$", within=_IF),
        Line(pattern=r"(?:lldp|dhcpv4-snooping option 82)$"),
    ),
    # Which of the two a port does by itself depends on the model, so both are shown and both are typed.
    negations=(
        Line(pattern=r"(?:shutdown|routing)$", within=_IF),
        Line(pattern=r"(?:https-server|ssh server|usb|aruba-central|ip icmp redirect)\b"),
        Line(pattern=r"(?:lldp|dhcpv4-snooping option 82)$"),
        Line(pattern=r"(?:lldp (?:transmit|receive)|power-over-ethernet|ip(?:v6)? dhcp)$", within=_IF),
    ),
    permanent=(Line(pattern=r"interface (?:mgmt|\d+/\d+/\d+)$"), Line(pattern=r"vlan 1$")),
    device_owned=(
        Line(pattern=r"(?:module \S+ product-number|profile|cli-session|aruba-central|alias)\b"),
        Line(pattern=r"(?:no )?(?:https-server|ssh server|usb|ip icmp redirect)\b"),
        # Since 10.18 the built-in groups of all servers are printed too.
        Line(pattern=r"aaa group server (?:radius radius|tacacs tacacs)$"),
        Line(pattern=r"(?:vlan 1|interface mgmt)$"),
        Line(pattern=r"(?:no )?(?:shutdown|routing)$", within=_IF),
        Line(pattern=r"(?:no )?ip(?:v6)? dhcp$", within=_IF),
    ),
    references=(
        Reference(pattern=r"apply access-list (?:ip|ipv6|mac) (?P<name>\S+)", object=r"access-list \S+ {name}"),
        Reference(pattern=r"vrf attach (?P<name>\S+)", object=r"vrf {name}"),
        Reference(pattern=r"(?:apply )?policy (?P<name>\S+) (?:in|out)", object=r"policy {name}"),
        Reference(pattern=r"\d+ class \S+ (?P<name>\S+)", object=r"class \S+ {name}"),
    ),
    definitions=(
        r"vrf\b",
        r"vlan \d",
        r"aaa group server\b",
        r"object-group\b",
        r"access-list\b",
        r"class\b",
        r"policy\b",
    ),
    ranks=(
        Rank(pattern=r"(?:hostname|domain-name|alias)\b"),
        Rank(pattern=r"banner\b"),
        Rank(pattern=r"user \S+ group\b"),
        Rank(pattern=r"(?:module|clock|logging filter|profile)\b"),
        Rank(pattern=r"vrf\b"),
        Rank(pattern=r"ntp\b"),
        Rank(pattern=r"cli-session$"),
        Rank(pattern=r"tacacs-server\b"),
        Rank(pattern=r"radius-server\b"),
        Rank(pattern=r"aaa group\b"),
        Rank(pattern=r"radius dyn-authorization\b"),
        Rank(pattern=r"aaa (?!authentication port-access)"),
        Rank(pattern=r"aruba-central$"),
        Rank(pattern=r"(?:no )?(?:logging|user)\b"),
        Rank(pattern=r"(?:no )?ssh\b"),
        Rank(pattern=r"(?:access-list|apply)\b"),
        Rank(pattern=r"vlan\b", sort="natural"),
        Rank(pattern=r"spanning-tree\b"),
        Rank(pattern=r"(?:no )?(?:dhcpv4-snooping|lldp)\b"),
        Rank(pattern=r"interface mgmt$"),
        Rank(pattern=r"qos\b"),
        Rank(pattern=r"(?:port-access|aaa authentication port-access)\b"),
        Rank(pattern=r"interface lag", sort="natural"),
        Rank(pattern=r"interface \d", sort="natural"),
        Rank(pattern=r"interface\b", sort="natural"),
        Rank(pattern=r"snmp"),
        Rank(pattern=r"ip source-interface\b"),
        Rank(pattern=r"ip\b"),
        Rank(pattern=r"(?!(?:no )?https-server).*"),
        Rank(pattern=r".*"),
        *(Rank(pattern=pattern, within=r"config-if(?:-vlan|-lag)?") for pattern in PORT_ORDER),
    ),
    secrets=(
        # The ciphertext is bound to the box and its export password: two of one password differ.
        *(
            Secret(pattern=f"{command} {_STORED}", layout="plaintext {value}", opaque=True)
            for command in (
                r"user \S+ group \S+ password",
                r"(?:radius|tacacs)-server (?:host \S+ .*?)?key",
                r"radius-server tracking user-name \S+ password",
                r"radius dyn-authorization client \S+ .*?\bsecret-key",
                r"ntp authentication-key \d+ \S+",
                r"snmpv3 user \S+ auth \S+ auth-pass",
                r"snmpv3 user \S+ .*\bpriv-pass",
                r"neighbor \S+ password",
                r"(?:ip ospf )?(?:authentication-key|message-digest-key \d+ \S+)",
                r"(?:key-string|pre-shared-key(?: ckn \S+ cak)?|password(?! complexity)|authentication text)",
            )
        ),
        # Wherever else a ciphertext stands; some lines hold two.
        Secret(pattern=r".*? (?P<type>ciphertext) (?P<secret>\S+)", opaque=True),
        Secret(pattern=r".* (?P<type>ciphertext) (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"(?:connection|url-hash)-key (?!ciphertext )(?P<secret>\S+)"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=r"snmp(?:-server|v3) community (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ .*\bcommunity (?P<secret>\S+)"),
    ),
    login=r"user {name}",
)

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# AOS-CX has no candidate. `checkpoint auto M` (1 to 60 minutes) keeps a copy of what runs; lines typed after it are
# live at once; without `checkpoint auto confirm` the copy comes back (Fundamentals Guide 10.04 to 10.15). Only one such
# timer runs on a box, whoever started it, and anybody may confirm it.
#
# No command that the guide has for checkpoints says whether it runs: somebody else's is met when ours is started, and
# nothing has been typed then. What can be seen is whether the box runs something else than it booted from:
# `checkpoint diff` prints hunks then, until somebody saves. So the confirm is sent in any case and saves at once, and
# running and startup must be equal before, as the transaction asks of every device.
# A checkpoint of our own would be refused where an equal one exists (seen on 10.18), and the box makes one five minutes
# after every change: startup-config is the one that is always there.
#
# The guide says what the mode is for: a box that its change has made inaccessible (10.15). So the timer must outlive
# the session that started it. One source (10.18.1002) has it that the change goes back as soon as that session ends.
# Both do for us: it is held until the change is confirmed, from another one. A session of the REST interface may end
# (10.17).
TIMER = Timer(
    kind="native",
    unit=60,
    minimum=60,
    maximum=3600,
    revert_effect="live",
    foreign_commit_confirms=True,
    reboot_in_window="reverts",
)

UNSAVED = Step(send="checkpoint diff startup-config running-config")
SAVE = Step(send="write memory", expect=r"Success")
# A confirm whose answer was lost is sent again: then no timer runs any more, which is as good.
END_TIMER = Step(
    send="checkpoint auto confirm",
    expect=r"AUTO\d+ created|timer is (?:already )?(?:OFF|not)",
    needs="an AUTO checkpoint: without it the timer still runs",
)

PREFLIGHT = (Step(send="show ntp associations", expect=r"^\*", needs="a clock that a server vouches for", advice=True),)

PUSH: tuple[PushMethod, ...] = (
    PushMethod(
        roles=SWITCH_ROLES,
        mode="merge",
        staged_by="none",
        timer=TIMER,
        preflight=PREFLIGHT,
        local_login=r"^aaa authentication login default (?:.* )?local$",
        unasked=(
            "free sessions: it takes five at a time, and no command that we know counts them",
            "room: nothing is copied to it, and checkpoints have a place of their own",
        ),
        arm=(
            Step(
                send="checkpoint auto {minutes}",
                expect=r"expires in",
                needs="no checkpoint auto of somebody else: wait until it is confirmed or has fired",
            ),
            Step(send="configure terminal"),
            Lines(),
            Step(send="end"),
        ),
        holds_session=True,
        pending=UNSAVED,
        pending_pattern=r"^@@ ",
        sees_timer=False,
        confirm=(END_TIMER, SAVE),
        save=(SAVE,),
        # The timer would bring back the same, but nobody could arm another until then.
        revert=(Step(send="checkpoint rollback startup-config", expect=r"Success"), END_TIMER),
        disarm=(END_TIMER,),  # a confirm of nothing: what runs is what the box booted from
    ),
)

FAILURES: tuple[str, ...] = (
    r"^Invalid input",
    r"^% ",
    r"^[Ee]rror\b",
    r"^Checkpoint \S+ doesn't exist",
    r"\[Failure\]",
    r"^(?:VLAN|VRF|Interface|Role|ACL|Access-list|User|Group|Server)\b.* (?:does not exist|not found|is invalid)",
    r"^(?:Cannot|Unable to|Failed to|Maximum)\b",
    r"^Command (?:failed|not supported)",
)

# Printed into every session two minutes before a checkpoint auto ends, and when it has: between a prompt and the echo,
# or in the middle of an answer.
_AT_A_PROMPT = r"(?:(?<=[#>] )\n)?"
INTERRUPTIONS = (
    _AT_A_PROMPT + r'WARNING:?\s+Please "checkpoint auto confirm" within \d+ minutes?[.]?[ ]*\n',
    _AT_A_PROMPT + r"WARNING: Restoring configuration[.] Do NOT add any new configuration[.][ ]*\n",
    _AT_A_PROMPT + r"Restoration (?:successful|failed)[ ]*\n",
)

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# ntc-templates has a template for it, but it keeps the first six parts of a trunk's list of VLANs (10.0).
INTERFACES = r"""Value Required PORT (\S+)
Value LINK (\w+)
Value ADMIN (\w+)
Value STATE (\S.*?)
Value MODE (\S+)
Value ACCESS (\d+)
Value NATIVE (\d+)
Value ALLOWED (\d\S*|all)

Start
  ^Interface -> Continue.Record
  ^Interface ${PORT} is ${LINK}
  ^\s*Admin state is ${ADMIN}
  ^\s*State information: ${STATE}\s*$$
  ^\s*VLAN Mode: ${MODE}
  ^\s*Access VLAN: ${ACCESS}
  ^\s*Native VLAN: ${NATIVE}
  ^\s*Allowed VLAN List: ${ALLOWED}
"""

# ntc-templates ends with an error where a neighbour describes itself in more than one line, as a Catalyst does.
NEIGHBOURS = r"""Value Required PORT (\S+)
Value DEVICE (\S+)
Value PORT_ID (\S.*?)
Value DESCRIPTION (\S.*?)
Value CAPABILITIES (\S.*?)

Start
  ^Port\s+: -> Continue.Record
  ^Port\s+: ${PORT}\s*$$
  ^Neighbor (?:Chassis|System)-Name\s+: ${DEVICE}\s*$$
  ^Chassis Capabilities Enabled\s+: ${CAPABILITIES}\s*$$
  ^Neighbor Port-ID\s+: ${PORT_ID}\s*$$
  ^Neighbor Port-Desc\s+: ${DESCRIPTION}\s*$$
"""

PING = r"""Value SENT (\d+)
Value RECEIVED (\d+)

Start
  ^${SENT} packets transmitted, ${RECEIVED} received -> Record
"""

# ntc-templates ends with an error where a server has not answered yet (REF-ID is .INIT. then).
CLOCK = r"""Value MARK ([*+x# -])
Value SERVER (\d+\.\d+\.\d+\.\d+)
Value STRATUM (\d+)

Start
  ^${MARK}\s+\d+\s+\S+\s+${SERVER}\s+\S+\s+${STRATUM}\s+\S+\s+\d+\s+\d+\s*$$ -> Record
"""

REJECTED = (r"^Invalid input", r"^% (?:Command incomplete|Ambiguous command)")
LAST_VLAN = 4094


def _interfaces(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(_interface(row) for row in rows)


def _interface(row: Row) -> Reading:
    state, mode = str(row["state"]), str(row["mode"])
    return InterfaceReading(
        name=str(row["port"]),
        admin_up=row["admin"] == "up",
        link_up=row["link"] == "up",
        mode="trunk" if mode.startswith("native") else mode,
        vlan=int(str(row["access"])) if row["access"] else None,
        state=state or str(row["link"]),
        fault=state if state and row["admin"] == "up" and not _is_idle(state) else "",
    )


def _is_idle(state: str) -> bool:
    """Whether a port is down because nothing is plugged in."""
    return state in ("Waiting for link", "No XCVR installed", "Administratively down")


def _trunks(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        TrunkReading(
            port=str(row["port"]), native_vlan=int(str(row["native"])), allowed=_vlan_list(str(row["allowed"]))
        )
        for row in rows
        if row["native"] and row["link"] == "up"
    )


def _vlan_list(text: str) -> tuple[int, ...]:
    if text == "all":
        return tuple(range(1, LAST_VLAN + 1))
    spans = [part.partition("-") for part in text.split(",") if part[:1].isdigit()]
    return tuple(vlan for first, _, last in spans for vlan in range(int(first), int(last or first) + 1))


def _vlans(rows: Sequence[Row]) -> tuple[Reading, ...]:
    """Without VLAN 1, which cannot be removed. A VLAN without a port that is up is `down`, and nothing is wrong."""
    return tuple(
        VlanReading(
            id=int(str(row["vlan_id"])),
            name=str(row["vlan_name"]),
            active=row["status"] == "up" or str(row["reason"]).startswith("no_member"),
        )
        for row in rows
        if row["vlan_id"] != "1"
    )


def _neighbours(rows: Sequence[Row]) -> tuple[Reading, ...]:
    """An access point may name its port by an address; what it is called stands in the description then."""
    return tuple(
        NeighbourReading(
            port=str(row["port"]),
            device=str(row["device"]),
            device_port=str(row["description"] if ":" in str(row["port_id"]) else row["port_id"]),
            capabilities=tuple(_capability(word) for word in str(row["capabilities"]).split(",")),
        )
        for row in rows
    )


def _capability(word: str) -> str:
    name = word.strip().lower()
    return {"wlan": "wlan-ap", "station only": "station"}.get(name, name)


def _routes(rows: Sequence[Row]) -> tuple[Reading, ...]:
    """A next hop stands where a connected network has its interface."""
    return tuple(
        RouteReading(
            prefix=f"{row['ip_address']}/{row['prefix_length']}",
            next_hop=via if via[:1].isdigit() and "/" not in via else "",
            interface="" if via[:1].isdigit() and "/" not in via else via,
        )
        for row in rows
        for via in (str(each).rstrip(",") for each in _listed(row["interface"]))
    )


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]


def _ping(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(PingReading(sent=int(str(row["sent"])), received=int(str(row["received"]))) for row in rows)


def _clock(rows: Sequence[Row]) -> tuple[Reading, ...]:
    """The server with the star is the one that it follows."""
    chosen = next((row for row in rows if row["mark"] == "*"), None)
    if chosen is None:
        return (ClockReading(synchronised=False),)
    return (ClockReading(synchronised=True, server=str(chosen["server"]), stratum=int(str(chosen["stratum"])) + 1),)


CHECKS: dict[str, Probe] = {
    "interfaces": Probe(
        command="show interface", parser=TextFsm(template=INTERFACES), read=_interfaces, rejected=REJECTED
    ),
    "vlans": Probe(command="show vlan", parser=Ntc(), read=_vlans, rejected=REJECTED),
    "trunks": Probe(command="show interface", parser=TextFsm(template=INTERFACES), read=_trunks, rejected=REJECTED),
    "neighbours": Probe(
        command="show lldp neighbor-info detail",
        parser=TextFsm(template=NEIGHBOURS),
        read=_neighbours,
        rejected=REJECTED,
    ),
    "routes": Probe(command="show ip route all-vrfs", parser=Ntc(), read=_routes, rejected=REJECTED),
    "ping": Probe(command="ping {target}", parser=TextFsm(template=PING), read=_ping, rejected=REJECTED),
    "clock": Probe(command="show ntp associations", parser=TextFsm(template=CLOCK), read=_clock, rejected=REJECTED),
}

# ── risk ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

RISKS = (
    RiskRule(kind="management path", pattern=r"^interface vlan ?{vlan}(?!\d)"),
    RiskRule(kind="management path", pattern=r"^(?:no )?(?:ip route 0\.0\.0\.0/0|ssh server|ssh \S+ )"),
    RiskRule(kind="management path", pattern=r"^(?:no )?apply access-list ip \S+ control-plane\b"),
    RiskRule(kind="management path", pattern=r"^vlan {vlan}(?!\d)", when="gone"),
    RiskRule(kind="AAA", pattern=r"^(?:no )?(?:aaa (?!auth\w+ port-access)|tacacs-server|radius-server|user)\b"),
    RiskRule(
        kind="VLAN off a trunk",
        pattern=r"^interface .* / vlan trunk allowed (?P<numbers>[\d,-]+)$",
        when="fewer",
    ),
    RiskRule(kind="VLAN off a trunk", pattern=r"^vlan \d+$", when="gone"),
    RiskRule(
        kind="interface flap",
        pattern=r"^interface .* / (?:no )?(?:shutdown|speed|mtu|lag|routing|vlan access|ip address|vrf attach)\b",
    ),
    RiskRule(kind="routing peer", pattern=r"^router \S+.* / (?:no )?(?:neighbor|network|redistribute|area)\b"),
    RiskRule(kind="routing peer", pattern=r"^router \S+.*$", when="gone"),
    RiskRule(kind="access-list window", pattern=r"^access-list\b"),
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("aruba_aoscx"),
    describe_port=("configure terminal", "interface {port}", "description {text}", "end"),
    title="HPE Aruba AOS-CX",
    names=OtherNames(
        netmiko="aruba_aoscx",
        ntc_templates="aruba_aoscx",
        ansible_network_os="arubanetworks.aoscx.aoscx",
        oxidized=("aoscx",),
    ),
    transport="netmiko",
    roles=SWITCH_ROLES,
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    failures=FAILURES,
    read_only=READ_ONLY,
    in_text=r"^\(banner-\w+\)# ?$",
    interruptions=INTERRUPTIONS,
    checks=CHECKS,
    risks=RISKS,
)
