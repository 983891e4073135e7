"""FortiManager (recorded: VM64, 7.4.6): its own settings, backup only. The devices that it manages are not in them."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="get system status",
    model=r"^Platform Type\s+: (?P<model>\S+)",
    serial=r"^Serial Number\s+: (?P<serial>\S+)",
    version=r"^Version\s+: v(?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show",
    startup="",
    end=r"^end\s*$",
    required=(r"^#config-version=", r"^config system global", r"^config system admin user"),
    errors=(r"^Command fail", r"^Unknown action", r"^\s*command parse error"),
    blocks=((r"^\s*config ", r"^\s*end\s*$"), (r"^\s*edit ", r"^\s*next\s*$")),
    section=r"^config ",
    resalted=(r"ENC ", r"\S+ -----BEGIN ENCRYPTED PRIVATE KEY"),
    not_in_text=("its databases: devices, policies, revisions", "logs and reports", "licences"),
    put_back="It loads the file of execute backup all-settings: this text is for reading and comparing",
)

CONFIG = ConfigRules(
    syntax="fortios",
    comment="#",
    indent=4,
    secrets=(
        Secret(pattern=r"set \S+ (?P<type>ENC) (?P<secret>\S+)"),
        Secret(
            pattern=r"set (?:\S*passw(?:or)?d|psksecret|(?:private-|api-|secondary-|tertiary-)?key|(?:\S+-)?secret"
            r"|passphrase"
            r'|\S+-pwd) (?:(?P<type>ENC) )?(?!(?:enable|disable)$)(?P<secret>"(?:[^"\\]|\\.)*"|\S+)$'
        ),
        Secret(pattern=r'set name (?P<secret>"(?:[^"\\]|\\.)*"|\S+)$', under=r"config system snmp community$"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("fortimanager"),
    title="FortiManager",
    names=OtherNames(netmiko="fortinet", oxidized=("fortimanager",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^[\w.-]+(?:\((?:Primary|Secondary)\))? ?(?:\([^)\n]*\) ?)?[#$] ?$",
    read_only=(r"show", r"get system status", r"get system [\w -]+"),
)
