"""Cisco Firepower Threat Defense under its own command line (recorded: FPR-1010, 7.4.2): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version system",
    model=r"^Hardware:\s+(?P<model>[^\s,]+)",
    serial=r"^Serial Number: *(?P<serial>\S+)",
    version=r"^Model .* Version (?P<version>\S+)",
)

# What its manager keeps (policies, objects, users) is not in it: this shows what was deployed, and restores nothing.
BACKUP = BackupRules(
    running="show running-config all",
    startup="",
    end=r"^: end\s*$",
    required=(r"^NGFW Version ", r"^hostname "),
    errors=(r"^(?:ERROR|% )", r"^Syntax error"),
    not_in_text=("the policies and objects of its manager", "passwords, which are shown as stars", "certificates"),
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r":", r"NGFW Version\b", r"Cryptochecksum:"),
    secrets=(
        Secret(pattern=r"(?:enable password|passwd) (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"username \S+ password (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"key (?P<secret>\S+)\s*$", opaque=True),
        Secret(pattern=r"snmp-server (?:community|host \S+ \S+ .*\bcommunity) (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"snmp-server user \S+ .*?\bauth \S+ (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"snmp-server user \S+ .*\bpriv \S+ (?:\d+ )?(?P<secret>\S+)", opaque=True),
        Secret(pattern=r"(?:ikev1|ikev2 \S+) pre-shared-key (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"(?:ldap-login-password|failover key) (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"ntp authentication-key \d+ \S+ (?P<secret>\S+)", opaque=True),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("cisco_ftd"),
    title="Cisco FTD",
    names=OtherNames(netmiko="cisco_ftd", ntc_templates="cisco_ftd", oxidized=("firelinuxos",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^(?:[\w.-]+)?[#>] ?$",
    read_only=(r"show (?!.*\|\s*(?:redirect|append|tee)\b).+",),
)
