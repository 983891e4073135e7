"""The transport of a whole site: each device by what its platform file names."""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from siteauto.adapters.eapi_transport import EapiTransport
from siteauto.adapters.napalm_transport import NapalmTransport
from siteauto.adapters.netconf_transport import NetconfTransport
from siteauto.adapters.netmiko_transport import NetmikoTransport
from siteauto.core.errors import UsageError
from siteauto.core.ports import Secrets, Session, Target, Transport

JUMPING = ("napalm", "netmiko")  # those whose sessions OpenSSH can carry


class SiteTransport:
    """Implements `ports.Transport` over other transports, by name."""

    def __init__(self, transports: Mapping[str, Transport]) -> None:
        self._transports = transports

    def connect(self, target: Target) -> AbstractContextManager[Session]:
        """Log in with the transport that the platform names. Raises UsageError when there is none."""
        transport = self._transports.get(target.platform.transport)
        if transport is None:
            raise UsageError(
                f"{target.device.name}: platforms/{target.platform.name}.py names an unknown transport",
                expected=", ".join(sorted(self._transports)),
                found=target.platform.transport,
                next_step="Correct the platform file",
            )
        if target.proxy_command and target.platform.transport not in JUMPING:
            raise UsageError(
                f"{target.device.name} is reached by way of a jump host, which {target.platform.title} cannot use here",
                expected=f"one of the transports {', '.join(JUMPING)}",
                found=f"the transport {target.platform.transport}",
                next_step="Run siteauto where the device is reached straight, and leave proxy_jump out for its site",
            )
        return transport.connect(target)


def make_transport(secrets: Secrets, *, inline_transfer: bool = False) -> SiteTransport:
    """The transports that siteauto ships."""
    return SiteTransport(
        {
            "napalm": NapalmTransport(secrets, inline_transfer=inline_transfer),
            "netmiko": NetmikoTransport(secrets),
            "eapi": EapiTransport(secrets),
            "netconf": NetconfTransport(secrets),
        }
    )
