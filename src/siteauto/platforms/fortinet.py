"""Fortinet FortiOS: FortiGate firewalls."""

import shlex
from collections.abc import Sequence

from siteauto.core.config.rules import ANYWHERE, ConfigRules, Line, OrderedTable, Secret, WordSet
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import (
    BackupRules,
    Hardware,
    Identity,
    Lines,
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
    PolicyReading,
    RouteReading,
)

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# A FortiGate is shipped with most of its ports in one hardware switch, `internal`. A port is an interface
# of its own only after `config system virtual-switch`, `edit "internal"`, `config port`, `delete` of the
# port: the day-0 text does this for the port to the switch, and takes away the factory's policy 1 and DHCP server.
HARDWARE: tuple[Hardware, ...] = (
    Hardware(
        model="FGT-60F",
        reported="FortiGate-60F",
        roles=(Role.FIREWALL,),
        ports=("wan1", "wan2", "dmz", *(f"internal{n}" for n in range(1, 6)), "a", "b"),
        uplinks=("internal1",),
        wan=("wan1", "wan2"),
        serial_pattern=r"FGT60F[0-9A-Z]{10}",
    ),
    # wan1 and wan2 take SFP+ or copper at 10 Gbit/s, one of the two at a time. Names as in NetBox's library.
    Hardware(
        model="FGT-91G",
        reported="FortiGate-91G",
        roles=(Role.FIREWALL,),
        ports=("wan1", "wan2", *(f"internal{n}" for n in range(1, 7)), "a", "b"),
        uplinks=("internal1",),
        wan=("wan1", "wan2"),
        serial_pattern=r"FGT91G[0-9A-Z]{10}",
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="get system status",
    model=r"^Version: (?P<model>FortiGate-\S+)",
    serial=r"^Serial-Number: (?P<serial>\S+)",
    version=r"^Version: \S+ v(?P<version>[\d.]+)",
)

# `end` closes every section, so it proves nothing. The multicast section is the last one of every FortiGate and is
# printed even when it is empty (7.4.7, Oxidized's transcript of a 91G). What is set is saved at once: no startup.
BACKUP = BackupRules(
    running="show",
    startup="",
    end=r"^end\s*$",
    required=(r"^#config-version=FG", r"^config system global$", r"^config router multicast$"),
    errors=(r"^Command fail", r"^command parse error", r"^--More--"),
    blocks=((r"^\s*config ", r"^\s*end\s*$"), (r"^\s*edit ", r"^\s*next\s*$")),
    section=r"^config ",
    # Seen on 7.4: what is encrypted, private keys too, is encrypted anew each time it is shown.
    resalted=(r"ENC ", r"\S+ -----BEGIN ENCRYPTED PRIVATE KEY"),
    not_in_text=("certificates' private keys of FortiGuard", "licences", "logs and local reports"),
)

READ_ONLY: tuple[str, ...] = (
    r"show( full-configuration)?( [\w.+-]+)*( \| grep [\w.:-]+)?",
    r"get [\w.+-]+( [\w.+-]+)*( \| grep [\w.:-]+)?",
    r"diagnose netlink interface list( [\w.-]+)*",
    r"diagnose lldprx (port )?neighbor (summary|details)( [\w.-]+)?",
    r"diagnose sys ntp status",
    r"execute ping [\w.:-]+",
    r"execute (date|time)",
    r"execute revision list config( \| grep [\w.-]+)?",
)

# ── configuration: how it is read, compared and changed ─────────────────────────────────────────────────────────────

_TABLE = r"(?:firewall|system|router|user|log|vpn|wireless-controller|switch-controller|application|webfilter) ?.*"

# What FortiOS leaves out of `show` because it is so anyway (7.4).
CONFIG_HIDDEN = (
    Line(
        pattern=r"set status (?:up|enable)$", within=r"(?:system interface|firewall policy|router static|system admin)/"
    ),
    Line(pattern=r"set mode static$", within="system interface/"),
    Line(pattern=r"set role undefined$", within="system interface/"),
    Line(pattern=r"set (?:lldp-transmission|lldp-reception) vdom$", within="system interface/"),
    Line(pattern=r"set (?:dhcp-relay-service|device-identification|fail-detect) disable$", within="system interface/"),
    Line(pattern=r"set (?:defaultgw|dns-server-override) enable$", within="system interface/"),
    Line(pattern=r"set distance 5$", within="system interface/"),
    Line(pattern=r"set action deny$", within="firewall policy/"),
    Line(
        pattern=r"set (?:nat|utm-status|logtraffic-start|ippool|internet-service) disable$", within="firewall policy/"
    ),
    Line(pattern=r"set logtraffic utm$", within="firewall policy/"),
    Line(pattern=r"set type ipmask$", within="firewall address/"),
    Line(pattern=r"set subnet 0\.0\.0\.0[ /]0(?:\.0\.0\.0)?$", within="firewall address/"),
    Line(pattern=r"set protocol TCP/UDP/SCTP$", within="firewall service custom/"),
    Line(pattern=r"set distance 10$", within="router static/"),
    Line(pattern=r"set dst 0\.0\.0\.0[ /]0(?:\.0\.0\.0)?$", within="router static/"),
    Line(pattern=r"set (?:priority 1|weight 0|blackhole disable|dynamic-gateway disable)$", within="router static/"),
    Line(pattern=r"set port 514$", within=r"log syslogd\d? setting"),
    Line(pattern=r"set mode udp$", within=r"log syslogd\d? setting"),
    Line(pattern=r"set facility local7$", within=r"log syslogd\d? setting"),
    Line(pattern=r"set format default$", within=r"log syslogd\d? setting"),
    Line(pattern=r"set (?:admintimeout 5|admin-telnet enable|admin-sport 443|admin-port 80)$", within="system global"),
    Line(
        pattern=r"set (?:admin-ssh-port 22|admin-https-redirect enable|strong-crypto enable)$", within="system global"
    ),
    Line(pattern=r"set (?:pre-login-banner|post-login-banner|admin-maintainer) disable$", within="system global"),
    Line(pattern=r"set (?:lldp-reception|lldp-transmission|admin-scp) disable$", within="system global"),
    Line(pattern=r"set output more$", within="system console"),
    Line(pattern=r"set (?:queries|trap-status) enable$", within="system snmp user/"),
    Line(pattern=r"set query-port 161$", within="system snmp user/"),
    Line(pattern=r"set type fortiguard$", within="system ntp"),
    Line(pattern=r"set authentication disable$", within="system ntp/ntpserver/"),
    Line(pattern=r"set intrazone deny$", within="system zone/"),
    Line(pattern=r"set authorization disable$", within="user tacacs[+]/"),
)

# What the box brings itself. A whole section that the intent does not name is the device's too.
CONFIG_DEVICE_OWNED = (
    Line(pattern=r"#"),
    Line(pattern=r"config "),
    Line(pattern=r"set (?:uuid|snmp-index|macaddr|devindex)\b", within=_TABLE + "/"),
    Line(
        pattern=r"set (?:type (?:physical|tunnel|hard-switch|switch)|vdom \"?root\"?|monitor-bandwidth)",
        within="system interface/",
    ),
    Line(pattern=r"set (?:speed|mediatype|forward-error-correction)\b", within="system interface/"),
    Line(
        pattern=r"set (?:alias|switch-controller|virtual-switch-vlan|management-vdom|gui-\S+)\b", within="system global"
    ),
    Line(pattern=r"set admin-(?:restrict-local|server-cert|forticloud-sso-login)\b", within="system global"),
    Line(
        pattern=r"edit \"?(?:ssl\.root|l2t\.root|naf\.root|modem|fortilink|ha\d?|mgmt\d?)\"?$",
        within="system interface",
    ),
    Line(
        pattern=r"edit \"?(?:none|all|login\.\S+|FIREWALL_AUTH_PORTAL_ADDRESS|FABRIC_DEVICE|EMS_\S+|FCTEMS_\S+"
        r"|SSLVPN_TUNNEL_ADDR1|gmail\.com|wildcard\.\S+|metadata-server|Microsoft Office 365|G Suite|RFC1918-\S+"
        r"|\S+ address)\"?$",
        within="firewall address",
    ),
    Line(pattern=r"edit \"?(?:G Suite|Microsoft Office 365|RFC1918-GRP)\"?$", within="firewall addrgrp"),
    Line(
        pattern=r"edit \"?(?:ALL(?:_TCP|_UDP|_ICMP6?)?|GRE|AH|ESP|AOL|BGP|DHCP6?|DNS|FINGER|FTP(?:_GET|_PUT)?|GOPHER"
        r"|H323|HTTPS?|IKE|IMAPS?|Internet-Locator-Service|IRC|L2TP|LDAPS?|LDAP_UDP|NetMeeting|NFS|NNTP|NTP|OSPF"
        r"|PC-Anywhere|PING6?|TIMESTAMP|INFO_\S+|ONC-RPC|DCE-RPC|POP3S?|PPTP|QUAKE|RAUDIO|REXEC|RIP|RLOGIN|RSH|SCCP"
        r"|SIP(?:-MSNmessenger)?|SAMBA|SMB|SMTPS?|SNMP|SSH|SYSLOG|TALK|TELNET|TFTP|MGCP|UUCP|VDOLIVE|WAIS|WINFRAME"
        r"|X-WINDOWS|MS-SQL|MYSQL|RDP|VNC|SQUID|SOCKS|WINS|RADIUS(?:-OLD)?|CVSPSERVER|AFS3|TRACEROUTE|RTSP|MMS"
        r"|KERBEROS|NONE|webproxy)\"?$",
        within="firewall service custom",
    ),
    Line(
        pattern=r"edit \"?(?:super_admin|prof_admin|admin_no_access|super_admin_readonly)\"?$",
        within="system accprofile",
    ),
    Line(pattern=r"edit \"?(?:always|none|default-darrp-optimize)\"?$", within="firewall schedule recurring"),
    Line(pattern=r"edit ", within=r"system replacemsg .*"),
    Line(pattern=r"edit \"?siteauto-", within=r"system automation-(?:action|trigger|stitch)"),  # the undo of a push
)

_CONFIDENTIAL = (
    r"(?:password\d?|(?:auth)?passwd\d?|passphrase|psksecret(?:-remote)?|secret|key|md5-key(?: \d+)?|keytab|seed"
    r"|\S+-(?:passphrase|passwd|password|pwd|secret|psk|token|pin-code)|auth-password-l[12]|key-(?:out|in)bound|key-string"
    r"|(?:secondary|tertiary|private|sae-private|ddns|auth|enc|api|\S+-api|authentication|preshared|server|wifi|fixed"
    r"|secret|static)-key|auth-string|activation-code|community-info)"
)
_VALUE = r'(?P<secret>"(?:[^"\\]|\\.)*"|\S+)'

CONFIG = ConfigRules(
    syntax="fortios",
    comment="#",
    volatile=(r"#",),
    secrets=(
        Secret(pattern=r"set \S+ (?P<type>ENC) (?P<secret>\S+)", seal="quoted"),
        Secret(
            pattern=rf'set {_CONFIDENTIAL} (?:(?P<type>ENC) )?(?!(?:enable|disable|"Authorization")$){_VALUE}$',
            seal="quoted",
        ),
        Secret(
            pattern=rf"set name {_VALUE}$", seal="quoted", under=r"config (?:system snmp community|snmp-community)$"
        ),
        Secret(pattern=rf"set value {_VALUE}$", seal="quoted", under=r"config http-headers$"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=r"#private-encryption-key=(?P<secret>\S+)"),
    ),
    hidden=CONFIG_HIDDEN,
    permanent=(Line(pattern=r"config ", within=ANYWHERE),),
    device_owned=CONFIG_DEVICE_OWNED,
    ordered_tables=(
        OrderedTable(within=r"firewall (?:policy|policy6|local-in-policy|shaping-policy|proxy-policy|security-policy)"),
        OrderedTable(within=r"firewall (?:central-snat-map|interface-policy|DoS-policy)|router policy"),
        OrderedTable(within=r"system sdwan/?service"),
    ),
    word_sets=(
        WordSet(
            pattern=r"set (?:member|srcaddr|dstaddr|srcaddr6|dstaddr6|service|srcintf|dstintf|interface|groups|users) "
        ),
        WordSet(pattern=r"set (?:allowaccess|events|day|input-device|exclude-member|notify-hosts|dhcp-relay-ip) "),
    ),
    definitions=(
        r"config system global",
        r"config system accprofile",
        r"config system (?:virtual-switch|physical-switch)",
        r"config system interface",
        r"config user (?:radius|tacacs[+]|local|ldap)",
        r"config user group",
        r"config system admin",
        r"config system zone",
        r"config firewall schedule",
        r"config firewall address$",
        r"config firewall addrgrp",
        r"config firewall service (?:category|custom)",
        r"config firewall service group",
        r"config firewall (?:ippool|vip)",
        r"config firewall policy",
    ),
    containers=("vdom", "global"),
    login=r"edit {name}",
)

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# FortiOS has no commit-confirm. The undo is built on the box before anything is changed: a revision on the flash and an
# automation stitch that restores it once, at {when} of the box's own clock. One-time triggers came with 7.2.1; in HA
# every member would run the stitch against its own revisions, so only a standalone box is changed. The author of
# napalm-fortigate measured up to 28 s between the time set and the restore. `cfg-save revert` is no way out: switching
# to it from automatic never armed its timer (7.4.12).
TIMER = Timer(
    kind="emulated",
    unit=1,
    minimum=120,
    maximum=7200,
    revert_effect="reboot",
    revert_seconds=90,
    reboot_in_window="unknown",  # the change is saved already; whether the stitch still fires was never measured
)

_STITCH = "siteauto-{token}"  # FortiOS keeps 35 characters of such a name

SUITS = (
    Step(
        send="get system status",
        expect=r"^Version: \S+ v(7\.2\.[1-9]|7\.[4-9]\.|[89]\.)[\s\S]*^Current HA mode: standalone",
        needs="FortiOS 7.2.1 or later on a standalone box",
    ),
)
SAVES_AT_ONCE = Step(
    send="get system global | grep cfg-save",
    expect=r"^cfg-save\s*: automatic",
    needs="cfg-save automatic: the undo must survive a reboot",
)
RESTORES_AT_ONCE = Step(
    send="get system global | grep reboot-upon",
    expect=r"^reboot-upon-config-restore\s*: enable",
    needs="reboot-upon-config-restore enable: otherwise a restore waits for the next reboot",
)
PREFLIGHT = (
    SAVES_AT_ONCE,
    RESTORES_AT_ONCE,
    Step(
        send="show system automation-stitch | grep siteauto-",
        expect=r"\A(?![\s\S]*siteauto-)",
        needs="no undo of an earlier change that still waits for its time",
    ),
    Step(
        send="diagnose sys ntp status",
        expect=r"^synchronized: yes",
        needs="a clock that a server vouches for: the undo fires by it",
        advice=True,
    ),
    Step(send="get system global | grep timezone", expect=r"\S", capture=r"^timezone\s*: (?P<timezone>\S+)"),
)
# An administrator of the box's own, whom no server has to know.
LOCAL_LOGIN = r"^config system admin\n(?:(?!end$).*\n)*? +edit .*\n(?:(?! +next$)(?!.*remote-auth enable).*\n)* +next$"
UNASKED = (
    "free sessions: no command counts what is left",
    "room for a revision: no command tells it; `execute backup config flash` is asked for one before anything is live",
)
TAKE_REVISION = (
    Step(send=f"execute backup config flash {_STITCH}"),
    Step(
        send=f"execute revision list config | grep {_STITCH}",
        expect=r"^\s*\d+ ",
        capture=r"^\s*(?P<revision>\d+) ",
    ),
)
TAKE_TIME = (
    Step(send="execute date", expect=r"\d", capture=r"(?P<date>\d{4}-\d\d-\d\d)"),
    Step(send="execute time", expect=r"\d", capture=r"current time is: (?P<time>\d\d:\d\d:\d\d)"),
)
START = Step(send="execute config-transaction start")
COMMIT = Step(send="execute config-transaction commit")
ABORT = Step(send="execute config-transaction abort")
# Out of the sections in which the refused line stood, then out of the transaction, which locks what it touched.
REHEARSAL_END = (*(Step(send="abort"),) * 3, ABORT)
RESTORE = (Step(send="execute restore config flash {revision}", answers=((r"\(y/n\)", "y"),), disconnects=True),)
CLEANUP = (Step(send="execute revision delete config {revision}"),)

ARM_TIMER = (
    Step(send="config system automation-action"),
    Step(send=f'edit "{_STITCH}"'),
    Step(send="set action-type cli-script"),
    Step(send='set script "execute restore config flash {revision}"'),
    Step(send='set accprofile "super_admin"'),
    Step(send="end"),
    Step(send="config system automation-trigger"),
    Step(send=f'edit "{_STITCH}"'),
    Step(send="set trigger-type scheduled"),
    Step(send="set trigger-frequency once"),
    Step(send='set trigger-datetime "{when}"'),
    Step(send="end"),
    Step(send="config system automation-stitch"),
    Step(send=f'edit "{_STITCH}"'),
    Step(send=f'set trigger "{_STITCH}"'),
    Step(send="config actions"),
    Step(send="edit 1"),
    Step(send=f'set action "{_STITCH}"'),
    Step(send="end"),
    Step(send="end"),
    Step(send="show system automation-trigger", expect=r"set trigger-datetime"),
)

CONFIRM = (
    Step(send="config system automation-stitch"),
    Step(send=f'delete "{_STITCH}"'),
    Step(send="end"),
    Step(send="config system automation-trigger"),
    Step(send=f'delete "{_STITCH}"'),
    Step(send="end"),
    Step(send="config system automation-action"),
    Step(send=f'delete "{_STITCH}"'),
    Step(send="end"),
)

PUSH: tuple[PushMethod, ...] = (
    PushMethod(
        name="stitch",
        roles=(Role.FIREWALL,),
        mode="merge",
        staged_by="none",
        timer=TIMER,
        suits=SUITS,
        preflight=PREFLIGHT,
        local_login=LOCAL_LOGIN,
        unasked=UNASKED,
        prepare=(*TAKE_REVISION, *TAKE_TIME),
        # In a transaction the lines are checked as they are typed and take effect together at the commit.
        rehearsal=(
            START,
            Lines(),
            Step(
                send="get system global | grep {timezone}",
                expect=r"^timezone",
                needs="the time zone as it is: the undo is set for a local time. Set the time zone by hand first",
            ),
            ABORT,
        ),
        rehearsal_end=REHEARSAL_END,
        arm=(*ARM_TIMER, START, Lines(), COMMIT),
        at_once=True,
        pending=Step(send=f"show system automation-stitch | grep {_STITCH}"),
        pending_pattern=r'^\s*edit "siteauto-',
        confirm=CONFIRM,
        revert=RESTORE,
        cleanup=CLEANUP,
    ),
    # A cluster, or a box older than 7.2.1: nothing on it undoes a change, so it goes last and we restore the revision.
    # That the members of a cluster restore and reboot as one is a guess.
    PushMethod(
        name="no timer",
        roles=(Role.FIREWALL,),
        mode="merge",
        staged_by="none",
        timer=Timer(kind="none", unit=1, revert_effect="reboot", revert_seconds=90, reboot_in_window="keeps"),
        preflight=(SAVES_AT_ONCE, RESTORES_AT_ONCE),
        local_login=LOCAL_LOGIN,
        unasked=UNASKED,
        prepare=TAKE_REVISION,
        rehearsal=(START, Lines(), ABORT),
        rehearsal_end=REHEARSAL_END,
        arm=(START, Lines(), COMMIT),
        revert=RESTORE,
        cleanup=CLEANUP,
    ),
)

# FortiOS goes on after a line that it refuses, in the mode in which it was. It says why in several lines: the first
# pattern that matches finds the one that a person is shown.
_LOCKED = r" is locked by another transaction\."
FAILURES: tuple[str, ...] = (
    _LOCKED,
    r"^Attribute '.*' MUST be set",
    r"^[Ee]ntry not found in datasource",
    r"^The entry is used by other",
    r"^node_check_object fail!",
    r"^value parse error before",
    r"^command parse error before",
    r"^incomplete command in the end",
    r"^object (?:check|set) operator error",
    r"^Unknown action",
    r"^config transaction id=\d+ has expired",
    r"^Command fail\. Return code",
)
# Administration guide, "Workspace mode": the time is the default of `execute config-transaction start`.
PASSING = {
    _LOCKED: "Somebody changes it in a transaction, or a run that was killed did. One that nobody uses ends after five "
    "minutes; then run again"
}

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# The one command that tells a shut port from an unplugged one, and knows VLAN interfaces too: `up` is the setting,
# `run` the carrier. `get system interface physical` says neither.
NETLINK = r"""
Value Required NAME (\S+)
Value FLAGS (.*)

Start
  ^if= -> Continue.Record
  ^if=${NAME}\s
  ^(?:ref=.*\s)?flags=${FLAGS}\s*$$
"""

LLDP = r"""
Value Required PORT (\S+)
Value NEIGHBOUR_PORT (\S.*?)
Value NEIGHBOUR (\S.*?)
Value CAPABILITIES (\S.*?)

Start
  ^\d+ port: -> Continue.Record
  ^\d+ port\.txt: +${PORT}\s*$$
  ^\d+ port\.id\.data: +${NEIGHBOUR_PORT}\s*$$
  ^\d+ system\.name\.data: +${NEIGHBOUR}\s*$$
  ^\d+ system\.caps\.enabled\.txt: +${CAPABILITIES}\s*$$
"""

NTP = r"""
Value Required SYNCHRONISED (yes|no)
Value SERVER (\S+)
Value STRATUM (\d+)

Start
  ^synchronized: ${SYNCHRONISED},
  ^\s*ipv\d server\(.*\) ${SERVER} -- .* selected -> Selected

Selected
  ^.*stratum=${STRATUM}
  ^\s*ipv\d server -> Others

Others
  ^.*
"""

POLICIES = r"""
Value Required ID (\d+)
Value NAME (.*)
Value STATUS (\S+)
Value SOURCE_ZONE (.*)
Value DESTINATION_ZONE (.*)
Value ACTION (\S+)
Value SOURCES (.*)
Value DESTINATIONS (.*)
Value SERVICES (.*)
Value LOGTRAFFIC (\S+)
Value NAT (\S+)

Start
  ^ {4}edit ${ID}\s*$$
  ^ {8}set name ${NAME}\s*$$
  ^ {8}set status ${STATUS}\s*$$
  ^ {8}set srcintf ${SOURCE_ZONE}\s*$$
  ^ {8}set dstintf ${DESTINATION_ZONE}\s*$$
  ^ {8}set action ${ACTION}\s*$$
  ^ {8}set srcaddr ${SOURCES}\s*$$
  ^ {8}set dstaddr ${DESTINATIONS}\s*$$
  ^ {8}set service ${SERVICES}\s*$$
  ^ {8}set logtraffic ${LOGTRAFFIC}\s*$$
  ^ {8}set nat ${NAT}\s*$$
  ^ {4}next -> Record

EOF
"""


def read_interfaces(rows: Sequence[Row]) -> tuple[InterfaceReading, ...]:
    """Ports and VLAN interfaces from the kernel's flags."""
    flags = {str(row["name"]): str(row["flags"]).split() for row in rows}
    return tuple(
        InterfaceReading(name=name, admin_up="up" in words, link_up="run" in words) for name, words in flags.items()
    )


def read_neighbours(rows: Sequence[Row]) -> tuple[NeighbourReading, ...]:
    """LLDP neighbours. The box writes its own words for what they are."""
    return tuple(
        NeighbourReading(
            port=str(row["port"]),
            device=str(row["neighbour"]),
            device_port=str(row["neighbour_port"]),
            capabilities=tuple(
                "wlan-ap" if word.startswith("wlan") else word for word in str(row["capabilities"]).split()
            ),
        )
        for row in rows
    )


def read_routes(rows: Sequence[Row]) -> tuple[RouteReading, ...]:
    """The routing table; a connected network has no next hop."""
    return tuple(
        RouteReading(
            prefix=str(row["destination"]),
            next_hop="" if "connected" in str(row["gateway"]) else str(row["gateway"]),
            interface=str(row["interface"]),
        )
        for row in rows
    )


def read_ping(rows: Sequence[Row]) -> tuple[PingReading, ...]:
    """How many came back."""
    return tuple(PingReading(sent=int(str(row["transmitted"])), received=int(str(row["received"]))) for row in rows)


def read_clock(rows: Sequence[Row]) -> tuple[ClockReading, ...]:
    """The server that is marked as selected."""
    return tuple(
        ClockReading(
            synchronised=row["synchronised"] == "yes",
            server=str(row["server"]),
            stratum=int(str(row["stratum"])) if row["stratum"] else None,
        )
        for row in rows
    )


def read_policies(rows: Sequence[Row]) -> tuple[PolicyReading, ...]:
    """Policies in the order in which they match. What `show` leaves out has its default: deny, no NAT, enabled."""
    return tuple(
        PolicyReading(
            id=int(str(row["id"])),
            name=" ".join(_words(row["name"])),
            accept=row["action"] == "accept",
            source_zone=", ".join(_words(row["source_zone"])),
            destination_zone=", ".join(_words(row["destination_zone"])),
            sources=_words(row["sources"]),
            destinations=_words(row["destinations"]),
            services=_words(row["services"]),
            nat=row["nat"] == "enable",
            enabled=row["status"] != "disable",
            logged=row["logtraffic"] == "all",
        )
        for row in rows
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(shlex.split(str(value)))


_UNKNOWN = (r"^command parse error", r"^Unknown action")  # an older FortiOS

CHECKS: dict[str, Probe] = {
    "interfaces": Probe(
        command="diagnose netlink interface list",
        parser=TextFsm(template=NETLINK.lstrip()),
        read=read_interfaces,
        rejected=_UNKNOWN,
    ),
    "neighbours": Probe(
        command="diagnose lldprx port neighbor details",
        parser=TextFsm(template=LLDP.lstrip()),
        read=read_neighbours,
        rejected=_UNKNOWN,
    ),
    "routes": Probe(command="get router info routing-table all", parser=Ntc(), read=read_routes),
    "ping": Probe(command="execute ping {target}", parser=Ntc(), read=read_ping),
    "clock": Probe(
        command="diagnose sys ntp status", parser=TextFsm(template=NTP.lstrip()), read=read_clock, rejected=_UNKNOWN
    ),
    "policies": Probe(command="show firewall policy", parser=TextFsm(template=POLICIES.lstrip()), read=read_policies),
}

# ── risk ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

RISKS = (
    RiskRule(kind="management path", pattern=r'^config system interface / edit "vl{vlan}-'),
    RiskRule(kind="management path", pattern=r"^config firewall local-in-policy\b"),
    RiskRule(kind="management path", pattern=r"^config system interface / .* / set allowaccess\b"),
    RiskRule(kind="AAA", pattern=r"^config (?:system (?:admin|accprofile)|user (?:tacacs\+|radius|group)) /"),
    RiskRule(kind="VLAN off a trunk", pattern=r'^config system interface / edit "vl\d+-[^/]*$', when="gone"),
    RiskRule(kind="VLAN off a trunk", pattern=r"^config system interface / .* / set vlanid\b"),
    RiskRule(
        kind="interface flap",
        pattern=r"^config system interface / .* / set (?:status|speed|mode|ip|interface|mtu\S*)\b",
    ),
    RiskRule(kind="routing peer", pattern=r"^config router\b"),
    RiskRule(kind="access-list window", pattern=r"^config firewall policy\b"),
)

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("fortinet"),
    title="FortiOS",
    names=OtherNames(
        netmiko="fortinet",
        ntc_templates="fortinet",
        ansible_network_os="fortinet.fortios.fortios",
        oxidized=("fortios", "fortigate"),
        rancid=("fortigate", "fortigate-full"),
    ),
    transport="netmiko",
    roles=(Role.FIREWALL,),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    failures=FAILURES,
    passing=PASSING,
    read_only=READ_ONLY,
    checks=CHECKS,
    risks=RISKS,
)
