"""Arista EOS: configurations are read, compared and explained; changes are not pushed yet."""

from siteauto.core.config.rules import (
    ANYWHERE,
    Alias,
    ConfigRules,
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
    Until,
)
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import BackupRules, Hardware, Identity, OtherNames, PlatformSpec

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# `show version` adds the way of the fans to the model: -F blows from the front.
HARDWARE: tuple[Hardware, ...] = tuple(
    Hardware(
        model=f"CCS-720XP-{copper}Y6",
        reported=f"CCS-720XP-{copper}Y6-F",
        roles=(Role.CORE, Role.ACCESS),
        ports=tuple(f"Ethernet{n}" for n in range(1, copper + 7)),
        uplinks=tuple(f"Ethernet{n}" for n in range(copper + 1, copper + 7)),
        poe=tuple(f"Ethernet{n}" for n in range(1, copper + 1)),
        serial_pattern=r"[A-Z]{3}\d{4}[0-9A-Z]{4}",
    )
    for copper in (24, 48)
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show version",
    model=r"^Arista (?P<model>\S+)",
    serial=r"^Serial number: *(?P<serial>\S+)",
    version=r"^Software image version: *(?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="show startup-config",
    end=r"^end\s*$",
    required=(r"^hostname ",),
    errors=(r"^% ",),
    last_change=r"^! Startup-config last modified at (?P<when>.+?)(?: by (?P<who>\S+))?\s*$",
    interruptions=(r"^.*(?<!\S)%[A-Z][A-Z0-9_]*-[0-7]-[A-Z0-9_]+: ",),
)

READ_ONLY = (r"show (?!.*(?:\||>)\s*(?:redirect|append|tee)\b)[^>]+", r"ping \S.*", r"traceroute \S.*")

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

_IF = r"config-if"
_ACL = r"config-acl"
_KEY = r"(?:(?P<type>0|7|8a) )?(?P<secret>\S+)"

CONFIG_SECTIONS = (
    Section(opens=r"interface \S+", mode=_IF),
    Section(opens=r"vlan [\d,\- ]+$", mode="config-vlan"),
    Section(opens=r"vrf instance \S+", mode="config-vrf"),
    Section(opens=r"ip access-list (?:standard )?\S+", mode=_ACL),
    Section(opens=r"ipv6 access-list (?:standard )?\S+", mode="config-ipv6-acl"),
    Section(opens=r"ip prefix-list \S+$", mode="config-ip-pfx"),
    Section(opens=r"route-map \S+ \S+ \d+", mode="config-route-map"),
    Section(opens=r"router bgp \d+", mode="config-router-bgp"),
    Section(opens=r"router (?:ospf|isis|ospf3) .+", mode="config-router"),
    Section(opens=r"address-family \S+", mode="config-router-bgp-af", within="config-router-bgp"),
    Section(opens=r"vrf \S+", mode="config-router-bgp-vrf", within="config-router-bgp"),
    Section(opens=r"vlan \d+", mode="config-router-bgp-vlan", within="config-router-bgp"),
    Section(opens=r"aaa group server (?:radius|tacacs\+) \S+", mode="config-sg"),
    Section(opens=r"management (?:api \S+|ssh|console|security|telnet|xmpp|accounts|tech-support)", mode="config-mgmt"),
    Section(opens=r"(?:vrf|ssl profile|password) \S+", mode="config-mgmt-sub", within="config-mgmt"),
    Section(opens=r"mlag configuration", mode="config-mlag"),
    Section(opens=r"monitor session \S+", mode="config-monitor"),
    Section(opens=r"class-map .+", mode="config-cmap"),
    Section(opens=r"policy-map .+", mode="config-pmap"),
    Section(opens=r"class \S+", mode="config-pmap-c", within="config-pmap"),
    Section(opens=r"daemon \S+", mode="config-daemon"),
    Section(opens=r"event-handler \S+", mode="config-handler"),
    Section(opens=r"queue-monitor \S+$", mode="config-queue-monitor"),
)

CONFIG_SLOTS = (
    Slot(pattern=r"(?:hostname|username \S+|enable (?:secret|password)|ip domain-name|dns domain)\b"),
    Slot(pattern=r"(?:spanning-tree mode|clock timezone|prompt|terminal (?:length|width))\b"),
    Slot(pattern=r"(?:service routing protocols model|transceiver qsfp default-mode)\b"),
    Slot(pattern=r"ntp (?:server (?:vrf \S+ )?\S+|local-interface|authentication-key \d+)"),
    Slot(pattern=r"ip name-server vrf \S+"),
    Slot(pattern=r"snmp-server (?:location|contact|community \S+|host \S+|user \S+ \S+ v\d|group \S+|view \S+ \S+)"),
    Slot(pattern=r"logging (?:host \S+|buffered|trap|console|monitor|facility|source-interface)\b"),
    Slot(pattern=r"(?:radius|tacacs)-server (?:host \S+|key|timeout|deadtime)\b"),
    Slot(pattern=r"aaa (?:authentication|authorization|accounting) \S+ \S+"),
    Slot(pattern=r"banner \S+"),
    Slot(pattern=r"ip (?:ssh|http|radius|tacacs) (?:client )?source-interface\b"),
    Slot(pattern=r"ip address virtual\b", within=_IF),
    Slot(pattern=r"ip address \S+ secondary$", within=_IF),
    Slot(pattern=r"ip (?:address|helper-address \S+|ospf (?:cost|network|area))\b", within=_IF),
    Slot(pattern=r"ip access-group \S+ (in|out)$", within=_IF, key=r"ip access-group \1"),
    Slot(pattern=r"vrf\b", within=_IF),
    Slot(pattern=r"(?:description|mtu|speed|bandwidth|channel-group|load-interval|encapsulation \S+)\b", within=_IF),
    Slot(pattern=r"switchport (?:mode|access vlan|phone vlan|trunk native vlan)\b", within=_IF),
    Slot(pattern=r"spanning-tree (?:portfast|bpduguard|bpdufilter|guard|cost|port-priority)\b", within=_IF),
    Slot(pattern=r"(?:vxlan (?:source-interface|udp-port|vlan \S+ vni|vrf \S+ vni)|mlag|lacp rate)\b", within=_IF),
    Slot(pattern=r"name\b", within="config-vlan"),
    Slot(
        pattern=r"(?:domain-id|local-interface|peer-address|peer-link|reload-delay(?: \S+(?= \d))?)\b", within=r".*mlag"
    ),
    Slot(pattern=r"(?:router-id|maximum-paths|timers bgp|rd)\b", within="config-router.*"),
    Slot(
        pattern=r"neighbor \S+ (?:remote-as|peer group|description|update-source|password|maximum-routes)",
        within=r".*bgp.*",
    ),
    Slot(pattern=r"(?:description|idle-timeout|exec)\b", within=ANYWHERE),
)

CONFIG_SECRETS = (
    Secret(pattern=r"username \S+ .*?\bsecret (?:(?P<type>0|5|sha512|\*) )?(?P<secret>\S+)", opaque=True),
    Secret(pattern=r"enable (?:secret|password) (?:(?P<type>0|5|sha512) )?(?P<secret>\S+)", opaque=True),
    Secret(pattern=r"snmp-server community (?P<secret>\S+)"),
    Secret(
        pattern=r"snmp-server host \S+ (?:vrf \S+ )?(?:(?:traps|informs) )?(?:version (?:1|2c) )?"
        r"(?P<secret>(?!version|vrf|traps|informs)\S+)"
    ),
    Secret(pattern=r"snmp-server user \S+ \S+ v3 .*?\bauth \S+ (?P<secret>\S+)", opaque=True),
    Secret(pattern=r"snmp-server user \S+ \S+ v3 .*\bpriv \S+ (?P<secret>\S+)", opaque=True),
    Secret(pattern=rf"(?:radius|tacacs)-server (?:host \S+ .*)?key {_KEY}"),
    Secret(pattern=rf"ntp authentication-key \d+ \S+ {_KEY}"),
    Secret(pattern=rf"neighbor \S+ password {_KEY}"),
    Secret(pattern=rf"(?:ip ospf (?:authentication-key|message-digest-key \d+ \S+)|isis authentication key) {_KEY}"),
)

CONFIG = ConfigRules(
    syntax="indented",
    end="end",
    indent=3,
    noise=(r"\S+[#>]\s*$",),
    free_text=(r"(?:no )?(?:description|name|remark|snmp-server (?:location|contact)|banner)\b", r"\d+ remark\b"),
    sections=CONFIG_SECTIONS,
    leaves=(
        r"(?:hostname|username|enable secret|ntp server|logging host|snmp-server|aaa |banner |spanning-tree mode) ",
        r"(?:ip (?:route|routing|name-server|domain-name|ssh|http|virtual-router))\b",
    ),
    bodies=(Until(opens=r"banner (?:motd|login|exec)$", ends=r"^EOF$"),),
    slots=CONFIG_SLOTS,
    number_sets=(
        NumberSet(pattern=r"switchport trunk allowed vlan", within=_IF, full_is_hidden=True),
        NumberSet(pattern=r"no spanning-tree vlan(?:-id)?(?= [\d,\-]+$)", additive=True),
    ),
    numbered=(
        Numbered(
            within=_ACL,
            section=r"ip access-list (?:standard )?(?P<name>\S+)",
            renumber="resequence {start} {step}",
            renumber_inside=True,
        ),
    ),
    spreads=(
        Spread(pattern=r"vlan (?P<list>\d[\d,\- ]*)", each="vlan {item}", kind="numbers"),
        Spread(pattern=r"interface (?P<list>[A-Za-z-]+\s*[\d/]+\s*[-,].*)", each="interface {item}", kind="names"),
    ),
    aliases=(Alias(pattern=r"ip prefix-list (\S+) (seq \d+ .+)", section=r"ip prefix-list \1", line=r"\2"),),
    first=(r"shutdown$",),
    last=(r"no shutdown$",),
    # A routed port loses its addresses when it moves to another VRF (EOS 4.2x).
    resets=(Reset(pattern=r"(?:no )?vrf\b", drops=r"(?:no )?ip(?:v6)? address\b", within=_IF),),
    hidden=(
        Line(pattern=r"(?:no shutdown|switchport|switchport mode access|switchport access vlan 1)$", within=_IF),
        Line(pattern=r"(?:switchport trunk native vlan 1|lldp transmit|lldp receive|mtu 1500|speed auto)$", within=_IF),
        Line(pattern=r"state active$", within="config-vlan"),
        Line(pattern=r"(?:no ip routing|logging console errors)$"),
    ),
    negations=(
        Line(pattern=r"(?:switchport|lldp (?:transmit|receive)|snmp trap link-change|autostate)$", within=_IF),
        Line(pattern=r"(?:aaa root|lldp run|spanning-tree vlan.*|service interface inactive .*|ip routing vrf .*)"),
        Line(pattern=r"(?:logging (?:console|monitor)|errdisable detect cause .*|ip icmp redirect)$"),
        Line(pattern=r"shutdown$", within=r"config-mgmt.*|config-mlag|config-router.*|config-daemon"),
        Line(pattern=r"(?:protocol \S+)$", within="config-mgmt"),
        Line(pattern=r"(?:neighbor .*|bgp .*|activate)", within=r"config-router-bgp.*"),
    ),
    permanent=(Line(pattern=r"interface (?:Ethernet|Management)\d\S*$"), Line(pattern=r"vlan 1$")),
    device_owned=(Line(pattern=r"(?:transceiver qsfp default-mode|service routing protocols model|no aaa root)\b"),),
    references=(
        Reference(pattern=r"ip access-group (?P<name>\S+)", object=r"ip access-list (?:standard )?{name}"),
        Reference(pattern=r"vrf (?P<name>\S+)$", object=r"vrf instance {name}"),
        Reference(pattern=r"service-policy .*?(?P<name>\S+)$", object=r"policy-map .*{name}"),
        Reference(pattern=r"class (?P<name>\S+)", object=r"class-map .*{name}"),
        Reference(
            pattern=r"match ip address (?:prefix-list|access-list) (?P<name>\S+)", object=r"ip \S+-list .*{name}"
        ),
    ),
    definitions=(
        r"vrf instance\b",
        r"vlan \d",
        r"aaa group server\b",
        r"ip access-list\b",
        r"ip prefix-list\b",
        r"route-map\b",
        r"class-map\b",
        r"policy-map\b",
    ),
    ranks=(
        Rank(pattern=r"(?:no aaa root|transceiver|service|hostname)\b"),
        Rank(pattern=r"(?:ntp|radius-server|tacacs-server|snmp-server|spanning-tree|logging|aaa)\b"),
        Rank(pattern=r"username\b"),
        Rank(pattern=r"vlan\b", sort="natural"),
        Rank(pattern=r"vrf instance\b"),
        Rank(pattern=r"interface Port-Channel", sort="natural"),
        Rank(pattern=r"interface Ethernet", sort="natural"),
        Rank(pattern=r"interface Loopback", sort="natural"),
        Rank(pattern=r"interface Management", sort="natural"),
        Rank(pattern=r"interface Vlan", sort="natural"),
        Rank(pattern=r"interface\b", sort="natural"),
        Rank(pattern=r"ip access-list\b"),
        Rank(pattern=r".*"),
    ),
    secrets=CONFIG_SECRETS,
    interface_types=("Ethernet", "Management", "Port-Channel", "Vlan", "Loopback", "Vxlan", "Tunnel", "Recirc-Channel"),
    interface_words=(r"interface (?P<name>[^,]+)$", r"(?:.* )?(?:source|local)-interface (?P<name>\S+)"),
    login=r"username {name}",
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("arista_eos"),
    describe_port=("configure terminal", "interface {port}", "description {text}", "end"),
    title="Arista EOS",
    names=OtherNames(
        netmiko="arista_eos", napalm="eos", ntc_templates="arista_eos", ansible_network_os="arista.eos.eos"
    ),
    transport="napalm",
    roles=(),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    read_only=READ_ONLY,
    failures=(r"^% ",),
)
