"""The lab's Linux server: a real one in a systemd container without a network, reached by SSH on loopback."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path

import asyncssh

from siteauto.core.errors import UnreachableError
from siteauto.lab.server_folders import RunFolder, make_run_folder, remove_run
from siteauto.lab.server_recipe import LOGIN
from siteauto.lab.server_relay import Relay

_LIBRARY = Path(__file__).parents[2]  # the folder that holds the package
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSpec:
    """A server to run. `gateways`: the addresses that the site's firewall has, the server's own gateway first."""

    name: str
    address: IPv4Interface
    gateways: tuple[IPv4Interface, ...]
    host: str  # where the lab serves it: 127.a.b.c
    port: int  # 0: any


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAccess:
    """How Ansible gets in. `host_key` is the line of a known_hosts file."""

    host: str
    port: int
    user: str
    key_file: Path
    host_key: str


class LabServer:
    """One container. It starts as a fresh machine every time, and goes when its owner stops it or dies."""

    def __init__(self, spec: ServerSpec, *, image: Path, folder: Path) -> None:
        self.spec = spec
        self._image = image
        self._folder = folder  # of the lab; the login key is kept here
        self._run: RunFolder | None = None
        self._relay: Relay | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    async def start(self) -> ServerAccess:
        """Boot it and wait until sshd answers. Raises UnreachableError with what the container said."""
        run = self._run = make_run_folder()
        host_key = asyncssh.generate_private_key("ssh-ed25519")
        async with AsyncExitStack() as undo:
            undo.push_async_callback(self.stop)
            key_file = _write_seed(self.spec, run.seed, self._folder, host_key)
            await self._boot_in_time(run)
            relay = self._relay = Relay(self.spec.host, self.spec.port, run.door)
            await relay.start()
            undo.pop_all()
        public = " ".join(host_key.export_public_key().decode().split()[:2])
        return ServerAccess(
            host=relay.host,
            port=relay.port,
            user=LOGIN,
            key_file=key_file,
            host_key=f"[{relay.host}]:{relay.port} {public}",
        )

    async def stop(self) -> None:
        """Shut it down and leave nothing. Harmless when it is not running."""
        if self._relay is not None:
            await self._relay.stop()
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
            await asyncio.to_thread(self._guard.wait)
        elif self._run is not None:
            remove_run(self._run.path)
        self._relay = self._guard = self._run = None

    @property
    def _log(self) -> Path:
        return self._folder / f"{self.spec.name}.console.log"

    async def _boot_in_time(self, run: RunFolder) -> None:
        try:
            await asyncio.wait_for(self._boot(run), _START_SECONDS)
        except (TimeoutError, EOFError) as error:
            raise UnreachableError(
                f"The lab's server {self.spec.name} did not start",
                expected=f"an SSH banner within {_START_SECONDS:.0f} s",
                found=_tail(self._log),
                next_step=f"See {self._log}",
            ) from error

    async def _boot(self, run: RunFolder) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.setblocking(False)  # noqa: FBT003 - the standard library's signature
            notices.bind(f"\0{run.machine}-{secrets.token_hex(8)}")
            self._guard = self._start_guard(run, notify=notices.getsockname()[1:].decode())
            run.release()  # the guard alone holds the folder now
            await _until_ready(notices, self._guard)
        await _read_banner(run.door)

    def _start_guard(self, run: RunFolder, *, notify: str) -> subprocess.Popen[bytes]:
        environment = {"PATH": _PATH, "PYTHONPATH": str(_LIBRARY), "NOTIFY_SOCKET": f"@{notify}"}
        command = [sys.executable, "-P", "-m", "siteauto.lab.server_guard", str(run.path)]
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [*command, *_nspawn(self.spec, run, self._image)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=environment,
                pass_fds=[run.lock],
                start_new_session=True,  # Ctrl-C is for the owner alone
            )


def _nspawn(spec: ServerSpec, run: RunFolder, image: Path) -> list[str]:
    return [
        *("systemd-nspawn", "--quiet", "--boot", "--notify-ready=yes", "--register=no", "--keep-unit"),
        # The image is shared by all labs: read-only, under an overlay that is thrown away.
        *(f"--directory={image}", "--read-only", "--volatile=overlay"),
        *("--private-network", "--resolv-conf=off", "--timezone=off", "--link-journal=no", "--settings=no"),
        *(f"--machine={run.machine}", f"--hostname={spec.name}", "--console=pipe"),
        *(f"--bind-ro={run.seed}:/run/lab/seed", f"--bind={run.door.parent}:/run/lab/door"),
        "systemd.show_status=no",
    ]


def _write_seed(spec: ServerSpec, seed: Path, folder: Path, host_key: asyncssh.SSHKey) -> Path:
    """What the container needs to know, and the key to log in with, which stays outside. Returns that key's file."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    login = asyncssh.generate_private_key("ssh-ed25519", comment=f"lab {spec.name}")
    key_file = folder / f"{spec.name}.key"
    _write_private(key_file, login.export_private_key())
    _write_private(seed / "ssh_host_ed25519_key", host_key.export_private_key())
    (seed / "ssh_host_ed25519_key.pub").write_bytes(host_key.export_public_key())
    (seed / "authorized_keys").write_bytes(login.export_public_key())
    gateways = " ".join(str(gateway) for gateway in spec.gateways)
    network = {"ADDRESS": spec.address, "GATEWAY": spec.gateways[0].ip, "GATEWAYS": gateways}
    (seed / "network").write_text("".join(f"{key}='{value}'\n" for key, value in network.items()), encoding="ascii")
    return key_file


def _write_private(file: Path, content: bytes) -> None:
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)


async def _until_ready(notices: socket.socket, guard: subprocess.Popen[bytes]) -> None:
    """Return when the container's own systemd says that it is up. Raises EOFError when the container ends first."""
    loop = asyncio.get_running_loop()
    ended = os.pidfd_open(guard.pid)
    reading = asyncio.ensure_future(_read_ready(notices))
    loop.add_reader(ended, reading.cancel)
    try:
        await asyncio.wait({reading})
        if reading.cancelled():
            raise EOFError
    finally:
        reading.cancel()
        loop.remove_reader(ended)
        os.close(ended)


async def _read_ready(notices: socket.socket) -> None:
    while b"READY=1" not in (await asyncio.get_running_loop().sock_recv(notices, 4096)).split(b"\n"):
        pass


async def _read_banner(door: Path) -> None:
    reader, writer = await asyncio.open_unix_connection(door)
    banner = await reader.readline()
    writer.close()
    if not banner.startswith(b"SSH-"):
        raise EOFError


def _tail(log: Path) -> str:
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return " / ".join(lines[-3:]) or "nothing on its console"


def lab_host(address: IPv4Address) -> str:
    """Where the lab serves 10.a.b.c."""
    return "127." + str(address).partition(".")[2]
