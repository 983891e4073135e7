"""The whole of the server part: a real Linux server, configured by real Ansible, asked by real protocols."""

import asyncio
import json
import tempfile
from pathlib import Path

from siteauto.adapters.ansible_playbooks import AnsiblePlaybooks
from siteauto.testing.fakes import FakeSecrets

from .running import ROOT, SERVER, inventory, needs_server, running, shell

SECRET = 'it\'s "odd" \\ {{ 7 * 7 }} $HOME #é'
PROBE = (Path(__file__).parent / "site_probe.py").read_text(encoding="utf-8")
CORP, VOICE, POS, GUEST = "10.44.17.1", "10.44.18.1", "10.44.18.193", "10.44.16.1"
# Takes a package away, and offers one of the same name in an archive on the server's own disk.
MAKE_ARCHIVE = r"""
set -eu
dpkg --purge --force-depends logrotate
mkdir -p /srv/archive/package/DEBIAN
cd /srv/archive
printf 'Package: logrotate\nVersion: 9\nArchitecture: all\nMaintainer: lab\nDescription: lab\n' > package/DEBIAN/control
dpkg-deb --build package logrotate.deb
{
  dpkg-deb --field logrotate.deb
  echo "Filename: ./logrotate.deb"
  echo "Size: $(stat -c %s logrotate.deb)"
  echo "SHA256: $(sha256sum < logrotate.deb | cut -d' ' -f1)"
} > Packages
echo 'deb [trusted=yes] file:/srv/archive ./' > /etc/apt/sources.list
"""
CLIENT = "10.44.19.34"  # sw1


def books(secret=SECRET):
    return AnsiblePlaybooks(root=ROOT / "playbooks", secrets=FakeSecrets({"us-nyc-mad01/radius": secret}))


async def play(hosts, *, check, on_event=lambda event: None):
    return await asyncio.to_thread(books().run, inventory=hosts, check=check, on_event=on_event)


@needs_server
def test_a_fresh_server_is_planned_configured_and_then_left_alone(tmp_path, monkeypatch):
    with tempfile.TemporaryDirectory(dir="/tmp") as scratch:  # pytest's own path is too long for ssh's socket
        monkeypatch.setattr(tempfile, "tempdir", scratch)
        asyncio.run(_walk(tmp_path))
        assert not list(Path(scratch).iterdir())


async def _walk(folder):
    async with running(folder) as access:
        hosts = inventory(access, folder)
        assert "odd" not in json.dumps(hosts)

        planned = await play(hosts, check=True)
        assert (planned.status, planned.reason) == ("successful", "")
        assert (await shell(access, folder, "ls /etc/dnsmasq.d")).split() == ["README"]
        names = next(task for task in planned.changed if task.task.endswith("DHCP scopes"))
        assert "+dhcp-option=tag:voice,150,10.10.4.11,10.10.4.12" in names.diff.splitlines()

        await shell(access, folder, "sudo sh", MAKE_ARCHIVE)
        lacking = await play(hosts, check=True)
        assert (lacking.status, lacking.reason) == ("successful", "")
        assert [task.message for task in lacking.changed] == ["To be installed: logrotate"]
        assert not await shell(access, folder, "which logrotate || true")

        events = []
        played = await play(hosts, check=False, on_event=events.append)
        assert (played.status, played.reason) == ("successful", "")
        assert {task.task for task in planned.changed} < {task.task for task in played.changed}
        assert "logrotate" in next(task.diff for task in played.changed if task.task == "Install the packages")
        assert len(events) == 2 * len(played.tasks)
        assert {event.device for event in events} == {SERVER.name}
        assert "odd" not in repr((planned, played, events))

        again = await play(hosts, check=False)
        assert (again.status, again.changed) == ("successful", ())
        await _ask_the_services(access, folder)


async def _ask_the_services(access, folder):
    await shell(access, folder, f"sudo ip -n site address add {CLIENT}/32 dev uplink")
    words = " ".join(_quoted(word) for word in ("10.44.19.66", SECRET, CLIENT, CORP, VOICE, POS, GUEST))
    found = json.loads(await shell(access, folder, f"sudo ip netns exec site python3 - {words}", PROBE))
    corp, voice, pos, guest = found["leases"]
    assert corp["address"].startswith("10.44.17.")
    assert (corp["3"], corp["6"], corp["42"]) == ([CORP], ["10.44.19.66"], ["10.44.19.66"])
    assert (corp["seconds"], corp["domain"]) == (86400, "us-nyc-mad01.net.maisonverre.example")
    assert (voice["150"], voice["boot_server"]) == (["10.10.4.11", "10.10.4.12"], "10.10.4.11")
    assert "6" not in pos
    assert (guest["6"], guest["seconds"]) == (["9.9.9.9", "149.112.112.112"], 14400)
    assert "42" not in guest
    assert found["reserved"]["address"] == "10.44.19.43"
    assert found["forward"] == bytes([10, 44, 19, 34]).hex()
    assert bytes.fromhex(found["backward"]).startswith(b"\x10us-nyc-mad01-sw1")
    assert found["unknown"] == ""
    assert found["stratum"] == 10
    assert found["radius"] == 3  # Access-Reject, proved with the secret
    assert "SYS-5-CONFIG_I" in await shell(access, folder, f"sudo cat /var/log/network/{CLIENT}.log")
    assert (await shell(access, folder, "hostname; readlink /etc/localtime")).split() == [
        SERVER.name,
        "/usr/share/zoneinfo/America/New_York",
    ]


def _quoted(word):
    return "'" + word.replace("'", "'\\''") + "'"
