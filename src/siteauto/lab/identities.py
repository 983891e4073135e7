"""What simulated devices prove themselves with, where they listen, and the file that pins all of it."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncssh

from siteauto.lab.certificates import Certificate, make_certificate
from siteauto.lab.shell import SimulatedDevice

ALGORITHMS = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One device's host keys, and its certificate where it serves HTTPS."""

    host_keys: tuple[asyncssh.SSHKey, ...]
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The ports of a lab, the same at every device's addresses."""

    ssh: int
    https: int


def make_identities(devices: Mapping[str, SimulatedDevice]) -> dict[str, Identity]:
    """Fresh ones: ed25519, ECDSA and RSA keys, and a certificate that the device has signed itself."""
    return {
        name: Identity(
            host_keys=tuple(asyncssh.generate_private_key(algorithm) for algorithm in ALGORITHMS),
            certificate=make_certificate(name) if device.services.web else None,
        )
        for name, device in devices.items()
    }


def pins(addresses: Mapping[str, Sequence[str]], identities: Mapping[str, Identity], ports: Ports) -> str:
    """Lines of the pinned file: every address of every device, with its host keys and its certificate."""
    return "".join(
        line
        for name, found in addresses.items()
        for address in dict.fromkeys(found)
        for line in _lines(address, identities[name], ports)
    )


def _lines(address: str, identity: Identity, ports: Ports) -> list[str]:
    keys = (" ".join(key.export_public_key().decode().split()[:2]) for key in identity.host_keys)
    lines = [f"[{address}]:{ports.ssh} {key}\n" for key in keys]
    if identity.certificate is not None:
        text = base64.b64encode(identity.certificate.der).decode()
        lines.append(f"[{address}]:{ports.https} tls-certificate {text}\n")
    return lines
