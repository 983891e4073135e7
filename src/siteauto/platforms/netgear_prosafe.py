"""Netgear smart and managed switches (recorded: GS752TPP, 6.0.10): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show running-config",
    model=r"^! Model: (?P<model>\S+)",
    serial=r"^! Serial Number: (?P<serial>\S+)",
    version=r"^! Firmware Version: (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="",
    end=r"\S",  # the text has no last line of its own
    required=(r"^SYSTEM CONFIG FILE ::= BEGIN", r"^! Serial Number: ", r"^interface "),
    errors=(r"^\s*% ", r"^Incomplete command"),
    not_in_text=("certificates of its web page",),
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r"SYSTEM CONFIG FILE ::=",),
    secrets=(
        Secret(pattern=r"username \S+ (?:secret|password) (?:encrypted )?(?P<secret>\S+)"),
        Secret(pattern=r"enable (?:secret|password) (?:encrypted )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp user \S+ .*?\bauth \S+ (?:encrypted )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp user \S+ .*\bpriv \S+ (?:encrypted )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp(?:-server)? community (?:(?:ro|rw) )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:cloud )?password (?:encrypted )?(?P<secret>\S+)"),
        Secret(pattern=r"sntp authentication-key \d+ \S+ (?:encrypted )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp host \S+ .*\bversion \S+ (?P<secret>\S+)"),
        Secret(pattern=r"(?:radius|tacacs).* key (?:encrypted )?(?P<secret>\S+)"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("netgear_prosafe"),
    title="Netgear ProSafe",
    names=OtherNames(netmiko="netgear_prosafe", oxidized=("netgear",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^(?:\([^)\n]+\) ?|[\w.-]+)[#>] ?$",
    interruptions=(r"\x1b\[[HJ]",),  # it clears the screen before its prompt
    read_only=(r"show [^|>]+",),
)
