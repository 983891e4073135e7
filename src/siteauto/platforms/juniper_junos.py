"""Juniper Junos: EX, QFX and SRX. Its configuration is read, compared and redacted; it is not pushed yet."""

from siteauto.core.config.path_rules import Header
from siteauto.core.config.rules import ConfigRules, Line, OrderedTable, Secret, Slot, WordSet
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import BackupRules, Hardware, Identity, OtherNames, PlatformSpec

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

SERIAL = r"[A-Z]{2}[0-9A-Z]{10}"

# xe-0/2/x are the EX3400's SFP+; its QSFP+ (et-0/1/x) are for a Virtual Chassis. An SRX is shipped with its first and
# its last port in `untrust`.
HARDWARE: tuple[Hardware, ...] = (
    *(
        Hardware(
            model=f"EX3400-{copper}P",
            reported=f"ex3400-{copper}p",
            roles=(Role.CORE, Role.ACCESS),
            ports=(*(f"ge-0/0/{n}" for n in range(copper)), *(f"xe-0/2/{n}" for n in range(4))),
            uplinks=tuple(f"xe-0/2/{n}" for n in range(4)),
            poe=tuple(f"ge-0/0/{n}" for n in range(copper)),
            serial_pattern=SERIAL,
        )
        for copper in (24, 48)
    ),
    *(
        Hardware(
            model=model,
            reported=model.lower(),
            roles=(Role.FIREWALL,),
            ports=tuple(f"ge-0/0/{n}" for n in range(ports)),
            uplinks=("ge-0/0/1",),
            wan=("ge-0/0/0", f"ge-0/0/{ports - 1}"),
            serial_pattern=SERIAL,
        )
        for model, ports in (("SRX300", 8), ("SRX340", 16))
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show version",
    model=r"^Model: (?P<model>\S+)",
    serial=r"^Chassis +(?P<serial>\S+)",
    version=r"^Junos: (?P<version>\S+)",
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
    Header(words="security-zone *"),
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
    r"|protocol|destination-port-name|inactivity-timeout|next-table|minimum-wait-time|any|screen) "
)
_LISTS = (
    r"(?:members|import|export|apply-groups|apply-groups-except|apply-path|domain-search|source-address"
    r"|destination-address|application|protocol|destination-port|source-port|prefix-list|next-hop|permissions|allow"
    r"|proposals|tcp-flags|icmp-type|authentication-order|interface|vlan-id-list|input-list|output-list|as-path"
    r"|community|name-server|port|trusted-key) "
)
_UNORDERED = (
    r"(?:members|source-address|destination-address|application|protocol|destination-port|source-port|next-hop"
    r"|permissions|icmp-type|interface|vlan-id-list|prefix-list|port|trusted-key) "
)
_WORD = r'(?P<secret>"(?:[^"\\]|\\.)*"|‹[^›]*›|[^\s;"]+)'

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
        Line(
            pattern=_LISTS, within=r".*/(?:from|then|match|vlan|group|neighbor|route|static|ospf|bgp|policy|area|ntp)"
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
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$9\$[^"\s;]+"?)', untyped="junos9", seal="junos9", layout='"{value}"'),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$6\$[^"\s;]+"?)', untyped="sha", seal="sha512", layout='"{value}"'),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$5\$[^"\s;]+"?)', untyped="sha", seal="sha512", layout='"{value}"'),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$1\$[^"\s;]+"?)', untyped="5", seal="sha512", layout='"{value}"'),
        Secret(pattern=rf"(?:.*?\s)?encrypted-password {_WORD}", seal="sha512", layout='"{value}"'),
        Secret(
            pattern=rf"(?:.*?\s)?(?:authentication-key(?! \d+ (?:type|value) )|secret"
            rf"|pre-shared-key (?:ascii-text|hexadecimal)"
            rf"|authentication-password|privacy-password|authentication-key \S+ (?:type \S+ )?value|password"
            rf"|simple-password|md5 \d+ key) {_WORD}",
            seal="junos9",
            layout='"{value}"',
        ),
        Secret(pattern=rf"(?:.*?\s)?snmp community {_WORD}"),
        Secret(pattern=rf"community {_WORD} \{{"),
        Secret(pattern=r"(?:.*?\s)?\"?[a-z]+://[^\s:/@\"]+:(?P<secret>[^\s@\"]+)@"),
    ),
    login="user {name}",
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

READ_ONLY = (r"show [\w ./:|-]+",)

PLATFORM = PlatformSpec(
    name=PlatformName("juniper_junos"),
    describe_port=("configure", 'set interfaces {port} description "{text}"', "commit and-quit"),
    title="Junos",
    names=OtherNames(
        netmiko="juniper_junos",
        napalm="junos",
        ntc_templates="juniper_junos",
        ansible_network_os="junipernetworks.junos.junos",
    ),
    transport="napalm",
    roles=(),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    failures=(r"^error: ", r"syntax error", r"unknown command", r"missing argument"),
    read_only=READ_ONLY,
)
