"""ArubaOS mobility controllers and conductors (recorded: 7210, 8.10): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version",
    also=("show inventory",),
    model=r"^ArubaOS \(MODEL: (?P<model>[^)]+)\)",
    serial=r"^System Serial#\s+: (?P<serial>\S+)",
    version=r"^ArubaOS .*, Version (?P<version>\S+)",
)

# Without `encrypt disable`, which holds for the session, every key would be a row of stars that nobody can restore.
BACKUP = BackupRules(
    before=("encrypt disable",),
    running="show running-config",
    startup="",
    end=r"^end\s*$",
    required=(r"^version ", r"^hostname "),
    errors=(r"^\s*% ", r"^Invalid input", r"^Parse error"),
    not_in_text=(
        "certificates and their private keys",
        "licences",
        "passwords of management users",
        "captive portal files",
    ),
    put_back="Copy it to flash and start with it: boot config-file FILE, then reload",
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r"Building Configuration", r"end$"),
    secrets=(
        Secret(pattern=r"ike authentication pre-share (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server community (?P<secret>\"[^\"]*\"|\S+)"),
        Secret(pattern=r"snmp-server host \S+ version \S+ (?P<secret>\"[^\"]*\"|\S+)"),
        Secret(pattern=r"snmp-server user .*?\bauth-prot \S+ (?P<secret>\"[^\"]*\"|\S+)"),
        Secret(pattern=r"snmp-server user .*\bpriv-prot \S+ (?P<secret>\"[^\"]*\"|\S+)"),
        Secret(pattern=r"mgmt-user \S+ \S+ (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"enable (?:secret|password) (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"(?:key|pre-shared-key|authentication-key) (?P<secret>\"[^\"]*\"|\S+)\s*$"),
        Secret(pattern=r"(?:ap-console-password|bkup-passwords|wpa-passphrase|wpa-hexkey) (?P<secret>\"[^\"]*\"|\S+)"),
        Secret(
            pattern=r"(?:\S+-passwd|psk|wepkey\d|mpsk-local|password|vrrp-passphrase) (?P<secret>\"[^\"]*\"|\S+)\s*$"
        ),
        Secret(
            pattern=r"(?:controller|server host|local-userdb) .*\b(?:vrrp-passphrase|passwd|password) (?P<secret>\S+)"
        ),
        Secret(pattern=r"crypto(?:-local)? isakmp key (?:hex-based )?(?P<secret>\"[^\"]*\"|\S+)"),
        Secret(pattern=r"ntp authentication-key \d+ \S+ (?P<secret>\S+)"),
        Secret(pattern=r"ip ospf message-digest-key \d+ (?:md5 )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:neighbor \S+ password|mobility-manager \S+ user \S+) (?P<secret>\S+)"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=r"(?:peer-ip-address|masterip|conductorip) \S+ ipsec (?P<secret>\S+)"),
        Secret(pattern=r"local(?:ip|-custom-cert) \S+ ipsec (?P<secret>\S+)"),
        Secret(pattern=r"authentication (?!pre-share\s*$|rsa)(?P<secret>\S+)\s*$"),  # of a VRRP instance
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("aruba_os"),
    title="ArubaOS",
    names=OtherNames(netmiko="aruba_os", ntc_templates="aruba_os", oxidized=("aosw",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^\([\w. -]+\) (?:\[[\w /.-]+\] )?[*^]?[#>] ?$",
    read_only=(r"show (?!.*\|\s*(?:redirect|append|tee)\b).+", r"encrypt disable"),
)
