"""A lab that runs: its world, its servers, and the task that lets its clock's timers fire."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from siteauto.lab.faults import DeviceFaults
from siteauto.lab.identities import Identity, Ports
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.spec import lab_address
from siteauto.lab.ssh_server import DeviceServer
from siteauto.lab.web_server import WebServer
from siteauto.lab.wiring import Wiring
from siteauto.lab.world import World

MANAGEMENT = IPv4Network("10.0.0.0/8")
LOOK_AFTER = 0.5  # seconds between looks at the clock when no timer is due earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class _Servers:
    """All servers of one device: they come and go together."""

    ssh: DeviceServer
    web: WebServer | None

    async def listen_at(self, addresses: set[str]) -> None:
        await self.ssh.listen_at(addresses)
        if self.web is not None:
            await self.web.listen_at(addresses)

    def drop_sessions(self) -> None:
        self.ssh.drop_sessions()
        if self.web is not None:
            self.web.drop_sessions()

    async def close(self) -> None:
        await self.ssh.close()
        if self.web is not None:
            await self.web.close()


def _servers(device: SimulatedDevice, wiring: Wiring, identity: Identity) -> _Servers:
    service, certificate = device.services.web, identity.certificate
    return _Servers(
        ssh=DeviceServer(device, wiring),
        web=WebServer(device, service, wiring, certificate.server_context()) if service and certificate else None,
    )


class RunningLab:
    """Servers for every device of a world. All in one event loop; the devices themselves are plain objects."""

    def __init__(self, world: World, *, ports: Ports, identities: Mapping[str, Identity], legacy: bool = False) -> None:
        self.world = world
        self.ports = ports
        self.faults = {name: DeviceFaults() for name in world.devices}
        self._wirings = {
            name: Wiring(
                ports=ports,
                host_keys=identities[name].host_keys,
                settle=self.settle,
                reboot=self._rebooter(name),
                faults=self.faults[name],
                audience=world.audiences[name],
                legacy=legacy,
            )
            for name in world.devices
        }
        self._servers = {
            name: _servers(device, self._wirings[name], identities[name]) for name, device in world.devices.items()
        }
        self._boots = dict(world.boots)
        self._settling = asyncio.Lock()
        self._ticker: asyncio.Task[None] | None = None

    @property
    def addresses(self) -> dict[str, tuple[str, ...]]:
        """Where each device listens now."""
        return {name: servers.ssh.addresses for name, servers in self._servers.items()}

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
            reached = self.world.open_addresses()
            open_now = {name: () if self.faults[name].has("cut-off") else found for name, found in reached.items()}
            wanted = self._without_doubles(open_now)
            for name, server in self._servers.items():
                if self.world.boots[name] != self._boots[name]:
                    self._boots[name] = self.world.boots[name]
                    server.drop_sessions()
                await server.listen_at(set(server.ssh.addresses) & wanted[name])
            for name, server in self._servers.items():
                await server.listen_at(wanted[name])
                self._wirings[name].open_paths(wanted[name])

    def _without_doubles(self, open_now: Mapping[str, tuple[IPv4Address, ...]]) -> dict[str, set[str]]:
        """Where each device shall listen; of two with one address, the one that had it first answers."""
        wanted = {name: {lab_address(one) for one in found if one in MANAGEMENT} for name, found in open_now.items()}
        taken: set[str] = set()
        for name in sorted(wanted, key=lambda name: not set(self._servers[name].ssh.addresses) & wanted[name]):
            wanted[name] -= taken
            taken |= wanted[name]
        return wanted

    def _rebooter(self, name: str) -> Callable[[], None]:
        return lambda: self.world.reboot(name)

    async def _tick(self) -> None:
        while True:
            due = self.world.clock.seconds_to_next()
            await asyncio.sleep(LOOK_AFTER if due is None else min(LOOK_AFTER, due + 0.001))
            if due is not None and (self.world.clock.seconds_to_next() or 0.0) <= 0.0:
                await self.settle()
