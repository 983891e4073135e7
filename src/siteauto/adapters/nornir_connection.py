"""The Nornir connection `siteauto`: a session with pinned host keys that only reads."""

import contextlib
from typing import Any

from siteauto.core.errors import SiteautoError
from siteauto.core.ports import Session, Target, Transport


class SiteautoConnection:
    """Implements Nornir's ConnectionPlugin. Its target and transport come from `SiteautoInventory`."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._session: Session | None = None

    def open(self, hostname: str | None, *, extras: dict[str, Any] | None = None, **_: object) -> None:
        """Log in. Raises UnreachableError and its children.

        The logins are siteauto's credentials; the others that Nornir hands over are not used.
        """
        target, transport = (extras or {}).get("target"), (extras or {}).get("transport")
        if not isinstance(target, Target) or transport is None:
            raise SiteautoError(
                f"{hostname} did not come from siteauto's inventory",
                expected='inventory={"plugin": "SiteautoInventory", "options": {"site": …}}',
                next_step="Use the plug-in in InitNornir",
            )
        self._session = self._stack.enter_context(_connect(transport, target))

    def close(self) -> None:
        """End the session."""
        self._stack.close()
        self._session = None

    @property
    def connection(self) -> Session:
        """The open session."""
        if self._session is None:
            raise SiteautoError("The connection is not open")
        return self._session


def _connect(transport: Transport, target: Target) -> contextlib.AbstractContextManager[Session]:
    return transport.connect(target)
