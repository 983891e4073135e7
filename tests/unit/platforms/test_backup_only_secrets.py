"""What must vanish from, and what must stay in, the redacted text of platforms that are only backed up."""

import pytest

from siteauto.core.models import PlatformName
from siteauto.core.redact import redact
from siteauto.platforms import load_platforms

PLATFORMS = load_platforms()
GONE = "Hunter2Hunter2"
LINES = {
    "aruba_instant": (
        f"snmp-server host 10.0.0.1 version 2c {GONE} inform",
        f" wpa-passphrase {GONE}",
        f"hash-mgmt-user ops password hash {GONE} usertype read-only",
    ),
    "aruba_os": (
        f'key "{GONE}"',
        f'snmp-server community "{GONE}"',
        f"peer-ip-address 10.0.0.3 ipsec {GONE}",
        f"authentication {GONE}",
    ),
    "ciena_saos10": (f'system aaa user "ops" secret "{GONE}"',),
    "cisco_ftd": (f"enable password {GONE} pbkdf2", f" ikev2 remote-authentication pre-shared-key {GONE}"),
    "cumulus_linux": (f"        auth-sha:\n          {GONE}:\n            encrypt-aes:\n              {GONE}:",),
    "fiberstore_fsos": (
        f" server 10.0.0.4 key 7 {GONE}",
        f"snmp-server user a b v3 priv aes256-c auth sha256 7 {GONE} {GONE}",
        f"snmp-server host 10.0.0.3 {GONE} snmp",
    ),
    "fortimanager": (f"    set passwd ENC {GONE}", f'    set private-key "-----BEGIN\n{GONE}\n-----END"'),
    "garderos_grs": (
        f"service.snmp.query-agent.server.0.community.0.name={GONE}",
        f"user.enable.0.password={{sha256}}{GONE}",
    ),
    "hp_comware": (
        f" password hash {GONE}",
        f"snmp-agent community read cipher {GONE} acl 2000",
        f" primary authentication 10.0.0.1 key cipher {GONE}",
    ),
    "mellanox_mlnxos": (f"   username ops password 7 {GONE}", f"   tacacs-server host 10.0.0.1 key {GONE}"),
    "mikrotik_routeros": (
        f"add interface=vlan6 \\\n    password={GONE} use-peer-dns=yes",
        f'set [ find default=yes ] wpa-pre-shared-key="{GONE}" wpa2-pre-shared-key="{GONE} x"',
        f"add authentication-password={GONE} encryption-password={GONE} name=v3",
    ),
    "netgate_tnsr": (f"    neighbor 10.0.0.1 password {GONE}", f"snmp community name {GONE}"),
    "netgear_prosafe": (f'snmp user "ops" "AUTH" auth md5 encrypted {GONE}', f'snmp community "{GONE}" enable ro'),
    "perle_iolan": (f"tacacs-server key 7 $0${GONE}==",),
    "pfsense": (
        f"\t\t<prv>{GONE}</prv>",
        f"\t<bcrypt-hash>$2b$10${GONE}</bcrypt-hash>",
        f"<password>{GONE}</password>",
    ),
    "ruckus_fastiron": (f"tacacs-server key 2 ${GONE}", f"snmp-server community 2 {GONE} ro"),
    "tplink_jetstream": (f"user name ops privilege admin secret 5 {GONE}",),
    "vyos": (
        f"set interfaces wireguard wg0 private-key '{GONE}='",
        f"set service snmp community {GONE} authorization 'ro'",
        f"# http://user:{GONE}@example.net/",
    ),
}
STAYS = {
    "aruba_os": ("authentication pre-share", "aaa authentication-server tacacs tacacs1"),
    "garderos_grs": ("service.console.0.authenticate.0.type=tacacs+",),
    "mikrotik_routeros": ("set enter-setup-on=delete-key", "set always-allow-password-login=yes"),
    "vyos": ("set high-availability vrrp group A authentication type 'plaintext-password'",),
    "fiberstore_fsos": ('aaa authentication banner "Use your Admin password."', "service password-encryption"),
}


def test_every_platform_that_is_only_backed_up_has_its_lines():
    older = {"cisco_asa", "nftables", "paloalto_panos"}  # with cases of their own in tests/corpus
    assert {name for name, spec in PLATFORMS.items() if not (spec.roles or spec.push)} - older == set(LINES)


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in LINES.items() for line in lines])
def test_the_secret_is_gone_and_the_rest_is_there(name: str, line: str):
    shown = redact(PLATFORMS[PlatformName(name)].config, line, b"key")
    assert GONE not in shown
    assert line.startswith(shown.partition("‹")[0])
    assert "‹" in shown


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in STAYS.items() for line in lines])
def test_words_that_only_look_like_secrets_stay(name: str, line: str):
    assert redact(PLATFORMS[PlatformName(name)].config, line, b"key") == line
