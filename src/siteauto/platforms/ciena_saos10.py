"""Ciena SAOS 10 (recorded: CN5171, 10-09-02): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show software",
    model=r"(?!)",  # none of the recorded answers names the chassis
    serial=r"(?!)",
    version=r"^\| Running package version\s+\| (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running config",
    startup="",
    end=r"\S",  # the text has no last line of its own
    required=(r"^components component ", r"^system config hostname "),
    errors=(r"^\s*(?:%|ERROR|SHELL PARSER FAILURE)", r"^syntax error"),
    section=r"^(?!exit)\S",
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="!",
    secrets=(
        Secret(pattern=r".*\b(?:secret|secret-key|password|key-string|community) (?P<secret>\"[^\"]*\"|\S+)"),
        Secret(pattern=r".*\bauth(?:entication)?-(?:key|password) (?P<secret>\"[^\"]*\"|\S+)"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=r".*\bpriv(?:acy)?-(?:key|password) (?P<secret>\"[^\"]*\"|\S+)"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("ciena_saos10"),
    title="Ciena SAOS 10",
    names=OtherNames(netmiko="ciena_saos10", oxidized=("saos10",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^[\w.*-]+[#>] ?$",
    read_only=(r"show [\w -]+",),
)
