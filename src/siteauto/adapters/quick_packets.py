"""Paramiko's packets with less work: each system call and each thread more is a wait for the interpreter's lock.

Thirty sessions at once spent a sixth of their time on that.
"""

import socket

import paramiko
from paramiko.packet import Packetizer

AHEAD = 65536  # bytes


class QuickPackets(Packetizer):
    """Reads all that has come, and hands it out in the pieces that Paramiko asks for."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(ReadAhead(connection))  # type: ignore[arg-type]  # it needs no more

    def start_handshake(self, timeout: float) -> None:
        """Begin without a timer, which would be a thread: whoever logs in does not wait longer than he wants to."""


class ReadAhead:
    """The part of a socket that packets need."""

    def __init__(self, connection: socket.socket) -> None:
        self.send, self.close, self._recv = connection.send, connection.close, connection.recv
        self._ahead = b""

    def recv(self, size: int) -> bytes:
        """At most so many bytes. Raises TimeoutError as the socket does."""
        data = self._ahead or self._recv(AHEAD)
        self._ahead = data[size:]
        return data[:size]


def quick_transport(connection: socket.socket, **options: object) -> paramiko.Transport:
    """Paramiko's transport, on these packets; first the ciphers that prove a packet, as OpenSSH has them.

    For the others Paramiko compares a hash of each packet in a loop over its bytes: a tenth of a session.
    """
    transport = paramiko.Transport(connection, packetizer_class=QuickPackets, **options)  # type: ignore[arg-type]
    chosen = transport.get_security_options()
    chosen.ciphers = sorted(chosen.ciphers, key=lambda cipher: "gcm" not in cipher)
    return transport
