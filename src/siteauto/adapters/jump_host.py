"""The way to a device: straight, or through a jump host, where OpenSSH goes with its own keys and host keys."""

import shlex
import socket
import subprocess
import threading
from collections.abc import Callable

from siteauto.core.ports import Target

GOODBYE = 1.0  # seconds that the OpenSSH client gets to say why


def open_way(target: Target) -> socket.socket:
    """A connection to the device. Raises OSError; a jump host that leads nowhere ends it at the first read."""
    return _jump(target)[0] if target.proxy_command else _straight(target)


def open_ssh_way(target: Target) -> socket.socket:
    """The same to an SSH server, which greets first. Raises OSError, with the words of a jump host that fails."""
    if not target.proxy_command:
        return _straight(target)
    way, last_words = _jump(target)
    try:
        if not way.recv(1, socket.MSG_PEEK):
            raise ConnectionError(last_words())
    except OSError:
        way.close()
        raise
    return way


def _straight(target: Target) -> socket.socket:
    connection = socket.create_connection((target.host, target.port), timeout=target.timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a dialogue pauses 40 ms at each turn
    return connection


def _jump(target: Target) -> tuple[socket.socket, Callable[[], str]]:
    """A connection whose other end is the OpenSSH client, which ends with it; and what that says in the end."""
    ours, theirs = socket.socketpair()
    with theirs:
        end = theirs.fileno()
        client = subprocess.Popen(
            shlex.split(target.way),
            stdin=end,
            stdout=end,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a Ctrl-C is for us: a session that is being confirmed keeps its way
        )
    said: list[str] = []
    listener = threading.Thread(target=lambda: said.append(client.communicate()[1]), daemon=True)
    listener.start()
    ours.settimeout(target.timeout)

    def last_words() -> str:
        listener.join(GOODBYE)
        lines = [line.strip() for line in "".join(said).split("\n") if line.strip()]
        return lines[-1] if lines else "OpenSSH ended without a word"

    return ours, last_words


def named_way(target: Target) -> str:
    """What to add to the address of a device in a sentence."""
    return " through its jump host" if target.proxy_command else ""


def first_step(target: Target) -> str:
    """How a person tries the way by hand, as the beginning of a sentence."""
    return f"Try: {target.way}; then check" if target.proxy_command else "Check"


def has_left(target: Target) -> bool:
    """Whether a device that is to move answers at its address no more."""
    if not target.elsewhere:
        return False
    try:
        open_ssh_way(target).close()
    except OSError:
        return True
    return False
