"""What the servers of a device need of the lab around it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field

import asyncssh

from siteauto.lab.faults import DeviceFaults
from siteauto.lab.identities import Ports


@dataclass(slots=True, kw_only=True)
class Wiring:
    """One device's own.

    `settle` lets the rest of the lab follow a change; `paths` are open while an operator's packets get to an address;
    `audience` are the command lines that hear what the device says by itself.
    """

    ports: Ports
    host_keys: tuple[asyncssh.SSHKey, ...]
    settle: Callable[[], Awaitable[None]]
    reboot: Callable[[], None]
    faults: DeviceFaults = field(default_factory=DeviceFaults)
    audience: set[Callable[[str], None]] = field(default_factory=set)
    paths: dict[str, asyncio.Event] = field(default_factory=dict)
    legacy: bool = False

    def path_to(self, socket_name: Sequence[object]) -> asyncio.Event:
        """The path of a connection to this end of it: set while packets come through."""
        return self.paths.setdefault(str(socket_name[0]), asyncio.Event())

    def open_paths(self, addresses: set[str]) -> None:
        """From now on packets get to these addresses and to no others; what is on its way elsewhere waits."""
        for address in {*self.paths, *addresses}:
            path = self.paths.setdefault(address, asyncio.Event())
            if address in addresses:
                path.set()
            else:
                path.clear()


async def either(*waits: Coroutine[object, object, object]) -> None:
    """Wait for the first of these, then forget the others."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
