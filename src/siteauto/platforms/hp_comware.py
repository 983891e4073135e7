"""HPE and H3C Comware 7 (recorded: 5130-48G, 7.1.070, of its configuration a snippet): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="display version",
    model=r"^(?P<model>\d\S+ (?:\(\S+\) )?\S+ J\w+) with",
    serial=r"(?!)",  # none of the recorded answers tells it
    version=r"^.*Comware Software, Version (?P<version>[^,\s]+)",
)

# That the text ends with `return` and holds `sysname` is from HPE's guides: the recording is a snippet without them.
BACKUP = BackupRules(
    running="display current-configuration",
    startup="",
    end=r"^\s*return\s*$",
    required=(r"^\s*version ", r"^\s*sysname "),
    errors=(r"^\s*% ", r"^\s*\^\s*$"),
    section=r"^[a-z]",
    not_in_text=("keys of SSH and certificates",),
    put_back="Copy it to flash and start with it: startup saved-configuration FILE, then reboot",
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="#",
    noise=(r"return$",),
    secrets=(
        Secret(pattern=r"snmp-agent usm-user v3 .*\bauthentication-mode \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-agent usm-user v3 .*\bprivacy-mode \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-agent community (?:(?:read|write) )?(?:(?:simple|cipher) )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-agent target-host .*\bsecurityname (?:cipher )?(?P<secret>\S+)"),
        # `simple` is also a way to authenticate, before the secret and what it is stored as.
        Secret(
            pattern=r"(?!snmp-agent )(?:.* )?(?:\S*password|key|key-string|\S*authentication(?:-mode)?|psk"
            r"|pass-phrase|sa|hmac-md5)"
            r"(?: \S+)*? (?:simple|cipher|hash|plain) (?P<secret>(?!simple |cipher |hash |plain )\S+)"
        ),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("hp_comware"),
    title="Comware",
    names=OtherNames(netmiko="hp_comware", ntc_templates="hp_comware", oxidized=("comware", "h3c")),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^(?:<[\w .-]+>|\[[~*]?[\w ./-]+\]) ?$",
    read_only=(r"display (?!.*[>|]\s*(?:redirect|append|tee)?\s*\S+:)[^>]+",),
)
