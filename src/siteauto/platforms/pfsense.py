"""pfSense CE (recorded: 2.7.2): its one file, backup only. The login needs a shell, not the menu."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="cat /etc/version",
    model=r"(?!)",  # software for any box
    serial=r"(?!)",
    version=r"^(?P<version>\d\S+)",
)

BACKUP = BackupRules(
    running="cat /cf/conf/config.xml",
    startup="",
    end=r"^</pfsense>",
    required=(r"^<pfsense>", r"^\t<system>", r"^\t<interfaces>"),
    errors=(r"^cat: ", r"Permission denied"),
    section=r"^\t<[a-z]",
    extension="xml",
    not_in_text=("packages", "round-robin databases", "files that were changed by hand"),
    put_back="Load it at Diagnostics > Backup & Restore",
)

CONFIG = ConfigRules(
    syntax="indented",
    comment="<!--",
    volatile=(r"<time>\d", r"<username>.*@", r"<description>.*</description>$"),
    secrets=(
        Secret(pattern=r"<(?:bcrypt|md5|sha512|nt|ipsec)-?hash>(?P<secret>[^<]+)<", opaque=True),
        Secret(pattern=r"<prv>(?P<secret>[^<]+)<", opaque=True),
        Secret(
            pattern=r"<[\w-]*(?:password(?:for\w+)?|passwd|passphrase|pass|secret|psk|pskey|token)>(?P<secret>[^<]+)<"
        ),
        Secret(
            pattern=r"<(?:pre-shared-key|presharedkey|privatekey|shared_key|tls|keydata|xmldata)>(?P<secret>[^<]+)<"
        ),
        Secret(pattern=r"<(?:rocommunity|rwcommunity|trapstring|ldap_bindpw|simpin)>(?P<secret>[^<]+)<"),
        Secret(
            pattern=r"<(?:(?:cf_|api_?|user|account|serverauth|ddnsdomain)?key|api|radiuskey\d?)>(?P<secret>[^<]+)<"
        ),
        Secret(pattern=r"<value>(?P<secret>[^<]+)<", under=r"<wep>$"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("pfsense"),
    title="pfSense",
    names=OtherNames(netmiko="linux", oxidized=("pfsense",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^(?:\[[^\]\n]+\]\S*:|[\w.@-]+:)\s?\S* ?[#$%] ?$|^[#$] ?$",
    read_only=(r"cat /cf/conf/config\.xml", r"cat /etc/version"),
)
