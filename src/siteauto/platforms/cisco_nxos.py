"""Cisco NX-OS: configurations are read, compared and explained; changes are not pushed."""

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
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

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
    interruptions=(r"^.*(?<!\S)%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+: ",),
)

READ_ONLY = (r"show (?!.*(?:\||>)\s*(?:redirect|append|tee)\b)[^>]+", r"ping \S.*", r"traceroute \S.*")

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
        Slot(pattern=r"aaa (?:authentication|authorization|accounting) \S+ \S+"),
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
        Slot(pattern=r"(?:description|exec-timeout)\b", within=ANYWHERE),
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
        Secret(pattern=r"username \S+ password (?:(?P<type>0|5|8|9) )?(?P<secret>\S+)", opaque=True),
        Secret(pattern=r"enable secret (?:(?P<type>0|5) )?(?P<secret>\S+)", opaque=True),
        Secret(pattern=r"snmp-server community (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ .*?version (?:1|2c) (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user \S+ .*?\bauth \S+ (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"snmp-server user \S+ .*\bpriv (?:aes-128 )?(?P<secret>\S+)", opaque=True),
        Secret(pattern=r"(?:radius|tacacs)-server (?:host \S+ .*?)?key (?:(?P<type>0|6|7) )?\"?(?P<secret>[^\s\"]+)"),
        Secret(pattern=r"ntp authentication-key \d+ md5 (?P<secret>\S+)"),
        Secret(pattern=r"password (?P<type>3|7) (?P<secret>\S+)"),
        Secret(pattern=r"(?:ip ospf message-digest-key \d+ md5|key-string) (?:(?P<type>\d) )?(?P<secret>\S+)"),
    ),
    interface_types=("Ethernet", "port-channel", "Vlan", "loopback", "mgmt", "Tunnel", "nve"),
    interface_words=(r"interface (?P<name>[^,]+)$", r"(?:.* )?source-interface (?P<name>\S+)"),
    login=r"username {name}",
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("cisco_nxos"),
    title="Cisco NX-OS",
    names=OtherNames(
        netmiko="cisco_nxos", napalm="nxos_ssh", ntc_templates="cisco_nxos", ansible_network_os="cisco.nxos.nxos"
    ),
    transport="napalm",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    read_only=READ_ONLY,
    failures=(r"^% ",),
)
