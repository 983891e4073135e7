"""The repository over the years: checked, packed, pushed to another one, and killed at any moment."""

import fcntl
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.drill_store import drill_store
from siteauto.adapters.git_upkeep import GitUpkeep
from siteauto.core.errors import StoreError
from siteauto.workflows.backup import back_up

from .conftest import PAIR, SITE

SW1 = f"{SITE}-sw1"
WRITER = """
import sys
from pathlib import Path
from siteauto.adapters.age_seal import AgeSealer
from siteauto.adapters.git_store import GitStore
from siteauto.core.stored_copy import CopyRecord, NewCopy
store = GitStore(Path(sys.argv[1]), AgeSealer([sys.argv[2]]))
number = int(sys.argv[3])
while True:
    number += 1
    copies = [
        NewCopy(
            record=CopyRecord(site="s", device=f"d{one}", platform="fake", file=f"d{one}.cfg",
                              at="2026-11-02T02:00:00+00:00", fingerprint=str(number), lines=1, sections=1, size=1),
            redacted=f"{number}\\n" * 50, exact=b"x" * 500)
        for one in range(20)
    ]
    store.save("s", copies, f"night {number}")
    print(number, flush=True)
"""


def git(store, *words):
    return subprocess.run(["git", *words], cwd=store.repository, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def shop(make_shop):
    shop = make_shop(2)
    back_up(shop.run, reason="nightly")
    return shop


def change(shop, word):
    shop.clock.sleep(86400)
    shop.boxes[SW1].running = shop.boxes[SW1].running.replace("end\n", f"hint {word}\nend\n")
    return back_up(shop.run, reason="nightly")


def test_a_sound_repository_is_found_sound_and_a_damaged_one_is_named(shop):
    upkeep = GitUpkeep(shop.store.root)
    upkeep.check()
    upkeep.check(thoroughly=True)
    blob = git(shop.store, "rev-parse", f"HEAD:{SITE}/{SW1}.cfg").strip()
    file = shop.store.repository / ".git" / "objects" / blob[:2] / blob[2:]
    file.chmod(0o600)
    file.unlink()
    with pytest.raises(StoreError, match="fsck failed"):
        upkeep.check()


def test_the_history_of_a_device_is_found_by_an_index(shop):
    GitUpkeep(shop.store.root).maintain()
    change(shop, "one")
    GitUpkeep(shop.store.root).maintain()
    graphs = shop.store.repository / ".git" / "objects" / "info" / "commit-graphs"
    assert any(b"BIDX" in file.read_bytes() for file in graphs.glob("*.graph")), "no filter of changed paths"
    assert len(BackupHistory(shop.store.root).versions(SW1)) == 2


def test_a_push_that_others_were_faster_with_goes_on_top_of_theirs(shop, tmp_path):
    remote, other = tmp_path / "remote.git", tmp_path / "other"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", remote], check=True)
    GitUpkeep(shop.store.root).push(str(remote), wait=lambda _: None)
    subprocess.run(["git", "clone", "--quiet", remote, other], check=True)
    (other / "NOTES").write_text("by hand")
    for words in (
        ("add", "NOTES"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "note"),
        ("push", "-q"),
    ):
        subprocess.run(["git", *words], cwd=other, check=True)
    change(shop, "one")
    waits = []
    GitUpkeep(shop.store.root).push(str(remote), wait=waits.append)
    assert waits == [1]
    assert git(shop.store, "log", "--format=%s").splitlines()[1] == "note"
    assert git(shop.store, "status", "--porcelain") == ""
    assert (shop.store.repository / "NOTES").read_text() == "by hand"
    heads = subprocess.run(["git", "rev-parse", "main"], cwd=remote, capture_output=True, text=True, check=True).stdout
    assert heads == git(shop.store, "rev-parse", "HEAD")


@pytest.mark.parametrize("its_own", ["main", "master"])  # what `git init --bare` names first is the machine's choice
def test_a_new_machine_begins_with_what_was_pushed(shop, tmp_path, its_own):
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", f"--initial-branch={its_own}", remote], check=True)
    GitUpkeep(shop.store.root).push(str(remote), wait=lambda _: None)
    GitUpkeep(tmp_path / "new").bring(str(remote))
    assert BackupHistory(tmp_path / "new").find(SW1).record.device == SW1
    assert (tmp_path / "new" / "config" / SITE / f"{SW1}.cfg").exists()
    (tmp_path / "scratch").mkdir()
    assert drill_store(str(remote), tmp_path / "scratch", expected=[SW1], judge=None).problems == ()
    with pytest.raises(StoreError, match="git clone failed"):
        GitUpkeep(tmp_path / "newer").bring(str(tmp_path / "nowhere"))


def test_a_push_that_fails_is_an_error(shop, tmp_path):
    with pytest.raises(StoreError, match="were not pushed"):
        GitUpkeep(shop.store.root).push(str(tmp_path / "nowhere"), wait=lambda _: None)


@pytest.mark.parametrize("file", [f"{SW1}.json", f"{SW1}.cfg"])
def test_two_machines_that_back_up_one_device_are_told(shop, tmp_path, file):
    """Texts would fit together line by line: no device was ever like that."""
    remote, other = tmp_path / "remote.git", tmp_path / "other"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", remote], check=True)
    GitUpkeep(shop.store.root).push(str(remote), wait=lambda _: None)
    subprocess.run(["git", "clone", "--quiet", remote, other], check=True)
    (other / SITE / file).write_text("theirs\n" + (other / SITE / file).read_text())
    for words in (("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "theirs"), ("push", "-q")):
        subprocess.run(["git", *words], cwd=other, check=True)
    ours = change(shop, "one").commit
    with pytest.raises(StoreError, match="one machine that backs a device up"):
        GitUpkeep(shop.store.root).push(str(remote), wait=lambda _: None)
    assert git(shop.store, "rev-parse", "HEAD").strip() == ours


def test_sigkill_at_any_moment_loses_nothing(tmp_path):
    """What a run has said to be stored is there after it was killed, and the next run goes on from it."""
    moments = random.Random(7)
    root, last = tmp_path / "backups", 0
    for _ in range(6):
        command = [sys.executable, "-c", WRITER, root, PAIR.recipient, str(last)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            said = [int(process.stdout.readline())]
            deadline = time.monotonic() + moments.random() * 0.12
            while time.monotonic() < deadline:
                os.sched_yield()
            process.send_signal(signal.SIGKILL)
            said += [int(line) for line in process.stdout if line.endswith("\n")]
        with (root / "store.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # a git that outlives its siteauto goes on holding it
        kept = int(BackupHistory(root).find("d7").redacted.splitlines()[0])
        assert kept in (said[-1], said[-1] + 1)
        done = subprocess.run(
            ["git", "fsck", "--strict"], cwd=root / "config", capture_output=True, text=True, check=True
        )
        assert "error" not in done.stderr
        assert {BackupHistory(root).find(f"d{one}").redacted for one in (0, 19)} == {f"{kept}\n" * 50}
        last = kept
    assert len(BackupHistory(root).versions("d7")) == last
