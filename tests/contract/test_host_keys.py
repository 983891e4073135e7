"""Host keys over real SSH: pinned ones only, unless the operator trusts a first contact."""

import asyncio
import contextlib
import socket
import threading
from dataclasses import replace

import asyncssh
import pytest

from siteauto.adapters.transports import make_transport
from siteauto.core.errors import AuthenticationError, HostKeyError, UnreachableError, UsageError


@pytest.fixture(params=["napalm", "netmiko", "netconf"])
def lab(request):
    return request.getfixturevalue("branch" if request.param == "netconf" else "site_lab")


@pytest.fixture
def target(request, lab):
    lab.lab.control("clear")
    short = {"napalm": "sw1", "netmiko": "fw1", "netconf": "sw2"}[request.node.callspec.params["lab"]]
    return lab.target(short)


@pytest.fixture
def connect(lab):
    def connect(target):
        with make_transport(lab.secrets).connect(target) as session:
            return session.run(target.platform.identity.command)

    return connect


def other_key():
    public = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    return " ".join(public.split()[:2])


def test_an_unknown_key_is_refused_and_shown(target, connect, tmp_path):
    with pytest.raises(HostKeyError) as caught:
        connect(replace(target, known_hosts=tmp_path / "none"))
    assert "SHA256:" in str(caught.value)
    assert f"[{target.host}]:{target.port}" in str(caught.value)
    assert not (tmp_path / "none").exists()


def test_a_first_contact_that_is_trusted_is_pinned(target, connect, tmp_path):
    pins = tmp_path / "deep" / "known_hosts"
    trusting = replace(target, known_hosts=pins, trust_new_host_key=True)
    assert target.device.serial in connect(trusting)
    first = pins.read_text()
    assert len(first.splitlines()) == 1
    assert pins.stat().st_mode & 0o077 == 0
    assert target.device.serial in connect(replace(trusting, trust_new_host_key=False))
    connect(trusting)
    assert pins.read_text() == first


@pytest.mark.parametrize("trust", [False, True])
def test_a_changed_key_is_always_refused(target, connect, tmp_path, trust):
    pins = tmp_path / "known_hosts"
    pins.write_text(f"[{target.host}]:{target.port} {other_key()}\n")
    before = pins.read_text()
    with pytest.raises(HostKeyError, match="has changed") as caught:
        connect(replace(target, known_hosts=pins, trust_new_host_key=trust))
    assert caught.value.exit_code == 4
    assert pins.read_text() == before


def test_other_lines_of_the_file_do_not_matter(target, connect, tmp_path):
    pins = tmp_path / "known_hosts"
    crowd = "".join(f"[127.9.{n // 200}.{n % 200}]:22 {other_key()}\n" for n in range(50))
    pins.write_text(f"# pinned by hand\n\n@revoked * x y\n{crowd}{target.known_hosts.read_text()}")
    assert target.device.serial in connect(replace(target, known_hosts=pins))


def test_hashed_names_are_understood(target, connect, tmp_path):
    import paramiko

    line = next(
        line
        for line in target.known_hosts.read_text().splitlines()
        if line.startswith(f"[{target.host}]") and "ed25519" in line
    )
    name, kind, key = line.split()
    pins = tmp_path / "known_hosts"
    pins.write_text(f"{paramiko.HostKeys.hash_host(name)} {kind} {key}\n")
    assert target.device.serial in connect(replace(target, known_hosts=pins))


def test_no_server_is_unreachable_with_address_and_port(target, connect):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        with pytest.raises(UnreachableError) as caught:  # bound but not listening: refused
            connect(replace(target, host="127.0.0.1", port=port, trust_new_host_key=True))
    assert f"127.0.0.1 port {port}" in str(caught.value)
    assert not isinstance(caught.value, HostKeyError)


def test_a_server_that_says_nothing_is_unreachable_in_time(target, connect):
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(UnreachableError):
            connect(replace(target, host="127.0.0.1", port=port, trust_new_host_key=True, timeout=0.5))


def test_an_unknown_transport_is_named(target, lab):
    strange = replace(target, platform=replace(target.platform, transport="pigeon"))
    with pytest.raises(UsageError, match="pigeon"):
        make_transport(lab.secrets).connect(strange)


@contextlib.contextmanager
def old_box():
    """An SSH server that knows what boxes knew in 2012, and lets nobody in."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen():
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[asyncssh.generate_private_key("ssh-rsa", key_size=2048)],
            kex_algs=["diffie-hellman-group14-sha1"],
            signature_algs=["ssh-rsa"],
            password_auth=True,
        )

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.mark.parametrize("legacy", [False, True])
def test_old_algorithms_only_where_the_inventory_allows_them(target, connect, tmp_path, legacy):
    with old_box() as port:
        device = replace(target.device, ssh_legacy=legacy)
        old = replace(
            target, device=device, host="127.0.0.1", port=port, known_hosts=tmp_path / "k", trust_new_host_key=True
        )
        with pytest.raises(UnreachableError) as caught:
            connect(old)
    assert isinstance(caught.value, AuthenticationError) is legacy  # it got as far as the password
    assert ("ssh_legacy" in str(caught.value)) is not legacy
