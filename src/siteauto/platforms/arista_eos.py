"""Arista EOS: campus switches of the 720XP and 722XPM series, and the 7050X3 as a core of fibres."""

from collections.abc import Sequence

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
    Spelling,
    Spread,
    Until,
)
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import (
    BackupRules,
    Endpoint,
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
    Reading,
    RouteReading,
    TrunkReading,
    VlanReading,
)

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

ARISTA_SERIAL = r"[A-Z]{3}\d{4}[0-9A-Z]{4}"  # plant, year and week, number: JPE19181543


def _ethernet(first: int, last: int, lane: str = "") -> tuple[str, ...]:
    """Ports as EOS names them; a QSFP cage's first lane is Ethernet49/1."""
    return tuple(f"Ethernet{number}{lane}" for number in range(first, last + 1))


def _switch(model: str, *, copper: int, uplinks: tuple[str, ...]) -> Hardware:
    """A box that calls itself by its model and -F, for the way its air goes."""
    return Hardware(
        model=model,
        roles=(Role.CORE, Role.ACCESS),
        ports=(*_ethernet(1, copper), *uplinks),
        uplinks=uplinks,
        poe=_ethernet(1, copper),
        serial_pattern=ARISTA_SERIAL,
        reported=f"{model}-F",
    )


HARDWARE: tuple[Hardware, ...] = (
    _switch("CCS-720XP-24Y6", copper=24, uplinks=_ethernet(25, 30)),
    _switch("CCS-720XP-48Y6", copper=48, uplinks=_ethernet(49, 54)),
    _switch("CCS-720XP-24ZY4", copper=24, uplinks=_ethernet(25, 28)),
    _switch("CCS-720XP-48ZC2", copper=48, uplinks=(*_ethernet(49, 52), *_ethernet(53, 54, "/1"))),
    _switch("CCS-722XPM-48ZY8", copper=48, uplinks=_ethernet(49, 56)),
    # All fibre: 48 ports of 25 Gbit/s and 8 of 100.
    Hardware(
        model="DCS-7050SX3-48YC8",
        roles=(Role.CORE,),
        ports=(*_ethernet(1, 48), *_ethernet(49, 56, "/1")),
        uplinks=(*_ethernet(1, 48), *_ethernet(49, 56, "/1")),
        serial_pattern=ARISTA_SERIAL,
        reported="DCS-7050SX3-48YC8-F",
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show version",
    model=r"^Arista (?:Networks )?(?P<model>\S+)",
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
    interruptions=(r"%(?<!\S%)[A-Z][A-Z0-9_]*-[0-7]-[A-Z0-9_]+: ",),
    not_in_text=("TLS certificates and keys", "extensions", "boot-config"),
)

# `show … > flash:x`, `| redirect` and `| tee` write files; `show tech-support` and the like do not.
READ_ONLY = (
    r"show (?!.*(?:\||>)\s*(?:redirect|append|tee)\b)[^>]+",
    r"ping \S.*",
    r"traceroute \S.*",
    r"dir(?: \S+)?",
)

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
    Section(opens=r"(?:vrf|ssl profile|password policy) \S+", mode="config-mgmt-sub", within="config-mgmt", gap=True),
    Section(opens=r"mlag configuration", mode="config-mlag"),
    Section(opens=r"monitor session \S+", mode="config-monitor"),
    Section(opens=r"class-map .+", mode="config-cmap"),
    Section(opens=r"policy-map .+", mode="config-pmap"),
    Section(opens=r"class \S+", mode="config-pmap-c", within="config-pmap"),
    Section(opens=r"daemon \S+", mode="config-daemon"),
    Section(opens=r"event-handler \S+", mode="config-handler"),
    Section(opens=r"queue-monitor \S+$", mode="config-queue-monitor"),
    Section(opens=r"dot1x$", mode="config-dot1x"),
    Section(opens=r"address locking$", mode="config-address-locking"),
    Section(opens=r"spanning-tree mst configuration$", mode="config-mst"),
    Section(opens=r"poe$", mode="config-poe"),
)

CONFIG_SLOTS = (
    Slot(pattern=r"(?:hostname|username \S+|enable (?:secret|password)|ip domain-name|dns domain)\b"),
    Slot(pattern=r"(?:spanning-tree mode|clock timezone|prompt|terminal (?:length|width))\b"),
    Slot(pattern=r"(?:service routing protocols model|transceiver qsfp default-mode)\b"),
    Slot(pattern=r"ntp (?:server (?:vrf \S+ )?\S+|local-interface|authentication-key \d+|trusted-key|authenticate)"),
    Slot(pattern=r"ip igmp snooping querier(?: address)?\b"),
    Slot(pattern=r"(?:lldp (?:timer|hold-time|management-address)|errdisable recovery interval)\b"),
    Slot(pattern=r"spanning-tree vlan-id \S+ priority\b"),
    Slot(pattern=r"spanning-tree (?:edge-port bpduguard|guard loop) default\b"),
    Slot(pattern=r"ip name-server vrf \S+"),
    Slot(
        pattern=r"snmp-server (?:location|contact|community \S+|host \S+|user \S+ \S+ v\d|group \S+|view \S+ \S+"
        r"|local-interface|engineID local|ipv4 access-list)"
    ),
    Slot(pattern=r"logging (?:host \S+|buffered|trap|console|monitor|facility|source-interface|format \S+)"),
    Slot(pattern=r"(?:radius|tacacs)-server (?:host \S+|key|timeout|retransmit|deadtime)"),
    Slot(pattern=r"aaa authentication policy (?:on-success|on-failure|lockout)\b"),
    Slot(pattern=r"aaa accounting commands \S+ \S+"),
    Slot(pattern=r"aaa authorization (?:commands \S+ \S+|serial-console)"),
    Slot(pattern=r"aaa (?:authentication|authorization|accounting) \S+ \S+"),
    Slot(pattern=r"banner \S+"),
    Slot(pattern=r"ip (?:ssh|http|radius|tacacs) (?:client )?source-interface\b"),
    Slot(pattern=r"ip address virtual\b", within=_IF),
    Slot(pattern=r"ip address \S+ secondary$", within=_IF),
    Slot(pattern=r"ip (?:address|helper-address \S+|ospf (?:cost|network|area))\b", within=_IF),
    Slot(pattern=r"ip access-group \S+ (in|out)$", within=_IF, key=r"ip access-group \1"),
    Slot(pattern=r"vrf\b", within=_IF),
    Slot(pattern=r"(?:description|mtu|speed|bandwidth|channel-group|load-interval|encapsulation \S+)\b", within=_IF),
    Slot(pattern=r"switchport (?:mode|access vlan|phone vlan|phone trunk|trunk native vlan)\b", within=_IF),
    Slot(pattern=r"switchport port-security (?:violation|mac-address maximum)\b", within=_IF),
    Slot(pattern=r"storm-control \S+ level\b", within=_IF),
    Slot(pattern=r"poe (?:priority|limit|reboot action|shutdown action|link down action)\b", within=_IF),
    Slot(
        pattern=r"dot1x (?:pae|port-control|host-mode|reauthorization request limit|timeout \S+"
        r"|authentication failure action|aaa unresponsive (?:phone )?action|mac based authentication$)",
        within=_IF,
    ),
    Slot(pattern=r"qos trust\b", within=_IF),
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
    Slot(pattern=r"(?:cipher|key-exchange|mac|connection (?:limit|per-host)|ip access-group)\b", within="config-mgmt"),
    Slot(pattern=r"password minimum length\b", within="config-mgmt"),
    Slot(pattern=r"ip access-group\b", within="config-mgmt-sub"),
    Slot(pattern=r"(?:description|idle-timeout|exec)\b", within=ANYWHERE),
)


def _hash(pattern: str) -> Secret:
    """A password that is stored as a SHA-512 hash."""
    return Secret(pattern=pattern, seal="sha512", layout="sha512 {value}")


def _key(pattern: str) -> Secret:
    """A key that is stored in type 7, which is Cisco's."""
    return Secret(pattern=pattern, seal="type7", layout="7 {value}")


CONFIG_SECRETS = (
    _hash(r"(?:username \S+|aaa root) .*?\bsecret (?:(?P<type>0|5|sha512|\*) )?(?P<secret>\S+)"),
    _hash(r"enable (?:secret|password) (?:(?P<type>0|5|sha512) )?(?P<secret>\S+)"),
    Secret(pattern=rf"snmp-server community {_KEY}"),
    Secret(
        pattern=r"snmp-server host \S+ (?:vrf \S+ )?(?:(?:traps|informs) )?(?:version (?:1|2c) )?"
        r"(?P<secret>(?!version|vrf|traps|informs)\S+)"
    ),
    Secret(pattern=r"snmp-server user \S+ \S+ (?:.*? )?v3 .*?\bauth \S+ (?P<secret>\S+)", opaque=True),
    Secret(pattern=r"snmp-server user \S+ \S+ (?:.*? )?v3 .*\bpriv \S+ (?P<secret>\S+)", opaque=True),
    _key(rf"(?:radius|tacacs)-server (?:host \S+ .*)?key {_KEY}"),
    _key(rf"ntp authentication-key \d+ \S+ {_KEY}"),
    Secret(pattern=rf"neighbor \S+ password (?!shared-secret ){_KEY}"),
    Secret(pattern=rf"(?:ip ospf (?:authentication-key|message-digest-key \d+ \S+)|isis authentication key) {_KEY}"),
    Secret(pattern=rf"vrrp \d+ (?:\S+ )?authentication (?:text |(?:ietf-md5 )?key-string )?{_KEY}$"),
    Secret(pattern=rf"shared-key {_KEY}"),
    Secret(pattern=r"(?:ospfv3|area \S+) encryption .*\besp \S+ (?:passphrase )?(?P<type>7|8a) (?P<secret>\S+)"),
    # Whatever else is stored in type 7 or 8a: `key 0abc 7 …` of MACsec, `secret 0 7 …` of a shared secret.
    Secret(
        pattern=r"(?:.* )?(?:password|passphrase|secret \w+|key|key \w+|key-string|md5|sha\d*) "
        r"(?P<type>7|8a) (?P<secret>\S+)"
    ),
    Secret(pattern=r".*-(?:cvauth|ingestauth)=key,(?P<secret>\S+)"),  # TerminAttr
    Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
)

# The order of `show running-config` (EOS 4.3x), as Arista's own generator of configurations keeps it.
CONFIG_RANKS = (
    Rank(pattern=r"boot\b", gap=True),
    Rank(pattern=r"enable\b", gap=True),
    Rank(pattern=r"no aaa root|aaa root", gap=True),
    Rank(pattern=r"username\b", gap=True),
    Rank(pattern=r"address locking\b"),
    Rank(pattern=r"agent\b", gap=True),
    Rank(pattern=r"(?:prompt|terminal|alias)\b", gap=True),
    Rank(pattern=r"daemon\b"),
    Rank(pattern=r"ip dhcp\b", gap=True),
    Rank(pattern=r"switchport default\b", gap=True),
    Rank(pattern=r"vlan internal\b", gap=True),
    Rank(pattern=r"errdisable\b", gap=True),
    Rank(pattern=r"ip igmp snooping\b", gap=True),
    Rank(pattern=r"load-interval\b", gap=True),
    Rank(pattern=r"transceiver\b", gap=True),
    Rank(pattern=r"service routing\b", gap=True),
    Rank(pattern=r"queue-monitor\b", gap=True),
    Rank(pattern=r"lldp\b", gap=True),
    Rank(pattern=r"logging\b", gap=True),
    Rank(pattern=r"hostname\b", gap=True),
    Rank(pattern=r"ip domain\b", gap=True),
    Rank(pattern=r"ip name-server\b"),
    Rank(pattern=r"dns\b"),
    Rank(pattern=r"poe\b"),
    Rank(pattern=r"switchport\b", gap=True),
    Rank(pattern=r"snmp-server\b", gap=True),
    Rank(pattern=r"spanning-tree\b", gap=True),
    Rank(pattern=r"clock\b", gap=True),
    Rank(pattern=r"vlan\b", sort="natural"),
    Rank(pattern=r"vrf instance\b"),
    Rank(pattern=r"banner\b", gap=True),
    Rank(pattern=r"management accounts\b"),
    Rank(pattern=r"management api\b"),
    Rank(pattern=r"management console\b"),
    Rank(pattern=r"management security\b"),
    Rank(pattern=r"radius-server\b", gap=True),
    Rank(pattern=r"aaa group server radius\b"),
    Rank(pattern=r"tacacs-server\b", gap=True),
    Rank(pattern=r"aaa group server\b"),
    Rank(pattern=r"aaa\b", gap=True),
    Rank(pattern=r"dot1x (?:system|protocol|dynamic)", gap=True),
    Rank(pattern=r"interface Port-Channel", sort="natural"),
    Rank(pattern=r"interface Ethernet", sort="natural"),
    Rank(pattern=r"interface Loopback", sort="natural"),
    Rank(pattern=r"interface Management", sort="natural"),
    Rank(pattern=r"interface Tunnel", sort="natural"),
    Rank(pattern=r"interface Vlan", sort="natural"),
    Rank(pattern=r"interface\b", sort="natural"),
    Rank(pattern=r"mac address-table\b", gap=True),
    Rank(pattern=r"event-handler\b"),
    Rank(pattern=r"ip virtual-router\b", gap=True),
    Rank(pattern=r"ip access-list\b"),
    Rank(pattern=r"ip routing\b", gap=True),
    Rank(pattern=r"ip icmp\b", gap=True),
    Rank(pattern=r"ip prefix-list\b"),
    Rank(pattern=r"mlag\b"),
    Rank(pattern=r"ip route\b", sort="natural", gap=True),
    Rank(pattern=r"ip (?:ftp|http|ssh|telnet|tftp)\b", gap=True),
    Rank(pattern=r"ntp\b", gap=True),
    Rank(pattern=r"(?:class|policy)-map\b"),
    Rank(pattern=r"qos\b", gap=True),
    Rank(pattern=r"ip radius\b", gap=True),
    Rank(pattern=r"route-map\b"),
    Rank(pattern=r"router\b"),
    Rank(pattern=r"ip tacacs\b", gap=True),
    Rank(pattern=r"dot1x$"),
    Rank(pattern=r"management ssh\b"),
    Rank(pattern=r"management\b"),
    Rank(pattern=r".*", gap=True),
    # inside an interface
    Rank(pattern=r"description\b", within=_IF),
    Rank(pattern=r"shutdown\b", within=_IF),
    Rank(pattern=r"(?:load-interval|mtu|speed)\b", within=_IF),
    Rank(pattern=r"switchport access\b", within=_IF),
    Rank(pattern=r"switchport trunk native\b", within=_IF),
    Rank(pattern=r"switchport phone\b", within=_IF),
    Rank(pattern=r"switchport trunk allowed\b", within=_IF),
    Rank(pattern=r"switchport mode\b", within=_IF),
    Rank(pattern=r"switchport$", within=_IF),
    Rank(pattern=r"vrf\b", within=_IF),
    Rank(pattern=r"ip address\b", within=_IF),
    Rank(pattern=r"channel-group\b", within=_IF),
    Rank(pattern=r"ip access-group\b", within=_IF),
    Rank(pattern=r".*", within=_IF),
    Rank(pattern=r"lldp\b", within=_IF),
    Rank(pattern=r"dot1x\b", within=_IF),
    Rank(pattern=r"poe\b", within=_IF),
    Rank(pattern=r"switchport port-security\b", within=_IF),
    Rank(pattern=r"qos\b", within=_IF),
    Rank(pattern=r"storm-control\b", within=_IF),
    Rank(pattern=r"spanning-tree\b", within=_IF),
)

CONFIG = ConfigRules(
    syntax="indented",
    end="end",
    indent=3,
    noise=(r"\S+[#>]\s*$",),
    free_text=(r"(?:no )?(?:description|name|remark|snmp-server (?:location|contact)|banner)\b", r"\d+ remark\b"),
    sections=CONFIG_SECTIONS,
    leaves=(
        r"(?:hostname|username|enable secret|ntp|logging|snmp-server|aaa|banner|spanning-tree (?:mode|vlan-id)) ",
        r"(?:(?:tacacs|radius)-server|dot1x (?:system|dynamic|protocol)|lldp (?:run|timer|management)|errdisable|dns) ",
        r"(?:ip (?:route|routing|name-server|domain-name|ssh|http|virtual-router))\b",
    ),
    bodies=(Until(opens=r"banner (?:motd|login|exec)$", ends=r"^EOF$"),),
    slots=CONFIG_SLOTS,
    number_sets=(
        NumberSet(pattern=r"switchport trunk allowed vlan", within=_IF, full_is_hidden=True),
        NumberSet(pattern=r"ntp trusted-key", lowest=1, highest=65535),
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
        Line(pattern=r"(?:switchport phone trunk tagged|poe priority low|dot1x host-mode multi-host)$", within=_IF),
        Line(pattern=r"(?:no ip routing|logging console errors|logging trap informational|lldp run)$"),
        Line(pattern=r"no (?:dot1x system-auth-control|spanning-tree edge-port bpduguard default)$"),
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
    device_owned=(
        Line(pattern=r"(?:transceiver qsfp default-mode|service routing protocols model|no aaa root|boot system)\b"),
        Line(pattern=r"(?:snmp-server engineID local|agent \S+ (?:shutdown|threads)|queue-monitor streaming)\b"),
        Line(pattern=r"switchport default mode routed$"),
    ),
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
    ranks=CONFIG_RANKS,
    secrets=CONFIG_SECRETS,
    interface_types=("Ethernet", "Management", "Port-Channel", "Vlan", "Loopback", "Vxlan", "Tunnel", "Recirc-Channel"),
    interface_words=(r"interface (?P<name>[^,]+)$", r"(?:.* )?(?:source|local)-interface (?P<name>\S+)"),
    login=r"username {name}",
    # The box localises what was typed: `… v3 localized f5717f… auth sha256 HASH`, and shows nothing else any more.
    spellings=(Spelling(pattern=r"(snmp-server user \S+ \S+ v3) localized \S+ (.+)", line=r"\1 \2"),),
)

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# Facts: Arista, "Configure Session". The box keeps one commit timer. Every login knows a session by its name alone. A
# reboot forgets sessions and timers: it starts from what was saved.
TIMER = Timer(kind="native", unit=1, minimum=60, maximum=7200, revert_effect="live", reboot_in_window="reverts")

SESSION = "siteauto-{token}"
# As data, because its words are known (napalm#2166): since 4.32 the timer stands beside the sessions, before it was a
# session's state.
SESSIONS = "show configuration sessions detail | json"
OUR_TIMER = rf'"commitTimerSessionName": "{SESSION}"|"{SESSION}": {{[^{{}}]*"state": "pendingCommitTimer"'

PREFLIGHT = (
    Step(send="show version", expect=r"^Software image version: *4\.(?:2[3-9]|[3-9]\d)\.", needs="EOS 4.23 or newer"),
    Step(
        send=SESSIONS,
        expect=r'(?s)\A(?!.*(?:"state": "pending|"commitTimerSessionName"))',
        needs="no configuration session of somebody else, and no commit timer that runs",
    ),
    Step(
        send="show running-config diffs",
        expect=r"\A\s*\Z",
        needs="nothing unsaved (save it or undo it): a reboot in the window would bring the startup configuration",
    ),
    Step(send="dir flash:", expect=r"bytes free", capture=r"\((?P<free>\d+) bytes free\)", room="free"),
    Step(send="show ntp status", expect=r"^synchronised", needs="a clock that a server vouches for", advice=True),
)
# A switch without such a line asks its own users.
LOCAL_LOGIN = r"^aaa authentication login default (?:.* )?local\b|\A(?![\s\S]*^aaa authentication login default)"

PUSH: tuple[PushMethod, ...] = (
    PushMethod(
        roles=(Role.CORE, Role.ACCESS),
        mode="replace",
        staged_by="driver",
        timer=TIMER,
        preflight=PREFLIGHT,
        local_login=LOCAL_LOGIN,
        unasked=("free sessions: eAPI answers over HTTPS, and keeps none",),
        arm=(Step(send=f"configure session {SESSION} commit timer {{duration}}"),),
        at_once=True,
        pending=Step(send=SESSIONS),
        pending_pattern=OUR_TIMER,
        confirm=(Step(send=f"configure session {SESSION} commit"),),
        save=(Step(send="write memory", expect=r"Copy completed successfully"),),
        revert=(Step(send=f"configure session {SESSION} abort"),),
        cleanup=(Step(send=f"no configure session {SESSION}"),),
        candidate=SESSION,
    ),
)

FAILURES: tuple[str, ...] = (r"^\s*% ", r"^\s*Error: ", r"^(?:Cannot|Failed to) ")

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

PORT_KINDS = {"Et": "Ethernet", "Ma": "Management", "Po": "Port-Channel", "Vl": "Vlan", "Lo": "Loopback"}
LLDP_CAPABILITIES = {"wlan-access-point": "wlan-ap"}
REJECTED = (r"% Invalid input", r"% Incomplete command", r"% Ambiguous command")

# ntc-templates has none for these three.
TRUNKS = r"""Value PORT (\S+)
Value NATIVE (\d+|None)
Value ALLOWED (\d\S*|None|All)

Start
  ^Port\s+Mode\s+Status\s+Native vlan -> Modes

Modes
  ^Port\s+Vlans allowed\s*$$ -> Allowed
  ^${PORT}\s+trunk\S*\s+trunking\s+${NATIVE}\s*$$ -> Record

Allowed
  ^Port\s+Vlans allowed and active -> Rest
  ^${PORT}\s+${ALLOWED}\s*$$ -> Record

Rest
"""

PING = r"""Value SENT (\d+)
Value RECEIVED (\d+)

Start
  ^${SENT} packets transmitted, ${RECEIVED} (?:packets )?received -> Record
"""

CLOCK = r"""Value STATE (synchronised|unsynchronised|NTP is disabled)
Value SERVER (\d+\.\d+\.\d+\.\d+)
Value STRATUM (\d+)

Start
  ^${STATE} to NTP server \(${SERVER}\) at stratum ${STRATUM} -> Record
  ^${STATE} -> Record
"""


def full_port_name(short: str) -> str:
    """`Et1` as the configuration writes it: `Ethernet1`."""
    kind = PORT_KINDS.get(short[:2])
    return kind + short[2:] if kind and short[2:3].isdigit() else short


def _interfaces(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(_interface(row) for row in rows)


def _interface(row: Row) -> Reading:
    """A port for a phone and the PC behind it is listed as a trunk too, so that word says nothing about the mode."""
    status, vlan = str(row["status"]), str(row["vlan_id"])
    return InterfaceReading(
        name=full_port_name(str(row["port"])),
        admin_up=status != "disabled",
        link_up=status == "connected",
        mode="routed" if vlan == "routed" else "access" if vlan.isdigit() else "",
        vlan=int(vlan) if vlan.isdigit() else None,
        state=status,
        fault=status if status == "errdisabled" else "",
    )


def _vlans(rows: Sequence[Row]) -> tuple[Reading, ...]:
    """Without VLAN 1, which nobody can remove."""
    return tuple(
        VlanReading(id=int(str(row["vlan_id"])), name=str(row["vlan_name"]), active=row["status"] == "active")
        for row in rows
        if row["vlan_id"] != "1"
    )


def _trunks(rows: Sequence[Row]) -> tuple[Reading, ...]:
    native = {row["port"]: str(row["native"]) for row in rows if row["native"]}
    allowed = {row["port"]: str(row["allowed"]) for row in rows if row["allowed"]}
    return tuple(
        TrunkReading(
            port=full_port_name(str(port)),
            native_vlan=int(vlan) if vlan.isdigit() else 0,
            allowed=_vlan_list(allowed.get(port, "None")),
        )
        for port, vlan in native.items()
    )


def _vlan_list(text: str) -> tuple[int, ...]:
    spans = [part.partition("-") for part in ("1-4094" if text == "All" else text).split(",") if part[:1].isdigit()]
    return tuple(vlan for first, _, last in spans for vlan in range(int(first), int(last or first) + 1))


def _neighbours(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        NeighbourReading(
            port=str(row["key"]),
            device=str(row["remote_system_name"]),
            device_port=str(row["remote_port"]),
            capabilities=tuple(LLDP_CAPABILITIES.get(word, word) for word in _words(row["remote_system_enable_capab"])),
        )
        for row in rows
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()


def _routes(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        RouteReading(
            prefix=f"{row['network']}/{row['prefix_length']}",
            next_hop=next((hop for hop in _words(row["next_hop"]) if hop != "connected"), ""),
            interface=next(iter(_words(row["interface"])), ""),
        )
        for row in rows
    )


def _ping(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(PingReading(sent=int(str(row["sent"])), received=int(str(row["received"]))) for row in rows)


def _clock(rows: Sequence[Row]) -> tuple[Reading, ...]:
    return tuple(
        ClockReading(
            synchronised=row["state"] == "synchronised",
            server=str(row["server"]),
            stratum=int(str(row["stratum"])) if row["stratum"] else None,
        )
        for row in rows
    )


CHECKS: dict[str, Probe] = {
    "interfaces": Probe(command="show interfaces status", parser=Ntc(), read=_interfaces, rejected=REJECTED),
    "vlans": Probe(command="show vlan", parser=Ntc(), read=_vlans, rejected=REJECTED),
    "trunks": Probe(command="show interfaces trunk", parser=TextFsm(template=TRUNKS), read=_trunks, rejected=REJECTED),
    "neighbours": Probe(command="get_lldp_neighbors_detail", parser=Getter(), read=_neighbours),
    "routes": Probe(command="show ip route", parser=Ntc(), read=_routes, rejected=REJECTED),
    "ping": Probe(command="ping {target}", parser=TextFsm(template=PING), read=_ping, rejected=REJECTED),
    "clock": Probe(command="show ntp status", parser=TextFsm(template=CLOCK), read=_clock, rejected=REJECTED),
}

# ── risk ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

RISKS = (
    RiskRule(kind="management path", pattern=r"^interface Vlan{vlan}(?!\d)"),
    RiskRule(kind="management path", pattern=r"^(?:no )?ip route 0\.0\.0\.0/0\b"),
    RiskRule(kind="management path", pattern=r"^management (?:api http-commands|ssh)\b"),
    RiskRule(kind="management path", pattern=r"^vlan {vlan}(?!\d)", when="gone"),
    RiskRule(kind="AAA", pattern=r"^(?:no )?(?:aaa|tacacs-server|radius-server|username|enable)\b"),
    RiskRule(
        kind="VLAN off a trunk",
        pattern=r"^interface .* / switchport trunk allowed vlan (?P<numbers>[\d,-]+)$",
        when="fewer",
    ),
    RiskRule(kind="VLAN off a trunk", pattern=r"^vlan \d+$", when="gone"),
    RiskRule(
        kind="interface flap",
        pattern=r"^interface .* / (?:no )?(?:shutdown|speed|mtu|channel-group|switchport(?: mode| access vlan)?|"
        r"ip address|vrf)\b(?! trunk)",
    ),
    RiskRule(kind="routing peer", pattern=r"^router \S+.* / (?:no )?(?:neighbor|network|redistribute|area)\b"),
    RiskRule(kind="routing peer", pattern=r"^router \S+.*$", when="gone"),
    RiskRule(kind="access-list window", pattern=r"^(?:ip(?:v6)? )?access-list\b"),
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("arista_eos"),
    describe_port=("configure terminal", "interface {port}", "description {text}", "end"),
    title="Arista EOS",
    names=OtherNames(
        netmiko="arista_eos",
        napalm="eos",
        ntc_templates="arista_eos",
        ansible_network_os="arista.eos.eos",
        oxidized=("eos",),
        rancid=("arista",),
    ),
    transport="eapi",
    endpoint=Endpoint(port=443, tls=True),
    roles=(Role.CORE, Role.ACCESS),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    read_only=READ_ONLY,
    failures=FAILURES,
    checks=CHECKS,
    risks=RISKS,
)
