"""Which logins a device took and which it refused, so that no password is sent twice to a door that stays shut."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from siteauto.core.errors import AuthenticationError
from siteauto.core.ports import Credential, Secrets, Target

Connection = TypeVar("Connection")


@dataclass(slots=True)
class _Door:
    """What is known of one device under one configuration."""

    accepted: Credential | None = None
    refused: set[Credential] = field(default_factory=set)


class Logins:
    """Tries a target's credentials in order and remembers. One per transport, shared by its threads."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._doors: dict[tuple[str, int, int], _Door] = {}
        self._lock = threading.Lock()

    def log_in(self, target: Target, attempt: Callable[[str, str], Connection]) -> Connection:
        """What `attempt(user, password)` returns for the first credential that is let in.

        `attempt` raises AuthenticationError when refused. Raises that when every credential was, now or earlier.
        """
        door = self._door(target)
        for credential in self._worth_trying(target):
            try:
                connection = attempt(credential.username, self._secrets.resolve(credential.password))
            except AuthenticationError:
                door.refused.add(credential)
                continue
            door.accepted = credential
            return connection
        raise AuthenticationError(
            f"{target.device.name}: every login was refused at {target.host} port {target.port}",
            expected="one of " + ", ".join(f"{one.username} ({one.password})" for one in target.credentials),
            found="refused, each tried once",
            next_step="Check the secrets, and the device's AAA on its console; none is tried again in this run",
        )

    def _door(self, target: Target) -> _Door:
        with self._lock:
            return self._doors.setdefault((target.host, target.port, target.generation), _Door())

    def _worth_trying(self, target: Target) -> list[Credential]:
        """Those not refused yet, the accepted one first; and last what another configuration of the device took."""
        door = self._door(target)
        untried = [one for one in target.credentials if one not in door.refused]
        with self._lock:
            others = [other for key, other in self._doors.items() if key[:2] == (target.host, target.port)]
        elsewhere = [other.accepted for other in others if other.accepted in door.refused]
        return sorted(untried, key=lambda one: one != door.accepted) + [one for one in elsewhere if one is not None]
