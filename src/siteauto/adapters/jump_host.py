"""Sessions by way of a jump host: OpenSSH goes there, with its own keys and host keys, and hands the bytes on."""

import contextlib
import socket
from collections.abc import Iterator

import paramiko

from siteauto.adapters.private_folder import PrivateFolder
from siteauto.core.ports import Target


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


@contextlib.contextmanager
def open_way(target: Target) -> "Iterator[socket.socket | paramiko.ProxyCommand]":
    """Packets to the device. Raises OSError, paramiko.SSHException."""
    if not target.proxy_command:
        with socket.create_connection((target.host, target.port), timeout=target.timeout) as connection:
            yield connection
        return
    proxy = paramiko.ProxyCommand(target.way)
    proxy.settimeout(target.timeout)
    try:
        yield proxy
    finally:
        proxy.close()
