"""The candidate of a full replace, and the lines that a device hides."""

from siteauto.core.config import SecretBook, carry_over, diff, normalise, parse, reveal, reveal_commands, seal, to_text
from siteauto.platforms.cisco_ios import CONFIG

BOOK = SecretBook(values={"s/admin": "Correct-Horse-9", "s/key": "radius-key-7"}, key=b"test")
RENDERED = """\
hostname sw1
username admin privilege 15 secret secret://s/admin
vlan 10
 name corp
interface GigabitEthernet1/0/1
 description to fw1
 no shutdown
snmp-server user nms OPS v3 auth sha secret://s/auth priv aes 128 secret://s/priv
radius server R1
 address ipv4 10.0.0.1 auth-port 1812 acct-port 1813
 key secret://s/key
"""
FACTORY = """\
version 17.9
!
hostname Switch
!
crypto pki trustpoint TP-self-signed-1
 enrollment selfsigned
!
crypto pki certificate chain TP-self-signed-1
 certificate self-signed 01
  3082 3082
  3082 3082
  \tquit
!
switch 1 provision c9300-24p
!
interface GigabitEthernet0/0
 vrf forwarding Mgmt-vrf
!
interface GigabitEthernet1/0/1
!
interface GigabitEthernet1/1/1
 description left over
!
ip forward-protocol nd
no ip http server
!
end
"""


def sealed(text: str) -> str:
    return seal(CONFIG, text, {**BOOK.values, "s/auth": "a", "s/priv": "b"}.__getitem__, lambda: bytes(14))


def test_the_candidate_holds_what_only_the_device_knows():
    candidate = carry_over(CONFIG, FACTORY, RENDERED, secrets=BOOK)
    assert candidate.startswith("version 17.9\n!\nhostname sw1\n")
    assert candidate.endswith("!\nend\n")
    for kept in (
        "  3082 3082\n  3082 3082\n  \tquit\n",
        "switch 1 provision",
        " vrf forwarding Mgmt-vrf",
        "ip forward-protocol",
    ):
        assert kept in candidate
    for gone in ("left over", "no ip http server", "hostname Switch"):
        assert gone not in candidate
    assert "interface GigabitEthernet1/1/1\n!" in candidate


def test_the_second_candidate_is_the_running_configuration_itself():
    first = parse(CONFIG, sealed(carry_over(CONFIG, FACTORY, RENDERED, secrets=BOOK)))
    revealed = "snmp-server user nms OPS v3 auth sha ‹hidden› priv aes 128 ‹hidden›\n"
    running = to_text(first)
    assert "snmp-server user" not in running
    assert carry_over(CONFIG, revealed + running, RENDERED, secrets=BOOK) == running
    assert not diff(
        normalise(CONFIG, revealed + running, secrets=BOOK), normalise(CONFIG, RENDERED, secrets=BOOK)
    ).significant


def test_secrets_in_lines_of_a_list_keep_their_stored_forms_too():
    rendered = """\
aaa server radius dynamic-author
 client 10.10.1.11 server-key secret://s/key
 client 10.10.1.12 server-key secret://s/key
snmp-server community secret://s/key RO
"""
    running = to_text(parse(CONFIG, sealed(rendered)))
    assert "secret://" not in carry_over(CONFIG, running, rendered, secrets=BOOK)


def test_a_changed_secret_is_sent_again():
    running = to_text(parse(CONFIG, sealed(RENDERED)))
    other = SecretBook(values={"s/admin": "Another-Horse", "s/key": "radius-key-7"}, key=b"test")
    candidate = carry_over(CONFIG, running, RENDERED, secrets=other)
    assert "username admin privilege 15 secret secret://s/admin" in candidate
    assert " key 7 " in candidate


def test_hidden_lines_are_rebuilt_from_the_command_that_shows_them():
    output = """
User name: nms
Engine ID: 800000090300AABBCC000100
storage-type: nonvolatile        active
Authentication Protocol: SHA
Privacy Protocol: AES256
Group-name: OPS

User name: old
Engine ID: 800000090300AABBCC000100
storage-type: nonvolatile        active
Authentication Protocol: MD5
Privacy Protocol: DES
Group-name: LEGACY

User name: nobody
Engine ID: 8000000903005E0000010000
storage-type: nonvolatile        active
Authentication Protocol: None
Privacy Protocol: -
Group-name: OPEN

User name: half
Engine ID: 8000000903005E0000010000
storage-type: nonvolatile        active
Authentication Protocol: SHA
Privacy Protocol: None
Group-name: HALF
"""
    assert reveal_commands(CONFIG) == ("show snmp user",)
    assert reveal(CONFIG, {}) == ()
    assert reveal(CONFIG, {"show snmp user": output}) == (
        "snmp-server user nms OPS v3 auth sha ‹hidden› priv aes 256 ‹hidden›",
        "snmp-server user old LEGACY v3 auth md5 ‹hidden› priv des ‹hidden›",
        "snmp-server user half HALF v3 auth sha ‹hidden›",
        "snmp-server user nobody OPEN v3",
    )
