"""A device on the wire: an SSH server for its terminal and its flash, at whatever addresses it has now."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable

import asyncssh

from siteauto.lab.faults import DeviceFaults, FaultyShell
from siteauto.lab.output import Output, joined
from siteauto.lab.scp import FlashServer
from siteauto.lab.services import Dialogue
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.terminal import Terminal, as_bytes
from siteauto.lab.visits import FaultyVisit, StruckDialogue
from siteauto.lab.wiring import Wiring, either

LOGGER = logging.getLogger(__name__)
MODERN_KEX = (
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group-exchange-sha256",  # the one that plain Netmiko offers to a FortiGate
)
LEGACY_KEX = ("diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1")
MODERN_SIGNATURES = ("ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256")


class DeviceServer:
    """Serves one device. Sessions outlive a path that is cut for a while, not a loss of power."""

    def __init__(self, device: SimulatedDevice, wiring: Wiring) -> None:
        self._device = device
        self._wiring = wiring
        self._listeners: dict[str, asyncssh.SSHAcceptor] = {}
        self._connections: set[asyncssh.SSHServerConnection] = set()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it listens now."""
        return tuple(self._listeners)

    async def listen_at(self, addresses: Iterable[str]) -> None:
        """Listen at these addresses and no others."""
        wanted = set(addresses)
        for address in set(self._listeners) - wanted:
            self._listeners.pop(address).close()
        for address in sorted(wanted - set(self._listeners)):
            self._listeners[address] = await self._listen(address)

    def drop_sessions(self) -> None:
        """Break every connection, as a loss of power does."""
        for connection in tuple(self._connections):
            connection.abort()

    async def close(self) -> None:
        """Stop listening and break what is open."""
        await self.listen_at(())
        self.drop_sessions()

    async def _listen(self, address: str) -> asyncssh.SSHAcceptor:
        wiring = self._wiring
        return await asyncssh.listen(
            address,
            wiring.ports.ssh,
            server_factory=lambda: _Login(self._device, wiring.faults, self._connections),
            server_host_keys=list(wiring.host_keys),
            process_factory=self._serve,
            sftp_factory=lambda channel: FlashServer(channel, self._device),
            allow_scp=True,
            encoding=None,
            line_editor=False,
            server_version="lab",
            kex_algs=list(MODERN_KEX + (LEGACY_KEX if wiring.legacy else ())),
            signature_algs=list(MODERN_SIGNATURES + (("ssh-rsa",) if wiring.legacy else ())),
        )

    async def _serve(self, process: "asyncssh.SSHServerProcess[bytes]") -> None:
        user = process.get_extra_info("username")
        if process.subsystem is not None:
            await self._serve_subsystem(process, user, process.subsystem)
            return
        if process.command is not None:
            answer = self._device.execute(user, process.command)
            await self._wiring.settle()
            process.stdout.write((answer or "").encode())
            process.exit(0 if answer is not None else 1)
            return
        shell = FaultyShell(self._device.shell(user), self._wiring.faults, reboot=self._wiring.reboot)

        def hear(text: str) -> None:
            if not process.is_closing():
                process.stdout.write(as_bytes(text))

        self._wiring.audience.add(hear)
        try:
            await self._converse(process, Terminal(shell))
        finally:
            self._wiring.audience.discard(hear)

    async def _serve_subsystem(self, process: "asyncssh.SSHServerProcess[bytes]", user: str, name: str) -> None:
        begin = self._device.services.subsystems.get(name)
        if begin is None:
            process.exit(1)
            return
        visit = FaultyVisit(faults=self._wiring.faults, authenticate=self._device.authenticate)
        with contextlib.closing(StruckDialogue(begin(user, visit), visit, reboot=self._wiring.reboot)) as dialogue:
            await self._converse(process, dialogue)

    async def _converse(self, process: "asyncssh.SSHServerProcess[bytes]", terminal: Dialogue) -> None:
        for output in terminal.open():
            await self._send(process, output)
        while not process.is_closing():
            try:
                data = await process.stdin.read(65536)
            except (asyncssh.TerminalSizeChanged, asyncssh.BreakReceived, asyncssh.SignalReceived):
                continue
            if not data:
                break
            for output in joined(terminal.feed(data)):
                if not await self._send(process, output):
                    return
        process.exit(0)

    async def _send(self, process: "asyncssh.SSHServerProcess[bytes]", output: Output) -> bool:
        """Put it on the wire; False: the session is over. While the path is cut, nothing gets through."""
        if output.answer:
            await self._wiring.settle()
            path = self._wiring.path_to(process.get_extra_info("sockname"))
            await either(path.wait(), process.channel.wait_closed())
        if output.delay:
            await asyncio.sleep(output.delay)
        if output.hang:
            await process.channel.wait_closed()
        if process.is_closing():
            return False
        process.stdout.write(output.data)
        if output.close:
            await process.stdout.drain()
            process.exit(0)
            process.channel.get_connection().close()
        return not output.close


class _Login(asyncssh.SSHServer):
    """Password authentication against the device's present configuration."""

    def __init__(
        self, device: SimulatedDevice, faults: DeviceFaults, connections: set[asyncssh.SSHServerConnection]
    ) -> None:
        self._device = device
        self._faults = faults
        self._connections = connections
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._connection is not None:
            self._connections.discard(self._connection)
        if exc is not None and not isinstance(exc, asyncssh.Error | OSError):
            LOGGER.error("%s: a defect of the simulated device ended a session", self._device.name, exc_info=exc)

    def begin_auth(self, username: str) -> bool:  # noqa: ARG002
        banner = self._device.login_banner()
        if banner and self._connection is not None:
            self._connection.send_auth_banner(banner)
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        visit = FaultyVisit(faults=self._faults, authenticate=self._device.authenticate)
        return visit.lets_in(username, password)
