"""Cisco ASA, single context: configurations are read, compared and explained; changes are not pushed."""

from siteauto.core.config.rules import (
    ANYWHERE,
    ConfigRules,
    Flat,
    Line,
    Rank,
    Reference,
    Secret,
    Section,
    Slot,
    Until,
)
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show version",
    model=r"^Hardware:\s+(?P<model>[^\s,]+)",
    serial=r"^Serial Number: *(?P<serial>\S+)",
    version=r"^Cisco Adaptive Security Appliance Software Version (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="show startup-config",
    end=r"^: end\s*$",
    required=(r"^ASA Version ", r"^hostname ", r"^Cryptochecksum:[0-9a-f]"),  # it sums what it has written
    errors=(r"^(?:ERROR|% )",),
    put_back="Make it the startup configuration: copy disk0:FILE startup-config, then reload",
)

READ_ONLY = (r"show (?!.*\|\s*(?:redirect|append|tee)\b).+", r"ping \S.*", r"traceroute \S.*")

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

_IF = r"config-if"
_LIST = r"access-list"
_TYPED = r"(?:(?P<type>0|8) )?"

# FTD runs the same software underneath, so that its file takes them from here.
SECRETS = (
    Secret(pattern=r"(?:enable password|passwd) (?P<secret>\S+)", opaque=True),
    Secret(pattern=r"username \S+ password (?P<secret>\S+)", opaque=True),
    Secret(pattern=rf"(?:key|cluster key|key-string) {_TYPED}(?P<secret>(?!\d{{1,3}}$)\S+)$"),
    Secret(pattern=r"snmp-server community (?:(?P<type>0|8) )?(?P<secret>\S+)"),
    Secret(pattern=rf"snmp-server host(?:-group)? \S+ \S+ .*\bcommunity {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=r"snmp-server user \S+ .*?\bauth \S+ (?P<secret>\S+)", opaque=True),
    Secret(pattern=r"snmp-server user \S+ .*\bpriv \S+ (?:\d+ )?(?P<secret>\S+)", opaque=True),
    Secret(
        pattern=rf"(?:(?:ikev1|ikev2 (?:local|remote)-authentication"
        rf"|failover ipsec) )?pre-shared-key (?:hex )?{_TYPED}"
        r"(?P<secret>\S+)"
    ),
    Secret(pattern=rf"crypto isakmp key {_TYPED}(?P<secret>\S+) address"),
    Secret(pattern=r"crypto map \S+ \d+ set session-key \S+ (?:ah \d+|esp \d+ cipher) (?P<secret>\S+)"),
    Secret(pattern=r"crypto map \S+ \d+ set session-key .* authenticator (?P<secret>\S+)"),
    Secret(pattern=rf"ntp authentication-key \d+ \S+ {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=rf"(?:ldap-login-password|radius-common-pw|license) {_TYPED}(?P<secret>\S+)$"),
    Secret(pattern=rf"failover key (?:hex )?{_TYPED}(?P<secret>\S+)"),
    Secret(
        pattern=rf"(?:area \S+ virtual-link \S+ |ospf |.* )?(?:message-digest-key \d+ md5|ospf authentication-key"
        rf"|virtual-link \S+ authentication-key) {_TYPED}(?P<secret>\S+)"
    ),
    Secret(pattern=rf"ipv6 ospf (?:authentication|encryption) ipsec spi \d+ \S+ {_TYPED}(?P<secret>\S+)"),
    Secret(
        pattern=rf"(?:neighbor \S+ password|isis password|isis authentication key|(?:area|domain)-password"
        rf"|(?:rip )?authentication key(?: eigrp \d+)?|cts sxp default password) {_TYPED}(?P<secret>(?!eigrp )\S+)"
    ),
    Secret(
        pattern=rf"(?:(?:vpnclient|vpdn) .*|https?-proxy .*|.*\buse-common-)?(?:password|passphrase) {_TYPED}"
        r"(?P<secret>\S+)(?: store-local)?$"
    ),
    Secret(pattern=rf"logging ftp-server \S+ \S+ \S+ {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r":", r"ASA Version\b", r"\S+[#>]\s*$", r"Cryptochecksum:"),
    free_text=(r"(?:no )?(?:description|banner|snmp-server (?:location|contact))\b", r"access-list \S+ remark\b"),
    sections=(
        Section(opens=r"interface \S+", mode=_IF),
        Section(opens=r"object network \S+", mode="config-network-object"),
        Section(opens=r"object service \S+", mode="config-service-object"),
        Section(opens=r"object-group \S+ \S+", mode="config-object-group"),
        Section(opens=r"aaa-server \S+ (?:\(\S+\) )?host \S+", mode="config-aaa-server-host"),
        Section(opens=r"aaa-server \S+ protocol \S+", mode="config-aaa-server-group"),
        Section(opens=r"dns server-group \S+", mode="config-dns-server-group"),
        Section(opens=r"class-map .+", mode="config-cmap"),
        Section(opens=r"policy-map .+", mode="config-pmap"),
        Section(opens=r"class \S+", mode="config-pmap-c", within="config-pmap"),
        Section(opens=r"parameters$", mode="config-pmap-p", within="config-pmap"),
        Section(opens=r"group-policy \S+ attributes", mode="config-group-policy"),
        Section(opens=r"username \S+ attributes", mode="config-username"),
        Section(opens=r"tunnel-group \S+ \S+-attributes", mode="config-tunnel"),
        Section(opens=r"crypto (?:ikev[12] policy|ipsec ikev2 ipsec-proposal) \S+", mode="config-crypto"),
        Section(opens=r"crypto ca trustpoint \S+", mode="config-ca-trustpoint"),
        Section(opens=r"crypto ca certificate chain \S+", mode="config-cert-chain"),
        Section(opens=r"(?:router \S+.*|route-map \S+ \S+ \d+)", mode="config-router"),
        Section(opens=r"(?:call-home|webvpn|time-range \S+)$", mode="config-other"),
    ),
    bodies=(Until(opens=r"certificate (?:ca )?[0-9A-Fa-f]+$", ends=r"^\s*quit\s*$"),),
    slots=(
        Slot(pattern=r"(?:hostname|domain-name|enable password|passwd|clock timezone|clock summer-time|prompt)\b"),
        Slot(pattern=r"username \S+ (?:password|nopassword|attributes)"),
        Slot(pattern=r"logging (?:buffered|trap|console|monitor|asdm|facility|buffer-size|host \S+ \S+)\b"),
        Slot(pattern=r"(?:mtu \S+|arp timeout|ssh timeout|ssh version|telnet timeout|console timeout|pager lines)\b"),
        Slot(pattern=r"(?:ntp server \S+|snmp-server (?:location|contact|community|host \S+ \S+))"),
        Slot(pattern=r"access-group \S+ (in|out) interface (\S+)", key=r"access-group \1 interface \2"),
        Slot(pattern=r"aaa authentication \S+ console\b"),
        Slot(pattern=r"route \S+ \S+ \S+ \S+"),
        Slot(pattern=r"(?:nameif|security-level|ip address|description|speed|duplex|channel-group|vlan)\b", within=_IF),
        Slot(pattern=r"ipv6 address \S+", within=_IF),
        Slot(pattern=r"(?:host|subnet|range|fqdn)\b", within="config-network-object", key="value"),
        Slot(pattern=r"nat\b", within="config-network-object"),
        Slot(pattern=r"service\b", within="config-service-object"),
        Slot(pattern=r"(?:key|timeout|server-port|retry-interval)\b", within="config-aaa-server-host"),
        Slot(pattern=r"description\b", within=ANYWHERE),
    ),
    flats=(
        Flat(
            header=r"access-list \S+",
            entry=r"(?:extended|standard|ethertype|webtype|remark|advanced) .+",
            mode=_LIST,
            insert="{list} line {number} {entry}",
            clear="clear configure {list}",
            blocks=r"\S+ deny\b",
            repeats=r"remark\b",
        ),
        Flat(header=r"banner (?:motd|exec|login|asdm)", mode="banner", clear="no {list}", repeats=""),
    ),
    first=(r"shutdown$",),
    last=(r"no shutdown$",),
    hidden=(
        Line(pattern=r"(?:no (?:shutdown|nameif|security-level|ip address)|speed auto|duplex auto)$", within=_IF),
        Line(pattern=r"no (?:snmp-server (?:location|contact)|mac-address auto)$"),
    ),
    negations=(
        Line(pattern=r"(?:asdm history|arp permit-nonconnected)\b"),
        Line(pattern=r"(?:threat-detection statistics|call-home reporting|logging message|service|sysopt)\b"),
        Line(pattern=r"(?:active|tcp-inspection)$", within=ANYWHERE),
    ),
    permanent=(Line(pattern=r"interface (?:GigabitEthernet|TenGigabitEthernet|Ethernet|Management)\d+/\d+$"),),
    device_owned=(
        Line(pattern=r"(?:xlate per-session|service-module|boot system|mtu|icmp unreachable|threat-detection)\b"),
        Line(pattern=r"(?:user-identity|call-home|no call-home|password encryption|arp rate-limit|console timeout)\b"),
        Line(pattern=r"(?:class-map inspection_default|policy-map (?:type inspect dns preset_dns_map|global_policy))$"),
    ),
    references=(
        Reference(pattern=r"access-group (?P<name>\S+)", object=r"access-list {name}"),
        Reference(pattern=r"(?:.* )?match (?:ip )?address (?P<name>\S+)", object=r"access-list {name}"),
        Reference(
            pattern=r"nat .*\b(?:source|destination) \S+ (?P<name>\S+)", object=r"object(?:-group)? network {name}"
        ),
        # A line can name two objects: the first and the last of them.
        Reference(pattern=r"\S+ (?:permit|deny) .*?\bobject(?:-group)? (?P<name>\S+)", object=r"object\S* \S+ {name}"),
        Reference(pattern=r"\S+ (?:permit|deny) .*\bobject(?:-group)? (?P<name>\S+)", object=r"object\S* \S+ {name}"),
        Reference(pattern=r"network-object object (?P<name>\S+)", object=r"object network {name}"),
        Reference(pattern=r"group-object (?P<name>\S+)", object=r"object-group \S+ {name}"),
        Reference(pattern=r"class (?P<name>\S+)", object=r"class-map .*{name}"),
        Reference(pattern=r"service-policy (?P<name>\S+)", object=r"policy-map .*{name}"),
    ),
    definitions=(
        r"object (?:network|service)\b",
        r"object-group\b",
        r"access-list\b",
        r"aaa-server \S+ protocol\b",
        r"aaa-server\b",
        r"class-map\b",
        r"policy-map\b",
        r"route-map\b",
    ),
    ranks=(
        Rank(pattern=r"hostname\b"),
        Rank(pattern=r"(?:domain-name|enable password|service-module|xlate|passwd|no mac-address)\b"),
        Rank(pattern=r"interface\b", sort="natural"),
        Rank(pattern=r"banner\b"),
        Rank(pattern=r"(?:boot|ftp|clock|dns)\b"),
        Rank(pattern=r"object\b"),
        Rank(pattern=r"object-group\b"),
        Rank(pattern=r"access-list\b"),
        Rank(pattern=r"(?:pager|logging|mtu)\b"),
        Rank(pattern=r"access-group\b"),
        Rank(pattern=r"route\b"),
        Rank(pattern=r".*"),
    ),
    secrets=SECRETS,
    interface_types=("GigabitEthernet", "TenGigabitEthernet", "Management", "Ethernet", "Port-channel", "BVI"),
    interface_words=(r"interface (?P<name>[A-Za-z-]+\s?\d\S*)$",),
    login=r"username {name} password",
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("cisco_asa"),
    title="Cisco ASA",
    names=OtherNames(
        netmiko="cisco_asa",
        ntc_templates="cisco_asa",
        ansible_network_os="cisco.asa.asa",
        oxidized=("asa",),
        rancid=("cisco-asa",),
    ),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    read_only=READ_ONLY,
    failures=(r"^(?:ERROR|% )",),
)
