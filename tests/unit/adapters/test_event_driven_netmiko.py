"""What a platform's own class has changed stays; the rest of Netmiko's reading is ours."""

import socket

import paramiko
import pytest
from netmiko import BaseConnection, ConnectHandler, platforms, ssh_dispatcher
from paramiko.buffered_pipe import BufferedPipe

from siteauto.adapters.event_driven_netmiko import EventDriven, Guarded, WakefulChannel, connect, event_driven
from siteauto.core.errors import StoreError

OURS = [name for name in vars(EventDriven) if callable(getattr(EventDriven, name)) and hasattr(BaseConnection, name)]


@pytest.mark.parametrize("device_type", [name for name in platforms if not name.endswith(("_telnet", "_serial"))])
def test_a_platform_keeps_what_it_has_changed(device_type):
    plain, woken = ssh_dispatcher(device_type), event_driven(device_type)
    for name in OURS:
        changed = getattr(plain, name) is not getattr(BaseConnection, name)
        assert getattr(woken, name) is getattr(plain if changed else EventDriven, name), name


@pytest.mark.parametrize("device_type", platforms)
def test_no_platform_has_a_say_in_host_keys(device_type):
    assert event_driven(device_type)._build_ssh_client is Guarded._build_ssh_client


def test_it_takes_what_netmiko_takes():
    with pytest.raises(ValueError, match="host"):
        ConnectHandler(device_type="cisco_ios")
    with pytest.raises(ValueError, match="host"):
        event_driven("cisco_ios")(device_type="cisco_ios")


class Prompting:
    """A paramiko channel behind which a device shows its prompt after whatever it is sent."""

    closed = eof_received = False

    def __init__(self):
        self.in_buffer, self.sent = BufferedPipe(), []

    def sendall(self, data):
        self.sent.append(data)
        self.in_buffer.feed(b"\r\nsw1#")

    def recv(self, size):
        return self.in_buffer.read(size)

    def recv_ready(self):
        return self.in_buffer.read_ready()


@pytest.fixture
def asked():
    """A connection that was asked for its prompt once, and the device's end of it."""
    device, connection = Prompting(), event_driven("cisco_ios")(host="sw1", auto_connect=False)
    connection.channel = WakefulChannel(device, "utf-8")
    assert connection.find_prompt() == "sw1#"
    return connection, device


def test_a_prompt_that_stands_there_is_not_asked_for_again(asked):
    connection, device = asked
    assert (connection.find_prompt(), device.sent) == ("sw1#", [b"\n"])


@pytest.mark.parametrize(
    "act", [lambda asked: asked[0].write_channel("\n"), lambda asked: asked[1].in_buffer.feed("x")]
)
def test_after_a_word_of_either_side_it_is(asked, act):
    connection, device = asked
    act(asked)
    before = len(device.sent)
    assert (connection.find_prompt(), len(device.sent)) == ("sw1#", before + 1)


def test_what_a_guard_raises_is_raised():
    def guard(_: paramiko.SSHClient) -> None:
        raise StoreError("The pinned host keys cannot be used", expected="a file of yours", next_step="Mend it")

    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(StoreError):
        connect("cisco_ios", guard=guard, host="127.0.0.1", port=server.getsockname()[1])
