"""Servers that are not as they should be: each says what is wrong, and nothing is half done."""

import asyncio
import socket
from copy import deepcopy

from siteauto.adapters.ansible_playbooks import AnsiblePlaybooks
from siteauto.core.models import SiteName
from siteauto.lab.server import ServerAccess
from siteauto.testing.fakes import FakeSecrets

from .running import ROOT, SERVER, inventory, needs_server, needs_ssh, running, shell

SITE = SiteName("us-nyc-mad01")


async def play(hosts, *, check):
    books = AnsiblePlaybooks(root=ROOT / "playbooks", secrets=FakeSecrets({f"{SITE}/radius": "radius-secret"}))
    return await asyncio.to_thread(books.run, inventory=hosts, check=check, on_event=lambda event: None)


@needs_ssh
def test_a_server_that_does_not_answer(tmp_path):
    with socket.create_server(("127.44.19.66", 0)) as listener:
        port = listener.getsockname()[1]
    (tmp_path / "known_hosts").write_text("")
    access = ServerAccess(host="127.44.19.66", port=port, user="nobody", key_file=tmp_path / "key", host_key="")
    result = asyncio.run(play(inventory(access, tmp_path), check=True))
    assert result.status == "unreachable"
    assert SERVER.name in result.reason
    assert "Connection refused" in result.reason


@needs_server
def test_a_changed_host_key_and_a_file_that_its_program_refuses(tmp_path):
    async def walk():
        async with running(tmp_path) as access:
            hosts = inventory(access, tmp_path)
            bad = deepcopy(hosts)
            bad["all"]["children"]["site_servers"]["hosts"][SERVER.name]["chrony_servers"] = ["10.10.0.11 soon"]
            refused = await play(bad, check=False)  # a dry run asks no program
            assert refused.status == "failed"
            assert "chrony: Write the time service's configuration" in refused.reason
            assert "Could not parse server directive" in refused.reason
            assert "pool" in await shell(access, tmp_path, "cat /etc/chrony/chrony.conf")

            pinned = tmp_path / "known_hosts"
            pinned.write_text(
                pinned.read_text().replace("AAAAC3NzaC1lZDI1NTE5AAAAI", "AAAAC3NzaC1lZDI1NTE5AAAAIA")[:-2]
            )
            stranger = await play(hosts, check=True)
            assert (stranger.status, len(stranger.tasks)) == ("unreachable", 1)
            assert "Host key verification failed" in stranger.reason

    asyncio.run(walk())
