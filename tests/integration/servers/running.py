"""A lab server for tests, and the inventory to play it with."""

import asyncio
import os
import shutil
import subprocess
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.intent.build import build_intents
from siteauto.core.intent.server_inventory import Login, build_inventory
from siteauto.core.models import SiteName
from siteauto.lab.server import LabServer, ServerSpec
from siteauto.lab.server_image import cache_folder, image_path
from siteauto.lab.server_support import server_support
from siteauto.lab.spec import lab_gateways
from siteauto.platforms import load_platforms

ROOT = Path(__file__).parents[3]
PLATFORMS = load_platforms()
SITE = YamlInventory(ROOT / "inventory", PLATFORMS).site(SiteName("us-nyc-mad01"))
INTENTS = build_intents(SITE, PLATFORMS)
SERVER = SITE.device("srv1")

CACHE = cache_folder(os.environ)
UNTESTED = server_support(CACHE)
needs_server = pytest.mark.skipif(UNTESTED is not None, reason=f"UNTESTED, because {UNTESTED}")
needs_ssh = pytest.mark.skipif(shutil.which("ssh") is None, reason="UNTESTED, because ssh is not installed")


def spec(host="127.44.19.66"):
    gateways = tuple(gateway.address for intent in INTENTS for gateway in intent.gateways)
    return ServerSpec(
        name=SERVER.name,
        address=SERVER.address,
        gateways=lab_gateways(gateways, SERVER.address),
        host=host,
        port=0,
    )


@asynccontextmanager
async def started(server: LabServer, folder: Path):
    """How to get into this server while it runs; its key is pinned in `known_hosts` of the folder."""
    access = await server.start()
    (folder / "known_hosts").write_text(f"{access.host_key}\n", encoding="ascii")
    try:
        yield access
    finally:
        await server.stop()


def new_server(folder: Path) -> LabServer:
    """A server that is not started yet."""
    return LabServer(spec(), image=image_path(CACHE), folder=folder)


def running(folder: Path):
    """A new server, started, and how to get in."""
    return started(new_server(folder), folder)


def inventory(access, folder: Path, **organisation):
    changed = replace(SITE.organisation, **organisation)
    return build_inventory(
        replace(SITE, organisation=changed),
        [replace(intent, organisation=changed) for intent in INTENTS],
        hosts={SERVER.name: (access.host, access.port)},
        login=Login(user=access.user, known_hosts=folder / "known_hosts", key_file=access.key_file),
    )


async def shell(access, folder: Path, command: str, stdin: str = "") -> str:
    """The output of a command on the server; it must succeed. The relay runs in this loop, so ssh must not block it."""
    options = [f"UserKnownHostsFile={folder / 'known_hosts'}", "StrictHostKeyChecking=yes", "LogLevel=ERROR"]
    words = ["ssh", "-i", str(access.key_file), "-p", str(access.port), *(f"-o{option}" for option in options)]
    words += [f"{access.user}@{access.host}", command]
    done = await asyncio.to_thread(
        subprocess.run, words, input=stdin, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
