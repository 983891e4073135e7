"""OpenWrt 24.10: access points without a controller, and small routers. UCI, changed through rpcd's apply and confirm.

Boards with DSA only. The image has, beside what OpenWrt ships: lldpd, chrony (BusyBox's ntpd cannot be asked whether it
follows a server), and for access points a wpad with WPA3-Enterprise, and iwinfo. What is no UCI is not managed:
/etc/banner, SSH keys, packages, and, but for root's password, /etc/shadow.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from siteauto.core.config.path_rules import Keyed
from siteauto.core.config.rules import ConfigRules, Line, OrderedTable, Secret, WordSet
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import (
    BackupRules,
    Hardware,
    Identity,
    Lines,
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
from siteauto.core.radios import Radio
from siteauto.core.readings import (
    ClockReading,
    InterfaceReading,
    NeighbourReading,
    PingReading,
    PolicyReading,
    RouteReading,
    SsidReading,
    TrunkReading,
    VlanReading,
)

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# Ports as board.d names them; `reported` is the board's name, which siteauto reads. No board of these tells a serial
# number: what stands for it is the MAC address on the label, which OpenWrt knows (`get_mac_label`).
_LABEL_MAC = r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}"
_TWO_BANDS = (Radio(name="radio0", band="2.4"), Radio(name="radio1", band="5"))

HARDWARE: tuple[Hardware, ...] = (
    Hardware(
        model="NWA50AX",
        reported="zyxel,nwa50ax",
        roles=(Role.AP,),
        ports=("lan",),
        uplinks=("lan",),
        radios=_TWO_BANDS,
        serial_pattern=_LABEL_MAC,
    ),
    Hardware(
        model="U6-Lite",
        reported="ubnt,unifi-6-lite",
        roles=(Role.AP,),
        ports=("lan",),
        uplinks=("lan",),
        radios=_TWO_BANDS,
        serial_pattern=_LABEL_MAC,
    ),
    Hardware(
        model="WAX206",
        reported="netgear,wax206",
        roles=(Role.AP,),
        ports=("lan1", "lan2", "lan3", "lan4", "wan"),
        uplinks=("wan",),  # the one with 2.5 Gbit/s
        radios=_TWO_BANDS,
        serial_pattern=_LABEL_MAC,
    ),
    Hardware(
        model="E8450",
        reported="linksys,e8450-ubi",
        roles=(Role.AP,),
        ports=("lan1", "lan2", "lan3", "lan4", "wan"),
        uplinks=("wan",),
        radios=_TWO_BANDS,
        serial_pattern=_LABEL_MAC,
    ),
    Hardware(
        model="GL-MT6000",
        reported="glinet,gl-mt6000",
        roles=(Role.AP,),
        ports=("eth1", "lan1", "lan2", "lan3", "lan4", "lan5"),
        uplinks=("eth1",),
        radios=_TWO_BANDS,
        serial_pattern=_LABEL_MAC,
    ),
    # A router without radios. Its five ports hang on one switch.
    Hardware(
        model="ER-X",
        reported="ubnt,edgerouter-x",
        roles=(Role.FIREWALL,),
        ports=("eth0", "eth1", "eth2", "eth3", "eth4"),
        uplinks=("eth1",),
        wan=("eth0", "eth4"),
        gateway="br-lan.{vlan}",
        serial_pattern=_LABEL_MAC,
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="ubus call system board; . /lib/functions.sh; . /lib/functions/system.sh; get_mac_label; echo",
    model=r'"board_name": "(?P<model>[^"]+)"',
    serial=rf"^(?P<serial>{_LABEL_MAC})\s*$",
    version=r'"version": "(?P<version>[^"]+)"',
)

# `uci export` says nothing at its end, and prints what it can where a file is broken. It also prints what somebody has
# staged and not committed, in /tmp/.uci.
_END = "# end of export"

BACKUP = BackupRules(
    running=f"uci export && echo '{_END}'",
    startup="",  # what is committed is saved
    end=rf"^{_END}$",
    required=(r"^package system$", r"^package network$", r"^package dropbear$", r"^config interface 'loopback'$"),
    errors=(r"^uci: ", r"-ash: ", r"^Command failed"),
    section=r"^config ",
    extension="uci",
    not_in_text=("files outside UCI: /etc/banner, dropbear host keys, installed packages",),
)

# Without a session a rollback is refused either way: for its argument (2) where an apply waits for its confirm, and for
# lack of data (5) where none does.
_PENDING = "ubus -S call uci rollback; echo $?"
_IMAGE = {Role.AP: ("rpcd", "lldpd", "chronyd", "iwinfo"), Role.FIREWALL: ("rpcd", "lldpd", "chronyd", "dnsmasq")}
_POLICIES = "uci export firewall && nft list table inet fw4"

READ_ONLY: tuple[str, ...] = (
    re.escape(BACKUP.running),
    re.escape(IDENTITY.command),
    r"uci (?:export|show|changes)(?: [\w.@\[\]-]+)?",
    r"which [a-z ]+",
    re.escape(_PENDING),
    re.escape(_POLICIES),
    r"ubus call system (?:board|info)",
    r"ubus call network\.device status(?: '\{\"name\":\"[\w.-]+\"\}')?",
    r"ip (?:-4 )?(?:link|address|route)(?: show)?",
    r"iwinfo(?: && ubus call network\.device status '\{\"name\":\"br-lan\"\}')?",
    r"iw dev",
    r"lldpcli -f keyvalue show neighbors",
    r"chronyc -n tracking",
    r"ping -c \d -W \d [\d.]+",
    r"logread(?: -l \d+)?",
    r"df -k /overlay",
    r"date",
)

# ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────────

_CONFIDENTIAL = (
    r"(?:key\d?|passwd|private_key|preshared_key|pre_shared_key|psk|wpa_psk|ike_psk|community|pin|pincode|wps_pin|bindpw"
    r"|(?:\w+_)?(?:secret|password|token)|(?:auth|priv|pkcs12)_pass|api_key|authentication_key|key_passwd"
    r"|priv_key2?_pwd)"
)
_NAMED = r"(?!\$p\$|\d'|/(?:etc|tmp|usr|var|root)/)"  # the system's own password, a key's number, a file
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
        Line(pattern="(?:icmp_type|src_ip|dest_ip) ", within="firewall/rule"),
        Line(pattern="(?:dhcp_option|dns) ", within="dhcp/dhcp"),
        Line(pattern="(?:server|interface|notinterface|rebind_domain|addnhosts) ", within="dhcp/dnsmasq"),
        Line(pattern="server ", within="system/timeserver"),
        Line(pattern="(?:maclist|auth_server|acct_server) ", within="wireless/wifi-iface"),
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
    device_owned=(
        Line(pattern=r"package "),  # a package that the intent does not name stays as it is
        Line(pattern=r"config (?:interface 'loopback'|globals)", within="network"),
        Line(pattern=r"config (?:dnsmasq|odhcpd)", within="dhcp"),
        Line(pattern=r"option (?:type|path|phy|macaddr|radio) ", within="wireless/wifi-device"),  # of this very board
        Line(pattern=r"option (?:compat_version|ttylogin|urandom_seed) ", within="system/system"),
    ),
    permanent=(Line(pattern=r"package "),),
    secrets=(
        Secret(pattern=r"secret='(?P<secret>[^']+)'", charset=r"[ -&(-~]+"),  # in the shell, for `passwd`
        Secret(pattern=r"(?:option|list)\s+\S+\s+'(?P<secret>\$[56]\$[^']+)'", untyped="sha", seal="sha512"),
        Secret(pattern=r"(?:option|list)\s+\S+\s+'(?P<secret>\$1\$[^']+)'", untyped="5", seal="sha512"),
        # Lines for hostapd itself; and not the words that send rpcd to the system's own password.
        Secret(
            pattern=r"list\s+hostapd\w*_options\s+'\w*(?:secret|psk|passphrase|passwd|password)\w*=(?P<secret>[^']+)'"
        ),
        Secret(pattern=rf"{_BEFORE}'(?P<secret>{_NAMED}(?:[^']|'\\'')+)'", charset=r"[ -&(-~]+"),
        Secret(pattern=r"list\s+r[01]kh\s+'[^,']+,[^,']+,(?P<secret>[^']+)'"),  # of fast transition
        Secret(pattern=r"list\s+credentials\s+'\w+=(?P<secret>[^']+)'"),  # of acme's DNS
        Secret(pattern=r"(?:option|list)\s.*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=rf'{_BEFORE}"(?P<secret>[^"]+)"', charset=r"[ -!#-&(-~]+"),
        Secret(pattern=rf"{_BEFORE}(?P<secret>[^\s'\"]+)"),
    ),
)

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# rpcd copies /etc/config to RAM, commits, reloads, and copies back when the time is up. The change is on the flash from
# the first moment: after a reboot in the window it stays, and no timer runs any more (rpcd, uci.c).
TIMER = Timer(kind="native", unit=1, minimum=30, maximum=3600, reboot_in_window="keeps")

# procd reloads a service whose package has changed, where the service asked for that: these two did not. The job
# outlives the session, which the apply may cost. Without a name that nobody has, BusyBox starts no shell while another
# runs: "/bin/sh is already running". After it lldpd knows nobody until the others have sent again, every 30 seconds.
_RESTART = (
    "start-stop-daemon -S -b -n siteauto -x /bin/sh -- "
    '-c "sleep 5; /etc/init.d/lldpd restart; /etc/init.d/chronyd restart"'
)
_SESSION = '"ubus_rpc_session":"{sid}"'


def _preflight(role: Role) -> tuple[Step, ...]:
    """What is asked before a box of this role is touched."""
    image = _IMAGE[role]
    return (
        Step(
            send=f"which {' '.join(image)}",
            expect="".join(rf"[\s\S]*/{program}$" for program in image),
            needs=f"an image with {', '.join(image)}",
        ),
        Step(
            send=_PENDING,
            expect=r"^5\s*$",
            needs="no other apply that waits for its confirm: rpcd has one timer",
        ),
        Step(send="uci changes", expect=r"\A\s*\Z", needs="no changes that somebody has staged and not committed"),
        Step(
            send="df -k /overlay",
            expect=r"/overlay$",
            capture=r"\s(?P<free>\d+)\s+\d+% /overlay$",
            room="free",
            room_unit=1024,
        ),
        Step(
            send="chronyc -n tracking",
            expect=r"^Leap status\s*: Normal",
            needs="a clock that a server vouches for",
            advice=True,
        ),
    )


PREPARE = (
    # The session may do nothing but UCI, and not over HTTP: uhttpd asks for rights that it does not have.
    Step(
        send="ubus call session create '{\"timeout\":7200}'",
        expect=r'"ubus_rpc_session"',
        capture=r'"ubus_rpc_session": "(?P<sid>[0-9a-f]{32})"',
        secret=("sid",),
    ),
    Step(send=f'ubus call session grant \'{{{_SESSION},"scope":"uci","objects":[["*","read"],["*","write"]]}}\''),
)

PUSH: tuple[PushMethod, ...] = tuple(
    PushMethod(
        roles=(role,),
        mode="merge",
        staged_by="none",
        timer=TIMER,
        preflight=_preflight(role),
        unasked=(
            "free sessions: dropbear has no limit of logins",
            "the local login: root is the box's own, and the only",
        ),
        prepare=PREPARE,
        # rpcd looks for what a session has staged in a folder of its own: there `uci` puts it, in this shell.
        rehearsal=(
            Step(send='uci() { command uci -t /var/run/rpcd/uci-{sid} "$@"; }'),
            Lines(),
            Step(
                send=f"ubus call uci changes '{{{_SESSION}}}'",
                expect=r'^\t\t"\w+": \[$',
                needs="rpcd to see what was staged",
            ),
        ),
        rehearsal_end=(Step(send=f"ubus -S call session destroy '{{{_SESSION}}}'"),),
        staged=Step(send=BACKUP.running),
        # root's password is no UCI, and no undo takes it back: it is the one that the site's devices have. A shell in
        # which the first line was lost must set none.
        arm=(
            Step(send="secret='{password}'"),
            Step(
                send='printf "%s\\n%s\\n" "${secret:?}" "$secret" | passwd root', expect=r"[Pp]assword for root changed"
            ),
            Step(send=_RESTART),
            Step(send=f'ubus call uci apply \'{{{_SESSION},"rollback":true,"timeout":{{seconds}}}}\''),
        ),
        at_once=True,
        pending=Step(send=_PENDING),
        pending_pattern=r"^2\s*$",
        confirm=(Step(send=f"ubus call uci confirm '{{{_SESSION}}}'"),),
        settle=35.0,
        revert=(Step(send=_RESTART), Step(send=f"ubus call uci rollback '{{{_SESSION}}}'", disconnects=True)),
        restore=(
            Lines(),
            Step(send="uci commit"),
            Step(send=_RESTART),
            Step(send="reload_config", disconnects=True),
        ),
        cleanup=(Step(send=f"ubus -S call session destroy '{{{_SESSION}}}'"),),
    )
    for role in _IMAGE
)

FAILURES: tuple[str, ...] = (
    r"^uci: .*",
    r"^-ash: .*",
    r"^Usage: uci .*",
    r"^Command failed: .*",
    r"^passwd: (?!password for).*",
)

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

LINKS = r"""
Value Required NAME (\S+?)
Value FLAGS (\S+)

Start
  ^\d+: ${NAME}(?:@\S+)?: <${FLAGS}> -> Record
"""

# Of a bridge that filters VLANs netifd tells the ports of each: `lan:t` tagged, `phy0-ap0:*` untagged and the PVID.
BRIDGE_VLANS = r"""
Value Required ID (\d+)
Value List PORTS (\S+?)

Start
  ^\s*"bridge-vlans": \[ -> Vlans

Vlans
  ^\t\t\} -> Continue.Record
  ^\t\t\t"id": ${ID},
  ^\t\t\t\t"${PORTS}",?\s*$$
"""

# On air, and then in which VLAN the bridge has each of them.
AIR = r"""
Value INTERFACE (\S+)
Value SSID (.*)
Value FREQUENCY ([\d.]+)
Value ENCRYPTION (.*)
Value ID (\d+)
Value List PORTS (\S+?)

Start
  ^\S+ +ESSID: -> Continue.Record
  ^${INTERFACE} +ESSID: "${SSID}"\s*$$
  ^ +Mode: Master +Channel: \d+ \(${FREQUENCY} GHz\)
  ^ +Encryption: ${ENCRYPTION}\s*$$
  ^\{ -> Record Bridge

Bridge
  ^\s*"bridge-vlans": \[ -> Vlans

Vlans
  ^\t\t\} -> Continue.Record
  ^\t\t\t"id": ${ID},
  ^\t\t\t\t"${PORTS}",?\s*$$
"""

LLDP = r"""
Value Required PORT (\S+)
Value NEIGHBOUR (\S.*?)
Value IFNAME (\S+)
Value LOCAL (\S+)
Value DESCRIPTION (\S.*?)
Value List CAPABILITIES (\S+)

Start
  ^lldp\.\S+\.via= -> Continue.Record
  ^lldp\.${PORT}\.via=
  ^lldp\.\S+?\.chassis\.name=${NEIGHBOUR}\s*$$
  ^lldp\.\S+?\.chassis\.${CAPABILITIES}\.enabled=on
  ^lldp\.\S+?\.port\.ifname=${IFNAME}\s*$$
  ^lldp\.\S+?\.port\.local=${LOCAL}\s*$$
  ^lldp\.\S+?\.port\.descr=${DESCRIPTION}\s*$$
"""

ROUTES = r"""
Value Required DESTINATION (\S+)
Value NEXT_HOP ([\d.]+)
Value INTERFACE (\S+)

Start
  ^${DESTINATION}(?: via ${NEXT_HOP})? dev ${INTERFACE} -> Record
"""

PING = r"""
Value Required SENT (\d+)
Value Required RECEIVED (\d+)

Start
  ^${SENT} packets transmitted, ${RECEIVED} packets received -> Record
"""

CLOCK = r"""
Value Required REFERENCE ([0-9A-F]+)
Value SERVER (\S*?)
Value STRATUM (\d+)
Value LEAP (\S.*?)

Start
  ^Reference ID +: ${REFERENCE} \(${SERVER}\)
  ^Stratum +: ${STRATUM}
  ^Leap status +: ${LEAP}\s*$$ -> Record
"""

# The sections of the configuration, then the names of what fw4 has loaded of them: it leaves out what it cannot use.
POLICIES = r"""
Value KIND (defaults|zone|forwarding|rule|nat)
Value NAME (.*)
Value SRC (\S+)
Value DEST (\S+)
Value List PROTO (\S+)
Value List SRC_IP (\S+)
Value List DEST_IP (\S+)
Value List DEST_PORT (\S+)
Value List ICMP_TYPE (\S+)
Value TARGET (\w+)
Value FORWARD (\w+)
Value ENABLED (\S+)
Value LOG (\S+)
Value LOADED (.*)

Start
  ^config -> Continue.Record
  ^config ${KIND}
  ^\toption name '${NAME}'\s*$$
  ^\toption src '${SRC}'
  ^\toption dest '${DEST}'
  ^\t(?:option|list) proto '${PROTO}'
  ^\t(?:option|list) src_ip '${SRC_IP}'
  ^\t(?:option|list) dest_ip '${DEST_IP}'
  ^\t(?:option|list) dest_port '${DEST_PORT}'
  ^\t(?:option|list) icmp_type '${ICMP_TYPE}'
  ^\toption target '${TARGET}'
  ^\toption forward '${FORWARD}'
  ^\toption enabled '${ENABLED}'
  ^\toption log '${LOG}'
  ^table inet fw4 -> Continue.Record
  ^table inet fw4 -> Kernel

Kernel
  ^.* comment "!fw4: ${LOADED}"\s*$$ -> Record
"""

_NO_PROGRAM = (r"-ash: \S+: not found",)
ALL = ("all",)
LAST = 9999  # the number of the policy that denies the rest
_SECURITY = {"WPA3 802.1X": "wpa3-enterprise", "WPA3 SAE": "wpa3-sae", "WPA3 OWE": "owe"}
_BANDS = {"2": "2.4", "4": "5", "5": "5", "6": "6", "7": "6"}  # by the first digit of the frequency in GHz


def read_interfaces(rows: Sequence[Row]) -> tuple[InterfaceReading, ...]:
    """Ports and VLAN interfaces from the kernel's flags."""
    flags = {str(row["name"]): str(row["flags"]).split(",") for row in rows}
    return tuple(
        InterfaceReading(name=name, admin_up="UP" in words, link_up="LOWER_UP" in words)
        for name, words in flags.items()
    )


def read_vlans(rows: Sequence[Row]) -> tuple[VlanReading, ...]:
    """The VLANs of the bridge. They have no names."""
    return tuple(VlanReading(id=int(str(row["id"])), name="", active=bool(row["ports"])) for row in rows)


def read_trunks(rows: Sequence[Row]) -> tuple[TrunkReading, ...]:
    """The ports that carry tagged VLANs; what has no tag there is the native one."""
    member = [(str(port).partition(":"), int(str(row["id"]))) for row in rows for port in _listed(row["ports"])]
    tagged = dict.fromkeys(name for (name, _, how), _ in member if "t" in how)
    return tuple(
        TrunkReading(
            port=port,
            native_vlan=next((vlan for (name, _, how), vlan in member if name == port and "t" not in how), 0),
            allowed=tuple(vlan for (name, _, how), vlan in member if name == port and "t" in how),
        )
        for port in tagged
    )


def read_air(rows: Sequence[Row]) -> tuple[SsidReading, ...]:
    """What each radio sends. Clients get the VLAN that the bridge gives to untagged frames there."""
    vlans = {str(port).partition(":")[0]: str(row["id"]) for row in rows for port in _listed(row["ports"])}
    return tuple(
        SsidReading(
            wlan_id=0,
            profile="",
            ssid=str(row["ssid"]),
            enabled=True,
            security=_SECURITY.get(str(row["encryption"]).partition(" (")[0], str(row["encryption"])),
            vlan=vlans.get(str(row["interface"]), ""),
            band=_BANDS[str(row["frequency"])[0]],
        )
        for row in rows
        if row["ssid"]
    )


def read_neighbours(rows: Sequence[Row]) -> tuple[NeighbourReading, ...]:
    """LLDP neighbours. How a port is called stands under the kind of its id."""
    return tuple(
        NeighbourReading(
            port=str(row["port"]),
            device=str(row["neighbour"]),
            device_port=str(row["ifname"] or row["local"] or row["description"]),
            capabilities=tuple(
                _CAPABILITIES.get(str(word), str(word).lower()) for word in _listed(row["capabilities"])
            ),
        )
        for row in rows
    )


_CAPABILITIES = {"Wlan": "wlan-ap", "Tel": "telephone"}


def read_routes(rows: Sequence[Row]) -> tuple[RouteReading, ...]:
    """The routing table; a connected network has no next hop."""
    return tuple(
        RouteReading(
            prefix="0.0.0.0/0" if row["destination"] == "default" else str(row["destination"]),
            next_hop=str(row["next_hop"]),
            interface=str(row["interface"]),
        )
        for row in rows
    )


def read_ping(rows: Sequence[Row]) -> tuple[PingReading, ...]:
    """How many came back."""
    return tuple(PingReading(sent=int(str(row["sent"])), received=int(str(row["received"]))) for row in rows)


def read_clock(rows: Sequence[Row]) -> tuple[ClockReading, ...]:
    """The server that chrony follows."""
    return tuple(
        ClockReading(synchronised=row["leap"] == "Normal", server=str(row["server"]), stratum=int(str(row["stratum"])))
        for row in rows
    )


def read_policies(rows: Sequence[Row]) -> tuple[PolicyReading, ...]:
    """The rules between zones, those of one policy as one; then whatever else lets something through, and the rest.

    A policy of several protocols is several rules, `10-network-site udp`. Rules of one policy that differ in more than
    that stay apart, so that the numbers show it. `nat`: each source is translated towards each destination.
    """
    loaded = {str(row["loaded"]) for row in rows if row["loaded"]}
    translated: set[tuple[object, ...]] = {
        (_label(row), *(tuple(map(str, _listed(row[side]))) or ALL for side in ("src_ip", "dest_ip")))
        for row in rows
        if row["kind"] == "nat" and str(row["name"]) in loaded and row["enabled"] != "0" and row["target"] != "ACCEPT"
    }
    found: dict[tuple[object, ...], PolicyReading] = {}
    for row in rows:
        if row["kind"] == "rule" and row["src"] and row["dest"]:
            one = _policy(row, loaded, translated)
            key = (replace(one, services=()),)
            before = found.get(key)
            found[key] = replace(one, services=(*before.services, *one.services)) if before else one
    return (*found.values(), *_open(rows), *_rest(rows, loaded))


def _label(row: Row) -> str:
    return str(row["name"]).partition(" ")[0]


def _policy(row: Row, loaded: set[str], translated: set[tuple[object, ...]]) -> PolicyReading:
    number, _, name = _label(row).partition("-")
    sources = tuple(map(str, _listed(row["src_ip"]))) or ALL
    destinations = tuple(map(str, _listed(row["dest_ip"]))) or ALL
    pairs = {(_label(row), (source,), (target,)) for source in sources for target in destinations}
    protocols = " ".join(map(str, _listed(row["proto"]))) or "tcp udp"
    what = (*_listed(row["dest_port"]), *_listed(row["icmp_type"]))
    return PolicyReading(
        id=int(number) if number.isdigit() else 0,
        name=name if number.isdigit() else str(row["name"]),
        accept=str(row["target"]).upper() == "ACCEPT",
        source_zone=str(row["src"]).replace("*", "any"),
        destination_zone=str(row["dest"]).replace("*", "any"),
        sources=sources,
        destinations=destinations,
        services=ALL
        if protocols in ("all", "any", "*")
        else tuple(f"{protocol}/{one}" for protocol in protocols.split() for one in what or ("all",)),
        nat=pairs <= translated,
        enabled=row["enabled"] != "0" and str(row["name"]) in loaded,
        logged=row["log"] == "1",
    )


def _open(rows: Sequence[Row]) -> Iterator[PolicyReading]:
    """Zones that are open towards another, or within."""
    for row in rows:
        source, target = str(row["src"]), str(row["dest"])
        if row["kind"] == "zone" and str(row["forward"]).upper() == "ACCEPT":
            source = target = str(row["name"])
        elif row["kind"] != "forwarding":
            continue
        yield PolicyReading(
            id=0,
            name=f"{row['kind']} {source} {target}",
            accept=True,
            source_zone=source,
            destination_zone=target,
            sources=ALL,
            destinations=ALL,
            services=ALL,
        )


def _rest(rows: Sequence[Row], loaded: set[str]) -> Iterator[PolicyReading]:
    """What becomes of everything else: no rule of its own says it."""
    zones = [row for row in rows if row["kind"] == "zone"]
    for row in rows:
        if row["kind"] == "defaults":
            yield PolicyReading(
                id=LAST,
                name="deny-all",
                accept=str(row["forward"]).upper() == "ACCEPT",
                source_zone="any",
                destination_zone="any",
                sources=ALL,
                destinations=ALL,
                services=ALL,
                enabled=bool(loaded),
                logged=all(zone["log"] not in ("", "0") for zone in zones),
            )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


# The doubled braces stand for one: checks fill words into their commands.
_BRIDGE = 'ubus call network.device status \'{{"name":"br-lan"}}\''

CHECKS: dict[str, Probe] = {
    "interfaces": Probe(command="ip link show", parser=TextFsm(template=LINKS.lstrip()), read=read_interfaces),
    "vlans": Probe(
        command=_BRIDGE,
        parser=TextFsm(template=BRIDGE_VLANS.lstrip()),
        read=read_vlans,
    ),
    "trunks": Probe(
        command=_BRIDGE,
        parser=TextFsm(template=BRIDGE_VLANS.lstrip()),
        read=read_trunks,
    ),
    "neighbours": Probe(
        command="lldpcli -f keyvalue show neighbors",
        parser=TextFsm(template=LLDP.lstrip()),
        read=read_neighbours,
        rejected=_NO_PROGRAM,
    ),
    "routes": Probe(command="ip -4 route show", parser=TextFsm(template=ROUTES.lstrip()), read=read_routes),
    "ping": Probe(command="ping -c 5 -W 2 {target}", parser=TextFsm(template=PING.lstrip()), read=read_ping),
    "clock": Probe(
        command="chronyc -n tracking",
        parser=TextFsm(template=CLOCK.lstrip()),
        read=read_clock,
        rejected=_NO_PROGRAM,
    ),
    "policies": Probe(command=_POLICIES, parser=TextFsm(template=POLICIES.lstrip()), read=read_policies),
    "ssids": Probe(
        command=f"iwinfo && {_BRIDGE}",
        parser=TextFsm(template=AIR.lstrip()),
        read=read_air,
        rejected=_NO_PROGRAM,
    ),
}

# ── risk ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

RISKS = (
    RiskRule(kind="management path", pattern=r"^package network / config interface 'mgmt'"),
    RiskRule(kind="management path", pattern=r"^package network / config bridge-vlan \(device=br-lan, vlan={vlan}\)"),
    RiskRule(kind="management path", pattern=r"^package dropbear\b"),
    RiskRule(kind="management path", pattern=r"^package firewall / config (?:defaults|zone|rule)"),
    RiskRule(kind="AAA", pattern=r"^package (?:rpcd|system / config login)\b"),
    RiskRule(kind="VLAN off a trunk", pattern=r"^package network / config bridge-vlan [^/]*$", when="gone"),
    RiskRule(kind="VLAN off a trunk", pattern=r"^package network / config bridge-vlan .* / (?:list|option) ports"),
    RiskRule(kind="interface flap", pattern=r"^package network / config device"),
    RiskRule(kind="interface flap", pattern=r"^package wireless / config wifi-device"),
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("openwrt"),
    title="OpenWrt",
    names=OtherNames(netmiko="linux", ansible_network_os=None, oxidized=("openwrt",)),
    transport="netmiko",
    roles=(Role.AP, Role.FIREWALL),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    failures=FAILURES,
    read_only=READ_ONLY,
    prompt=r"^root@[\w.-]+:[^\s#]*# ?$",
    checks=CHECKS,
    risks=RISKS,
    administrator="root",
)
