"""Cumulus Linux under NVUE (recorded: MSN2010, 5.9.2): backup only. Boxes that are set up by files are none of it."""

from siteauto.core.config.rules import ConfigRules, Secret, Until
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="nv config show --color off",
    model=r"^ {4}model: (?P<model>\S+)",
    serial=r"(?!)",  # no command of NVUE's that was recorded tells it
    version=r"^ {4}version: Cumulus Linux (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="nv config show --color off",
    startup="",
    end=r"\S",  # the text has no last line of its own
    required=(r"^- header:", r"^- set:", r"^ {6}hostname: "),
    errors=(r"^Error: ", r"command not found", r"Permission denied"),
    section=r"^ {4}\S",
    extension="yaml",
    not_in_text=("files that were changed by hand", "packages", "licences"),
    put_back="Apply it: nv config replace FILE, then nv config apply and nv config save",
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="#",
    secrets=(
        Secret(pattern=r"(?:hashed-)?password: (?P<secret>(?!'\*'|'!').+)$"),
        Secret(
            pattern=r"(?:(?:shared-)?secret|community|(?:authentication|pre-shared|md5)-key|passphrase|bind-password"
            r"|auth-token): "
            r"(?P<secret>.+)$"
        ),
        Secret(pattern=r"value: (?P<secret>.+)$", under=r"key:$"),
        # Communities stand where names stand; below them stands who may use them.
        Secret(
            pattern=r"(?P<secret>(?!(?:access|any|oid|view|[\d.]+(?:/\d+)?|[\da-f:]+/\d+):)\S+):",
            under=r"(?:readonly-community|community-password):$",
        ),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
        Secret(pattern=r"(?:auth-(?:sha|md5)|encrypt-(?:aes|des)):\s+(?P<secret>\S+):"),
    ),
    # The passphrases of SNMPv3 stand where names stand, on the next line.
    bodies=(Until(opens=r"(?:auth-(?:sha|md5)|encrypt-(?:aes|des)):$", ends=r":(?: \{\})?\s*$"),),
)

PLATFORM = PlatformSpec(
    name=PlatformName("cumulus_linux"),
    title="Cumulus Linux (NVUE)",
    names=OtherNames(netmiko="cumulus_linux", oxidized=("cumulus",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^[\w.-]+@[\w.-]+(?::\w+)?(?::)?[~/]\S*[#$] ?$",
    interruptions=(r"\x1b\[\?2004[hl]\r?",),  # the shell's bracketed paste
    read_only=(r"nv (?:config )?show [\w -]+",),
)
