"""What the servers of a device need of the lab around it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field

import asyncssh

from siteauto.lab.faults import DeviceFaults
from siteauto.lab.identities import Ports


@dataclass(slots=True, kw_only=True)
class Wiring:
    """One device's own.

    `settle` lets the rest of the lab follow a change; `path_open` is set while an operator's packets get here;
    `audience` are the command lines that hear what the device says by itself.
    """

    ports: Ports
    host_keys: tuple[asyncssh.SSHKey, ...]
    settle: Callable[[], Awaitable[None]]
    reboot: Callable[[], None]
    faults: DeviceFaults = field(default_factory=DeviceFaults)
    audience: set[Callable[[str], None]] = field(default_factory=set)
    path_open: asyncio.Event = field(default_factory=asyncio.Event)
    legacy: bool = False


async def either(*waits: Coroutine[object, object, object]) -> None:
    """Wait for the first of these, then forget the others."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
