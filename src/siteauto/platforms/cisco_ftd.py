"""Cisco Firepower Threat Defense under its own command line (recorded: FPR-1010, 7.4.2): backup only."""

from siteauto.core.config.rules import ConfigRules
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec
from siteauto.platforms.cisco_asa import SECRETS

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
    required=(r"^NGFW Version ", r"^hostname ", r"^Cryptochecksum:[0-9a-f]"),
    errors=(r"^(?:ERROR|% )", r"^Syntax error"),
    not_in_text=("the policies and objects of its manager", "passwords, which are shown as stars", "certificates"),
    put_back="Its manager deploys to it: this text is for reading and comparing, the manager's own backup is restored",
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r":", r"NGFW Version\b", r"Cryptochecksum:"),
    secrets=SECRETS,  # below its manager's words it is an ASA
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
