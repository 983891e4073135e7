"""OpenWrt: access points and routers. Its configuration (UCI) is read, compared and redacted; it is not pushed yet."""

from siteauto.core.config.path_rules import Keyed
from siteauto.core.config.rules import ConfigRules, Line, OrderedTable, Secret, WordSet
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import BackupRules, Hardware, Identity, OtherNames, PlatformSpec

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HARDWARE: tuple[Hardware, ...] = (
    Hardware(
        model="NWA50AX",
        reported="ZyXEL NWA50AX",
        roles=(Role.AP,),
        ports=("lan",),
        uplinks=("lan",),
        serial_pattern=r"S\d{3}[A-Z]\d{8}",
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="ubus call system board",
    model=r"\"model\": \"(?P<model>[^\"]+)\"",
    serial=r"\"hostname\": \"(?P<serial>[^\"]+)\"",  # the board tells no serial number
    version=r"\"version\": \"(?P<version>[^\"]+)\"",
)

BACKUP = BackupRules(
    running="uci export",
    startup="",  # what is committed is saved
    end=r"^$|^\t(?:option|list) ",
    required=(r"^package system", r"^package network"),
    errors=(r"^uci: ", r"-ash: "),
    section=r"^config ",
    extension="uci",
)

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

_CONFIDENTIAL = (
    r"(?:key\d?|sae_password|password|passwd|auth_secret|acct_secret|private_key|preshared_key|psk|secret|wpa_psk"
    r"|auth_pass|priv_pass|community|token|pin|pincode|api_key|key_passwd|priv_key_pwd)"
)
_BEFORE = (
    rf"(?:(?:option|list)\s+['\"]?{_CONFIDENTIAL}['\"]?\s+"
    rf"|(?:uci )?(?:set |add_list )?\w+\.[\w@\[\]-]+\.{_CONFIDENTIAL}=)"
)

CONFIG = ConfigRules(
    syntax="uci",
    comment="#",
    indent=4,
    lists=(
        Line(pattern="ports ", within="network/(?:device|bridge-vlan)"),
        Line(pattern="(?:dns|dns_search|addresses) ", within="network/interface"),
        Line(pattern="allowed_ips ", within="network/wireguard_.*"),
        Line(pattern="(?:network|subnet) ", within="firewall/zone"),
        Line(pattern="icmp_type ", within="firewall/rule"),
        Line(pattern="(?:dhcp_option|dns) ", within="dhcp/dhcp"),
        Line(pattern="(?:server|interface|notinterface|rebind_domain|addnhosts) ", within="dhcp/dnsmasq"),
        Line(pattern="server ", within="system/timeserver"),
        Line(pattern="maclist ", within="wireless/wifi-iface"),
        Line(pattern="listen_https? ", within="uhttpd/uhttpd"),
        Line(pattern="(?:read|write) ", within="rpcd/login"),
    ),
    word_sets=(
        WordSet(
            pattern=r"list (?:ports|network|dhcp_option|interface|allowed_ips|maclist|icmp_type|proto|src_ip|dest_ip"
            r"|notinterface|read|write|device|listen_https?) "
        ),
    ),
    keyed=(
        Keyed(within="firewall/zone", options=("name",)),
        Keyed(within="firewall/forwarding", options=("src", "dest")),
        Keyed(within="firewall/(?:rule|redirect|ipset|nat)", options=("name",)),
        Keyed(within="firewall/include", options=("path",)),
        Keyed(within="network/device", options=("name",)),
        Keyed(within="network/(?:bridge-vlan|switch_vlan)", options=("device", "vlan")),
        Keyed(within="network/switch", options=("name",)),
        Keyed(within="network/route6?", options=("interface", "target")),
        Keyed(within="network/wireguard_.*", options=("public_key",)),
        Keyed(within="dhcp/host", options=("mac", "name")),
        Keyed(within="dhcp/(?:domain|cname|srvhost|mxhost)", options=("name",)),
        Keyed(within="wireless/wifi-iface", options=("device", "ssid")),
        Keyed(within="wireless/wifi-vlan", options=("iface", "vid")),
    ),
    ordered_tables=(
        OrderedTable(within="firewall", pattern=r"config rule\b"),
        OrderedTable(within="firewall", pattern=r"config redirect\b"),
        OrderedTable(within="firewall", pattern=r"config nat\b"),
    ),
    device_owned=(Line(pattern=r"package "),),  # a package that the intent does not name stays as it is
    permanent=(Line(pattern=r"package "),),
    secrets=(
        Secret(pattern=r"(?:option|list)\s+\S+\s+'(?P<secret>\$[56]\$[^']+)'", untyped="sha", seal="sha512"),
        Secret(pattern=r"(?:option|list)\s+\S+\s+'(?P<secret>\$1\$[^']+)'", untyped="5", seal="sha512"),
        Secret(pattern=rf"{_BEFORE}'(?P<secret>(?:[^']|'\\'')+)'", charset=r"[ -&(-~]+"),
        Secret(pattern=rf'{_BEFORE}"(?P<secret>[^"]+)"', charset=r"[ -!#-&(-~]+"),
        Secret(pattern=rf"{_BEFORE}(?P<secret>[^\s'\"]+)"),
    ),
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("openwrt"),
    title="OpenWrt",
    names=OtherNames(netmiko="linux", ansible_network_os=None),
    transport="netmiko",
    roles=(),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    failures=(r"^uci: ", r"-ash: .*not found"),
    read_only=(r"uci (?:export|show)(?: [\w.@\[\]-]+)?", r"ubus call system board"),
)
