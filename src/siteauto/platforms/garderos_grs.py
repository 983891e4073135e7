"""Garderos routers under GRS (recorded: R-7709, 003_006_068): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show system serial",
    also=("show system version",),
    model=r"^Hardware: Model (?P<model>[^,\s]+)",
    serial=r"^Serial\s+: (?P<serial>\S+)",
    version=r"^grs-[^/]+/(?P<version>\S+)",
)

# The lines are sorted by name, so those of the system and of its users come late: a text with both is nearly whole.
BACKUP = BackupRules(
    running="show configuration running",
    startup="",
    end=r"^[\w.-]+=",
    required=(r"^system\.name=", r"^user\.account\."),
    errors=(r"^(?:ERROR|Error|Unknown)\b", r"^\s*% "),
    section=r"^[a-z]+\.[a-z0-9-]+\.",
    not_in_text=("certificates and their private keys",),
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="#",
    secrets=(
        Secret(
            pattern=r"[\w.-]+[.-](?:password|passwd|secret|(?<!public-)key|psk|passphrase|pin|puk|token)=(?P<secret>.+)$",
        ),
        Secret(pattern=r"[\w.-]+\.community(?:\.\d+\.name)?=(?P<secret>.+)$"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("garderos_grs"),
    title="Garderos GRS",
    names=OtherNames(netmiko="garderos_grs", oxidized=("garderos",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^[\w.-]+# ?$",
    interruptions=(r"\x1b\[\d*m\r?",),  # its prompt is underlined
    read_only=(r"show [\w .-]+",),
)
