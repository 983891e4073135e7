"""Palo Alto PAN-OS: its configuration is read, compared and redacted, in `set` lines and braces. It is not pushed."""

from siteauto.core.config.path_rules import Header
from siteauto.core.config.rules import ANYWHERE, ConfigRules, Line, OrderedTable, Secret, Slot, WordSet
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show system info",
    model=r"^model: (?P<model>\S+)",
    serial=r"^serial: (?P<serial>\S+)",
    version=r"^sw-version: (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show config running",
    startup="",  # what is committed is saved
    end=r"^\}$",
    required=(r"deviceconfig",),
    errors=(r"^Invalid syntax", r"^Unknown command", r"^Server error"),
    blocks=((r"\{$", r"^\s*\}$"),),
    section=r"^ {0,4}\S.*\{$",
    extension="conf",
    put_back="The box loads XML: this text is for reading and comparing, and for typing what is missing",
)

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

_CONTAINERS = (
    *("config", "mgt-config", "deviceconfig", "system", "setting", "network", "shared", "rulebase", "rules", "zone"),
    *("devices", "vsys", "users", "address", "address-group", "service", "service-group", "application-group", "tag"),
    *("interface", "ethernet", "aggregate-ethernet", "loopback", "tunnel", "vlan", "layer3", "layer2", "units", "ip"),
    *(
        "virtual-router",
        "routing-table",
        "ip",
        "static-route",
        "nexthop",
        "security",
        "nat",
        "pbf",
        "decryption",
        "qos",
    ),
    *("profiles", "log-settings", "permissions", "role-based", "dns-setting", "servers", "ntp-servers", "protocol"),
    *("tcp", "udp", "ike", "gateway", "tunnel", "crypto-profiles", "authentication", "local-user-database", "user"),
    *("import", "profile-setting", "group", "external-list", "schedule", "server-profile", "radius", "tacplus", "ldap"),
    *("default-security-rules", "application-override", "snmp-setting", "access-setting", "version"),
)

# People write several options of a rule on one line; what stands behind these words is one option.
_DEEP = (
    *("profile-setting", "source-translation", "destination-translation", "dynamic-destination-translation", "option"),
    *("dns-setting", "ntp-servers", "snmp-setting", "permitted-ip", "type", "panorama", "update-schedule"),
    *("route", "device-telemetry", "snmpv3", "qos", "target", "monitor", "forward", "lldp"),
)
_HEADERS = (
    Header(words="*", within=r"config/devices|devices|.*/vsys|vsys", mode=""),
    Header(words="*", within=r".*/rules", mode="rule", inline=True, deep=_DEEP),
    Header(words="system", within="deviceconfig", inline=True, deep=(*_DEEP, "service")),
    Header(words="*", within=r"mgt-config/users|(?:shared/)?local-user-database/user", mode="user"),
    Header(words="*", within=r"(?:shared/)?(?:address|address-group|service|service-group|application-group|tag|zone)"),
    Header(words="*", within=r"(?:shared/)?(?:external-list|schedule)", mode="entry"),
    Header(words="*", within=r"network/interface/(?:ethernet|aggregate-ethernet)", mode="interface"),
    Header(words="*", within=r".*/units", mode="interface"),
    Header(words="*", within=r".*/layer3/ip|.*/interface/ip", mode="entry"),
    Header(words="*", within=r"network/virtual-router", mode="router"),
    Header(words="*", within=r".*/routing-table/ip/static-route", mode="route"),
    Header(words="*", within=r"network/(?:ike/gateway|tunnel/ipsec|profiles/.*)", mode="entry"),
    Header(words="*", within=r"(?:shared/)?(?:log-settings|server-profile)/[a-z-]+", mode="entry"),
)

_SETTINGS = (
    r"(?:hostname|domain|timezone|ip-address|netmask|default-gateway|login-banner|description|action|log-start|log-end"
    r"|log-setting|disabled|ip-netmask|ip-range|fqdn|port|destination|metric|comment|link-state|mtu|negate-source"
    r"|negate-destination|rule-type|schedule|phash|superuser|primary|secondary|color|comments|interface|virtual-system"
    r"|ntp-server-address|authentication-type|key|type|panorama-server|update-server|source-port) "
)
_LISTS = (
    r"(?:from|to|source|destination|source-user|service|application|category|tag|member|members|static|layer3|layer2"
    r"|tap|virtual-wire|hip-profiles|source-hip|destination-hip|group|virus|spyware|vulnerability|url-filtering) "
)
_WORDS = r'(?:(?:"[^"]*"|[^"\s]+)\s+)*?'  # those before; one in quotes is a name, whatever it says
_WORD = r'(?P<secret>"(?:[^"\\]|\\.)*"|‹[^›]*›|[^\s;"]+)'

CONFIG = ConfigRules(
    syntax="paths",
    comment="#",
    indent=2,
    volatile=(r"config (?:version|urldb|detail-version) ", r"config \S+ \{$"),
    containers=_CONTAINERS,
    headers=_HEADERS,
    lists=(
        Line(pattern=_LISTS, within=r".*/rule|rule|.*-group|.*/zone.*|zone.*|.*/interface"),
        Line(pattern=r"(?:member|members|static|tag|interface) ", within=r".*(?:group|zone|address|service|router).*"),
    ),
    word_sets=(WordSet(pattern=_LISTS), WordSet(pattern=r"interface ")),
    slots=(Slot(pattern=_SETTINGS, within=ANYWHERE),),
    ordered_tables=(OrderedTable(within=r".*rulebase/[a-z-]+/rules"),),
    reorder="move {path} {entry} {place} {anchor}",
    secrets=(
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$[56]\$[^"\s;]+"?)', untyped="sha", seal="sha512"),
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?\$1\$[^"\s;]+"?)', untyped="5", seal="sha512"),
        # Encrypted with the master key of the box, anew each time: two cannot be told apart.
        Secret(pattern=r'(?:.*?\s)?(?P<secret>"?-AQ==[^"\s;]+"?)', untyped="AQ", opaque=True),
        Secret(pattern=rf"{_WORDS}phash {_WORD}", seal="sha512"),
        Secret(
            pattern=rf"{_WORDS}(?:snmp-community-string|(?:\S+-)?(?:secret|password|passphrase)|authpwd|privpwd|private-key"
            r"|auth-key|authentication-key|agent-user-override-key|secret-access-key|kerberos-keytab"
            r"|scep-challenge fixed"
            rf"|snmptrap \S+ version v2c server \S+ community|sim\d pin) (?!value ){_WORD}",
        ),
        Secret(pattern=rf"{_WORDS}(?:md5 \d+|md5|sha\d+|encryption|authentication|pre-shared-key) key {_WORD}"),
        Secret(pattern=rf"{_WORDS}\S*(?:password|token|key|secret) value {_WORD}"),
        # The same words where the text is in braces.
        Secret(pattern=rf"(?:key|pin) {_WORD};$"),
        Secret(pattern=rf"value {_WORD};$", under=r"\S*(?:password|token|key|secret) \{$"),
        Secret(pattern=rf"community {_WORD};$", under=r"snmptrap \{$"),
        Secret(pattern=rf"fixed {_WORD};$", under=r"scep-challenge \{$"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
    definitions=(
        r"(?:shared )?tag ",
        r"(?:shared )?address ",
        r"(?:shared )?address-group ",
        r"(?:shared )?service ",
        r"(?:shared )?service-group ",
        r"(?:shared )?application",
        r"network profiles ",
        r"network interface ",
        r"network virtual-router ",
        r"zone ",
    ),
    login="{name}",
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("paloalto_panos"),
    title="PAN-OS",
    names=OtherNames(
        netmiko="paloalto_panos",
        ntc_templates="paloalto_panos",
        ansible_network_os="paloaltonetworks.panos.panos",
        oxidized=("panos",),
        rancid=("paloalto",),
    ),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    failures=(r"^Invalid syntax", r"^Unknown command", r"^Server error", r"^Validation Error"),
    read_only=(r"show [\w ./:-]+",),
)
