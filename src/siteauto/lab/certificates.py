"""TLS certificates of simulated devices, signed by themselves as those of real boxes are."""

import ssl
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

VALID = timedelta(days=3650)
BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate and its key."""

    der: bytes
    key: str = field(repr=False)

    def server_context(self) -> ssl.SSLContext:
        """TLS as a device serves it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory(prefix="siteauto-lab-") as folder:  # Python reads keys from files alone
            file = Path(folder) / "both.pem"
            file.write_text(ssl.DER_cert_to_PEM_cert(self.der) + self.key, encoding="ascii")
            context.load_cert_chain(file)
        return context


def make_certificate(name: str) -> Certificate:
    """A fresh one for a device of this name, valid by our clock and not the lab's: the operator's machine checks it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BEFORE)
        .not_valid_after(now + VALID)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Certificate(der=certificate.public_bytes(serialization.Encoding.DER), key=private.decode())
