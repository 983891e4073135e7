"""FS switches under FSOS (recorded: S3400-48T4SP, 2.0.2J): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version",
    model=r"^(?P<model>S\d\S+) Software, Version",
    serial=r"^Serial num:(?P<serial>[^,\s]+)",
    version=r"^S\d\S+ Software, Version (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="",
    end=r"\S",  # the text has no last line of its own
    required=(r"^Current configuration:", r"^hostname "),
    errors=(r"^\s*% ", r"^Unknown command", r"^Too many parameters"),
    not_in_text=("keys of SSH",),
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r"Building configuration", r"Current configuration:"),
    secrets=(
        Secret(pattern=r"username \S+ (?:.* )?(?:password|secret) (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"enable (?:password|secret) (?:level \d+ )?(?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:.* )?(?:key|key-string) (?:\d )?(?P<secret>(?!\d{1,3}$)\S+)\s*$"),
        Secret(pattern=r"(?:neighbor \S+ |isis |area-|cloud-management )?password (?:\d )?(?P<secret>\S+)\s*$"),
        Secret(pattern=r"ntp authentication-key \d+ \S+ (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"ip ospf (?:message-digest-key \d+ \S+|authentication-key) (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"vrrp \d+ authentication (?P<secret>(?!md5 )\S+)"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=r"snmp-server community (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ (?!version )(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ version \S+ (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user .*\bauth \S+ (?:\d )?[^\s‹]+ (?P<secret>\S+)\s*$"),  # of privacy
        Secret(pattern=r"snmp-server user .*\bauth \S+ (?:\d )?(?P<secret>\S+)"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("fiberstore_fsos"),
    title="FS FSOS",
    names=OtherNames(netmiko="fiberstore_fsos", oxidized=("fsos",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    read_only=(r"show (?!.*\|\s*(?:redirect|append|tee)\b).+",),
)
