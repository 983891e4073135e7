"""Cisco Firepower Threat Defense under its own command line (recorded: FPR-1010, 7.4.2): backup only."""

from siteauto.core.config.rules import ConfigRules, Secret
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import BackupRules, Identity, OtherNames, PlatformSpec

IDENTITY = Identity(
    command="show version system",
    model=r"^Hardware:\s+(?P<model>[^\s,]+)",
    serial=r"^Serial Number: *(?P<serial>\S+)",
    version=r"^Model .* Version (?P<version>\S+)",
)

# What its manager keeps (policies, objects, users) is not in it: this shows what was deployed, and restores nothing.
BACKUP = BackupRules(
    running="show running-config all",
    startup="",
    end=r"^: end\s*$",
    required=(r"^NGFW Version ", r"^hostname ", r"^Cryptochecksum:[0-9a-f]"),
    errors=(r"^(?:ERROR|% )", r"^Syntax error"),
    not_in_text=("the policies and objects of its manager", "passwords, which are shown as stars", "certificates"),
    put_back="Its manager deploys to it: this text is for reading and comparing, the manager's own backup is restored",
)

_TYPED = r"(?:(?P<type>0|8) )?"

CONFIG = ConfigRules(
    syntax="indented",
    noise=(r":", r"NGFW Version\b", r"Cryptochecksum:"),
    secrets=(
        Secret(pattern=r"(?:enable password|passwd) (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"username \S+ password (?P<secret>\S+)", opaque=True),
        Secret(pattern=rf"(?:key|cluster key|key-string) {_TYPED}(?P<secret>(?!\d{{1,3}}$)\S+)$"),
        Secret(pattern=r"snmp-server community (?:(?P<type>0|8) )?(?P<secret>\S+)"),
        Secret(pattern=rf"snmp-server host(?:-group)? \S+ \S+ .*\bcommunity {_TYPED}(?P<secret>\S+)"),
        Secret(pattern=r"snmp-server user \S+ .*?\bauth \S+ (?P<secret>\S+)", opaque=True),
        Secret(pattern=r"snmp-server user \S+ .*\bpriv \S+ (?:\d+ )?(?P<secret>\S+)", opaque=True),
        Secret(
            pattern=rf"(?:(?:ikev1|ikev2 (?:local|remote)-authentication"
            rf"|failover ipsec) )?pre-shared-key (?:hex )?{_TYPED}"
            r"(?P<secret>\S+)"
        ),
        Secret(pattern=rf"crypto isakmp key {_TYPED}(?P<secret>\S+) address"),
        Secret(pattern=r"crypto map \S+ \d+ set session-key \S+ (?:ah \d+|esp \d+ cipher) (?P<secret>\S+)"),
        Secret(pattern=r"crypto map \S+ \d+ set session-key .* authenticator (?P<secret>\S+)"),
        Secret(pattern=rf"ntp authentication-key \d+ \S+ {_TYPED}(?P<secret>\S+)"),
        Secret(pattern=rf"(?:ldap-login-password|radius-common-pw|license) {_TYPED}(?P<secret>\S+)$"),
        Secret(pattern=rf"failover key (?:hex )?{_TYPED}(?P<secret>\S+)"),
        Secret(
            pattern=rf"(?:area \S+ virtual-link \S+ |ospf |.* )?(?:message-digest-key \d+ md5|ospf authentication-key"
            rf"|virtual-link \S+ authentication-key) {_TYPED}(?P<secret>\S+)"
        ),
        Secret(pattern=rf"ipv6 ospf (?:authentication|encryption) ipsec spi \d+ \S+ {_TYPED}(?P<secret>\S+)"),
        Secret(
            pattern=rf"(?:neighbor \S+ password|isis password|isis authentication key|(?:area|domain)-password"
            rf"|(?:rip )?authentication key(?: eigrp \d+)?|cts sxp default password) {_TYPED}(?P<secret>(?!eigrp )\S+)"
        ),
        Secret(
            pattern=rf"(?:(?:vpnclient|vpdn) .*|https?-proxy .*|.*\buse-common-)?(?:password|passphrase) {_TYPED}"
            r"(?P<secret>\S+)(?: store-local)?$"
        ),
        Secret(pattern=rf"logging ftp-server \S+ \S+ \S+ {_TYPED}(?P<secret>\S+)"),
        Secret(pattern=r".*?://[^/:@\s]*:(?P<secret>[^@/\s]+)@"),
    ),
)

PLATFORM = PlatformSpec(
    name=PlatformName("cisco_ftd"),
    title="Cisco FTD",
    names=OtherNames(netmiko="cisco_ftd", ntc_templates="cisco_ftd", oxidized=("firelinuxos",)),
    transport="netmiko",
    roles=(),
    hardware=(),
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    prompt=r"^(?:[\w.-]+)?[#>] ?$",
    read_only=(r"show (?!.*\|\s*(?:redirect|append|tee)\b).+",),
)
