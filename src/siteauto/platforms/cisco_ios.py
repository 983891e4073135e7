"""Cisco IOS and IOS-XE: Catalyst switches and Catalyst 9800 wireless controllers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from siteauto.core.config.rules import (
    ANYWHERE,
    Alias,
    ConfigRules,
    Delimited,
    Line,
    Numbered,
    NumberSet,
    Paused,
    Rank,
    Reference,
    Reset,
    Reveal,
    Secret,
    Section,
    Slot,
    Spread,
    Until,
)
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
    RiskRule,
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
        model="C9200L-24P-4X",
        roles=(Role.CORE, Role.ACCESS),
        ports=(
            *(f"GigabitEthernet1/0/{n}" for n in range(1, 25)),
            *(f"TenGigabitEthernet1/1/{n}" for n in range(1, 5)),
        ),
        uplinks=tuple(f"TenGigabitEthernet1/1/{n}" for n in range(1, 5)),
        poe=tuple(f"GigabitEthernet1/0/{n}" for n in range(1, 25)),
        serial_pattern=CISCO_SERIAL,
    ),
    Hardware(
        model="C9300-48P",
        roles=(Role.CORE, Role.ACCESS),
        ports=(
            *(f"GigabitEthernet1/0/{n}" for n in range(1, 49)),
            *(f"TenGigabitEthernet1/1/{n}" for n in range(1, 9)),
        ),
        uplinks=tuple(f"TenGigabitEthernet1/1/{n}" for n in range(1, 9)),
        poe=tuple(f"GigabitEthernet1/0/{n}" for n in range(1, 49)),
        serial_pattern=CISCO_SERIAL,
    ),
    # 36 ports of up to 2.5 Gbit/s and 12 of up to 10, whatever speed they run at: the name is the socket's.
    Hardware(
        model="C9300-48UXM",
        roles=(Role.CORE, Role.ACCESS),
        ports=(
            *(f"TwoGigabitEthernet1/0/{n}" for n in range(1, 37)),
            *(f"TenGigabitEthernet1/0/{n}" for n in range(37, 49)),
            *(f"TenGigabitEthernet1/1/{n}" for n in range(1, 9)),
        ),
        uplinks=tuple(f"TenGigabitEthernet1/1/{n}" for n in range(1, 9)),
        poe=(
            *(f"TwoGigabitEthernet1/0/{n}" for n in range(1, 37)),
            *(f"TenGigabitEthernet1/0/{n}" for n in range(37, 49)),
        ),
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
    last_change=r"^! Last configuration change at (?P<when>.+?)(?: by (?P<who>\S+))?\s*$",
    declared=r"^Current configuration : (?P<bytes>\d+) bytes",
    interruptions=(r"%(?<!\S%)[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+: ",),
    not_in_text=("vlan.dat of VTP", "SSH and TLS keys", "licences", "boot variables and stack numbers", "SNMPv3 users"),
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

_IF = r"config-if"
_ACL = r"config-(std|ext)-nacl"
_PHYSICAL = r"interface (?:App|Two|Five|Ten|Hundred|TwentyFive|Forty|Fast)?(?:GigabitEthernet|GigE|Ethernet)\d"

CONFIG_SECTIONS = (
    Section(opens=r"vrf definition \S+", mode="config-vrf"),
    Section(
        opens=r"address-family \S+",
        mode="config-vrf-af",
        within="config-vrf",
        closing="exit-address-family",
        gap=True,
    ),
    Section(opens=r"aaa group server (?:radius|tacacs\+) \S+", mode="config-sg"),
    Section(opens=r"aaa server radius dynamic-author", mode="config-locsvr-da-radius"),
    Section(opens=r"radius server \S+", mode="config-radius-server"),
    Section(opens=r"tacacs server \S+", mode="config-server-tacacs"),
    Section(opens=r"device-tracking policy \S+", mode="config-device-tracking"),
    Section(opens=r"crypto pki trustpoint \S+", mode="ca-trustpoint"),
    Section(opens=r"crypto pki certificate chain \S+", mode="config-cert-chain"),
    Section(opens=r"crypto pki certificate map \S+", mode="ca-certificate-map"),
    Section(opens=r"archive$", mode="config-archive"),
    Section(opens=r"log config$", mode="config-archive-log-cfg", within="config-archive"),
    Section(opens=r"flow record \S+", mode="config-flow-record"),
    Section(opens=r"flow exporter \S+", mode="config-flow-exporter"),
    Section(opens=r"flow monitor \S+", mode="config-flow-monitor"),
    Section(opens=r"service-template \S+", mode="config-service-template"),
    Section(opens=r"redundancy$", mode="config-red"),
    Section(opens=r"transceiver type all$", mode="config-xcvr-type"),
    Section(opens=r"vlan (?:configuration )?[\d,\- ]+$", mode="config-vlan"),
    Section(opens=r"class-map (?!type)", mode="config-cmap", indent=2),
    Section(opens=r"class-map type control subscriber", mode="config-filter-control-classmap"),
    Section(opens=r"policy-map (?!type)", mode="config-pmap"),
    Section(opens=r"class \S+", mode="config-pmap-c", within="config-pmap"),
    Section(opens=r"policy-map type control subscriber \S+", mode="config-event-control-policymap"),
    Section(opens=r"event \S+", mode="config-class-control-policymap", within="config-event-control-policymap"),
    Section(opens=r"\d+ class \S+", mode="config-action-control-policymap", within="config-class-control-policymap"),
    Section(opens=r"parameter-map type \S+ \S+", mode="config-params-parameter-map"),
    Section(opens=r"template \S+", mode="config-template"),
    Section(opens=r"interface \S+", mode="config-if"),
    Section(opens=r"router \S+", mode="config-router"),
    Section(
        opens=r"address-family \S+",
        mode="config-router-af",
        within="config-router",
        closing="exit-address-family",
        gap=True,
    ),
    Section(opens=r"ip access-list standard \S+", mode="config-std-nacl"),
    Section(opens=r"ip access-list extended \S+", mode="config-ext-nacl"),
    Section(opens=r"ip dhcp pool \S+", mode="dhcp-config"),
    Section(opens=r"ip sla \d+$", mode="config-ip-sla"),
    Section(opens=r"key chain \S+", mode="config-keychain"),
    Section(opens=r"key \d+$", mode="config-keychain-key", within="config-keychain"),
    Section(opens=r"route-map \S+ (?:permit|deny) \d+", mode="config-route-map"),
    Section(opens=r"control-plane$", mode="config-cp"),
    Section(opens=r"line (?:con|vty|aux|\d)", mode="config-line"),
    Section(opens=r"call-home$", mode="cfg-call-home"),
    Section(opens=r"profile \S+", mode="cfg-call-home-profile", within="cfg-call-home"),
    Section(opens=r"event manager applet \S+", mode="config-applet"),
    Section(opens=r"mac access-list extended \S+", mode="config-ext-macl"),
    Section(opens=r"ipv6 access-list \S+", mode="config-ipv6-acl"),
    # Catalyst 9800
    Section(opens=r"wireless profile policy \S+", mode="config-wireless-policy", own=(r"vlan ",)),
    Section(opens=r"wireless profile flex \S+", mode="config-wireless-flex-profile"),
    Section(opens=r"wireless profile ap \S+", mode="config-wireless-ap-profile"),
    Section(opens=r"wireless tag policy \S+", mode="config-policy-tag", own=(r"wlan ",)),
    Section(opens=r"wireless tag site \S+", mode="config-site-tag", own=(r"ap-profile ",)),
    Section(opens=r"wireless tag rf \S+", mode="config-wireless-rf-tag"),
    Section(opens=r"wireless mobility group", mode="config-wireless-mobility"),
    Section(opens=r"wlan \S+ \d+", mode="config-wlan"),
    Section(opens=r"ap profile (?:\"[^\"]+\"|\S+)", mode="config-ap-profile"),
    Section(opens=r"ap dot11 (?:24ghz|5ghz|6ghz) rf-profile \S+", mode="config-rf-profile"),
    Section(opens=r"ap [0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$", mode="config-ap-tag"),
)

CONFIG_SLOTS = (
    Slot(pattern=r"hostname\b"),
    Slot(pattern=r"version\b"),
    Slot(pattern=r"username \S+"),
    Slot(pattern=r"enable (?:secret|password)\b"),
    Slot(pattern=r"service timestamps (?:debug|log)\b"),
    Slot(pattern=r"clock (?:timezone|summer-time)\b"),
    Slot(pattern=r"aaa authentication \S+ \S+"),
    Slot(pattern=r"aaa authorization commands \d+ \S+"),
    Slot(pattern=r"aaa authorization \S+ \S+"),
    Slot(pattern=r"aaa accounting commands \d+ \S+"),
    Slot(
        pattern=r"aaa accounting (?:exec|network|connection|system|dot1x|identity|update) ?(?:default|guarantee-first)?"
    ),
    Slot(pattern=r"aaa session-id\b"),
    Slot(pattern=r"ip default-gateway\b"),
    Slot(pattern=r"ip domain name\b"),
    Slot(pattern=r"ip name-server\b"),
    Slot(pattern=r"ip ssh (?:version|time-out|authentication-retries|source-interface)\b"),
    Slot(pattern=r"ip ssh (?:server|client) algorithm \S+"),
    Slot(pattern=r"ip ssh dh min size\b"),
    Slot(pattern=r"ip (?:http|tftp|ftp|tacacs|radius|sftp) (?:client )?source-interface\b"),
    Slot(pattern=r"ip http (?:authentication|access-class ipv4|access-class|session-idle-timeout)\b"),
    Slot(pattern=r"ip http (?:timeout-policy|max-connections|tls-version|secure-ciphersuite|secure-trustpoint)\b"),
    Slot(pattern=r"ip route (?:vrf \S+ )?\S+ \S+ \S+"),
    Slot(pattern=r"ip prefix-list \S+ seq \d+"),
    Slot(pattern=r"ip dhcp snooping database(?: \S+(?= \d))?"),
    Slot(pattern=r"logging (?:buffered|trap|facility|console|monitor|source-interface|origin-id|history|rate-limit)\b"),
    Slot(pattern=r"logging host \S+"),
    Slot(pattern=r"login (?:block-for|delay|quiet-mode)\b"),
    Slot(pattern=r"login (?:on-success|on-failure)\b"),
    Slot(pattern=r"vtp (?:mode|domain|version|password)\b"),
    Slot(pattern=r"spanning-tree (?:mode|pathcost method|portfast (?:edge )?(?:bpduguard|bpdufilter)? ?default)"),
    Slot(pattern=r"spanning-tree vlan \S+ (?:priority|root|hello-time|max-age|forward-time)"),
    Slot(pattern=r"errdisable recovery interval\b"),
    Slot(pattern=r"snmp-server (?:location|contact|chassis-id|trap-source|source-interface traps|engineID local)\b"),
    Slot(pattern=r"snmp-server (?:view \S+ \S+|group \S+|user \S+ \S+ v\d\w*|host \S+|queue-length|packetsize)"),
    Slot(pattern=r"ntp (?:server|peer) (?:vrf \S+ )?\S+"),
    Slot(pattern=r"ntp authentication-key \d+"),
    Slot(pattern=r"ntp (?:source|access-group \S+)\b"),
    Slot(pattern=r"banner \S+"),
    Slot(pattern=r"dot1x (?:critical|timeout|max-reauth-req)\b"),
    Slot(pattern=r"radius-server (?:deadtime|retransmit|timeout|dead-criteria)\b"),
    Slot(pattern=r"tacacs-server (?:timeout|directed-request)\b"),
    Slot(pattern=r"client \S+(?: vrf \S+)?", within="config-locsvr-da-radius"),
    Slot(pattern=r"mac address-table aging-time\b"),
    Slot(pattern=r"lldp (?:timer|holdtime|reinit)\b"),
    Slot(pattern=r"ip arp inspection (?:validate|log-buffer)\b"),
    Slot(pattern=r"class-map (?:match-\S+ )?(\S+)$", key=r"class-map \1"),
    Slot(
        pattern=r"class-map type control subscriber (?:match-\S+ )?(\S+)", key=r"class-map type control subscriber \1"
    ),
    Slot(pattern=r"wlan (\S+) \d+", key=r"wlan \1"),
    Slot(pattern=r"wireless (?:management interface|country|mobility group name|mobility mac-address)\b"),
    Slot(pattern=r"ap dot11 \S+ (?:channel|cleanair|rrm \S+ \S+)\b"),
    # interfaces
    Slot(pattern=r"ip address \S+ \S+ secondary$", within=_IF),
    Slot(pattern=r"ip address\b", within=_IF),
    Slot(pattern=r"(?:description|mtu|bandwidth|speed|duplex|mac-address|load-interval|carrier-delay)\b", within=_IF),
    Slot(pattern=r"vrf forwarding\b", within=_IF),
    Slot(pattern=r"ip access-group \S+ (in|out)$", within=_IF, key=r"ip access-group \1"),
    Slot(pattern=r"ip access-group \S+$", within=_IF),
    Slot(pattern=r"switchport (?:mode|access vlan|voice vlan|trunk native vlan|trunk encapsulation)\b", within=_IF),
    Slot(pattern=r"switchport port-security (?:maximum(?! \d+ vlan)|violation|aging time|aging type)\b", within=_IF),
    Slot(pattern=r"spanning-tree (?:bpduguard|bpdufilter|guard|link-type|port-priority|cost|portfast)\b", within=_IF),
    Slot(pattern=r"storm-control (?:\S+ level|action (?:trap|shutdown))\b", within=_IF),
    Slot(pattern=r"ip dhcp snooping limit rate\b", within=_IF),
    Slot(pattern=r"ip arp inspection limit\b", within=_IF),
    Slot(pattern=r"power inline (?:port priority|port|consumption|static|auto|never)\b", within=_IF),
    Slot(pattern=r"channel-group\b", within=_IF),
    Slot(pattern=r"service-policy (?:type control subscriber|input|output)\b", within=_IF),
    Slot(pattern=r"source template\b", within=_IF),
    Slot(pattern=r"device-tracking attach-policy\b", within=_IF),
    Slot(
        pattern=r"access-session (?:port-control|host-mode|control-direction|closed)\b", within=f"{_IF}|config-template"
    ),
    Slot(
        pattern=r"authentication (?:port-control|host-mode|order|priority|violation|control-direction|open"
        r"|periodic|timer \S+|event server dead action reinitialize|event server dead action authorize voice"
        r"|event server dead action authorize|event \S+ \S+|event \S+)\b",
        within=f"{_IF}|config-template",
    ),
    Slot(pattern=r"dot1x (?:pae|timeout \S+|max-reauth-req|max-req)\b", within=f"{_IF}|config-template"),
    Slot(pattern=r"(?:no )?(?:switchport|shutdown)$", within=_IF),
    # other sections
    Slot(pattern=r"(?:priority|bandwidth|police|shape|queue-limit|set \S+)\b", within="config-pmap-c"),
    Slot(pattern=r"name\b", within="config-vlan"),
    Slot(pattern=r"(?:address ipv4|timeout|retransmit|key|automate-tester)\b", within="config-radius-server"),
    Slot(pattern=r"(?:address ipv4|timeout|key|port)\b", within="config-server-tacacs"),
    Slot(pattern=r"(?:deadtime|ip (?:radius|tacacs) source-interface|load-balance method)\b", within="config-sg"),
    Slot(pattern=r"(?:path|maximum|time-period)\b", within="config-archive"),
    Slot(pattern=r"(?:exec-timeout|login authentication|logging|privilege level|length|width)\b", within="config-line"),
    Slot(pattern=r"(?:session-timeout|authorization \S+|accounting \S+)\b", within="config-line"),
    Slot(pattern=r"transport (?:input|output|preferred)\b", within="config-line"),
    Slot(pattern=r"access-class (?:\S+) (in|out)\b.*", within="config-line", key=r"access-class \1"),
    Slot(pattern=r"(?:password|stopbits|speed)\b", within="config-line"),
    Slot(pattern=r"description\b", within=ANYWHERE),
    Slot(pattern=r"(?:vlan|session-timeout|idle-timeout|ipv4 dhcp opt82)\b", within="config-wireless-policy"),
    Slot(pattern=r"security wpa psk set-key\b", within="config-wlan"),
    Slot(pattern=r"security dot1x authentication-list\b", within="config-wlan"),
    Slot(pattern=r"security pmf\b", within="config-wlan"),
    Slot(pattern=r"radio policy dot11 \S+", within="config-wlan"),
    Slot(pattern=r"wlan \S+ policy\b", within="config-policy-tag"),
    Slot(pattern=r"(?:ap-profile|flex-profile)\b", within="config-site-tag"),
    Slot(pattern=r"(?:24ghz|5ghz|6ghz)-rf-policy\b", within="config-wireless-rf-tag"),
    Slot(pattern=r"(?:policy|site|rf)-tag\b", within="config-ap-tag"),
    Slot(pattern=r"(?:mgmtuser|dot1x) username\b", within="config-ap-profile"),
    Slot(pattern=r"(?:country|hyperlocation ble-beacon \d+|syslog host|timezone)\b", within="config-ap-profile"),
)

# Commands that are on until they are negated: the running configuration shows their negative form.
CONFIG_NEGATIONS = (
    Line(pattern=r"ip (?:http (?:server|secure-server)|domain[ -]lookup|source-route|bootp server|gratuitous-arps)\b"),
    Line(pattern=r"ip (?:routing|forward-protocol \S+|finger|dhcp snooping information option)\b"),
    Line(pattern=r"logging (?:console|monitor|buffered)\b"),
    Line(pattern=r"aaa accounting system guarantee-first"),
    Line(pattern=r"service (?:pad|dhcp|config|tcp-keepalives|password-recovery|call-home)\b"),
    Line(pattern=r"(?:cdp run|vstack|lldp run|license smart enable|platform punt-keepalive .*)$"),
    Line(pattern=r"(?:device-tracking|login) (?:logging theft|on-success log|on-failure log)"),
    Line(pattern=r"(?:mac address-table|errdisable detect cause) .*"),
    Line(pattern=r"wireless (?:country|mobility).*"),
    Line(pattern=r"ap dot11 (?:24ghz|5ghz|6ghz) shutdown"),
    Line(pattern=r"ip address(?! \S+ \S+ secondary)", within=_IF),
    Line(pattern=r"(?:switchport$|cdp enable|lldp (?:transmit|receive)|snmp trap link-status|mop \S+)", within=_IF),
    Line(pattern=r"(?:ip (?:redirects|unreachables|proxy-arp|route-cache)|negotiation auto|keepalive)", within=_IF),
    Line(pattern=r"(?:logging event link-status|macro|ipv6 \S+)", within=_IF),
    Line(pattern=r"exec$|(?:vacant|motd)", within="config-line"),
    Line(pattern=r"security (?:wpa|ft)\b.*", within="config-wlan"),
    Line(pattern=r"central (?:switching|authentication|dhcp|association)$", within="config-wireless-policy"),
    Line(pattern=r"shutdown$", within="config-(?:wlan|wireless-policy)"),  # both are down until they are told otherwise
    Line(pattern=r"protocol \S+", within="config-device-tracking"),
    Line(pattern=r"(?:hidekeys|log config).*", within="config-archive.*"),
    Line(pattern=r"(?:local-site|hyperlocation .*)$", within="config-site-tag|config-ap-profile"),
    Line(pattern=r"active$", within="cfg-call-home-profile"),
)

# Lines that hold and are never shown (IOS-XE 17.9).
CONFIG_HIDDEN = (
    Line(pattern=r"(?:no shutdown|switchport|switchport mode dynamic \S+|switchport access vlan 1)$", within=_IF),
    Line(pattern=r"switchport trunk native vlan 1$", within=_IF),
    Line(pattern=r"(?:cdp enable|lldp transmit|lldp receive|snmp trap link-status|keepalive)$", within=_IF),
    Line(pattern=r"(?:ip (?:redirects|unreachables|proxy-arp)|duplex auto|speed auto|mtu 1500)$", within=_IF),
    Line(pattern=r"(?:power inline auto|power inline port priority low|logging event link-status)$", within=_IF),
    Line(
        pattern=r"no (?:ip dhcp snooping trust|ip arp inspection trust|mop \S+ x|switchport nonegotiate)$", within=_IF
    ),
    Line(pattern=r"access-session control-direction both$", within=_IF),
    Line(pattern=r"no shutdown$", within="config-vlan"),
    Line(pattern=r"state active$", within="config-vlan"),
    Line(pattern=r"ip (?:domain[ -]lookup|source-route|bootp server|gratuitous-arps)$"),
    Line(pattern=r"(?:cdp run|logging console|logging monitor|logging on|service dhcp)$"),
    Line(pattern=r"no (?:service pad|service config|service tcp-small-servers|service udp-small-servers)$"),
    Line(pattern=r"no (?:lldp run|ip dhcp snooping|aaa new-model|ip scp server enable|ip finger)$"),
    Line(pattern=r"(?:exec|no motd)$", within="config-line"),
    Line(pattern=r"session-timeout 0$", within="config-line"),
    Line(pattern=r"security wpa(?: wpa2)?$", within="config-wlan"),
    Line(pattern=r"central (?:switching|authentication|dhcp)$", within="config-wireless-policy"),
)

# What the box brings itself. It is no drift where the intent says nothing of it, and a full replace carries it over.
CONFIG_DEVICE_OWNED = (
    Line(pattern=r"(?:version|boot-start-marker|boot-end-marker|boot system|license|diagnostic bootup)\b"),
    Line(pattern=r"switch \d+ provision\b"),
    Line(pattern=r"crypto pki (?:trustpoint|certificate chain|certificate pool)\b"),
    Line(pattern=r"(?:crypto engine compliance|redundancy|transceiver type|subscriber templating|multilink)\b"),
    Line(pattern=r"(?:memory free|system env|hw-module|sdm prefer|diagnostic|avb|ptp|macro|virtual-service)\b"),
    Line(pattern=r"(?:spanning-tree extend system-id|aaa session-id|login on-success log)\b"),
    Line(pattern=r"(?:platform|no platform|control-plane|call-home|service call-home|no service call-home)\b"),
    Line(pattern=r"(?:policy-map|class-map match-any) system-cpp-"),
    Line(pattern=r"(?:class-map match-any|policy-map) (?:non-client-nrt-class|port_child_policy)"),
    Line(pattern=r"vrf definition Mgmt-(?:vrf|intf)"),
    Line(pattern=r"interface (?:GigabitEthernet0(?:/0)?|AppGigabitEthernet\d\S*|Bluetooth\S*|Vlan1)$"),
    Line(pattern=r"(?:ip forward-protocol nd|ip http client source-interface|snmp-server engineID)"),
    Line(pattern=r"(?:vlan internal allocation policy|port-channel load-balance|spanning-tree logging)"),
    Line(pattern=r"(?:no )?device-tracking logging theft"),
    Line(
        pattern=r"(?:wireless aaa policy|wireless cts-sxp|wireless profile (?:flex|policy|ap|image-download) default-)"
    ),
    Line(pattern=r"wireless tag (?:site|policy|rf) default-"),
    Line(pattern=r"(?:wireless multicast|wireless mobility mac-address|wireless management trustpoint)\b"),
    Line(pattern=r"ap (?:profile default-ap-profile|tag-source-priority|dot11 \S+ rf-profile (?:Low|Typical|High)_)"),
    Line(pattern=r"trapflags\b"),
    Line(pattern=r"negotiation auto$", within=_IF),
    Line(pattern=r"stopbits 1$", within="config-line"),
    Line(pattern=r"contact-email-addr .*|profile \"CiscoTAC-1\"", within="cfg-call-home"),
)

# The order in which IOS-XE 17.9 prints its lines, as recorded from a C9200L and a C9800-L.
CONFIG_RANKS = (
    Rank(pattern=r"version\b", gap=False),
    Rank(pattern=r"service\b"),
    Rank(pattern=r"platform\b"),
    Rank(pattern=r"hostname\b", gap=True),
    Rank(pattern=r"boot-start-marker"),
    Rank(pattern=r"boot system (?:flash|bootflash)"),
    Rank(pattern=r"boot-end-marker"),
    Rank(pattern=r"vrf definition\b"),
    Rank(pattern=r"logging (?:buffered|console|monitor|rate-limit|userinfo|count|on)\b", gap=True),
    Rank(pattern=r"security\b"),
    Rank(pattern=r"aaa new-model", gap=True),
    Rank(pattern=r"aaa local authentication\b"),
    Rank(pattern=r"aaa group server\b"),
    Rank(pattern=r"aaa authentication\b", gap=True),
    Rank(pattern=r"aaa authorization\b"),
    Rank(pattern=r"aaa accounting\b"),
    Rank(pattern=r"aaa session-id", gap=True),
    Rank(pattern=r"aaa server radius\b", gap=True),
    Rank(pattern=r"aaa\b"),
    Rank(pattern=r"clock\b", gap=True),
    Rank(pattern=r"boot\b"),
    Rank(pattern=r"switch \d+ provision\b", sort="natural"),
    Rank(pattern=r"ip (?:routing|source-route|bootp|gratuitous-arps|arp inspection)\b", gap=True),
    Rank(pattern=r"ip (?:name-server|domain)\b"),
    Rank(pattern=r"ip dhcp (?:excluded-address)\b", sort="natural"),
    Rank(pattern=r"ip dhcp pool\b"),
    Rank(pattern=r"ip (?:dhcp|igmp) snooping\b"),
    Rank(pattern=r"login (?:block-for|delay|quiet-mode|on-failure|on-success)\b", gap=True),
    Rank(pattern=r"vtp\b"),
    Rank(pattern=r"(?:udld|authentication|subscriber|multilink)\b", gap=True),
    Rank(pattern=r"device-tracking\b", gap=True),
    Rank(pattern=r"parameter-map\b"),
    Rank(pattern=r"flow\b"),
    Rank(pattern=r"key chain\b"),
    Rank(pattern=r"crypto pki trustpoint\b"),
    Rank(pattern=r"crypto pki certificate\b"),
    Rank(pattern=r"dot1x\b", gap=True),
    Rank(pattern=r"license\b", gap=True),
    Rank(pattern=r"service-template\b"),
    Rank(pattern=r"(?:diagnostic|memory free)\b", gap=True),
    Rank(pattern=r"archive$"),
    Rank(pattern=r"spanning-tree\b", sort="typed", gap=True),
    Rank(pattern=r"errdisable\b", gap=True),
    Rank(pattern=r"enable (?:secret|password)\b", gap=True),
    Rank(pattern=r"username\b", gap=True),
    Rank(pattern=r"redundancy$"),
    Rank(pattern=r"crypto engine\b", gap=True),
    Rank(pattern=r"transceiver\b"),
    Rank(pattern=r"vlan internal\b", gap=True),
    Rank(pattern=r"vlan\b", sort="natural"),
    Rank(pattern=r"lldp\b", gap=True),
    Rank(pattern=r"cdp\b"),
    Rank(pattern=r"class-map\b"),
    Rank(pattern=r"policy-map\b"),
    Rank(pattern=r"template\b"),
    Rank(pattern=r"interface Loopback", sort="natural"),
    Rank(pattern=r"interface Tunnel", sort="natural"),
    Rank(pattern=r"interface Port-channel", sort="natural"),
    Rank(pattern=r"interface GigabitEthernet0/0$"),
    Rank(pattern=r"interface FastEthernet", sort="natural"),
    Rank(pattern=r"interface TwoGigabitEthernet", sort="natural"),
    Rank(pattern=r"interface GigabitEthernet\d+/", sort="natural"),
    Rank(pattern=r"interface FiveGigabitEthernet", sort="natural"),
    Rank(pattern=r"interface TenGigabitEthernet", sort="natural"),
    Rank(pattern=r"interface FortyGigabitEthernet", sort="natural"),
    Rank(pattern=r"interface TwentyFiveGigE", sort="natural"),
    Rank(pattern=r"interface HundredGigE", sort="natural"),
    Rank(pattern=r"interface AppGigabitEthernet", sort="natural"),
    Rank(pattern=r"interface GigabitEthernet0$"),
    Rank(pattern=r"interface (?!Vlan)", sort="natural"),
    Rank(pattern=r"interface Vlan", sort="natural"),
    Rank(pattern=r"router\b"),
    Rank(pattern=r"ip default-gateway\b", gap=True),
    Rank(pattern=r"ip forward-protocol\b"),
    Rank(pattern=r"ip http\b"),
    Rank(pattern=r"ip (?:ftp|tftp|sftp)\b"),
    Rank(pattern=r"ip tacacs\b"),
    Rank(pattern=r"ip route\b", sort="natural"),
    Rank(pattern=r"ip ssh\b"),
    Rank(pattern=r"ip scp\b"),
    Rank(pattern=r"ip access-list standard\b", gap=True),
    Rank(pattern=r"ip access-list extended\b"),
    Rank(pattern=r"ip prefix-list\b", sort="natural", gap=True),
    Rank(pattern=r"ip radius\b", gap=True),
    Rank(pattern=r"ip sla\b"),
    Rank(pattern=r"logging\b", gap=True),
    Rank(pattern=r"route-map\b"),
    Rank(pattern=r"ip\b", gap=True),
    Rank(pattern=r".*", gap=True),
    Rank(pattern=r"snmp-server\b", gap=True),
    Rank(pattern=r"snmp\b"),
    Rank(pattern=r"tacacs server\b"),
    Rank(pattern=r"radius-server\b", gap=True),
    Rank(pattern=r"radius server\b"),
    Rank(pattern=r"control-plane$"),
    Rank(pattern=r"banner\b", gap=True),
    Rank(pattern=r"line con\b"),
    Rank(pattern=r"line aux\b"),
    Rank(pattern=r"line vty\b", sort="natural"),
    Rank(pattern=r"call-home$"),
    Rank(pattern=r"ntp\b", gap=True),
    Rank(pattern=r"mac\b", gap=True),
    Rank(pattern=r"wireless\b", gap=True),
    Rank(pattern=r"wlan\b", sort="typed"),
    Rank(pattern=r"ap\b", gap=True),
    Rank(pattern=r"(?:trapflags|netconf-yang|restconf)\b", gap=True),
    # inside an interface
    Rank(pattern=r"description\b", within=_IF),
    Rank(pattern=r"switchport$", within=_IF),
    Rank(pattern=r"switchport access\b", within=_IF),
    Rank(pattern=r"switchport trunk native\b", within=_IF),
    Rank(pattern=r"switchport trunk\b", within=_IF),
    Rank(pattern=r"switchport mode\b", within=_IF),
    Rank(pattern=r"switchport nonegotiate\b", within=_IF),
    Rank(pattern=r"switchport voice\b", within=_IF),
    Rank(pattern=r"switchport\b", within=_IF),
    Rank(pattern=r"vrf forwarding\b", within=_IF),
    Rank(pattern=r"ip address(?! \S+ \S+ secondary)", within=_IF),
    Rank(pattern=r"ip address\b", within=_IF),
    Rank(pattern=r"ip (?:redirects|unreachables|proxy-arp|helper-address|access-group)\b", within=_IF),
    Rank(pattern=r"ip arp\b", within=_IF),
    Rank(pattern=r"device-tracking\b", within=_IF),
    Rank(pattern=r"shutdown$", within=_IF),
    Rank(pattern=r"power\b", within=_IF),
    Rank(pattern=r"authentication\b", within=_IF),
    Rank(pattern=r"access-session\b", within=_IF),
    Rank(pattern=r"mab\b", within=_IF),
    Rank(pattern=r".*", within=_IF),
    Rank(pattern=r"snmp\b", within=_IF),
    Rank(pattern=r"dot1x\b", within=_IF),
    Rank(pattern=r"lldp\b", within=_IF),
    Rank(pattern=r"storm-control\b", within=_IF),
    Rank(pattern=r"spanning-tree\b", within=_IF),
    Rank(pattern=r"service-policy\b", within=_IF),
    Rank(pattern=r"ip (?:verify|dhcp)\b", within=_IF),
)

_SNMP_USER = r"User name: *(?P<name>\S+)\s*\nEngine ID:.*\nstorage-type:.*\n"
_TYPED = r"(?:(?P<type>\d) )?"


def _hash(pattern: str) -> Secret:
    """A password that is stored as a scrypt hash."""
    return Secret(pattern=pattern, seal="type9", layout="9 {value}")


def _key(pattern: str) -> Secret:
    """A key that is stored in type 7."""
    return Secret(pattern=pattern, seal="type7", layout="7 {value}")


# A number of up to three digits behind `key` names a key of a chain.
CONFIG_SECRETS = (
    _hash(rf"username \S+ .*?\b(?:secret|password) {_TYPED}(?P<secret>\S+)"),
    _hash(rf"enable (?:secret|password) (?:level \d+ )?{_TYPED}(?P<secret>\S+)"),
    _key(rf"(?:key|server-key|password|pac key|key-string) {_TYPED}(?P<secret>(?!chain|\d{{1,3}}$)\S+)$"),
    _key(rf"(?:radius|tacacs)-server (?:host \S+ .*)?key {_TYPED}(?P<secret>\S+)"),
    _key(rf"server-private \S+ .*?\bkey {_TYPED}(?P<secret>\S+)"),
    _key(rf"client \S+ (?:vrf \S+ )?server-key {_TYPED}(?P<secret>\S+)"),
    Secret(
        pattern=r"ntp authentication-key \d+ \S+ (?P<secret>\S+)(?: (?P<type>7))?$", seal="type7", layout="{value} 7"
    ),
    Secret(pattern=rf"(?:snmp-server community|snmp mib community-map) {_TYPED}(?P<secret>\S+)"),
    Secret(
        pattern=r"snmp-server host \S+ (?:vrf \S+ )?(?:(?:traps|informs) )?(?:version (?:1|2c) )?"
        r"(?P<secret>(?!version|vrf|traps|informs)\S+)"
    ),
    Secret(pattern=r"snmp-server user \S+ \S+ (?:.*? )?v3 (?:encrypted )?auth \S+ (?P<secret>\S+)", opaque=True),
    Secret(pattern=r"snmp-server user \S+ \S+ (?:.*? )?v3 .*\bpriv (?:aes \d+|3des|des) (?P<secret>\S+)", opaque=True),
    Secret(
        pattern=rf"(?:standby|vrrp|glbp) \d+ authentication (?:md5 key-string |text )?{_TYPED}"
        r"(?P<secret>(?!md5 )\S+)(?: timeout \d+)?$"
    ),
    Secret(pattern=rf"ip ospf (?:message-digest-key \d+ md5|authentication-key) {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=rf"neighbor \S+ password {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=rf"crypto isakmp key {_TYPED}(?P<secret>\S+) (?:address|hostname)"),
    Secret(pattern=r"vtp password (?P<secret>\S+)"),
    Secret(
        pattern=rf"(?:area \S+|ospfv3|ospfv3 \d+|ipv6 ospf) authentication ipsec spi \d+ \S+ {_TYPED}(?P<secret>\S+)"
    ),
    Secret(
        pattern=rf"(?:area \S+|ospfv3|ospfv3 \d+|ipv6 ospf) encryption ipsec spi \d+ esp (?:aes-cbc \d+|\S+) {_TYPED}"
        r"(?P<secret>\S+) (?:md5|sha1)"
    ),
    Secret(
        pattern=rf"(?:area \S+|ospfv3|ospfv3 \d+|ipv6 ospf) encryption ipsec .* (?:md5|sha1) {_TYPED}(?P<secret>\S+)$"
    ),
    Secret(pattern=rf"authentication mode hmac-sha-256 {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=rf"ip (?:rsvp authentication key|nhrp authentication) {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=r"sap pmk (?P<secret>\S+)"),
    Secret(
        pattern=rf"area \S+ (?:virtual|sham)-link .*?(?:-digest-key \d+ md5|authentication-key) {_TYPED}(?P<secret>\S+)"
    ),
    Secret(pattern=rf"(?:area|domain|isis|l2tp tunnel)[- ]password {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=rf"pre-shared-key (?:address|hostname) .+? key {_TYPED}(?P<secret>\S+)"),
    Secret(
        pattern=rf"pre-shared-key (?:local |remote )?(?:hex )?{_TYPED}"
        r"(?P<secret>(?!(?:local|remote|address|hostname|hex) )\S+)"
    ),
    Secret(pattern=rf"authentication (?:local|remote) pre-share key {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=rf"(?:set aggressive-mode password|group \S+ key) {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=r"set session-key \S+ (?:ah \d+|esp \d+ cipher) (?P<secret>\S+)"),
    Secret(pattern=r"set session-key .* authenticator (?P<secret>\S+)"),
    Secret(
        pattern=rf"(?:ppp|ip|cts|mpls) (?:\S+ )*?password "
        rf"(?:(?:peer|option \d+ for) \S+ |fallback )?{_TYPED}(?P<secret>(?!key-chain )\S+)"
    ),
    Secret(
        pattern=rf"(?:bind authenticate root-dn .*|authentication username \S+"
        rf"|profile id .*) password {_TYPED}(?P<secret>\S+)"
    ),
    Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    Secret(pattern=r"mail-server [^:@\s]+:(?P<secret>[^@\s]+)@"),
    Secret(pattern=r"automate-tester .*\bkey (?P<secret>\S+)"),
    Secret(pattern=rf"wpa-psk (?:ascii|hex) {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=rf"encryption (?:vlan \d+ )?key \d+ size \S+ {_TYPED}(?P<secret>\S+)"),
    Secret(pattern=rf"wireless management certificate ssc auth-token {_TYPED}(?P<secret>\S+)"),
    # Catalyst 9800: these may hold spaces
    Secret(pattern=rf"(?:security wpa )?psk set-key (?:ascii|hex) {_TYPED}(?P<secret>.+)$", layout="0 {value}"),
    Secret(pattern=rf"dot1x username \S+ password {_TYPED}(?P<secret>.+)$", layout="0 {value}"),
    Secret(pattern=rf"mgmtuser username \S+ password {_TYPED}(?P<secret>.+?)(?= secret \S|$)", layout="0 {value}"),
    Secret(pattern=rf"mgmtuser username \S+ password .+? secret {_TYPED}(?P<secret>.+)$", layout="0 {value}"),
    Secret(pattern=rf"ap dot1x username \S+ password {_TYPED}(?P<secret>.+)$", layout="0 {value}"),
)

CONFIG = ConfigRules(
    syntax="indented",
    end="end",
    noise=(
        r"Building configuration",
        r"crypto key (?:generate|zeroize)\b",
        r"Current configuration\b",
        r"Using \d+ out of \d+ bytes",
        r"\S*[#>]\s*$",
    ),
    volatile=(r"ntp clock-period\b",),
    free_text=(
        r"(?:no )?(?:description|name|snmp-server location|snmp-server contact|remark|banner)\b",
        r"(?:\d+ )?remark\b",
        r"certificate\b",
        r"security wpa psk|(?:mgmtuser|dot1x) username",
    ),
    sections=CONFIG_SECTIONS,
    leaves=(
        r"ip (?:route|ssh|http|domain|name-server|default-gateway|scp|prefix-list|dhcp snooping(?: vlan|$)|tftp)\b",
        r"(?:hostname|username|enable secret|banner|service timestamps|clock timezone|clock summer-time|vtp) ",
        r"(?:ntp (?:server|authenticat)|logging (?:host|trap|source-interface|buffered)|snmp-server)",
        r"aaa (?:new-model|authentication|authorization|accounting|session-id)\b",
        r"spanning-tree (?:mode|vlan \S+ priority|extend)\b",
        r"(?:dot1x system-auth-control|lldp run|cdp run|errdisable|netconf-yang)",
        r"default interface ",
    ),
    bodies=(
        Delimited(
            opens=r"(?P<head>banner (?:motd|login|exec|incoming|slip-ppp|prompt-timeout)) (?P<mark>\^C|\S)", prints="^C"
        ),
        Delimited(opens=r"(?P<head>aaa authentication (?:banner|fail-message)) (?P<mark>\^C|\S)", prints="^C"),
        Until(opens=r"certificate (?!.*nvram:)(?:self-signed |ca |rollover )?[0-9A-Fa-f]+$", ends=r"^\s*quit\s*$"),
        Until(opens=r"key-string$", ends=r"^\s*quit\s*$"),
        Until(opens=r"macro name \S+$", ends=r"^@$"),
    ),
    slots=CONFIG_SLOTS,
    number_sets=(
        NumberSet(pattern=r"switchport trunk allowed vlan", within=_IF, full_is_hidden=True),
        NumberSet(pattern=r"switchport trunk pruning vlan", within=_IF, lowest=2, highest=1001, full_is_hidden=True),
        NumberSet(pattern=r"ip dhcp snooping vlan", additive=True),
        NumberSet(pattern=r"ip arp inspection vlan", additive=True),
        NumberSet(pattern=r"(?:no )?spanning-tree vlan(?= [\d,\-]+$)", additive=True),
    ),
    numbered=(
        Numbered(
            within=_ACL,
            section=r"ip access-list (?:standard|extended) (?P<name>\S+)",
            renumber="ip access-list resequence {name} {start} {step}",
            padded=(("deny", "deny  "),),
        ),
    ),
    spreads=(
        Spread(pattern=r"interface range (?P<list>.+)", each="interface {item}", kind="names"),
        Spread(pattern=r"vlan (?P<list>\d[\d,\- ]*)", each="vlan {item}", kind="numbers"),
    ),
    aliases=(
        Alias(pattern=r"access-list (\d{1,2}|1[3-9]\d\d) (.+)", section=r"ip access-list standard \1", line=r"\2"),
        Alias(pattern=r"access-list (1\d\d|2[0-6]\d\d) (.+)", section=r"ip access-list extended \1", line=r"\2"),
    ),
    paused=(
        Paused(within="config-(?:wlan|wireless-policy)", stop="shutdown", start="no shutdown"),  # 9800: else refused
    ),
    first=(r"shutdown$",),
    last=(r"no shutdown$",),
    resets=(Reset(pattern=r"(?:no )?(?:ip )?vrf forwarding\b", drops=r"(?:no )?ip(?:v6)? address\b", within=_IF),),
    hidden=CONFIG_HIDDEN,
    negations=CONFIG_NEGATIONS,
    permanent=(Line(pattern=_PHYSICAL), Line(pattern=r"line (?:con|aux)\b|line vty 0 4$|interface Vlan1$")),
    device_owned=CONFIG_DEVICE_OWNED,
    references=(
        Reference(pattern=r"ip access-group (?P<name>\S+)", object=r"ip access-list \S+ {name}"),
        Reference(pattern=r"access-class (?P<name>\S+)", object=r"ip access-list \S+ {name}"),
        Reference(pattern=r"ip http access-class (?:ipv4 )?(?P<name>\S+)", object=r"ip access-list \S+ {name}"),
        Reference(pattern=r"snmp-server (?:community|group) .* (?P<name>\S+)$", object=r"ip access-list \S+ {name}"),
        Reference(pattern=r"ntp access-group \S+ (?P<name>\S+)", object=r"ip access-list \S+ {name}"),
        Reference(pattern=r"match access-group name (?P<name>\S+)", object=r"ip access-list \S+ {name}"),
        Reference(pattern=r"service-policy .*?(?P<name>\S+)$", object=r"policy-map .*{name}"),
        Reference(pattern=r"class (?P<name>\S+)", object=r"class-map .*{name}"),
        Reference(pattern=r"vrf forwarding (?P<name>\S+)", object=r"vrf definition {name}"),
        Reference(pattern=r"(?:\d+ )?wlan (?P<name>\S+) policy", object=r"wlan {name} .*"),
        Reference(pattern=r"wlan \S+ policy (?P<name>\S+)", object=r"wireless profile policy {name}"),
    ),
    definitions=(
        r"aaa new-model",
        r"vrf definition\b",
        r"vlan \d",
        r"(?:radius|tacacs) server\b",
        r"aaa group server\b",
        r"ip access-list\b",
        r"ip prefix-list\b",
        r"route-map\b",
        r"key chain\b",
        r"crypto pki trustpoint\b",
        r"class-map\b",
        r"policy-map\b",
        r"service-template\b",
        r"template\b",
        r"device-tracking policy\b",
        r"snmp-server view\b",
        r"snmp-server group\b",
        r"wlan\b",
        r"wireless profile\b",
        r"ap (?:profile|dot11 \S+ rf-profile)\b",
        r"wireless tag\b",
    ),
    ranks=CONFIG_RANKS,
    secrets=CONFIG_SECRETS,
    reveals=(
        Reveal(
            hidden=r"snmp-server user\b",
            command="show snmp user",
            reads=rf"{_SNMP_USER}Authentication Protocol: *(?P<auth>(?:MD5|SHA)\S*)\s*\n"
            r"Privacy Protocol: *(?P<priv>\w*DES|AES\d+)\s*\nGroup-name: *(?P<group>\S+)",
            line="snmp-server user {name} {group} v3 auth {auth} ‹hidden› priv {priv} ‹hidden›",
            words=(
                ("MD5", "md5"),
                ("SHA", "sha"),
                ("AES128", "aes 128"),
                ("AES192", "aes 192"),
                ("AES256", "aes 256"),
                ("3DES", "3des"),
                ("DES", "des"),
            ),
        ),
        Reveal(
            hidden=r"snmp-server user\b",
            command="show snmp user",
            reads=rf"{_SNMP_USER}Authentication Protocol: *(?P<auth>(?:MD5|SHA)\S*)\s*\n"
            r"Privacy Protocol: *(?:None|-)\s*\nGroup-name: *(?P<group>\S+)",
            line="snmp-server user {name} {group} v3 auth {auth} ‹hidden›",
            words=(("MD5", "md5"), ("SHA", "sha")),
        ),
        Reveal(
            hidden=r"snmp-server user\b",
            command="show snmp user",
            reads=rf"{_SNMP_USER}Authentication Protocol: *None\s*\nPrivacy Protocol: *\S*\s*\n"
            r"Group-name: *(?P<group>\S+)",
            line="snmp-server user {name} {group} v3",
        ),
    ),
    interface_types=(
        "GigabitEthernet",
        "TenGigabitEthernet",
        "TwoGigabitEthernet",
        "FiveGigabitEthernet",
        "TwentyFiveGigE",
        "FortyGigabitEthernet",
        "HundredGigE",
        "FastEthernet",
        "AppGigabitEthernet",
        "Ethernet",
        "Port-channel",
        "Loopback",
        "Vlan",
        "Tunnel",
    ),
    interface_words=(
        r"interface (?!range )(?P<name>.+)",
        r"(?:.* )?source-interface (?P<name>\S+)",
        r"(?:snmp-server trap-source|ntp source|ip \S+ source-interface) (?P<name>\S+)",
        r"wireless management interface (?P<name>\S+)",
    ),
    login=r"username {name}",
)

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# Facts: Cisco, "Configuration Replace and Configuration Rollback" and "Configuration Rollback Confirmed Change" (17.x).
# One timer per box, in whole minutes. It restores the running configuration only. `archive` with a path must be on.
TIMER = Timer(kind="native", unit=60, minimum=60, maximum=7200, revert_effect="live", reboot_in_window="reverts")

PENDING = Step(send="show archive config rollback timer")
PREFLIGHT = (
    Step(
        send="show archive",
        expect=r"archive file|maximum archive",
        needs="`archive` with a `path`: without it the box has no timer",
    ),
    replace(PENDING, expect=r"No Rollback Confirmed Change pending", needs="no change that waits for a confirm"),
    Step(send="dir flash:", expect=r"bytes free", capture=r"\((?P<free>\d+) bytes free\)", room="free"),
    Step(
        send="show running-config | include ^ip scp server enable",
        expect=r"^ip scp server enable",
        needs="`ip scp server enable`: candidates are copied to the box",
    ),
    Step(
        send="show users all",
        expect=r"(?:^\s+\d+ vty \d+\s+\d\d:\d\d:\d\d[\s\S]*?){2}",
        needs="two free vty lines: the change is checked and confirmed over sessions of their own",
    ),
    Step(send="show clock", expect=r"^\s*\d\d:", needs="a clock that a server vouches for", advice=True),
)
# AAA servers may be on the other side of the change: somebody must be able to confirm it without them.
LOCAL_LOGIN = r"^aaa authentication login default (?:.* )?local\b|\A(?![\s\S]*^aaa new-model)"
CONFIRM = (Step(send="configure confirm"),)
SAVE = (Step(send="write memory", expect=r"\[OK\]", answers=((r"\[confirm\]\s*$", ""),)),)
REVERT = (Step(send="configure revert now", answers=((r"\[confirm\]\s*$", ""),)),)
CLEANUP = (Step(send="delete /force {file}", gone=r"\(No such file or directory\)"),)
# Removing a user asks "This operation will remove all username related configurations with same name.[confirm]".
YES = ((r"\[confirm\]\s*$", ""), (r"running-config\]\?\s*$", ""), (r"\[no\]:?\s*$", "yes"))

PUSH: tuple[PushMethod, ...] = (
    PushMethod(
        roles=(Role.CORE, Role.ACCESS),
        mode="replace",
        staged_by="driver",
        timer=TIMER,
        preflight=PREFLIGHT,
        local_login=LOCAL_LOGIN,
        # `revert trigger error` undoes at the first line that fails; the timer undoes the rest. Cisco says that the
        # timer is for a change that cuts its own session off (17.x); that the box ends the replace all the same is a
        # guess. Where it does not, its timer brings back what was there.
        arm=(Step(send="configure replace {file} force revert trigger error timer {minutes}", answers=YES),),
        at_once=True,
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
        local_login=LOCAL_LOGIN,
        arm=(
            Step(send="configure terminal revert timer {minutes}"),
            Step(send="end"),
            Step(send="copy {file} running-config", answers=YES),
        ),
        at_once=True,
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

# ── risk ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

RISKS = (
    RiskRule(kind="management path", pattern=r"^interface Vlan{vlan}(?!\d)"),
    RiskRule(
        kind="management path", pattern=r"^(?:no )?(?:ip default-gateway|ip route 0\.0\.0\.0|ip ssh|crypto key)\b"
    ),
    RiskRule(kind="management path", pattern=r"^line vty\b.* / (?:access-class|transport)\b"),
    RiskRule(kind="management path", pattern=r"^vlan {vlan}(?!\d)", when="gone"),
    RiskRule(kind="AAA", pattern=r"^(?:no )?(?:aaa|tacacs|radius|username|enable)\b"),
    RiskRule(kind="AAA", pattern=r"^line (?:vty|con)\b.* / (?:login|authorization|privilege)\b"),
    RiskRule(
        kind="VLAN off a trunk",
        pattern=r"^interface .* / switchport trunk allowed vlan (?P<numbers>[\d,-]+)$",
        when="fewer",
    ),
    RiskRule(kind="VLAN off a trunk", pattern=r"^vlan \d+$", when="gone"),
    RiskRule(
        kind="interface flap",
        pattern=r"^interface .* / (?:no )?(?:shutdown|speed|duplex|mtu|channel-group|switchport(?: mode| access vlan)?|"
        r"ip address|vrf forwarding)\b(?! trunk| nonegotiate)",
    ),
    RiskRule(kind="routing peer", pattern=r"^router \S+.* / (?:no )?(?:neighbor|network|redistribute|area)\b"),
    RiskRule(kind="routing peer", pattern=r"^router \S+.*$", when="gone"),
    RiskRule(kind="access-list window", pattern=r"^(?:ip(?:v6)? )?access-list\b"),
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("cisco_ios"),
    describe_port=("configure terminal", "interface {port}", "description {text}", "end"),
    title="Cisco IOS-XE",
    names=OtherNames(
        netmiko="cisco_ios",
        napalm="ios",
        ntc_templates="cisco_ios",
        ansible_network_os="cisco.ios.ios",
        oxidized=("ios", "iosxe"),
        rancid=("cisco", "ios"),
    ),
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
    risks=RISKS,
)
