"""Ruckus (once Brocade and Foundry) FastIron and IronWare (recorded: ICX7150 stack, 08.0.95): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version",
    model=r"^\s*HW: (?:Stackable )?(?P<model>\S+)",
    serial=r"^\s*Serial\s+#:\s*(?P<serial>\S+)",
    version=r"^\s*SW: Version (?P<version>\S+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="show configuration",
    end=r"^end\s*$",
    required=(r"^Current configuration:", r"^ver "),
    errors=(r"^Invalid input", r"^Error\b", r"^Incomplete command", r"^Not authorized"),
    not_in_text=("passwords, which are shown as dots", "keys of SSH and certificates", "licences"),
    put_back="Make it the startup configuration: copy tftp startup-config ADDRESS FILE, then reload",
)

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r"Current configuration:", r"end$"),
    secrets=(
        Secret(pattern=r"username \S+ (?:.* )?password (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"enable (?:super-user|port-config|read-only)-password (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:tacacs|radius)-server (?:.* )?key (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server community (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server host \S+ (?:version \S+ )?(?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user .*?\bauth \S+ (?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user .*\bpriv (?:encrypted )?\S+ (?P<secret>\S+)"),
        Secret(pattern=r"radius-client coa host \S+ key (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"(?:authentication-key key-id \d+ \S+|password|pre-shared-key) (?:\d )?(?P<secret>\S+)"),
        Secret(
            pattern=r"(?:enable telnet password|ip vrrp(?:-extended)? auth-type (?:simple-text"
            r"|md5)-auth) (?:\d )?(?P<secret>\S+)"
        ),
        Secret(pattern=r"(?:manager|sz) passphrase (?:\d )?(?P<secret>\S+)"),
        Secret(pattern=r"ipv6 ospf .*\bipsec spi \d+ .*\b(?:md5|sha1) (?P<secret>\S+)"),
        Secret(
            pattern=r"(?:ip ospf|ipv6 ospf|neighbor \S+|area \S+ virtual-link) .*\b(?:key"
            r"|password) (?:\d )?(?P<secret>\S+)"
        ),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("ruckus_fastiron"),
    title="Ruckus FastIron",
    names=OtherNames(
        netmiko="ruckus_fastiron", ntc_templates="ruckus_fastiron", oxidized=("fastiron",), rancid=("foundry",)
    ),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^(?:SSH@)?[\w.#-]+(?:\([^)\n]*\))?[#>] ?$",
    read_only=(r"show [^|>]+",),
)
