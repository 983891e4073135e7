"""NVIDIA Onyx, once MLNX-OS (recorded: 3.9.2504): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret, Until
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version",
    model=r"^Product model:\s+(?P<model>\S+)",
    serial=r"(?!)",  # its table of modules was recorded empty
    version=r"^Product release:\s+(?P<version>\S+)",
)

# The last part of the text sets the prefix modes back.
BACKUP = BackupRules(
    running="show running-config",
    startup="",
    end=r"^\s*(?:no )?cli default prefix-modes enable",
    required=(r"^## Running database ", r"^## Running-config temporary prefix mode setting"),
    errors=(r"^\s*% ",),
    section=r"^## \S",
    not_in_text=("private keys of certificates and SSH", "passwords that it hides as stars"),
    put_back="Apply it: configuration text fetch URL, then configuration text file FILE apply",
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="#",
    bodies=(Until(opens=r'.*"-----BEGIN (?:\w+ )*PRIVATE KEY', ends=r"-----END (?:\w+ )*PRIVATE KEY"),),
    secrets=(
        Secret(pattern=r"username \S+ password (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"enable password (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:# )?(?:radius-server|tacacs-server) (?:.* )?key (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server community (?P<secret>\S+)"),
        Secret(
            pattern=r"snmp-server host \S+ (?:traps|informs) (?:port \d+ )?(?:version (?!3)\S+ )?"
            r"(?P<secret>(?!version |port )\S+)"
        ),
        Secret(pattern=r"snmp-server host \S+ .*\buser \S+ .*\bauth \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ .*\buser \S+ .*\bpriv \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user \S+ v3 .*\bauth \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user \S+ v3 .*\bpriv \S+ (?P<secret>\S+)"),
        Secret(
            pattern=r"(?:ldap bind-password|cluster shared-secret|(?:web proxy"
            r"|email) auth .*\bpassword) (?:\d )?(?P<secret>\S+)"
        ),
        Secret(pattern=r"(?:# )?ntp authentication-key \d+ \S+ (?:\d )?(?P<secret>\S+)"),
        Secret(
            pattern=r"(?:.* )?(?:ip ospf authentication-key|message-digest-key \d+ \S+|vrrp \d+ authentication text"
            r"|preshared-key) "
            r"(?:\d )?(?P<secret>\S+)"
        ),
        Secret(pattern=r"crypto ipsec .*\bauth \S+ (?P<secret>\S+)"),
        Secret(pattern=r"crypto ipsec .*\bencrypt \S+ (?P<secret>\S+)"),
        Secret(pattern=r'.*?(?P<secret>"-----BEGIN (?:\w+ )*PRIVATE KEY[^"]*")'),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=r"(?:.* )?(?:neighbor|peer-group) .*\bpassword (?:\d )?(?P<secret>\S+)"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("mellanox_mlnxos"),
    title="NVIDIA Onyx",
    names=OtherNames(netmiko="mellanox_mlnxos", oxidized=("mlnxos",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^(?:\S+ )?\[[^\]\n]+\] (?:\([^)\n]*\) )?[#>] ?$",
    interruptions=(r"\x1b(?:\[\??\d*[hlKm]|[=>])",),  # a pager says hello and goodbye although it is switched off
    read_only=(r"show [^|]+",),
)
