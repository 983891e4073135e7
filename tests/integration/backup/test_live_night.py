"""A night on live devices, as an operator sets it up: policy, settings, a remote, figures and notices.

The device is a box that is only read, at the lab's address; to siteauto it is as live as any.
"""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from siteauto.adapters.age_seal import new_pair, unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.backup_state_file import BackupStateFile
from siteauto.adapters.state_folder import StateFolder
from siteauto.app.backups import make_unsealer, open_copies
from siteauto.app.night import Request, run_night
from siteauto.app.settings import Settings
from siteauto.core.backup import BackupStatus
from siteauto.core.change.lease import Lease
from siteauto.core.errors import SecretError

from .conftest import ROOT, SITE

BOX = f"{SITE}-old-sw1"
PAIR = new_pair()


@pytest.fixture
def home(site_lab, tmp_path):
    """Settings of an operator with a repository, a remote, and a program that is told."""
    site_lab.lab.control("clear")
    for folder in ("inventory", "templates", "playbooks"):
        shutil.copytree(ROOT / folder, tmp_path / "repo" / folder)
    target = site_lab.target("sw1")
    file = tmp_path / "repo" / "inventory" / "sites" / f"{SITE}.yaml"
    box = {"platform": "cisco_ios", "address": target.host, "port": target.port}
    box["login"] = {"username": "day0", "password": f"secret://{SITE}/bootstrap"}
    file.write_text(file.read_text() + yaml.safe_dump({"backup_only": {"old-sw1": box}}))
    subprocess.run(["git", "init", "-q", "--bare", "--initial-branch=main", tmp_path / "remote.git"], check=True)
    policy = {"version": "1", "recipients": [PAIR.recipient], "remote": str(tmp_path / "remote.git")}
    (tmp_path / "repo" / "backup.yaml").write_text(yaml.safe_dump(policy))
    program = tmp_path / "tell"
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/told\n")
    program.chmod(0o755)
    settings = tmp_path / "settings.yaml"
    settings.write_text(yaml.safe_dump({"backup": {"notify": [{"command": {"run": [str(program)]}}]}}))
    (tmp_path / "state").mkdir()
    shutil.copy(target.known_hosts, tmp_path / "state" / "known_hosts")
    password = site_lab.secrets.resolve(target.credentials[1].password)
    environment = {
        "SITEAUTO_SETTINGS": str(settings),
        "SITEAUTO_SECRET_US_NYC_MAD01_BOOTSTRAP": password,
        "PATH": "/bin",
    }
    return Settings(root=tmp_path / "repo", state=tmp_path / "state", environment=environment), tmp_path


def night(settings):
    return run_night(settings, Request(sites=(SITE,), devices=("old-sw1",), patient=False), lambda _: None)


def test_a_night_is_stored_pushed_told_and_remembered(home, site_lab):
    settings, folder = home
    first = night(settings)
    assert (first.exit_code, first.troubles) == (0, ())
    (box,) = first.reports[0].devices
    assert box.status is BackupStatus.STORED
    clone = BackupHistory(folder / "remote.git").find(BOX)
    exact = unseal(clone.sealed, PAIR.identity)
    assert exact.startswith(b"Building configuration...\n\nCurrent configuration : ")
    assert exact.endswith(b"\nend\n")
    password = site_lab.secrets.resolve(site_lab.target("sw1").credentials[1].password)
    assert password not in clone.redacted + (folder / "told").read_text()
    assert "1 stored" in (folder / "told").read_text()
    assert BackupStateFile(settings.backups_of_live_devices()).read().devices[BOX].status == "stored"
    (folder / "told").unlink()
    again = night(settings)
    assert [one.status for one in again.reports[0].devices] == [BackupStatus.UNCHANGED]
    assert again.reports[0].commit == first.reports[0].commit
    assert not (folder / "told").exists(), "nobody is told that nothing happened"


def test_only_who_has_the_identity_opens_a_copy(home):
    settings, _ = home
    night(settings)
    copy = open_copies(settings, BOX).find(BOX)
    with pytest.raises(SecretError, match="secret://backup/identity has no value"):
        make_unsealer(settings, BOX)(copy)
    settings.environment["SITEAUTO_SECRET_BACKUP_IDENTITY"] = PAIR.identity
    assert make_unsealer(settings, BOX)(copy).endswith(b"\nend\n")


def test_a_push_that_fails_fails_the_night_and_the_copies_are_here(home):
    settings, folder = home
    night(settings)
    shutil.rmtree(folder / "remote.git")
    ended = night(settings)
    assert (ended.exit_code, ended.troubles[0].what) == (4, "push")
    assert "were not pushed" in (folder / "told").read_text()
    assert BackupHistory(settings.backups_of_live_devices()).find(BOX).record.device == BOX


def test_a_site_that_is_being_changed_is_not_backed_up(home):
    """What is live under a timer may be gone in a minute."""
    settings, _ = home
    now = datetime.now(UTC)
    with StateFolder(settings.state).lock(SITE, Lease(run="r7", by="anna", since=now, until=now + timedelta(hours=1))):
        ended = night(settings)
    assert (ended.exit_code, ended.reports) == (2, ())
    assert "is being changed by anna" in str(ended.troubles[0].error)
    assert night(settings).exit_code == 0


def test_the_record_travels_with_the_copy(home):
    settings, _ = home
    night(settings)
    record = open_copies(settings, BOX).find(BOX).record
    assert (record.platform, record.model[:2], record.size > 1000) == ("cisco_ios", "C9", True)
    assert any(word.startswith("as long as the device told") for word in record.proof)
    assert json.loads(record.as_json())["schema"] == "siteauto/backup/1"
