"""TP-Link switches and optical line terminals (recorded: DS-P7001-08, 1.0.0): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show system-info",
    model=r"^\s*Hardware Version\s+- (?P<model>\S+)",
    serial=r"^\s*Serial Number\s+- (?P<serial>\S+)",
    version=r"^\s*Software Version\s+- (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="show startup-config",
    end=r"^end\s*$",
    required=(r"^\s*hostname ",),
    errors=(r"^\s*Error: ", r"^\s*% "),
    not_in_text=("keys of SSH and certificates",),
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="#",
    noise=(r"!", r"end$"),
    secrets=(
        Secret(pattern=r"user name \S+ (?:privilege \S+ )?(?:secret|password) (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"enable (?:admin )?(?:secret|password) (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:controller .*)?password (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"system-time ntp authentication-key \d+ \S+ (?P<secret>\S+)"),
        Secret(pattern=r"ip (?:ospf message-digest-key \d+ \S+|(?:ospf|rip) authentication-key) (?P<secret>\S+)"),
        Secret(pattern=r"vrrp \d+ authentication-mode \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server community (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ \d+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user .*?\bcmode \S+ cpwd (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user .*\bemode \S+ epwd (?P<secret>\S+)"),
        Secret(pattern=r"(?:tacacs|radius)-server .*\bkey (?:\d )?(?P<secret>\S+)"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("tplink_jetstream"),
    title="TP-Link",
    names=OtherNames(netmiko="tplink_jetstream", oxidized=("tplink",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    read_only=(r"show [^|>]+",),
)
