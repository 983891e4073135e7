"""Aruba Instant, the virtual controller of access points (recorded: IAP-515, 8.10): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version",
    also=("show activate status",),
    model=r"^ArubaOS \(MODEL: (?P<model>[^)]+)\)",
    serial=r"^IAP Serial Number\s*:(?P<serial>\S+)",
    version=r"^ArubaOS .*, Version (?P<version>\S+)",
)

# `no-encrypt` shows keys as they were typed; else they are shown in the form in which this box stores them.
BACKUP = BackupRules(
    running="show running-config no-encrypt",
    startup="",
    end=r"\S",  # the text has no last line of its own
    required=(r"^version ", r"^virtual-controller-key ", r"^name "),
    errors=(r"^\s*% ", r"^Parse error", r"^Invalid "),
    not_in_text=("certificates and their private keys", "passwords of management users, which are hashed"),
)

CONFIG = ConfigRules(
    syntax="indented",
    secrets=(
        Secret(pattern=r"virtual-controller-key (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server community (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ version \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user \S+ auth-prot \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user \S+ .*\bpriv-prot \S+ (?P<secret>\S+)"),
        Secret(pattern=r"hash-mgmt-user \S+ password (?:hash|cleartext) (?P<secret>\S+)"),
        Secret(pattern=r"(?:mgmt-user|user) \S+ (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"(?:wpa-passphrase|wpa-hexkey|key|\S+-key|ap-console-password|admin-password) (?P<secret>\S+)"),
        Secret(pattern=r"(?:ap1x \S+ user|opendns \S+|mpsk-local-passphrase \S+|\S+-passwd) (?P<secret>\S+)"),
        Secret(pattern=r"vpn ikepsk (?P<secret>\S+)"),
        Secret(pattern=r"(?:vpn ikepsk|proxy username) .*\bpassword (?P<secret>\S+)"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("aruba_instant"),
    title="Aruba Instant",
    names=OtherNames(netmiko="aruba_os", ntc_templates="aruba_os", oxidized=("arubainstant",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^ ?[\w.()-]+[#>] ?$",  # a space comes first where a core file lies about
    read_only=(r"show (?!.*\|\s*(?:redirect|append|tee)\b).+",),
)
