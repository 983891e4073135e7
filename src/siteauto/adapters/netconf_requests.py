"""Requests of ncclient that leave at once.

Its own thread looks ten times a second whether there is something to send, so that each request waits for up to 0.1 s:
more than most devices take to answer. That thread goes on to read.
"""

from collections.abc import Callable

from ncclient.transport.errors import TransportError  # type: ignore[import-untyped]  # ships no types
from ncclient.transport.session import END_DELIM, MSG_DELIM, NetconfBase  # type: ignore[import-untyped]
from ncclient.transport.ssh import SSHSession  # type: ignore[import-untyped]


def send_at_once(session: SSHSession, patience: float) -> None:
    """From now on a request leaves in the thread that makes it. The session is greeted already, and is one thread's.

    A device that takes no more bytes for so many seconds is lost.
    """
    session._channel.settimeout(patience)  # noqa: SLF001 - ncclient hands it to nobody
    session.send = _sender(session)


def _sender(session: SSHSession) -> Callable[[str], None]:
    def send(message: str) -> None:
        """Raises TransportError where the session has ended."""
        try:
            session._channel.sendall(_framed(session, message.encode()))  # noqa: SLF001
        except OSError as error:
            raise TransportError(f"Not connected to NETCONF server: {error}") from error

    return send


def _framed(session: SSHSession, message: bytes) -> bytes:
    """As RFC 6242 wants it in the version that both sides speak."""
    if session._base == NetconfBase.BASE_11:  # noqa: SLF001
        return b"\n#%d\n%s%s" % (len(message), message, END_DELIM)
    return b"%s%s" % (message, MSG_DELIM)
