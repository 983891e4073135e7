"""Secrets: verified, never shown, sealed right before they leave."""

import pytest

from siteauto.core.config import OPAQUE, SecretBook, diff, explain, normalise, seal
from siteauto.core.config.stored_forms import VERIFIERS, read_type7, type7, type9
from siteauto.core.errors import SecretError
from siteauto.core.redact import redact
from siteauto.platforms.cisco_ios import CONFIG as IOS
from siteauto.platforms.fortinet import CONFIG as FORTIOS

BOOK = SecretBook(values={"s/admin": "Correct-Horse-9", "s/key": "radius-key-7"}, key=b"test")
SALT = bytes(range(14))


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        # Made by other tools: openssl passwd -1, and the published Cisco examples of hashcat for types 8 and 9.
        ("5", "$1$28772684$iEwNOgGugqO9.bIz5sk8k/"),
        ("8", "$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk"),
        ("9", "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"),
        ("0", "hashcat"),
        ("plain", "hashcat"),
    ],
)
def test_stored_forms_are_verified(kind: str, stored: str):
    assert VERIFIERS[kind](stored, "hashcat")
    assert not VERIFIERS[kind](stored, "hashcat ")


def test_a_malformed_hash_verifies_nothing():
    assert not VERIFIERS["9"]("$9$nonsense", "x")
    assert read_type7("zz") is None


def test_type_7_comes_back():
    assert read_type7("0822455D0A16") == "cisco"
    assert read_type7(type7("a longer key than the pad: " * 3, b"\x0f")) == "a longer key than the pad: " * 3


def test_a_token_shows_equality_and_nothing_else():
    first, second = BOOK.token("9", type9("other", SALT)), BOOK.token("9", type9("other", b"z" * 14))
    assert first == BOOK.token("9", type9("other", SALT))
    assert first.startswith("‹type9 #")
    assert first != second  # another salt of an unknown value cannot be seen through
    assert BOOK.token("7", type7("x", b"\1")) == BOOK.token("7", type7("x", b"\7"))
    assert BOOK.token("ENC", "AAAA") == "‹ENC›"
    assert BOOK.token("9", type9("Correct-Horse-9", SALT)) == "secret://s/admin"
    assert "Correct" not in repr(BOOK)


def test_two_names_of_one_value_are_the_same():
    book = SecretBook(values={"s/a": "same", "s/b": "same"}, key=b"k")
    running = normalise(IOS, "radius server R\n key 7 " + type7("same", b"\1"), secrets=book)
    assert not diff(running, normalise(IOS, "radius server R\n key secret://s/b", secrets=book)).significant


def test_without_values_nobody_can_tell():
    running = normalise(IOS, f"username a secret 9 {type9('x', SALT)}", secrets=OPAQUE)
    found = diff(running, normalise(IOS, "username a secret secret://s/admin"))
    assert [item.word for item in found.differences] == ["cannot-tell"]
    assert explain(found) == ("cannot-tell: username a secret secret://s/admin",)
    assert not found.significant


@pytest.mark.parametrize(
    ("line", "sealed"),
    [
        ("username a privilege 15 secret secret://n", f"username a privilege 15 secret 9 {type9('value', SALT)}"),
        ("enable secret secret://n", f"enable secret 9 {type9('value', SALT)}"),
        (" key secret://n", f" key 7 {type7('value', SALT)}"),
        (" client 10.0.0.1 server-key secret://n", f" client 10.0.0.1 server-key 7 {type7('value', SALT)}"),
        ("ntp authentication-key 1 md5 secret://n", f"ntp authentication-key 1 md5 {type7('value', SALT)} 7"),
        (" security wpa psk set-key ascii 0 secret://n", " security wpa psk set-key ascii 0 value"),
        (" security wpa psk set-key ascii secret://n", " security wpa psk set-key ascii 0 value"),
        (
            "snmp-server user u g v3 auth sha secret://n priv aes 256 secret://n",
            "snmp-server user u g v3 auth sha value priv aes 256 value",
        ),
        (
            " mgmtuser username u password 0 secret://n secret 0 secret://n",
            " mgmtuser username u password 0 value secret 0 value",
        ),
        ("description nothing to seal", "description nothing to seal"),
        (" key 7 0822455D0A16", " key 7 0822455D0A16"),
    ],
)
def test_sealing_for_ios(line: str, sealed: str):
    assert seal(IOS, f"{line}\n!\n", lambda _: "value", lambda: SALT) == f"{sealed}\n!\n"


def test_what_is_sealed_is_what_running_config_shows():
    text = seal(IOS, "username a privilege 15 secret secret://s/admin", BOOK.values.__getitem__, lambda: SALT)
    found = diff(
        normalise(IOS, text, secrets=BOOK),
        normalise(IOS, "username a privilege 15 secret secret://s/admin", secrets=BOOK),
    )
    assert [item.word for item in found.differences] == ["secret-same"]


def test_sealing_for_fortios_quotes_and_escapes():
    text = seal(FORTIOS, "        set password secret://n", lambda _: 'a"b\\c', lambda: SALT)
    assert text == r'        set password "a\"b\\c"'


@pytest.mark.parametrize("value", ["with?mark", "", "tab\there", "ümlaut"])
def test_a_value_that_cannot_be_typed_is_refused_by_name(value: str):
    with pytest.raises(SecretError) as refused:
        seal(IOS, " security wpa psk set-key ascii 0 secret://s/wlan", lambda _: value, lambda: SALT)
    assert "secret://s/wlan" in str(refused.value)
    assert not value or value not in str(refused.value)


@pytest.mark.parametrize("line", ["frobnicate secret://n", "username a secret ‹type9 #12345678›"])
def test_what_no_device_could_be_sent_is_refused(line: str):
    with pytest.raises(SecretError):
        seal(IOS, line, lambda _: "value", lambda: SALT)


COMMUNITY = "config system snmp community\n    edit 1\n        set name {}\n    next\nend\n"


def test_a_word_that_is_a_secret_in_one_place_only():
    """The name of a community is one, the name of a policy is none."""
    sealed = seal(FORTIOS, COMMUNITY.format("secret://s/key"), lambda _: "public", lambda: SALT)
    assert 'set name "public"' in sealed
    text = COMMUNITY.format('"web"')
    assert "web" not in redact(FORTIOS, text, b"test")
    assert "web" in redact(FORTIOS, text.replace("config system snmp community", "config firewall policy"), b"test")
    with pytest.raises(SecretError):
        seal(FORTIOS, COMMUNITY.format('"‹plain #0123abcd›"'), lambda _: "public", lambda: SALT)
