"""MikroTik RouterOS 7 (recorded: CHR 7.10 and 7.16, L009 7.15, RB5009 7.18): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret, Until
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="/system resource print",
    also=("/system routerboard print",),
    model=r"^\s*board-name: (?P<model>\S+)",
    serial=r"^\s*serial-number: (?P<serial>\S+)",
    version=r"^\s*version: (?P<version>\S+)",
)

# An export is a list of what differs from the defaults: no line must be in it, and none is the last one.
BACKUP = BackupRules(
    running="/export show-sensitive",
    startup="",
    end=r"(?<!\\)$",  # no line that goes on in the next one
    required=(r"^# .+ by RouterOS ", r"^/\w"),
    errors=(r"^(?:bad command name|syntax error|expected end of command|failure:)", r"^#error exporting"),
    section=r"^/",
    extension="rsc",
    not_in_text=(
        "passwords of its own users",
        "certificates and their private keys",
        "files",
        "the user manager's database",
    ),
    put_back="Start with it: /system reset-configuration no-defaults=yes run-after-reset=FILE",
)

# A value may begin on the next line. A line may hold several secrets, each under another name.
_VALUE = r'(?:\\\s+)?(?P<secret>"(?:[^"\\]|\\[\s\S])*"|[^\s\\"]+)'
_NAMES = (
    "password",
    "secret",
    "passphrase",
    "security\\.passphrase",
    "eap-password",
    "mschapv2-password",
    "wpa-pre-shared-key",
    "wpa2-pre-shared-key",
    "management-protection-key",
    "static-key-[0-3]",
    "static-sta-private-key",
    "private-key",
    "preshared-key",
    "ipsec-secret",
    "authentication-password",
    "encryption-password",
    "authentication-key",
    "auth-key",
    "tcp-md5-key",
    "trap-community",
    "shared-secret",
    "secrets",
    "cak",
    "ah-key",
    "esp-auth-key",
    "esp-enc-key",
    "private-pre-shared-key",
    "pin",
)
# Words that mean a secret in one menu only.
_IN_MENUS = (
    ("/snmp community$", "name"),
    ("/routing rip keys$", "key"),
    ("/container envs$", "value"),
    ("/zerotier$", "identity"),
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="#",  # the first comment is the time of the export
    bodies=(Until(opens=r".*\\$", ends=r"(?<!\\)$"),),
    secrets=(
        *(Secret(pattern=rf"(?:[\s\S]*[\s{{])?{name}={_VALUE}") for name in _NAMES),
        *(Secret(pattern=rf"(?:[\s\S]*\s)?{name}={_VALUE}", under=menu, until="/") for menu, name in _IN_MENUS),
        Secret(pattern=r"[\s\S]*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("mikrotik_routeros"),
    title="RouterOS",
    names=OtherNames(
        netmiko="mikrotik_routeros", ntc_templates="mikrotik_routeros", oxidized=("routeros",), rancid=("mikrotik",)
    ),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^\[[^\]\n]+\] (?:<SAFE> )?(?:/[\w/ -]+)?> ?$",
    read_only=(r"/export(?: show-sensitive)?", r"/[a-z][a-z /-]* print(?: without-paging)?"),
)
