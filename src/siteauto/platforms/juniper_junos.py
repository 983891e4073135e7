"""Juniper Junos: EX switches (with ELS) and SRX firewalls of the branch."""

from collections.abc import Sequence

from siteauto.core.config.path_rules import Header
from siteauto.core.config.rules import ConfigRules, Line, OrderedTable, Secret, Slot, Spelling, WordSet
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import (
    BackupRules,
    Candidate,
    Getter,
    Hardware,
    Identity,
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
    PolicyReading,
    RouteReading,
    TrunkReading,
    VlanReading,
)

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

JUNIPER_SERIAL = r"[A-Z]{2}\d{4}[0-9A-Z]{2}\d{4}"  # model, year and week, plant, number
SWITCH = (Role.CORE, Role.ACCESS)


def _ports(kind: str, pic: int, count: int) -> tuple[str, ...]:
    return tuple(f"{kind}-0/{pic}/{number}" for number in range(count))


# The uplinks of an EX4100 that come up as Virtual Chassis ports, and those behind an EX3400 or EX4300, are left out.
# An EX shows nothing of an SFP or SFP+ port without a transceiver (Junos, `show interfaces ge-` on EX).
HARDWARE: tuple[Hardware, ...] = (
    Hardware(
        model="EX2300-24P",
        roles=SWITCH,
        ports=(*_ports("ge", 0, 24), *_ports("xe", 1, 4)),
        uplinks=_ports("xe", 1, 4),
        optics=_ports("xe", 1, 4),
        poe=_ports("ge", 0, 24),
        serial_pattern=JUNIPER_SERIAL,
    ),
    Hardware(
        model="EX2300-48P",
        roles=SWITCH,
        ports=(*_ports("ge", 0, 48), *_ports("xe", 1, 4)),
        uplinks=_ports("xe", 1, 4),
        optics=_ports("xe", 1, 4),
        poe=_ports("ge", 0, 48),
        serial_pattern=JUNIPER_SERIAL,
    ),
    Hardware(
        model="EX3400-24P",
        roles=SWITCH,
        ports=(*_ports("ge", 0, 24), *_ports("xe", 2, 4)),
        uplinks=_ports("xe", 2, 4),
        optics=_ports("xe", 2, 4),
        poe=_ports("ge", 0, 24),
        serial_pattern=JUNIPER_SERIAL,
    ),
    Hardware(
        model="EX3400-48P",
        roles=SWITCH,
        ports=(*_ports("ge", 0, 48), *_ports("xe", 2, 4)),
        uplinks=_ports("xe", 2, 4),
        optics=_ports("xe", 2, 4),
        poe=_ports("ge", 0, 48),
        serial_pattern=JUNIPER_SERIAL,
    ),
    Hardware(
        model="EX4100-48P",
        roles=SWITCH,
        ports=(*_ports("ge", 0, 48), *_ports("xe", 2, 4)),
        uplinks=_ports("xe", 2, 4),
        optics=_ports("xe", 2, 4),
        poe=_ports("ge", 0, 48),
        serial_pattern=JUNIPER_SERIAL,
    ),
    # With the module EX-UM-4X4SFP in front.
    Hardware(
        model="EX4300-48P",
        roles=SWITCH,
        ports=(*_ports("ge", 0, 48), *_ports("xe", 2, 4)),
        uplinks=_ports("xe", 2, 4),
        optics=_ports("xe", 2, 4),
        poe=_ports("ge", 0, 48),
        serial_pattern=JUNIPER_SERIAL,
    ),
    # The first and the last port are in the zone `untrust` of a new box; 0/6 and 0/7 of the small ones take SFPs.
    Hardware(
        model="SRX300",
        roles=(Role.FIREWALL,),
        gateway="irb.{vlan}",
        ports=_ports("ge", 0, 8),
        uplinks=("ge-0/0/1",),
        wan=("ge-0/0/0", "ge-0/0/7"),
        serial_pattern=JUNIPER_SERIAL,
    ),
    Hardware(
        model="SRX320",
        roles=(Role.FIREWALL,),
        gateway="irb.{vlan}",
        ports=_ports("ge", 0, 8),
        uplinks=("ge-0/0/1",),
        wan=("ge-0/0/0", "ge-0/0/7"),
        serial_pattern=JUNIPER_SERIAL,
    ),
    Hardware(
        model="SRX340",
        roles=(Role.FIREWALL,),
        gateway="irb.{vlan}",
        ports=_ports("ge", 0, 16),
        uplinks=("ge-0/0/1",),
        wan=("ge-0/0/0", "ge-0/0/15"),
        serial_pattern=JUNIPER_SERIAL,
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show chassis hardware",
    model=r"^Chassis +\S+ +(?P<model>\S+)\s*$",
    serial=r"^Chassis +(?P<serial>\S+)",
    version=r"^Junos: (?P<version>\S+)",
    also=("show version",),
)

BACKUP = BackupRules(
    running="show configuration",
    startup="",  # what is committed is saved
    end=r"^}$",
    required=(r"^version ", r"^system \{"),
    errors=(r"^error: ", r"^\s*\^$", r"syntax error"),
    blocks=((r"\{(?: #.*)?$", r"^\s*\}(?: #.*)?$"),),
    section=r"^\S.*\{$",
    extension="conf",
    last_change=r"^## Last commit: (?P<when>\S+ \S+ \S+) by (?P<who>\S+)",
    not_in_text=("licences", "certificates in the key store", "request-time state such as rescue configurations"),
)

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

# Words that only hold others. What no rule here names is kept word by word: right in meaning, longer in a diff.
_CONTAINERS = (
    *("system", "login", "services", "syslog", "ntp", "root-authentication", "authentication", "archival"),
    *("configuration", "archive-sites", "license", "name-server", "radius-server", "tacplus-server", "accounting"),
    *("interfaces", "unit", "ether-options", "gigether-options", "aggregated-ether-options", "lacp", "vlan"),
    *("firewall", "filter", "policer", "from", "then", "match", "if-exceeding"),
    *("policy-options", "routing-options", "rib", "static", "generate", "aggregate", "forwarding-table"),
    *("protocols", "bgp", "ospf", "ospf3", "isis", "lldp", "lldp-med", "rstp", "mstp", "vstp", "igmp-snooping"),
    *("l2-learning", "sflow", "dot1x", "authenticator", "router-advertisement"),
    *("security", "policies", "zones", "nat", "source", "destination", "screen", "address-book", "ike", "ipsec"),
    *("host-inbound-traffic", "system-services", "global", "flow", "log"),
    *("snmp", "v3", "usm", "local-engine", "vacm", "security-to-group", "access", "security-model"),
    *("vlans", "switch-options", "bridge-domains", "chassis", "forwarding-options", "dhcp-relay", "server-group"),
    *("storm-control-profiles", "dhcp-local-server", "access-profile", "profile", "address-assignment"),
    *("dhcp-attributes", "poe", "virtual-chassis", "routing-instances", "class-of-service", "event-options"),
    *("applications", "management", "ssh", "netconf", "web-management", "http", "https", "family"),
    *("ports", "destination", "password", "retry-options", "accounting", "authentication-sha", "privacy-aes128"),
    *("default-context-prefix", "all", "layer2-control", "bpdu-block", "l2-querier", "scheduler-maps", "schedulers"),
    *("classifiers", "source-prefix-list", "source-mac-address", "radius", "switch-options", "voip", "dhcp-security"),
    *("transmit-rate", "stream", "host", "icmp", "ip", "tcp", "syn-flood", "source-nat", "permit", "active"),
)

_HEADERS = (
    Header(words="groups *", within="", mode=""),
    Header(words="*", within="interfaces", mode="interface"),
    Header(words="interface-range *", within="interfaces", mode="interface"),
    Header(words="unit *"),
    Header(words="family *"),
    Header(words="filter *", within=r"firewall(?:/family)?"),
    Header(words="policer *", within="firewall"),
    Header(words="term *"),
    Header(words="address *", within=r".*/unit/family"),
    Header(words="address *", within=r"security/(?:address-book|zones/security-zone/address-book)"),
    Header(words="address-set *"),
    Header(words="vrrp-group *"),
    Header(words="arp *", within=r".*/unit/family/address"),
    Header(words="policy-statement *"),
    Header(words="prefix-list *", within="policy-options"),
    Header(words="route *"),
    Header(words="qualified-next-hop *"),
    Header(words="group *"),
    Header(words="neighbor *"),
    Header(words="area *"),
    Header(words="interface *", within=r"protocols(?:/.*)?|vlans/.*|.*/area|.*/server-group"),
    Header(words="instance *", within=r"protocols/.*"),
    Header(words="*", within="vlans", mode="vlan"),
    Header(words="*", within="bridge-domains", mode="vlan"),
    Header(words="*", within="routing-instances", mode=""),
    Header(words="user *", within=r"system/.*"),
    Header(words="class *", within="system/login"),
    Header(words="archive", within=r"system/syslog(?:/file)?", inline=True, flags=("world-readable", "binary-data")),
    Header(words="host *", within=r"system/syslog"),
    Header(words="file *", within=r"system/syslog"),
    Header(words="server *", within="system/ntp", inline=True, flags=("prefer", "no-authentication", "nts")),
    Header(words="authentication-key *", within="system/ntp", inline=True),
    Header(words="*", within=r"system/(?:radius-server|tacplus-server)", inline=True),
    Header(words="*", within=r"system/archival/configuration/archive-sites", inline=True),
    Header(words="from-zone * to-zone *", within="security/policies", mode="policy-pair"),
    Header(words="policy *", within=r"security/policies/(?:policy-pair|global)"),
    Header(words="address-book *", within="security"),
    Header(words="security-zone *"),
    Header(words="stream *", within="security/log"),
    Header(words="server-group *", within="forwarding-options/dhcp-relay"),
    Header(words="*", within=r"security/zones/security-zone/interfaces", mode="interface"),
    Header(words="ids-option *"),
    Header(words="rule-set *"),
    Header(words="rule *", within=r".*/rule-set"),
    Header(words="pool *"),
    Header(words="range *", within=r"access/.*"),
    Header(words="proposal *", within=r"security/(?:ike|ipsec)"),
    Header(words="policy *", within=r"security/(?:ike|ipsec)"),
    Header(words="gateway *", within=r"security/ike"),
    Header(words="vpn *", within=r"security/ipsec"),
    Header(words="community *", within=r"snmp|policy-options"),
    Header(words="trap-group *"),
    Header(words="view *", within="snmp"),
    Header(words="user *", within="snmp/.*"),
    Header(words="client-list *"),
    Header(words="server-group *"),
    Header(words="application *", within="applications"),
    Header(words="application-set *"),
    Header(words="term *", within="applications/application", inline=True),
    Header(words="time-format", within=r"system/syslog", inline=True, flags=("year", "millisecond")),
    Header(words="profile *", within="access"),
    Header(words="storm-control-profiles *", within="forwarding-options"),
    Header(words="vlan *", within=r"protocols/igmp-snooping"),
    Header(words="interface *", within=r"poe|switch-options/voip|forwarding-options/dhcp-relay/group"),
    Header(words="security-model *", within=r"snmp/.*"),
    Header(words="security-name *", within=r"snmp/.*"),
    Header(words="security-level *", within=r"snmp/.*"),
    Header(words="group *", within=r"snmp/.*"),
    Header(words="*", within=r"class-of-service/interfaces", mode="interface"),
    Header(words="*", within=r"class-of-service/scheduler-maps", mode="scheduler-map"),
    Header(words="forwarding-class *", within=r"class-of-service/scheduler-maps/scheduler-map", inline=True),
    Header(words="*", within=r"class-of-service/schedulers", mode="scheduler"),
    Header(words="*", within=r"access/radius-server", mode="server"),
    Header(words="oid *", within=r"snmp/view", inline=True, flags=("include", "exclude")),
)

# Settings with one value: another one takes its place.
_SETTINGS = (
    r"(?:host-name|domain-name|time-zone|location|contact|description|mtu|speed|encapsulation|vlan-id|native-vlan-id"
    r"|interface-mode|port-mode|l3-interface|uid|class|full-name|encrypted-password|secret|local-address|peer-as"
    r"|local-as|autonomous-system|router-id|hold-time|metric|preference|discard-route|authentication-key"
    r"|authentication-type|source-address-name|boot-server|announcement|message|root-login|protocol-version"
    r"|connection-limit|rate-limit|bandwidth-limit|burst-size-limit|local-preference|global-mode|low|high|network"
    r"|max-configurations-on-flash|max-configuration-rollbacks|version|url|timeout|retry|port|routing-instance"
    r"|instance-type|route-distinguisher|bridge-priority|cost|mode|redundancy-group|minimum-links|hash-algorithm"
    r"|authorization|clients|priority|virtual-address|type|value|key|pre-shared-key|authentication-method|dh-group"
    r"|authentication-algorithm|encryption-algorithm|lifetime-seconds|gateway|ike-policy|external-interface"
    r"|protocol|destination-port-name|inactivity-timeout|next-table|minimum-wait-time|any|screen"
    r"|source-address|idle-timeout|minimum-length|format|tries-before-disconnect|lockout-period|accounting-port"
    r"|dynamic-request-port|scheduler-map|scheduler|vlan|forwarding-class|dscp|bandwidth-percentage|disable-timeout"
    r"|transmit-period|reauthentication|supplicant|port-id-subtype|authentication-profile-name|read-view"
    r"|interactive-commands|authentication-order|order|percent|storm-control|input|active-server-group"
    r"|default-policy|interface-name|maximum-number|pre-rule|zone|from-zone|to-zone|vlan-name|hello-time"
    r"|icmp-type|(?:authentication|privacy)-(?:password|key)) "
)
_LISTS = (
    r"(?:members|import|export|apply-groups|apply-groups-except|apply-path|domain-search|source-address"
    r"|destination-address|application|protocol|destination-port|source-port|prefix-list|next-hop|permissions|allow"
    r"|proposals|tcp-flags|icmp-type|authentication-order|interface|vlan-id-list|input-list|output-list|as-path"
    r"|community|name-server|port|trusted-key|source-address-name|destination-address-name) "
)
_UNORDERED = (
    r"(?:members|source-address|destination-address|application|protocol|destination-port|source-port|next-hop"
    r"|permissions|icmp-type|interface|vlan-id-list|prefix-list|port|trusted-key|source-address-name"
    r"|destination-address-name) "
)
_WORD = r'(?P<secret>"(?:[^"\\]|\\.)*"|‹[^›]*›|[^\s;"{\]]+)'

CONFIG = ConfigRules(
    syntax="paths",
    comment="#",
    indent=4,
    volatile=(r"version ",),
    containers=_CONTAINERS,
    headers=_HEADERS,
    lists=(
        Line(pattern=r"(?:apply-groups|apply-groups-except) ", within=r".*"),
        Line(pattern=r"(?:domain-search|authentication-order) ", within=r"system"),
        Line(pattern=r"events ", within=r"system/accounting"),
        Line(pattern=r"(?:ciphers|macs|key-exchange|hostkey-algorithm) ", within=r"system/services/ssh"),
        Line(pattern=r"(?:authentication-server|accounting-server) ", within=r"access/profile/radius"),
        Line(
            pattern=_LISTS,
            within=r"(?!forwarding-options/).*/(?:from|then|match|vlan|group|neighbor|route|static|ospf|bgp|policy|area|ntp)",
        ),
        Line(pattern=r"members ", within=r".*"),
        Line(pattern=r"(?:import|export) ", within=r".*"),
        Line(pattern=r"permissions ", within=r"system/login/class"),
    ),
    word_sets=(WordSet(pattern=_UNORDERED),),
    slots=(Slot(pattern=_SETTINGS, within=r".*"),),
    ordered_tables=(
        OrderedTable(within=r".*firewall(?:/family)?/filter|.*policy-options/policy-statement", pattern=r"term "),
        OrderedTable(within=r".*security/policies/(?:policy-pair|global)", pattern=r"policy "),
        OrderedTable(within=r".*security/nat/.*/rule-set", pattern=r"rule "),
    ),
    reorder="insert {path} {entry} {place} {anchor}",
    secrets=(
        Secret(
            pattern=rf"(?:.*?\s)?(?:authentication-password|privacy-password|snmp v3 .*(?:authentication|privacy)-key)"
            rf" {_WORD}",
            seal="quoted",
            opaque=True,
        ),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$9\$[^"\s;]+"?)', untyped="junos9", seal="junos9", layout='"{value}"'),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$6\$[^"\s;]+"?)', untyped="sha", seal="sha512", layout='"{value}"'),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$5\$[^"\s;]+"?)', untyped="sha", seal="sha512", layout='"{value}"'),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$1\$[^"\s;]+"?)', untyped="5", seal="sha512", layout='"{value}"'),
        Secret(pattern=rf"(?:.*?\s)?encrypted-password {_WORD}", seal="sha512", layout='"{value}"'),
        Secret(
            pattern=rf"(?!.*authentication-order)(?:.*?\s)?(?:(?:hello-)?authentication-key(?! \d+ (?:(?:type|value) "
            rf"|\{{))"
            rf"|\S*secret|(?:ascii-text|hexadecimal)|cak|auth-token|community-name"
            rf"|authentication-key \S+ (?:type \S+ )?value"
            rf"|\S*password(?! (?:m[ai][nx]imum-\S+|format|change-type|remote-debug))"
            rf"|(?:md5|authentication-selective-md5|security-association) \d+ key|wpa-personal key"
            rf"|static-wep key \d) {_WORD}",
            seal="junos9",
            layout='"{value}"',
        ),
        # The last words of the paths above, where they stand on a line of their own.
        Secret(
            pattern=r"(?:value|key|ascii-text|hexadecimal) (?P<secret>\"?secret://[^\s;\"]+\"?)",
            seal="junos9",
            layout='"{value}"',
        ),
        Secret(pattern=rf"(?:.*?\s)?plain-text-password-value {_WORD}", seal="quoted"),
        Secret(pattern=rf"(?:.*?\s)?snmp community {_WORD}"),
        Secret(pattern=rf"community {_WORD} ?[;{{]", under=r"snmp \{$"),
        # What the device itself calls so; it calls public keys so too.
        Secret(pattern=r'(?!ssh-|ecdsa-)(?:.*?\s)?(?P<secret>"(?:[^"\\]|\\.)*"); ## SECRET-DATA'),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"-----BEGIN (?:\w+ )?PRIVATE KEY[^"]*")'),
        Secret(pattern=r"(?:.*?\s)?\"?[a-z]+://[^\s:/@\"]+:(?P<secret>[^\s@\"]+)@"),
    ),
    # An SNMPv3 password is kept as a key that is bound to the engine of the box.
    spellings=(Spelling(pattern=r"^(snmp v3 .*(?:authentication|privacy))-password ", line=r"\1-key "),),
    remade=(
        Line(
            pattern=r"(?:authentication|privacy)-(?:password|key) ",
            within=r"snmp/v3/usm/local-engine/user/.*",
        ),
    ),
    login="user {name}",
)

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# The lines are those of configuration mode; over NETCONF each is an RPC (adapters/netconf_transport.py). Junos XML
# counts the window in minutes, as the command line does; the <commit> of the standard counts seconds.
# Any commit by anyone confirms, and so does `commit check`. A private candidate cannot be committed with a timer.
# Whether a box that reboots in the window keeps the change is reported, and documented nowhere: look, never infer.
TIMER = Timer(
    kind="native",
    unit=60,
    minimum=60,
    maximum=7200,
    revert_effect="live",
    foreign_commit_confirms=True,
    reboot_in_window="unknown",
)

PENDING = Step(send="show system commit")
PREFLIGHT = (
    Step(
        send="show version",
        expect=r"^Junos: (?:1[89]|2\d)\.",
        needs="Junos 18.1 or later: the lines of the templates are those of ELS and of its syntax for SSH",
    ),
    Step(
        send="show system commit",
        expect=r"\A(?!0 .*commit confirmed, rollback in)",
        needs="no commit that still waits for its confirm: ours would confirm it",
    ),
    Step(
        send="show | compare",
        expect=r"\A\s*\Z",
        needs="a candidate that nobody has changed: ours would commit that too. Commit it or roll it back first",
    ),
    Step(
        send="show ntp associations no-resolve",
        expect=r"^\*",
        needs="a clock that a server vouches for",
        advice=True,
    ),
)
# Where no server of the order answers Junos asks its own users, named in the order or not.
LOCAL_LOGIN = r"^\s+user \S+ \{[\s\S]*?\b(?:encrypted-password|ssh-\S+) "

# The candidate of a session goes with it, and is loaded anew when it is to be committed.
PUSH: tuple[PushMethod, ...] = (
    PushMethod(
        roles=(*SWITCH, Role.FIREWALL),
        mode="replace",
        staged_by="driver",
        timer=TIMER,
        preflight=PREFLIGHT,
        local_login=LOCAL_LOGIN,
        unasked=(
            "free sessions: NETCONF's limit is of connections a minute, and nothing counts them",
            "room: `show system storage` gives rounded figures; the candidate is kept in memory until its commit",
        ),
        arm=(Candidate(), Step(send="commit confirmed {minutes}")),
        at_once=True,
        pending=PENDING,
        pending_pattern=r"\A0 .*commit confirmed, rollback in",
        # What others have typed meanwhile would be committed too: the lock is refused where the candidate has moved.
        confirm=(Step(send="configure exclusive"), Step(send="commit")),
        # Not `rollback 1`: once somebody else has committed, that is our own change.
        revert=(Candidate(), Step(send="commit")),
        restore=(Candidate(), Step(send="commit")),
    ),
)

FAILURES = (
    r"^error: ",
    r"syntax error",
    r"unknown command",
    r"missing argument",
    r"^warning: .*(?:rolled back|not confirmed)",
)

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

REJECTED = (r"syntax error", r"unknown command")

TERSE = r"""Value NAME ([a-z]\S*)
Value ADMIN (up|down)
Value LINK (up|down)

Start
  ^Interface\s+Admin\s+Link
  ^${NAME}\s+${ADMIN}\s+${LINK}(?:\s.*)?$$ -> Record
"""

# ntc-templates reads the form of switches without ELS.
SWITCHING = r"""Value Filldown PORT (\S+?)
Value VLAN (\S+)
Value TAG (\d+)
Value TAGGING (tagged|untagged)

Start
  ^\S+\.\d+\s -> Continue.Clearall
  ^${PORT}\.\d+\s+\d+\s
  ^\s+${VLAN}\s+${TAG}\s.*\s${TAGGING}\s*$$ -> Record

EOF
"""

ROUTES = r"""Value Filldown PREFIX (\d+\.\d+\.\d+\.\d+/\d+)
Value NEXT_HOP (\d+\.\d+\.\d+\.\d+)
Value INTERFACE (\S+)

Start
  ^\S -> Continue.Clearall
  ^${PREFIX}\s+\*\[
  ^\s+>\s+to ${NEXT_HOP} via ${INTERFACE}\s*$$ -> Record
  ^\s+(?:>\s+via|Local via) ${INTERFACE}\s*$$ -> Record

EOF
"""

PING = r"""Value SENT (\d+)
Value RECEIVED (\d+)

Start
  ^${SENT} packets transmitted, ${RECEIVED} packets received -> Record
"""

ASSOCIATIONS = r"""Value TALLY (.)
Value SERVER (\d+\.\d+\.\d+\.\d+)
Value STRATUM (\d+)

Start
  ^${TALLY}${SERVER}\s+\S+\s+${STRATUM}\s -> Record
"""

# One line for each word of a policy. Those of a pair of zones are looked at before the global ones.
POLICIES = r"""Value VERB (set|deactivate)
Value SOURCE_ZONE (\S+)
Value DESTINATION_ZONE (\S+)
Value NAME (\S+)
Value SETTING (\S+)
Value ARGUMENT (\S+)
Value NAT (interface)

Start
  ^${VERB} security policies global policy ${NAME} (?:match|then) ${SETTING}(?: ${ARGUMENT})?$$ -> Record
  ^${VERB} security policies global policy ${NAME}$$ -> Record
  ^${VERB} security policies from-zone ${SOURCE_ZONE} to-zone ${DESTINATION_ZONE} policy ${NAME}\s -> Record
  ^${VERB} security nat source rule-set \S+ rule ${NAME} then source-nat ${NAT}$$ -> Record
"""


def read_interfaces(rows: Sequence[Row]) -> tuple[InterfaceReading, ...]:
    """Ports and gateways; the units of a port are not asked for."""
    return tuple(
        InterfaceReading(name=str(row["name"]), admin_up=row["admin"] == "up", link_up=row["link"] == "up")
        for row in rows
    )


def read_vlans(rows: Sequence[Row]) -> tuple[VlanReading, ...]:
    """Without `default`, which the box makes."""
    return tuple(
        VlanReading(id=int(str(row["tag"])), name=str(row["vlan_name"]), active=True)
        for row in rows
        if row["tag"] and row["vlan_name"] != "default"
    )


def read_trunks(rows: Sequence[Row]) -> tuple[TrunkReading, ...]:
    """Ports with tagged VLANs. The untagged one among them is the native VLAN."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["port"]), []).append(row)
    return tuple(
        TrunkReading(
            port=port,
            native_vlan=next((int(str(row["tag"])) for row in members if row["tagging"] == "untagged"), 0),
            allowed=tuple(int(str(row["tag"])) for row in members if row["tagging"] == "tagged"),
        )
        for port, members in found.items()
        if any(row["tagging"] == "tagged" for row in members)
    )


LLDP_WORDS = {"wlan-access-point": "wlan-ap", "wlan": "wlan-ap"}


def read_neighbours(rows: Sequence[Row]) -> tuple[NeighbourReading, ...]:
    """LLDP neighbours; NAPALM names the unit where the box does."""
    return tuple(
        NeighbourReading(
            port=str(row["key"]).partition(".")[0],
            device=str(row["remote_system_name"]),
            device_port=str(row["remote_port"]),
            capabilities=tuple(_capability(word) for word in _words_of(row["remote_system_enable_capab"])),
        )
        for row in rows
    )


def _words_of(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list | tuple) else ()


def _capability(word: str) -> str:
    return LLDP_WORDS.get(word.lower(), word.lower())


def read_routes(rows: Sequence[Row]) -> tuple[RouteReading, ...]:
    """The active routes; a connected network has no next hop."""
    return tuple(
        RouteReading(prefix=str(row["prefix"]), next_hop=str(row["next_hop"]), interface=str(row["interface"]))
        for row in rows
        if row["interface"]
    )


def read_ping(rows: Sequence[Row]) -> tuple[PingReading, ...]:
    """How many came back."""
    return tuple(PingReading(sent=int(str(row["sent"])), received=int(str(row["received"]))) for row in rows)


def read_clock(rows: Sequence[Row]) -> tuple[ClockReading, ...]:
    """The server that is marked as the one that the clock follows."""
    for row in rows:
        if row["tally"] == "*":
            return (ClockReading(synchronised=True, server=str(row["server"]), stratum=int(str(row["stratum"])) + 1),)
    return (ClockReading(synchronised=False),) if rows else ()


def read_policies(rows: Sequence[Row]) -> tuple[PolicyReading, ...]:
    """Policies in the order in which they are looked at. Source NAT has rules of the same names."""
    translated = {str(row["name"]) for row in rows if row["nat"]}
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if not row["nat"]:
            key = str(row["source_zone"]), str(row["destination_zone"]), str(row["name"])
            found.setdefault(key, []).append(row)
    in_order = sorted(found.items(), key=lambda item: not item[0][0])
    return tuple(_policy(key, lines, nat=key[2] in translated) for key, lines in in_order)


def _policy(key: tuple[str, str, str], lines: Sequence[Row], *, nat: bool) -> PolicyReading:
    number, _, name = key[2].partition("-")
    settings = {str(row["setting"]) for row in lines}

    def words(setting: str) -> tuple[str, ...]:
        given = (str(row["argument"]) for row in lines if row["setting"] == setting)
        return tuple("all" if word == "any" else word for word in given)

    def zone(setting: str) -> str:
        return ", ".join(str(row["argument"]) for row in lines if row["setting"] == setting)

    return PolicyReading(
        id=int(number) if number.isdigit() else 0,
        name=name if number.isdigit() else key[2],
        accept="permit" in settings,
        source_zone=key[0] or zone("from-zone"),
        destination_zone=key[1] or zone("to-zone"),
        sources=words("source-address"),
        destinations=words("destination-address"),
        services=words("application"),
        nat=nat,
        enabled=not any(row["verb"] == "deactivate" and not row["setting"] for row in lines),
        logged="log" in settings,
    )


CHECKS: dict[str, Probe] = {
    "interfaces": Probe(
        command="show interfaces terse", parser=TextFsm(template=TERSE), read=read_interfaces, rejected=REJECTED
    ),
    "vlans": Probe(command="show vlans", parser=Ntc(), read=read_vlans, rejected=REJECTED),
    "trunks": Probe(
        command="show ethernet-switching interface",
        parser=TextFsm(template=SWITCHING),
        read=read_trunks,
        rejected=REJECTED,
    ),
    "neighbours": Probe(command="get_lldp_neighbors_detail", parser=Getter(), read=read_neighbours),
    "routes": Probe(
        command="show route table inet.0", parser=TextFsm(template=ROUTES), read=read_routes, rejected=REJECTED
    ),
    "ping": Probe(command="ping {target} rapid count 5", parser=TextFsm(template=PING), read=read_ping),
    "clock": Probe(
        command="show ntp associations no-resolve",
        parser=TextFsm(template=ASSOCIATIONS),
        read=read_clock,
        rejected=REJECTED,
    ),
    "policies": Probe(
        command="show configuration security | display set",
        parser=TextFsm(template=POLICIES),
        read=read_policies,
        rejected=REJECTED,
    ),
}

# ── risk ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

RISKS = (
    RiskRule(kind="management path", pattern=r"^interfaces / irb / unit {vlan}(?!\d)"),
    RiskRule(kind="management path", pattern=r"^system / services\b"),
    RiskRule(kind="management path", pattern=r"^routing-options / static / route 0\.0\.0\.0/0\b"),
    RiskRule(kind="management path", pattern=r"^firewall / family inet / filter TO-THIS-BOX\b"),
    RiskRule(kind="management path", pattern=r"^interfaces / lo0\b"),
    RiskRule(kind="management path", pattern=r"^vlans / \S+ / (?:vlan-id {vlan}|l3-interface irb\.{vlan})(?!\d)"),
    RiskRule(kind="AAA", pattern=r"^system / (?:login|root-authentication|authentication-order|tacplus-server)\b"),
    RiskRule(
        kind="VLAN off a trunk",
        pattern=r"^interfaces / .* / vlan / members \[ (?P<numbers>[\d ]+) \]$",
        when="fewer",
    ),
    RiskRule(kind="VLAN off a trunk", pattern=r"^vlans / .*vlan-id \d+$", when="gone"),
    RiskRule(kind="interface flap", pattern=r"^interfaces / .* / (?:disable|speed|mtu|interface-mode|address)\b"),
    RiskRule(kind="routing peer", pattern=r"^protocols / (?:bgp|ospf3?|isis)\b"),
    RiskRule(kind="access-list window", pattern=r"^(?:firewall|security / policies)\b"),
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

READ_ONLY = (r"show [\w ./:|-]+", r"ping [\w.:]+(?: rapid)? count \d+")

PLATFORM = PlatformSpec(
    name=PlatformName("juniper_junos"),
    describe_port=("configure", 'set interfaces {port} description "{text}"', "commit and-quit"),
    title="Junos",
    names=OtherNames(
        netmiko="juniper_junos",
        napalm="junos",
        ntc_templates="juniper_junos",
        ansible_network_os="junipernetworks.junos.junos",
        oxidized=("junos",),
        rancid=("juniper", "junos"),
    ),
    transport="netconf",
    roles=(*SWITCH, Role.FIREWALL),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    failures=FAILURES,
    read_only=READ_ONLY,
    checks=CHECKS,
    risks=RISKS,
)
