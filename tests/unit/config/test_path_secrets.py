"""Secrets of Junos, PAN-OS and OpenWrt: redacted, verified, sealed."""

import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from netutils.password import decrypt_juniper_type9, encrypt_juniper_type9

from siteauto.core.config import SecretBook, diff, normalise, parse, seal, to_candidate, to_text
from siteauto.core.config.sha_crypt import is_sha_crypt, sha512_crypt
from siteauto.core.config.stored_forms_juniper import junos9, read_junos9
from siteauto.core.redact import redact
from siteauto.platforms.juniper_junos import CONFIG as JUNOS
from siteauto.platforms.openwrt import CONFIG as OPENWRT
from siteauto.platforms.paloalto_panos import CONFIG as PANOS

CAPTURES = Path(os.environ.get("SITEAUTO_CAPTURES", Path(__file__).parents[4] / "shared/data/captures"))
RECORDED = sorted(CAPTURES.glob("oxidized/junos*output.txt"))
NAPALM = sorted(CAPTURES.glob("napalm/junos/**/get_config__*format_text.xml"))
SALT = bytes(range(20))
BOOK = SecretBook(values={"s/admin": "Correct-Horse-9", "s/key": "radius-key-7"}, key=b"test")


def test_the_recordings_are_here():
    if not CAPTURES.is_dir():
        pytest.skip("the recorded device output is not here (SITEAUTO_CAPTURES)")
    assert RECORDED
    assert NAPALM


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_a_recorded_box_is_printed_as_it_was_and_shows_no_secret(path: Path):
    text = path.read_text()
    lines = [line.partition(" ## ")[0] for line in text.splitlines() if line and not line.startswith("#")]
    assert to_text(parse(JUNOS, text)).splitlines() == lines
    tree = normalise(JUNOS, text)
    assert to_candidate(normalise(JUNOS, to_candidate(tree))) == to_candidate(tree)
    secrets = ["very-secret-encrypted-password"]
    known = path.with_name(path.name.replace("output.txt", "secret.yaml"))
    if known.exists():
        secrets += yaml.safe_load(known.read_text())["fail"]
    shown = redact(JUNOS, text, b"key")
    assert not [secret for secret in secrets if secret in shown + to_candidate(tree)]
    assert len(shown.splitlines()) == len(text.splitlines())


@pytest.mark.parametrize("path", NAPALM, ids=lambda path: "/".join(path.parts[-3:]))
def test_what_napalm_recorded_is_read(path: Path):
    text = "".join(ET.fromstring(path.read_text()).itertext())
    tree = normalise(JUNOS, text)
    assert bool(tree.children) == ("{" in text)
    assert not diff(normalise(JUNOS, to_candidate(tree)), tree).significant


@pytest.mark.parametrize(
    ("rules", "line", "stays"),
    [
        (JUNOS, '    encrypted-password "$6$a$b"; ## SECRET-DATA', "    encrypted-password ‹sha #"),
        (JUNOS, 'set system radius-server 10.0.0.1 secret "$9$abc"', "set system radius-server 10.0.0.1 secret ‹junos9"),
        (JUNOS, "set snmp community public authorization read-only", "set snmp community ‹plain #"),
        (JUNOS, "snmp {\n    community public {", "snmp {\n    community ‹plain #"),
        (JUNOS, "  authentication-key 1 {", "  authentication-key 1 {"),
        (JUNOS, '  authentication-key 1 type md5 value "abc"; ## SECRET-DATA', "  authentication-key 1 type md5 value ‹"),
        (JUNOS, '    "ftp://user:pw@10.0.0.1/x";', '    "ftp://user:‹plain #'),
        (JUNOS, "set policy-options community C members 65000:1", "set policy-options community C members 65000:1"),
        (JUNOS, "    url https://example.net/a:b;", "    url https://example.net/a:b;"),
        (JUNOS, "set system host-name secret", "set system host-name secret"),
        (PANOS, "set mgt-config users admin phash $5$abc$def", "set mgt-config users admin phash ‹sha #"),
        (PANOS, "set ike authentication pre-shared-key key -AQ==a", "set ike authentication pre-shared-key key ‹opaque›"),
        (PANOS, "set deviceconfig system snmp-setting access-setting version v2c snmp-community-string public",
         "set deviceconfig system snmp-setting access-setting version v2c snmp-community-string ‹"),
        (PANOS, "set rulebase security rules key from trust", "set rulebase security rules key from trust"),
        (OPENWRT, "\toption key 'a b c'", "\toption key '‹plain #"),
        (OPENWRT, "wireless.default_radio0.key='secret'", "wireless.default_radio0.key='‹plain #"),
        (OPENWRT, "uci set wireless.@wifi-iface[0].key=plainword", "uci set wireless.@wifi-iface[0].key=‹plain #"),
        (OPENWRT, "\toption password \"it's\"", '\toption password "‹plain #'),
        (OPENWRT, "\toption password '$1$abcdefgh$x'", "\toption password '‹type5 #"),
        (OPENWRT, "    option key 'plainword'   # the same", "    option key '‹plain #"),
        (OPENWRT, "\toption 'key'  'plainword'", "\toption 'key'  '‹plain #"),
        (OPENWRT, "\toption\tkey plainword", "\toption\tkey ‹plain #"),
        (OPENWRT, "\toption password '$p$root'", "\toption password '$p$root'"),
        (
            OPENWRT,
            "\tlist hostapd_bss_options 'auth_server_shared_secret=word'",
            "\tlist hostapd_bss_options 'auth_server_shared_secret=‹plain #",
        ),
        (OPENWRT, "\tlist hostapd_bss_options 'wpa_psk=word'", "\tlist hostapd_bss_options 'wpa_psk=‹plain #"),
        (OPENWRT, "\tlist hostapd_bss_options 'dtim_period=3'", "\tlist hostapd_bss_options 'dtim_period=3'"),
        (OPENWRT, "\toption monkey 'banana'", "\toption monkey 'banana'"),
        (OPENWRT, "\toption key 'secret://s/wlan'", "\toption key 'secret://s/wlan'"),
    ],
)  # fmt: skip
def test_lines(rules, line: str, stays: str):
    assert redact(rules, line, b"key").startswith(stays)
    assert not any(word in redact(rules, line, b"key") for word in ("$9$", "$6$", "$5$", "AQ==", ":pw@", "plainword"))


def test_an_apostrophe_in_double_quotes_hides_no_secret_behind_it():
    text = "config a 'b'\n\toption note \"don't\"\n\toption key 'hidden'\n# don't\n\toption psk 'hidden'\n"
    assert "hidden" not in redact(OPENWRT, text, b"k")


@pytest.mark.parametrize("value", ["a", "radius-key-7", "a longer key with blanks and more than that"])
def test_junos_keys_come_back_and_agree_with_netutils(value: str):
    for start in range(0, 65, 8):
        stored = junos9(value, bytes((start, 3, 2, 1)))
        assert read_junos9(stored) == value
        assert decrypt_juniper_type9(stored) == value
    assert read_junos9(encrypt_juniper_type9(value)) == value


@pytest.mark.parametrize("stored", ["", "$9$", "$9$ä", "$9$ab", "plain"])
def test_a_malformed_junos_key_is_none(stored: str):
    assert not read_junos9(stored)


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        # Made by openssl passwd and by glibc's crypt(3).
        ("$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5", "Hello world!"),
        ("$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA", "Hello world!"),
        (
            "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
            "Hello world!",
        ),
        (
            "$6$rounds=1400$anotherlongsalts$0wx6RdPID.VhMiv2mzPkRWrH.d2QnfawrMNMb41lAuHBWnrCJoiz5uEsEnkboM67yNUCmgzruAsLUODXCnlfX1",
            "x" * 40,
        ),
    ],
)
def test_sha_crypt(stored: str, value: str):
    assert is_sha_crypt(stored, value)
    assert not is_sha_crypt(stored, value + "x")


@pytest.mark.parametrize("stored", ["", "$6$", "$6$a$b$c", "$6$rounds=999999999$salt$hash", "$7$a$b"])
def test_what_is_no_hash_or_costs_too_much_verifies_nothing(stored: str):
    assert not is_sha_crypt(stored, "x")


def test_junos_secrets_are_sealed_in_quotes_and_verified_back():
    text = "set system root-authentication encrypted-password secret://s/admin\nset system radius-server 10.0.0.1 secret secret://s/key\n"
    sealed = seal(JUNOS, text, BOOK.values.__getitem__, lambda: SALT)
    assert f'"{sha512_crypt("Correct-Horse-9", SALT)}"' in sealed
    assert f'"{junos9("radius-key-7", SALT)}"' in sealed
    found = diff(normalise(JUNOS, sealed, secrets=BOOK), normalise(JUNOS, text, secrets=BOOK))
    assert [item.word for item in found.differences] == ["secret-same", "secret-same"]


def test_openwrt_secrets_are_sealed_where_they_stand():
    text = "config wifi-iface 'a'\n\toption key 'secret://s/key'\n"
    assert "option key 'radius-key-7'" in seal(OPENWRT, text, BOOK.values.__getitem__, lambda: SALT)


def test_one_key_in_two_junos_forms_is_one_token():
    lines = [f'set system radius-server 10.0.0.1 secret "{junos9("x", bytes((turn, 1, 1, 1)))}"' for turn in (1, 40)]
    assert redact(JUNOS, lines[0], b"k") == redact(JUNOS, lines[1], b"k")
