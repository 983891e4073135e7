"""VSOL optical line terminals (recorded: V1600G0-B, V1.4.13R): backup only. The login must come up privileged (`#`)."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version",
    model=r"^\s*Olt Device Model:\s+(?P<model>\S+)",
    serial=r"^\s*Olt Serial Number:\s+(?P<serial>\S+)",
    version=r"^\s*Software Version:\s+(?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="",
    end=r"^!\s*$",
    required=(r"^!Software Version", r"^hostname ", r"^ntp server |^dst continent |^user add "),
    errors=(r"^% ", r"^Unknown command"),
    section=r"^(?:interface|vlan|line|gpon|profile) ",
    not_in_text=("certificates and keys", "licences"),
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r"Current configuration:",),
    secrets=(
        Secret(pattern=r"snmp-server (?:.* )?community (?P<secret>\S+)"),
        Secret(pattern=r"user (?:.* )?(?:login|enable)-password (?P<secret>\S+)"),
        Secret(pattern=r".*\busername \S+ enable \S+ (?P<secret>\S+)"),
        Secret(pattern=r".*\buser_control enable \S+ (?P<secret>\S+)"),
        Secret(pattern=r".*\bshared_key (?P<secret>\S+)"),
        Secret(pattern=r"(?:.* )?(?:password|key|secret) (?P<secret>(?!\d{1,3}$)\S+)\s*$"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("vsol_olt"),
    title="VSOL OLT",
    names=OtherNames(netmiko="generic", oxidized=("vsololt",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^[\w.@|()/-]+# ?$",
    pager=r" ?--More-- ?\x00?",
    # It writes events into every session, and nothing stops it.
    interruptions=(r"(?:^|(?<=\n))\d{4}/\d\d/\d\d +\d\d:\d\d:\d\d +[^\n]*\n",),
    read_only=(r"show [^|>]+",),
)
