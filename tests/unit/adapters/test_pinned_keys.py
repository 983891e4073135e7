"""Which lines of the pinned file speak of a device, and what a session believes of them."""

from types import SimpleNamespace

import paramiko
import pytest

from siteauto.adapters.host_keys import PinnedKeys, pinned_lines
from siteauto.core.errors import HostKeyError

KEY = paramiko.ECDSAKey.generate()
OTHERS = [f"10.0.{number}.1 ssh-ed25519 AAAA" for number in range(3)] + ["# 10.0.0.7 is new", "@revoked 10.0.0.7 x y"]


@pytest.fixture
def make_target(tmp_path):
    def make(*lines, port=22, elsewhere=""):
        file = tmp_path / "known_hosts"
        file.write_text("\n".join((*OTHERS, *lines)) + "\n")
        device = SimpleNamespace(name="sw1")
        where = {"port": port, "known_hosts": file, "device": device, "trust_new_host_key": True}
        return SimpleNamespace(
            host="10.0.0.7", elsewhere=elsewhere, turned=SimpleNamespace(host=elsewhere, **where), **where
        )

    return make


def test_plain_and_hashed_names_are_found_and_longer_ones_are_not(make_target):
    hashed = f"{paramiko.HostKeys.hash_host('10.0.0.7')} ssh-rsa BBBB"
    mine = "sw1,10.0.0.7 ssh-ed25519 CCCC"
    foreign = ["10.0.0.70 ssh-rsa x", "110.0.0.7 ssh-rsa x", "[10.0.0.7]:2222 ssh-rsa x", "10.0.0.8 ssh-rsa x 10.0.0.7"]
    assert pinned_lines(make_target(mine, *foreign, hashed)) == (mine, hashed)
    assert pinned_lines(make_target("[10.0.0.7]:2222 ssh-rsa x", port=2222)) == ("[10.0.0.7]:2222 ssh-rsa x",)
    assert pinned_lines(make_target()) == ()


def test_of_a_device_that_moves_the_keys_of_its_other_address_hold(make_target):
    old = "10.9.9.7,sw1 ssh-ed25519 CCCC"
    assert pinned_lines(make_target(old, elsewhere="10.9.9.7")) == ("10.0.0.7 ssh-ed25519 CCCC",)
    assert pinned_lines(make_target(old, "10.0.0.7 ssh-ed25519 DDDD", elsewhere="10.9.9.7")) == (
        "10.0.0.7 ssh-ed25519 DDDD",
    )
    target, client = make_target(old, elsewhere="10.9.9.7"), paramiko.SSHClient()
    keys = PinnedKeys(target)
    keys.guard(client)
    with pytest.raises(HostKeyError, match="has changed"):  # although a first contact would be trusted
        keys.missing_host_key(client, "10.0.0.7", KEY)


def test_a_first_key_is_pinned_and_believed_from_then_on(make_target):
    target, client = make_target(), paramiko.SSHClient()
    keys = PinnedKeys(target)
    keys.guard(client)
    keys.missing_host_key(client, "10.0.0.7", KEY)
    assert pinned_lines(target) == (f"10.0.0.7 {KEY.get_name()} {KEY.get_base64()}",)
    keys.guard(client)
    assert client.get_host_keys().check("10.0.0.7", KEY)


def test_a_pin_that_cannot_be_read_is_no_first_contact(make_target):
    target, client = make_target("10.0.0.7 ssh-ed25519 torn"), paramiko.SSHClient()
    keys = PinnedKeys(target)
    keys.guard(client)
    with pytest.raises(HostKeyError, match="has changed"):
        keys.missing_host_key(client, "10.0.0.7", KEY)
    assert pinned_lines(target) == ("10.0.0.7 ssh-ed25519 torn",)
