"""Bytes come in the pieces that Paramiko asks for, whatever pieces the network made of them."""

import socket

import pytest

from siteauto.adapters.quick_packets import ReadAhead


def test_nothing_is_lost_between_pieces_and_an_end_is_an_end():
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(0.01)
        ahead = ReadAhead(here)
        there.sendall(b"SSH-2.0-x\r\n" + bytes(200))
        assert [len(ahead.recv(size)) for size in (11, 16, 150, 100)] == [11, 16, 150, 34]
        with pytest.raises(TimeoutError):
            ahead.recv(1)
        there.sendall(b"end")
        there.close()
        assert (ahead.recv(2), ahead.recv(2), ahead.recv(2)) == (b"en", b"d", b"")
