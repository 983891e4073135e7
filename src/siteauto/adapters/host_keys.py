"""Host keys: looked up in the pinned file, pinned on a first contact when the operator says so, never overwritten."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import paramiko
from paramiko.hostkeys import HostKeyEntry, InvalidHostKey

from siteauto.adapters.jump_host import first_step, named_way, open_ssh_way
from siteauto.core.errors import HostKeyError, StoreError, UnreachableError
from siteauto.core.ports import Target

# What a device may offer unless its inventory entry says `ssh_legacy`. SHA-1 is broken for both uses.
OLD_KEY_EXCHANGES = (
    "diffie-hellman-group1-sha1",
    "diffie-hellman-group14-sha1",
    "diffie-hellman-group-exchange-sha1",
)
OLD_KEY_TYPES = ("ssh-rsa", "ssh-dss")
HASHED = "|1|"  # how ssh begins a name that it has hashed
SSH_PORT = 22  # not paramiko's constant: ncclient changes that one while it reads an ssh_config


def disabled_algorithms(target: Target) -> dict[str, list[str]]:
    """Algorithms that a session to this device does not accept, in paramiko's words."""
    if target.device.ssh_legacy:
        return {"kex": ["none"]}  # named, so that Netmiko's fortinet class does not cut the list to its own four
    return {"kex": list(OLD_KEY_EXCHANGES), "keys": list(OLD_KEY_TYPES)}


def pinned_lines(target: Target) -> tuple[str, ...]:
    """The lines of the pinned file that speak of this device at this address.

    Where none does, those of its other address hold here: a key follows its box, and is not learnt anew. Read by hand:
    paramiko's loader is quadratic in the size of the file (six seconds for 10,000 lines, per connection).
    """
    try:
        text = target.known_hosts.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise unreadable(target.known_hosts, error) from error
    if (own := _lines_of(text, entry_name(target))) or not target.elsewhere:
        return own
    return tuple(_renamed(line, entry_name(target)) for line in _lines_of(text, entry_name(target.turned)))


def follow_box(file: Path, old: str, new: str) -> None:
    """Pin at its new address what is pinned of a box at its old one. Raises StoreError."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except OSError as error:
        raise unreadable(file, error) from error
    names = re.findall(rf"^(?:{re.escape(old)}|\[{re.escape(old)}\]:\d+)(?= )", text, re.MULTILINE)
    for name in dict.fromkeys(names):
        if not _lines_of(text, fresh := name.replace(old, new)):
            for line in _lines_of(text, name):
                pin(file, _renamed(line, fresh))


def _lines_of(text: str, name: str) -> tuple[str, ...]:
    return tuple(line for word in (name, HASHED) for line in _lines_with(text, word) if _names(line, name))


def _renamed(line: str, name: str) -> str:
    return f"{name} {line.split(maxsplit=1)[1]}"


class PinnedKeys(paramiko.MissingHostKeyPolicy):
    """What paramiko is told of a device's host key, before it sends a password: as `pin_file`, without a file."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._lines: tuple[str, ...] = ()

    def guard(self, client: paramiko.SSHClient) -> None:
        """Let this client believe the pinned keys. Raises StoreError where they cannot be read."""
        self._lines = pinned_lines(self._target)
        for line in self._lines:
            with contextlib.suppress(paramiko.SSHException, InvalidHostKey):
                if (entry := HostKeyEntry.from_line(line)) is not None and entry.key is not None:
                    client.get_host_keys().add(entry_name(self._target), entry.key.get_name(), entry.key)
        client.set_missing_host_key_policy(self)

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:  # noqa: ARG002
        """Pin this first key, where the operator trusts it. Raises HostKeyError otherwise."""
        if self._lines:  # none that can be read
            raise changed_key(self._target, offered=fingerprint(key))
        _first_contact(self._target, key)


def pin_file(target: Target, folder: Path) -> Path:
    """A file that holds this device's pins alone. Raises HostKeyError when there is none and none may be added."""
    file = folder / "known_hosts"
    lines = pinned_lines(target) or (_first_contact(target, offered_key(target)),)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def changed_key(target: Target, *, offered: str) -> HostKeyError:
    """The device's key is not the pinned one."""
    return HostKeyError(
        f"{target.device.name}: the host key of {target.host} port {target.port} has changed",
        expected=f"the key pinned in {target.known_hosts}",
        found=offered,
        next_step="Find out why before anything else: a replaced box, or someone in between. "
        f"For a replaced box, delete the line of {entry_name(target)} and connect with --trust-new-host-keys",
    )


def _first_contact(target: Target, key: paramiko.PKey) -> str:
    line = f"{entry_name(target)} {key.get_name()} {key.get_base64()}"
    if not target.trust_new_host_key:
        raise HostKeyError(
            f"{target.device.name}: the host key of {target.host} port {target.port} is not known",
            expected=f"a line for {entry_name(target)} in {target.known_hosts}",
            found=fingerprint(key),
            next_step="Compare the fingerprint with the device's own, then connect once with --trust-new-host-keys",
        )
    pin(target.known_hosts, line)
    return line


def fingerprint(key: paramiko.PKey) -> str:
    """Type and SHA256 fingerprint, as ssh shows them."""
    return f"{key.get_name()} {key.fingerprint}"


def offered_key(target: Target) -> paramiko.PKey:
    """The key that the device shows to anybody. No login is tried. Raises UnreachableError without a fit algorithm."""
    try:
        with (
            contextlib.closing(open_ssh_way(target)) as connection,
            contextlib.closing(
                paramiko.Transport(connection, disabled_algorithms=disabled_algorithms(target))
            ) as transport,
        ):
            transport.start_client(timeout=target.timeout)
            return transport.get_remote_server_key()
    except (OSError, EOFError, paramiko.SSHException) as error:
        raise unreachable(target, error) from error


def unreachable(target: Target, error: BaseException) -> UnreachableError:
    """No SSH session, in one sentence that names the address."""
    return UnreachableError(
        f"{target.device.name}: no SSH session to {target.host} port {target.port}{named_way(target)}",
        expected="an SSH server that answers" + ("" if target.device.ssh_legacy else " with modern algorithms"),
        found=plain_reason(error),
        next_step=first_step(target)
        + " power, cabling and the management address"
        + ("" if "algorithm" not in plain_reason(error) else "; an old device needs ssh_legacy in the inventory"),
    )


def plain_reason(error: BaseException) -> str:
    """The first line of what a library says, without its numbers."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return re.sub(r"^\[Errno \w+\] ", "", lines[0]) if lines else type(error).__name__


def pin(file: Path, line: str) -> None:
    """Add a line to the pinned file. Raises StoreError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # One write of one line to a file opened for appending: threads and processes do not mix their lines.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise unreadable(file, error) from error


def entry_name(target: Target) -> str:
    """How a line of the pinned file names this device."""
    return target.host if target.port == SSH_PORT else f"[{target.host}]:{target.port}"


def _lines_with(text: str, word: str) -> Iterator[str]:
    """The lines with this word in them, of many that have not."""
    at = text.find(word)
    while at >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[text.rfind("\n", 0, at) + 1 : end]
        at = text.find(word, end)


def _names(line: str, wanted: str) -> bool:
    if not line.strip() or line.lstrip().startswith(("#", "@")):
        return False
    hosts = line.split(maxsplit=1)[0].split(",")
    return wanted in hosts or any(
        host.startswith(HASHED) and paramiko.HostKeys.hash_host(wanted, host) == host for host in hosts
    )


def unreadable(file: Path, error: OSError) -> StoreError:
    """The pinned file cannot be read or written."""
    return StoreError(
        f"The pinned host keys in {file} cannot be used",
        expected="a file of yours",
        found=error.strerror or str(error),
        next_step="Mend its permissions, or free some space",
    )
