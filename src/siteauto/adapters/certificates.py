"""TLS certificates: pinned like host keys, in the same file, with the same discipline.

A line of the pinned file is `[HOST]:PORT tls-certificate BASE64`; SSH skips it, because it knows no such kind of key.
"""

import base64
import binascii
import hashlib
import ssl

from siteauto.adapters.host_keys import entry_name, pin, pinned_lines, plain_reason
from siteauto.adapters.jump_host import first_step, named_way, open_way
from siteauto.core.errors import HostKeyError, StoreError, UnreachableError
from siteauto.core.ports import Target

KIND = "tls-certificate"


def pinned_context(target: Target) -> ssl.SSLContext:
    """A TLS context that takes the certificates pinned for this device and no others.

    Raises HostKeyError when there is none and none may be added.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # verifies, and refuses what is older than TLS 1.2
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False  # the pin says which box it is; no box has its address in its certificate
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # a pinned certificate is trusted whoever has signed it
    for certificate in _pinned(target) or (_first_contact(target),):
        context.load_verify_locations(cadata=certificate)
    return context


def refused_certificate(target: Target, error: ssl.SSLCertVerificationError) -> HostKeyError:
    """Why the certificate was not taken: it is another one, or the pinned one is not valid now."""
    offered = _offered(target)
    if offered in _pinned(target):
        return HostKeyError(
            f"{target.device.name}: the pinned certificate of {target.host} port {target.port} is not valid",
            expected="a certificate that holds now",
            found=error.verify_message,
            next_step="Check the clocks here and there; for an expired one, give the device a new certificate, delete "
            f"the line of {entry_name(target)} in {target.known_hosts} and connect with --trust-new-host-keys",
        )
    return HostKeyError(
        f"{target.device.name}: the certificate of {target.host} port {target.port} has changed",
        expected=f"the certificate pinned in {target.known_hosts}",
        found=fingerprint(offered),
        next_step="Find out why before anything else: a replaced box, a new certificate, or someone in between. "
        f"If it is right, delete the line of {entry_name(target)} and connect with --trust-new-host-keys",
    )


def fingerprint(certificate: bytes) -> str:
    """SHA256 of the certificate, as `openssl x509 -fingerprint -sha256` shows it."""
    digest = hashlib.sha256(certificate).hexdigest().upper()
    return "SHA256 " + ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


def unreachable(target: Target, error: BaseException) -> UnreachableError:
    """No HTTPS service, in one sentence that names the address."""
    return UnreachableError(
        f"{target.device.name}: no HTTPS session to {target.host} port {target.port}{named_way(target)}",
        expected="an HTTPS server that answers with TLS 1.2 or newer",
        found=plain_reason(error),
        next_step=f"{first_step(target)} power, cabling and the management address, and that the device's API is on",
    )


def _pinned(target: Target) -> tuple[bytes, ...]:
    found = [line.split() for line in pinned_lines(target)]
    try:
        return tuple(base64.b64decode(words[2], validate=True) for words in found if words[1] == KIND)
    except (IndexError, binascii.Error) as error:
        raise StoreError(
            f"A line of {entry_name(target)} in {target.known_hosts} cannot be read",
            expected=f"{entry_name(target)} {KIND} and a certificate in base64",
            next_step="Delete the line, and connect once with --trust-new-host-keys",
        ) from error


def _first_contact(target: Target) -> bytes:
    offered = _offered(target)
    if not target.trust_new_host_key:
        raise HostKeyError(
            f"{target.device.name}: the certificate of {target.host} port {target.port} is not known",
            expected=f"a line for {entry_name(target)} in {target.known_hosts}",
            found=fingerprint(offered),
            next_step="Compare the fingerprint with the device's own, then connect once with --trust-new-host-keys",
        )
    pin(target.known_hosts, f"{entry_name(target)} {KIND} {base64.b64encode(offered).decode()}")
    return offered


def _offered(target: Target) -> bytes:
    """The certificate that the device shows to anybody. Nothing is sent to it but the handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with open_way(target) as way, context.wrap_socket(way) as connection:
            offered = connection.getpeercert(binary_form=True)
    except OSError as error:
        raise unreachable(target, error) from error
    if offered is None:
        raise unreachable(target, ssl.SSLError("it shows no certificate"))
    return offered
