"""The way to a device: straight, or through a jump host, where OpenSSH goes with its own keys and host keys."""

import shlex
import socket
import subprocess
import threading

from siteauto.adapters.private_folder import PrivateFolder
from siteauto.core.ports import Target


def open_way(target: Target) -> socket.socket:
    """A connection to the device. Raises OSError; a jump host that leads nowhere ends it at the first read."""
    if target.proxy_command:
        return _jump(target)
    connection = socket.create_connection((target.host, target.port), timeout=target.timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a dialogue pauses 40 ms at each turn
    return connection


def _jump(target: Target) -> socket.socket:
    """A connection whose other end is the OpenSSH client, which ends with it."""
    ours, theirs = socket.socketpair()
    with theirs:
        end = theirs.fileno()
        client = subprocess.Popen(shlex.split(target.way), stdin=end, stdout=end, stderr=subprocess.DEVNULL)
    threading.Thread(target=client.wait, daemon=True).start()
    ours.settimeout(target.timeout)
    return ours


def named_way(target: Target) -> str:
    """What to add to the address of a device in a sentence."""
    return " through its jump host" if target.proxy_command else ""


def first_step(target: Target) -> str:
    """How a person tries the way by hand, as the beginning of a sentence."""
    return f"Try: {target.way}; then check" if target.proxy_command else "Check"


def jump_arguments(target: Target, folder: PrivateFolder) -> dict[str, object]:
    """What tells Netmiko to go there, by a file in the session's folder; nothing where the way is straight.

    A file, because a file transfer opens a second session with the same arguments.
    """
    if not target.proxy_command:
        return {}
    file = folder.path / "ssh_config"
    file.write_text(f"Host *\n  ProxyCommand {target.way}\n", encoding="utf-8")
    return {"ssh_config_file": str(file)}


def has_left(target: Target) -> bool:
    """Whether a device that is to move answers at its address no more. Behind a jump host nobody can tell."""
    if not target.elsewhere or target.proxy_command:
        return False
    try:
        socket.create_connection((target.host, target.port), timeout=target.timeout).close()
    except OSError:
        return True
    return False
