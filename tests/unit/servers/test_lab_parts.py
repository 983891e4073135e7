"""The parts of the lab server that need no root."""

import asyncio
import os
from ipaddress import IPv4Interface

import pytest

from siteauto.core.errors import UsageError
from siteauto.lab.apt_source import AptSource, find_apt_source
from siteauto.lab.server_folders import make_run_folder
from siteauto.lab.server_image import cache_folder, image_path
from siteauto.lab.server_recipe import FILES, LOGIN
from siteauto.lab.server_relay import Relay
from siteauto.lab.spec import lab_gateways

DEBIAN = "http://mirror.example/debian/|bookworm|main|Debian"


def test_the_archive_is_the_distributions_own():
    lines = [
        "https://vendor.example/|bookworm|main|Vendor",
        "http://security.example/|bookworm-security|main|Debian",
        DEBIAN,
    ]
    assert find_apt_source(lines, "bookworm") == AptSource(
        uri="http://mirror.example/debian/", suite="bookworm", components=("main",)
    )


def test_lists_that_were_never_fetched_do_not_say_whose_they_are():
    lines = [
        "http://u.example/|noble|universe|",
        "http://u.example/|noble|main|",
        "http://u.example/|noble-updates|main|",
    ]
    assert find_apt_source(lines, "noble").components == ("main", "universe")


@pytest.mark.parametrize("lines", [[], ["http://mirror.example/|trixie|main|Debian"]])
def test_no_archive_is_said(lines):
    with pytest.raises(UsageError, match="names no archive"):
        find_apt_source(lines, "bookworm")


def test_where_images_are_kept(tmp_path):
    assert str(cache_folder({"SITEAUTO_CACHE": "/c"})) == "/c"
    assert str(cache_folder({"XDG_CACHE_HOME": "/x", "HOME": "/h"})) == "/x/siteauto"
    assert str(cache_folder({"HOME": "/h"})) == "/h/.cache/siteauto"
    assert image_path(tmp_path).parent == tmp_path


def test_the_login_may_become_root():
    sudoers = next(file for file in FILES if "sudoers" in file.path)
    assert (sudoers.mode, sudoers.text) == (0o440, f"{LOGIN} ALL=(ALL) NOPASSWD: ALL\n")


def test_the_servers_own_gateway_comes_first():
    gateways = tuple(IPv4Interface(text) for text in ("10.44.17.1/25", "10.44.19.65/28"))
    assert lab_gateways(gateways, IPv4Interface("10.44.19.66/28")) == gateways[::-1]
    with pytest.raises(ValueError, match="no gateway"):
        lab_gateways(gateways[:1], IPv4Interface("10.44.19.66/28"))


def test_a_folder_that_nobody_holds_is_removed_by_the_next(tmp_path):
    held = make_run_folder(tmp_path)
    left = make_run_folder(tmp_path)
    heir = os.dup(held.lock)  # as a guard inherits it
    held.release()
    left.release()
    fresh = make_run_folder(tmp_path)
    assert {folder.name for folder in tmp_path.glob("*/")} == {held.path.name, fresh.path.name}
    os.close(heir)
    fresh.release()


def test_the_relay_carries_both_ways_until_both_ends_close(tmp_path):
    async def echo(reader, writer):
        writer.write((await reader.read()).upper())
        writer.close()

    async def walk():
        server = await asyncio.start_unix_server(echo, tmp_path / "door")
        relay = Relay("127.0.0.1", 0, tmp_path / "door")
        await relay.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
        writer.write(b"ssh-2.0\n" * 50_000)
        writer.write_eof()
        answer = await reader.read()
        server.close()
        (tmp_path / "door").unlink()
        gone, _ = await asyncio.open_connection("127.0.0.1", relay.port)
        after = await gone.read()
        await relay.stop()
        return answer, after

    assert asyncio.run(walk()) == (b"SSH-2.0\n" * 50_000, b"")
