"""The container itself: it starts fresh, stands alone, and goes with its owner, however that ends."""

import asyncio
import fcntl
import signal
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from siteauto.core.errors import UnreachableError
from siteauto.lab.server import LabServer
from siteauto.lab.server_cgroup import own_groups
from siteauto.lab.server_folders import ROOT as RUN_ROOT
from siteauto.lab.server_folders import make_run_folder

from .running import needs_server, new_server, shell, spec, started

PROPAGATE = Path("/run/systemd/nspawn/propagate")

# A lab that is killed: it starts a server, says which, and waits.
OWNER = """
import asyncio, sys
from pathlib import Path
from tests.integration.servers.running import CACHE, spec
from siteauto.lab.server import LabServer
from siteauto.lab.server_image import image_path

async def main():
    server = LabServer(spec(), image=image_path(CACHE), folder=Path(sys.argv[1]))
    await server.start()
    print(server._run.machine, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def traces(name: str) -> list[Path]:
    """All that a container may leave outside."""
    places = [RUN_ROOT / name, PROPAGATE / f"siteauto-{name}", *(one / f"siteauto-{name}" for one in own_groups())]
    return [place for place in places if place.exists()]


@needs_server
def test_two_servers_of_one_image_are_strangers_and_leave_nothing(tmp_path):
    async def walk():
        async with AsyncExitStack() as stack:
            folders = [tmp_path / "one", tmp_path / "two"]
            servers = [new_server(folder) for folder in folders]
            both = zip(servers, folders, strict=True)
            one, two = [await stack.enter_async_context(started(*server)) for server in both]
            await shell(one, folders[0], "sudo touch /etc/marked; sudo systemctl stop cron")
            assert await shell(two, folders[1], "ls /etc/marked 2>/dev/null || systemctl is-active cron") == "active\n"
            assert (await shell(two, folders[1], "ls /sys/class/net")).split() == ["eth0", "lo"]
            assert one.host_key.split()[-1] != two.host_key.split()[-1]
            names = [server._run.machine.removeprefix("siteauto-") for server in servers]
            assert all(traces(name) for name in names)
        return names

    assert not [left for name in asyncio.run(walk()) for left in traces(name)]


@needs_server
@pytest.mark.parametrize("victim", ["owner", "guard"])
def test_a_killed_lab_leaves_nothing(tmp_path, victim):
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    name = owner.stdout.readline().strip().removeprefix("siteauto-")
    with (RUN_ROOT / name / "lock").open() as lock:
        (guard,) = subprocess.run(
            ["pgrep", "-f", f"server_guard /run/siteauto/{name}"], capture_output=True, text=True
        ).stdout.split()
        subprocess.run(["kill", "-KILL", str(owner.pid) if victim == "owner" else guard], check=True)
        fcntl.flock(lock, fcntl.LOCK_EX)  # held until the guard is gone
    if victim == "guard":
        make_run_folder().release()  # whoever starts next clears up
        owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert not traces(name)


@needs_server
def test_an_image_that_does_not_start_says_so_and_leaves_nothing(tmp_path):
    image = tmp_path / "empty"
    image.mkdir()
    server = LabServer(spec(), image=image, folder=tmp_path)
    before = set(RUN_ROOT.glob("*/"))
    with pytest.raises(UnreachableError, match="did not start") as caught:
        asyncio.run(server.start())
    assert "OS" in caught.value.found
    assert not set(RUN_ROOT.glob("*/")) - before
