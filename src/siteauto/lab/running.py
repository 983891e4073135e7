"""A lab that runs: its world, its servers, and the task that lets its clock's timers fire."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv4Network

import asyncssh

from siteauto.lab.faults import DeviceFaults
from siteauto.lab.ssh_server import DeviceServer, Wiring
from siteauto.lab.world import World

MANAGEMENT = IPv4Network("10.0.0.0/8")
LOOK_AFTER = 0.5  # seconds between looks at the clock when no timer is due earlier


def lab_address(address: IPv4Address) -> str:
    """Where the lab serves a management address: 10.a.b.c at 127.a.b.c."""
    return "127." + str(address).split(".", 1)[1]


class RunningLab:
    """Servers for every device of a world. All in one event loop; the devices themselves are plain objects."""

    def __init__(
        self, world: World, *, port: int, host_keys: Mapping[str, tuple[asyncssh.SSHKey, ...]], legacy: bool = False
    ) -> None:
        self.world = world
        self.port = port
        self.faults = {name: DeviceFaults() for name in world.devices}
        self._wirings = {
            name: Wiring(
                port=port,
                host_keys=host_keys[name],
                settle=self.settle,
                reboot=self._rebooter(name),
                faults=self.faults[name],
                legacy=legacy,
            )
            for name in world.devices
        }
        self._servers = {name: DeviceServer(device, self._wirings[name]) for name, device in world.devices.items()}
        self._boots = dict(world.boots)
        self._settling = asyncio.Lock()
        self._ticker: asyncio.Task[None] | None = None

    @property
    def addresses(self) -> dict[str, tuple[str, ...]]:
        """Where each device listens now."""
        return {name: server.addresses for name, server in self._servers.items()}

    async def start(self) -> None:
        """Open the listeners and let the clock run."""
        await self.settle()
        self._ticker = asyncio.get_running_loop().create_task(self._tick())

    async def stop(self) -> None:
        """Close everything."""
        if self._ticker is not None:
            self._ticker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticker
        for server in self._servers.values():
            await server.close()

    async def settle(self) -> None:
        """Let listeners, sessions and paths follow what has changed in the world."""
        async with self._settling:
            self.world.clock.run_due()
            open_now = self.world.open_addresses()
            wanted = self._without_doubles(open_now)
            for name, server in self._servers.items():
                if self.world.boots[name] != self._boots[name]:
                    self._boots[name] = self.world.boots[name]
                    server.drop_sessions()
                await server.listen_at(set(server.addresses) & wanted[name])
            for name, server in self._servers.items():
                await server.listen_at(wanted[name])
                self._open_path(name, is_open=bool(open_now[name]))

    def _without_doubles(self, open_now: Mapping[str, tuple[IPv4Address, ...]]) -> dict[str, set[str]]:
        """Where each device shall listen; of two with one address, the one that had it first answers."""
        wanted = {name: {lab_address(one) for one in found if one in MANAGEMENT} for name, found in open_now.items()}
        taken: set[str] = set()
        for name in sorted(wanted, key=lambda name: not set(self._servers[name].addresses) & wanted[name]):
            wanted[name] -= taken
            taken |= wanted[name]
        return wanted

    def _open_path(self, name: str, *, is_open: bool) -> None:
        path = self._wirings[name].path_open
        if is_open:
            path.set()
        else:
            path.clear()

    def _rebooter(self, name: str) -> Callable[[], None]:
        return lambda: self.world.reboot(name)

    async def _tick(self) -> None:
        while True:
            due = self.world.clock.seconds_to_next()
            await asyncio.sleep(LOOK_AFTER if due is None else min(LOOK_AFTER, due + 0.001))
            if due is not None and (self.world.clock.seconds_to_next() or 0.0) <= 0.0:
                await self.settle()
