import pytest
from ncclient.manager import make_device_handler
from ncclient.transport.errors import TransportError
from ncclient.transport.session import NetconfBase
from ncclient.transport.ssh import SSHSession

from siteauto.adapters.netconf_requests import send_at_once


class Channel:
    """The part of Paramiko's that a request needs."""

    def __init__(self):
        self.sent, self.closed, self.patience = b"", False, None

    def settimeout(self, seconds):
        self.patience = seconds

    def sendall(self, data):
        if self.closed:
            raise OSError("Socket is closed")
        self.sent += data


@pytest.fixture
def session():
    session = SSHSession(make_device_handler({"name": "junos"}))
    session._channel, session._connected = Channel(), True
    send_at_once(session, 12)
    return session


def test_a_request_has_left_when_it_was_made(session):
    session.send("<rpc>ä</rpc>")  # nobody else is at work: the session's thread has not even begun
    assert session._channel.sent == "<rpc>ä</rpc>]]>]]>".encode()
    assert session._channel.patience == 12


def test_in_chunks_where_both_sides_know_them(session):
    session._base = NetconfBase.BASE_11
    session.send("<rpc>ä</rpc>")
    assert session._channel.sent == b"\n#13\n" + "<rpc>ä</rpc>".encode() + b"\n##\n"


def test_a_session_that_has_ended_is_told_as_ncclient_tells_it(session):
    session._channel.closed = True
    with pytest.raises(TransportError, match="Not connected to NETCONF server: Socket is closed"):
        session.send("<rpc/>")
