"""Netgate TNSR (recorded: 23.02 to 24.10): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version",
    model=r"(?!)",  # software for any box
    serial=r"(?!)",
    version=r"^Version: (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show configuration running cli",
    startup="show configuration startup cli",
    end=r"\S",  # the text has no last line of its own
    required=(r"^nacm ", r"^(?:dataplane|route dynamic|interface) "),
    errors=(r"^CLI syntax error", r"^Error:? "),
    section=r"^(?!exit)\S",
    not_in_text=("private keys and certificates",),
    put_back="Type it in configure mode, then configuration copy running startup",
)

CONFIG = ConfigRules(
    syntax="indented",
    secrets=(
        Secret(
            pattern=r"(?:.* )?(?:(?:bind-)?password(?: \d+)?|psk|pre-shared-key|secret|md5|md5-key|shared-key|auth-key"
            r"|authentication-key|server-auth|string|private-key base64) (?P<secret>\S+)\s*$"
        ),
        Secret(pattern=r"snmp community (?:(?:community-)?name )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:.* )?(?:authentication|encryption|private) key (?P<secret>\S+)\s*$"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("netgate_tnsr"),
    title="TNSR",
    names=OtherNames(netmiko="generic", oxidized=("tnsr",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    pager=r"--More--",  # sometimes behind a line
    prompt=r"^[\w.-]+ tnsr(?:\([^)\n]*\))?[#>] ?$",
    read_only=(r"show [^|>]+",),
)
