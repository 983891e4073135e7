"""A jump host on loopback: the real OpenSSH client goes there, and it only forwards."""

import asyncio
import contextlib
import subprocess
import threading

import asyncssh


class Gate(asyncssh.SSHServer):
    """Lets one key in and forwards; it has no shell."""

    def __init__(self, passed):
        self._passed = passed

    def connection_requested(self, dest_host, dest_port, orig_host, orig_port):
        self._passed.append((dest_host, dest_port))
        return True


@contextlib.contextmanager
def jump_gate(folder):
    """Its port, its ssh configuration, and where it has led to."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "key"], check=True)
    host_key, passed, started = asyncssh.generate_private_key("ssh-ed25519"), [], threading.Event()
    loop, server = asyncio.new_event_loop(), []

    async def serve():
        server.append(
            await asyncssh.listen(
                "127.0.0.1",
                0,
                server_host_keys=[host_key],
                server_factory=lambda: Gate(passed),
                authorized_client_keys=str(folder / "key.pub"),
            )
        )
        started.set()

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(serve(), loop).result(10)
    started.wait(10)
    port = server[0].get_port()
    public = host_key.export_public_key().decode().split()
    (folder / "known").write_text(f"[127.0.0.1]:{port} {public[0]} {public[1]}\n")
    config = folder / "ssh_config"
    config.write_text(
        f"Host *\n  IdentityFile {folder}/key\n  IdentitiesOnly yes\n  UserKnownHostsFile {folder}/known\n"
        "  GlobalKnownHostsFile /dev/null\n"
    )
    yield port, config, passed

    async def stop():
        server[0].close()
        await server[0].wait_closed()

    asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
