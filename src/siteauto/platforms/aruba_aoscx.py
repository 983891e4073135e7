"""HPE Aruba AOS-CX: configurations are read, compared and explained; changes are not pushed yet."""

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
from siteauto.core.platform_spec import BackupRules, Hardware, Identity, OtherNames, PlatformSpec

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# 6200F with PoE by their order numbers, which is what the box calls itself; the last four ports are SFP+.
HARDWARE: tuple[Hardware, ...] = tuple(
    Hardware(
        model=model,
        roles=(Role.CORE, Role.ACCESS),
        ports=tuple(f"1/1/{n}" for n in range(1, copper + 5)),
        uplinks=tuple(f"1/1/{n}" for n in range(copper + 1, copper + 5)),
        poe=tuple(f"1/1/{n}" for n in range(1, copper + 1)),
        serial_pattern=r"[A-Z]{2}\d[0-9A-Z]{7}",
    )
    for model, copper in (("JL725A", 24), ("JL727A", 48))
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show system",
    model=r"^Product Name\s+: (?P<model>\S+)",
    serial=r"^Chassis Serial Nbr\s+: (?P<serial>\S+)",
    version=r"^ArubaOS-CX Version\s+: (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="show startup-config",
    end=r"\S",  # the text has no last line of its own
    required=(r"^!Version ArubaOS-CX", r"^hostname "),
    errors=(r"^(?:Invalid input|% )",),
)

READ_ONLY = (r"show (?!.*\|\s*(?:redirect|append|tee)\b).+", r"ping \S.*", r"traceroute \S.*")

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

_IF = r"config-if(?:-vlan|-lag)?"
_ACL = r"config-acl-ip"
_CIPHER = r"ciphertext (?P<secret>\S+)"

CONFIG_SECTIONS = (
    Section(opens=r"interface vlan ?\d+", mode="config-if-vlan", own=(r"ip ",)),
    Section(opens=r"interface lag \d+", mode="config-if-lag", own=(r"vlan ", r"lacp ")),
    Section(opens=r"interface \S+", mode="config-if", own=(r"vlan ", r"lag ", r"vrf attach ")),
    Section(opens=r"vlan [\d,\- ]+$", mode="config-vlan"),
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
    Section(opens=r"port-access (?:role|policy|lldp-group|device-profile) \S+", mode="config-pa"),
    Section(opens=r"aaa authentication port-access (?:dot1x|mac-auth) \S+$", mode="config-pa-auth", within=_IF),
    Section(opens=r"(?:aruba-central|cli-session|profile \S+|logging filter \S+)$", mode="config-other"),
)

CONFIG_SLOTS = (
    Slot(pattern=r"(?:hostname|user \S+ (?=group)|clock timezone|domain-name|banner \S+|profile)\b"),
    Slot(pattern=r"ntp (?:server \S+|authentication-key \d+|vrf)"),
    Slot(pattern=r"logging (?:facility|threshold|persistent-storage)\b"),
    Slot(pattern=r"logging \d+(?:\.\d+){3}"),
    Slot(pattern=r"(?:radius|tacacs)-server (?:host \S+|key|timeout)"),
    Slot(pattern=r"aaa (?:authentication login|authorization commands|accounting all-mgmt) \S+"),
    Slot(pattern=r"snmp-server (?:community \S+|host \S+|vrf|system-location|system-contact|agent-port)"),
    Slot(pattern=r"snmpv3 (?:user \S+|context \S+|security-level)"),
    Slot(pattern=r"spanning-tree (?:mode|priority|config-name|config-revision)\b"),
    Slot(pattern=r"ssh (?:key-exchange-algorithms|ciphers|macs|host-key-algorithms|public-key-algorithms)\b"),
    Slot(pattern=r"(?:no )?(?:shutdown|routing)$", within=_IF),
    Slot(pattern=r"ip address \S+ secondary$", within=_IF),
    Slot(
        pattern=r"(?:description|mtu|speed|lag|ip (?:mtu|address)|vrf attach|ip dhcp|lacp (?:mode|rate))\b", within=_IF
    ),
    Slot(pattern=r"vlan (?:access|trunk native)\b", within=_IF),
    Slot(pattern=r"apply access-list (ip|ipv6|mac) \S+ (\S+)$", within=_IF, key=r"apply access-list \1 \2"),
    Slot(pattern=r"spanning-tree (?:port-type|bpdu-guard|root-guard|loop-guard|cost|port-priority)\b", within=_IF),
    Slot(pattern=r"active-gateway ip (?:mac\b)?", within=_IF),
    Slot(pattern=r"name\b", within="config-vlan"),
    Slot(pattern=r"(?:system-mac|role|inter-switch-link lag|keepalive peer)\b", within="config-vsx"),
    Slot(pattern=r"(?:description|timeout|router-id)\b", within=ANYWHERE),
)

CONFIG = ConfigRules(
    syntax="indented",
    indent=4,
    noise=(r"Current configuration:", r"\S+[#>]\s*$", r"Running configuration"),
    free_text=(
        r"(?:no )?(?:description|name|banner|snmp-server system-(?:location|contact)|alias)\b",
        r"(?:\d+ )?comment\b",
    ),
    sections=CONFIG_SECTIONS,
    leaves=(
        r"(?:hostname|user|ntp server|logging \d|snmp-server|radius-server|tacacs-server|aaa (?!auth.* port-access)) ?",
        r"(?:ip (?:route|dns|source-interface)|ssh server|https-server|spanning-tree mode|banner )\b",
    ),
    bodies=(Delimited(opens=r"(?P<head>banner (?:motd|exec)) (?P<mark>\S)", prints="$"),),
    slots=CONFIG_SLOTS,
    number_sets=(
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
    ),
    # Which of the two a port does by itself depends on the model, so both are shown and both are typed.
    negations=(
        Line(pattern=r"(?:shutdown|routing)$", within=_IF),
        Line(pattern=r"(?:https-server|ssh server|usb|aruba-central|ip icmp redirect)\b"),
    ),
    permanent=(Line(pattern=r"interface (?:mgmt|\d+/\d+/\d+)$"), Line(pattern=r"vlan 1$")),
    device_owned=(
        Line(pattern=r"(?:module \S+ product-number|profile|cli-session|aruba-central|alias)\b"),
        Line(pattern=r"vlan 1$"),
        Line(pattern=r"(?:no )?(?:shutdown|routing)$", within=_IF),
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
        Rank(pattern=r"(?:hostname|domain-name|banner|alias|user|module)\b"),
        Rank(pattern=r"(?:clock|logging|profile)\b"),
        Rank(pattern=r"vrf\b"),
        Rank(pattern=r"(?:ntp|cli-session|aruba-central|tacacs-server|radius-server|aaa|ssh)\b"),
        Rank(pattern=r"access-list\b"),
        Rank(pattern=r"vlan\b", sort="natural"),
        Rank(pattern=r"spanning-tree\b"),
        Rank(pattern=r"interface mgmt$"),
        Rank(pattern=r"interface lag", sort="natural"),
        Rank(pattern=r"interface \d", sort="natural"),
        Rank(pattern=r"interface\b", sort="natural"),
        Rank(pattern=r".*"),
    ),
    secrets=(
        # The ciphertext is bound to the box and its export password: two of one password differ.
        Secret(pattern=rf"user \S+ group \S+ password {_CIPHER}", opaque=True),
        Secret(pattern=r"user \S+ group \S+ password plaintext (?P<secret>\S+)"),
        Secret(pattern=rf"(?:radius|tacacs)-server (?:host \S+ .*?)?key {_CIPHER}", opaque=True),
        Secret(pattern=r"(?:radius|tacacs)-server (?:host \S+ .*?)?key plaintext (?P<secret>\S+)"),
        Secret(pattern=rf"ntp authentication-key \d+ \S+ {_CIPHER}", opaque=True),
        Secret(pattern=r"snmp-server community (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ .*\bcommunity (?P<secret>\S+)"),
        Secret(pattern=rf"snmpv3 user \S+ auth \S+ auth-pass {_CIPHER}", opaque=True),
        Secret(pattern=rf"snmpv3 user \S+ .*\bpriv-pass {_CIPHER}", opaque=True),
        Secret(pattern=rf"neighbor \S+ password {_CIPHER}", opaque=True),
    ),
    login=r"user {name}",
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("aruba_aoscx"),
    describe_port=("configure terminal", "interface {port}", "description {text}", "end"),
    title="HPE Aruba AOS-CX",
    names=OtherNames(
        netmiko="aruba_aoscx", ntc_templates="aruba_aoscx", ansible_network_os="arubanetworks.aoscx.aoscx"
    ),
    transport="netmiko",
    roles=(),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    read_only=READ_ONLY,
    failures=(r"^(?:Invalid input|% |Error)",),
)
