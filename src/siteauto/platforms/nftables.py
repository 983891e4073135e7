"""nftables: the packet filter of Linux. Its ruleset is read and compared; a table is always replaced as a whole."""

from siteauto.core.config.rules import ConfigRules, Line, OrderedTable
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="uname -a; hostname; nft --version",
    model=r"^(?P<model>Linux)",
    serial=r"^Linux (?P<serial>\S+)",
    version=r"^nftables v(?P<version>\S+)",
)

BACKUP = BackupRules(
    running="nft -s list ruleset",
    startup="",
    end=r"^}$",
    required=(r"^table ",),
    errors=(r"^Error: ", r"Operation not permitted", r"command not found"),
    blocks=((r"\{$", r"^\s*\}$"),),
    section=r"\{$",
    extension="nft",
    put_back="Load it: nft -f FILE, and keep it where the system loads it from",
)

CONFIG = ConfigRules(
    syntax="nft",
    comment="#",
    indent=4,
    hidden=(Line(pattern=r"policy accept$", within="table/chain"),),  # holds where none is given
    ordered_tables=(OrderedTable(within="table/chain", pattern=r"(?!(?:type|policy|comment)(?: |$))"),),
)

PLATFORM = PlatformSpec(
    name=PlatformName("nftables"),
    title="nftables",
    names=OtherNames(netmiko="linux"),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    failures=(r"^Error: ",),
    read_only=(r"nft -s list ruleset", r"uname -a; hostname; nft --version"),
)
