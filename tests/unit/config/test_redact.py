"""Redaction: every secret gone, everything else still there."""

import os
from pathlib import Path

import pytest
import yaml

from siteauto.core.config import SecretBook, diff, normalise, seal
from siteauto.core.redact import redact, redact_known
from siteauto.platforms.cisco_ios import CONFIG as IOS
from siteauto.platforms.fortinet import CONFIG as FORTIOS

CAPTURES = Path(os.environ.get("SITEAUTO_CAPTURES", Path(__file__).parents[4] / "shared/data/captures")) / "oxidized"
RECORDED = {
    "ios#C9200L-24P-4G_17.09.04a": IOS,
    "ios#C9800-L-F-K9_17.06.05": IOS,
    "fortigate#FortiGate-91G_7.4.7": FORTIOS,
    "fortios#FMG-VM64_7.4.6": FORTIOS,
}


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the recorded device output is not here (SITEAUTO_CAPTURES)")
def test_nothing_secret_of_a_recorded_device_is_left(name: str):
    secrets = yaml.safe_load((CAPTURES / f"{name}#secret.yaml").read_text())["fail"]
    texts = [(CAPTURES / f"{name}#output.txt").read_text()]
    recorded = yaml.safe_load((CAPTURES / f"{name}#simulation.yaml").read_text())["commands"]
    answers = recorded.values() if isinstance(recorded, dict) else [text for item in recorded for text in item.values()]
    texts += [answer.encode().decode("unicode_escape") for answer in answers]
    for text in texts:
        shown = redact(IOS if RECORDED[name] is IOS else FORTIOS, text, b"key")
        assert not [secret for secret in secrets if secret in shown]
        assert len(shown.split("\n")) >= len(text.split("\n")) - text.count("PRIVATE KEY") * 10


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("username a privilege 15 secret 9 $9$salt$hash", "username a privilege 15 secret 9 ‹type9 #"),
        ("  key 7 0822455D0A16", "  key 7 ‹type7 #"),
        ("snmp-server community public RO 5", "snmp-server community ‹plain #"),
        ("ntp authentication-key 1 md5 0822455D0A16 7", "ntp authentication-key 1 md5 ‹type7 #"),
        ("key chain OSPF", "key chain OSPF"),
        ("username a privilege 15 secret secret://s/admin", "username a privilege 15 secret secret://s/admin"),
        ("! a comment   with blanks ", "! a comment   with blanks "),
        (
            "aaa authentication login default group tacacs+ local",
            "aaa authentication login default group tacacs+ local",
        ),
        ("snmp-server host 10.0.0.1 version 3 priv ops", "snmp-server host 10.0.0.1 version 3 priv ops"),
        ("ip ssh server algorithm kex a b", "ip ssh server algorithm kex a b"),
    ],
)
def test_lines_of_ios(line: str, stays: str):
    assert redact(IOS, line, b"key").startswith(stays)


def test_equal_secrets_give_equal_tokens_under_one_key_only():
    text = "radius server A\n key 7 0822455D0A16\nradius server B\n key 7 02050D480809\n"
    first, second = (line for line in redact(IOS, text, b"one").splitlines() if "key" in line)
    assert first == second
    assert first != redact(IOS, text, b"two").splitlines()[1]


def test_the_rest_of_a_text_is_untouched():
    text = "banner motd ^C\r\n username x secret y\n^C\nhostname  a\n\n!\nend"
    assert redact(IOS, text, b"k") == text.replace("\r\n", "\n")


def test_a_private_key_on_many_lines_goes_as_a_whole():
    text = '    set private-key "-----BEGIN KEY-----\nAAAA\n-----END KEY-----"\n    set password ENC abc==\nend\n'
    shown = redact(FORTIOS, text, b"k")
    assert "AAAA" not in shown
    assert shown.endswith("    set password ENC ‹ENC›\nend\n")


def test_a_known_secret_leaves_its_reference_whatever_its_salt():
    book = SecretBook(values={"site/local_admin": "Tr0ub4dor"}, key=b"key")
    texts = []
    for salt in (b"0123456789abcd", b"dcba9876543210"):
        stored = seal(
            IOS,
            "username a privilege 15 secret secret://site/local_admin",
            book.values.__getitem__,
            lambda salt=salt: salt,
        )
        texts.append(redact_known(IOS, stored, book))
    assert texts == ["username a privilege 15 secret 9 secret://site/local_admin"] * 2
    unknown = redact_known(IOS, "tacacs server a\n key 7 0822455D0A16", book)
    assert "‹type7 #" in unknown


def test_a_backup_compares_with_an_intent_without_the_values():
    backup = "username a privilege 15 secret 9 secret://site/local_admin"
    same = normalise(IOS, "username a privilege 15 secret secret://site/local_admin")
    other = normalise(IOS, "username a privilege 15 secret secret://site/enable")
    assert diff(normalise(IOS, backup), same).differences == ()
    assert [each.word for each in diff(normalise(IOS, backup), other).differences] == ["cannot-tell"]
