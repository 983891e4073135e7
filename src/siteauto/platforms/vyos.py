"""VyOS (recorded: 1.4.3): backup only, as the lines that make the configuration."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version",
    model=r"^Hardware model:\s+(?P<model>.+?)\s*$",
    serial=r"^Hardware S/N:\s+(?P<serial>\S+)",
    version=r"^Version:\s+VyOS (?P<version>\S+)",
)

# The lines are sorted, so those of `system` come late: a text that holds them is nearly whole.
BACKUP = BackupRules(
    running="show configuration commands | no-more",
    startup="",
    end=r"^[^']*(?:'[^']*'[^']*)*$",  # no value is left open
    required=(r"^set interfaces ", r"^set system host-name ", r"^set system "),
    errors=(r"^\s*Invalid command", r"^\s*Configuration path", r"^Permission denied"),
    section=r"^set \S+",
    not_in_text=("files under /config that the lines refer to", "the system's image"),
    put_back="Type its lines in configure mode, then commit and save",
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="#",
    secrets=(
        Secret(
            pattern=r"set (?!.* public(?:-keys)? )(?:.* )?(?:(?:encrypted|plaintext)-password|password|passphrase"
            r"|secret|key|preshared-key|"
            r"private-key|shared-secret(?:-key)?|pre-shared-secret|md5-key|auth-key|token) '(?P<secret>[^']+)'"
        ),
        Secret(pattern=r"set (?:.* )?(?:cak|area-password md5|domain-password md5|password md5) '(?P<secret>[^']+)'"),
        Secret(pattern=r"set protocols nhrp .* (?:cisco-)?authentication '(?P<secret>[^']+)'"),
        Secret(pattern=r"set pki (?:.* )?private key '(?P<secret>[^']+)'"),
        Secret(pattern=r"set (?:.* )?snmp community (?P<secret>\S+)"),
        Secret(pattern=r"set (?:.* )?community '(?P<secret>[^':]+)'"),
        Secret(pattern=r"set (?:.* )?md5 key-id \d+ md5-key '(?P<secret>[^']+)'"),
        Secret(pattern=r".*?[a-z]{1,20}://[^:/\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("vyos"),
    title="VyOS",
    names=OtherNames(
        netmiko="vyos",
        ntc_templates="vyatta_vyos",
        ansible_network_os="vyos.vyos.vyos",
        oxidized=("vyos",),
        rancid=("vyos",),
    ),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^[\w.-]+@[\w.-]+(?::[^\s#$]*)?[#$>] ?$",
    read_only=(r"show configuration commands \| no-more", r"show version(?: all)?"),
)
