"""The command line: prompts, refusals, what is kept of secrets."""

import pytest

from siteauto.core.config.sha_crypt import is_sha_crypt


def test_prompts(sw1):
    name = "us-nyc-eos01-sw1"
    assert sw1.prompt("configure", "interface et1", "vlan 10", "end", "configure session siteauto-1", "exit") == [
        f"{name}(config)#",
        f"{name}(config-if-Et1)#",
        f"{name}(config-vlan-10)#",
        f"{name}#",
        f"{name}(config-s-siteau)#",
        f"{name}#",
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("banana",), "% Invalid input (at token 0: 'banana')\n"),
        (("show banana",), "% Invalid input (at token 1: 'banana')\n"),
        (("show",), "% Incomplete command\n"),
        (("configure", "interface Ethernet99"), "% Invalid input (at token 0: 'interface')\n"),
        (("configure", "vlan 4095"), "% Invalid input (at token 1: '4095')\n"),
        (("configure", "spanning-tree"), "% Incomplete command\n"),
    ],
)
def test_refusals(sw1, lines, said):
    assert sw1.type(*lines) == said


def test_passwords_are_hashed_and_keys_hidden(sw1):
    sw1.type(
        "configure",
        "username bob privilege 1 secret Passw0rd",
        "tacacs-server host 10.0.0.1 key Sesame",
        "snmp-server user eve MANAGERS v3 auth sha256 Authpass1 priv aes256 Privpass1",
        "end",
    )
    text = sw1.type("show running-config")
    assert not [word for word in ("Passw0rd", "Sesame", "Authpass1", "Privpass1") if word in text]
    (hashed,) = [line.split()[-1] for line in text.splitlines() if line.startswith("username bob")]
    assert is_sha_crypt(hashed, "Passw0rd")
    assert f"snmp-server user eve MANAGERS v3 localized {sw1.box.engine} auth sha256 " in text
    assert sw1.device.authenticate("bob", "Passw0rd")
    assert not sw1.device.authenticate("bob", "passw0rd")


def test_filters(sw1):
    assert sw1.type("show running-config | include ^hostname") == "hostname us-nyc-eos01-sw1\n"
    assert sw1.type("show running-config | section management ssh").startswith("management ssh\n   ip access-group")


def test_neighbours_of_all_vendors_are_seen(sw1):
    text = sw1.type("show lldp neighbors")
    assert "us-nyc-eos01-sw2" in text
    assert "us-nyc-eos01-fw1" in text


def test_an_api_that_is_shut_serves_nobody(sw1):
    assert sw1.device.services.web.is_on
    sw1.type("configure", "management api http-commands", "shutdown", "vrf default", "shutdown", "end")
    assert not sw1.device.services.web.is_on
