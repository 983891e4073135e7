"""Perle IOLAN console servers (recorded: SCG50, 6.2.G3): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show system hardware",
    also=("show version verbose",),
    model=r"^\s*Model Name\.+ (?P<model>.+?)\s*$",
    serial=r"^\s*Serial Number\.+ (?P<serial>\S+)",
    version=r"^Perle .*, Version (?P<version>[^,\s]+)",
)

# What it stores as type 7 looks different each time that it is shown.
BACKUP = BackupRules(
    running="show running-config",
    startup="",
    end=r"^! \*{5} END of configuration \*{5}",
    required=(r"^version ",),
    errors=(r"^\s*% ",),
    resalted=(r"plain \$0\$",),
    not_in_text=("certificates and their private keys",),
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r"Building running-config",),
    secrets=(
        Secret(pattern=r"(?:tacacs-server|radius-server) (?:.* )?key (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:.* )?(?:password|secret) (?:\d )?(?P<secret>\S+)\s*$"),
        Secret(pattern=r"(?:.* )?(?:key|key-string|pre-shared-key|passphrase|pin) 7 (?P<secret>\S+)"),
        Secret(
            pattern=r"(?:ntp authentication-key \d+ \S+|ip ospf message-digest-key \d+ \S+) (?:\d )?(?P<secret>\S+)"
        ),
        Secret(
            pattern=r"(?:ip ospf authentication-key|vrrp \d+ authentication text"
            r"|wpa-passphrase) (?:\d )?(?P<secret>\S+)"
        ),
        Secret(pattern=r"snmp-server host \S+ (?:(?:traps|informs) )?(?:version \S+ )?(?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=r"snmp-server community (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user .*?\bauth \S+ (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user .*\bpriv \S+ (?:\d+ )?(?P<secret>\S+)"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("perle_iolan"),
    title="Perle IOLAN",
    names=OtherNames(netmiko="perle_iolan", oxidized=("perle",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    read_only=(r"show [^|>]+",),
)
