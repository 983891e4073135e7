"""Host keys of simulated devices, and the known_hosts file that pins them."""

from collections.abc import Mapping, Sequence

import asyncssh

ALGORITHMS = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa")


def make_host_keys() -> tuple[asyncssh.SSHKey, ...]:
    """Fresh ed25519, ECDSA and RSA keys of one device."""
    return tuple(asyncssh.generate_private_key(algorithm) for algorithm in ALGORITHMS)


def known_hosts(
    addresses: Mapping[str, Sequence[str]], keys: Mapping[str, tuple[asyncssh.SSHKey, ...]], port: int
) -> str:
    """Lines of a known_hosts file: every address of every device on the lab's port."""
    return "".join(
        f"[{address}]:{port} {' '.join(key.export_public_key().decode().split()[:2])}\n"
        for name, found in addresses.items()
        for address in dict.fromkeys(found)
        for key in keys[name]
    )
