"""The transport of a whole site: each device by what its platform file names."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from siteauto.adapters.napalm_transport import NapalmTransport
from siteauto.adapters.netmiko_transport import NetmikoTransport
from siteauto.core.errors import UsageError
from siteauto.core.ports import Secrets, Session, Target, Transport


class SiteTransport:
    """Implements `ports.Transport` over other transports, by name; each is made when it is first wanted."""

    def __init__(self, transports: Mapping[str, Callable[[], Transport]]) -> None:
        self._transports = transports
        self._made: dict[str, Transport] = {}
        self._lock = threading.Lock()

    def connect(self, target: Target) -> AbstractContextManager[Session]:
        """Log in with the transport that the platform names. Raises UsageError when there is none."""
        if target.platform.transport not in self._transports:
            raise UsageError(
                f"{target.device.name}: platforms/{target.platform.name}.py names an unknown transport",
                expected=", ".join(sorted(self._transports)),
                found=target.platform.transport,
                next_step="Correct the platform file",
            )
        return self._transport(target.platform.transport).connect(target)

    def _transport(self, name: str) -> Transport:
        """One for all threads: it knows which passwords were refused."""
        with self._lock:
            if name not in self._made:
                self._made[name] = self._transports[name]()
            return self._made[name]


def make_transport(secrets: Secrets, *, inline_transfer: bool = False) -> SiteTransport:
    """The transports that siteauto ships."""

    def eapi() -> Transport:
        from siteauto.adapters.eapi_transport import EapiTransport  # its library takes a third of a second

        return EapiTransport(secrets)

    def netconf() -> Transport:
        from siteauto.adapters.netconf_transport import NetconfTransport  # so does this one

        return NetconfTransport(secrets)

    return SiteTransport(
        {
            "napalm": lambda: NapalmTransport(secrets, inline_transfer=inline_transfer),
            "netmiko": lambda: NetmikoTransport(secrets),
            "eapi": eapi,
            "netconf": netconf,
        }
    )
