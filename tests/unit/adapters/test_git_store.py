"""The backup repository: what is stored, found again and opened, and what trouble leaves of it."""

import os
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from siteauto.adapters.age_seal import AgeSealer, new_pair, unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.git_store import GitStore
from siteauto.core.errors import SecretError, StoreError, UsageError
from siteauto.core.models import DeviceName, PlatformName, SiteName
from siteauto.core.stored_copy import CopyRecord, NewCopy, read_record

SITE = SiteName("us-nyc-mad01")
START = datetime.fromisoformat("2026-11-02T02:00:00+00:00")
MINE, ESCROW, FOREIGN = new_pair(), new_pair(), new_pair()


def copy_of(device, text, *, day=0, secret="CANARY-SECRET"):
    record = CopyRecord(
        site=SITE,
        device=DeviceName(device),
        platform=PlatformName("fake"),
        file=f"{device}.cfg",
        at=(START + timedelta(days=day)).isoformat(),
        fingerprint=f"{day}-{text.strip()}",
        lines=1,
        sections=1,
        size=len(text),
        proof=("ends with 'end'",),
    )
    return NewCopy(record=record, redacted=text, exact=f"{text}{secret}\r\n\xff".encode("latin-1"))


@pytest.fixture
def store(tmp_path):
    return GitStore(tmp_path / "backups", AgeSealer([MINE.recipient, ESCROW.recipient]))


def git(store, *words):
    done = subprocess.run(["git", *words], cwd=store.repository, capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[:-1]


def test_a_copy_is_three_files_of_one_commit_and_comes_back_byte_for_byte(store):
    commit = store.save(SITE, [copy_of("sw1", "one\n"), copy_of("sw2", "two\n")], "two\n\nRun: r1\nDevice: sw1\n")
    assert git(store, "show", "--format=", "--name-only") == [
        f"{SITE}/sw{number}.{kind}" for number in (1, 2) for kind in ("cfg", "cfg.age", "json")
    ]
    assert git(store, "status", "--porcelain") == []
    found = BackupHistory(store.root).find("sw1")
    assert (found.version.commit, found.redacted) == (commit, "one\n")
    assert dict(found.version.trailers) == {"Run": "r1", "Device": "sw1"}
    for pair in (MINE, ESCROW):
        assert unseal(found.sealed, pair.identity) == b"one\nCANARY-SECRET\r\n\xff"
    assert store.last(SITE, ["sw9", "sw1", "sw2"]) == {
        device: copy_of(device, text).record for device, text in (("sw1", "one\n"), ("sw2", "two\n"))
    }
    assert found.record == store.last(SITE, ["sw1"])["sw1"]


def test_what_is_sealed_opens_for_its_recipients_alone(store):
    store.save(SITE, [copy_of("sw1", "one\n")], "one")
    sealed = BackupHistory(store.root).find("sw1").sealed
    with pytest.raises(StoreError, match="does not open"):
        unseal(sealed, FOREIGN.identity)
    with pytest.raises(StoreError, match="does not open"):
        unseal(sealed[:-1], MINE.identity)
    with pytest.raises(SecretError, match="identity"):
        unseal(sealed, "hunter2")
    assert not subprocess.run(["grep", "-ra", "CANARY", str(store.root)], capture_output=True, check=False).stdout


def test_nothing_is_stored_that_nobody_could_open(tmp_path):
    store = GitStore(tmp_path / "backups", AgeSealer([]))
    with pytest.raises(UsageError, match="nobody who could open"):
        store.save(SITE, [copy_of("sw1", "one\n")], "one")
    assert not store.root.exists()
    with pytest.raises(UsageError, match="no recipient of age"):
        AgeSealer(["age1nonsense"])


def test_one_changed_device_makes_a_commit_that_touches_its_files_only(store):
    store.save(SITE, [copy_of("sw1", "one\n"), copy_of("sw2", "two\n")], "first")
    first = store.save(SITE, [], "nothing")
    store.save(SITE, [copy_of("sw2", "zwei\n", day=1)], "second")
    assert git(store, "log", "--format=%s") == ["second", "first"]
    assert git(store, "show", "--format=", "--name-only") == [
        f"{SITE}/sw2.cfg",
        f"{SITE}/sw2.cfg.age",
        f"{SITE}/sw2.json",
    ]
    assert first == git(store, "rev-parse", "HEAD^")[0]
    assert (store.repository / SITE / "sw2.cfg").read_text() == "zwei\n"


def test_a_branch_of_another_repository_is_used_as_it_is(store):
    """As builds have it: the branch siteauto-backups, checked out where the backups belong."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=siteauto-backups", store.repository], check=True)
    store.save(SITE, [copy_of("sw1", "one\n")], "one")
    store.save(SITE, [copy_of("sw1", "two\n", day=1)], "two")
    assert git(store, "for-each-ref", "--format=%(refname)") == ["refs/heads/siteauto-backups"]
    assert (store.repository / SITE / "sw1.cfg").read_text() == "two\n"


def test_a_copy_is_found_by_day_by_moment_and_by_commit(store):
    commits = [store.save(SITE, [copy_of("sw1", f"{day}\n", day=day)], f"night {day}") for day in range(3)]
    store.save(SITE, [copy_of("sw2", "other\n", day=2)], "another device")
    history = BackupHistory(store.root)
    assert [version.commit for version in history.versions("sw1")] == commits[::-1]
    for at, text in (
        ("", "2\n"),
        ("2026-11-02", "0\n"),
        ("2026-11-03T01:59", "0\n"),
        ("2026-11-03T02:00:00+00:00", "1\n"),
        ("2027-01-01", "2\n"),
        (commits[1], "1\n"),
        (commits[1][:8], "1\n"),
        ("HEAD", "2\n"),
        ("HEAD~1", "2\n"),
    ):
        assert history.find("sw1", at).redacted == text, at
    for at in ("2026-11-01", "fedcba9", "last Tuesday"):
        with pytest.raises(UsageError):
            history.find("sw1", at)
    with pytest.raises(UsageError, match="no backup of sw9"):
        history.find("sw9")
    assert history.devices() == ((SITE, "sw1"), (SITE, "sw2"))


def test_a_clone_has_everything(store, tmp_path):
    store.save(SITE, [copy_of("sw1", "one\n")], "one")
    subprocess.run(["git", "clone", "--quiet", "--bare", store.repository, tmp_path / "clone"], check=True)
    assert unseal(BackupHistory(tmp_path / "clone").find("sw1").sealed, ESCROW.identity).startswith(b"one")


def test_further_parts_are_sealed_too(store):
    copy = copy_of("sw1", "one\n")
    record = replace(copy.record, parts=("vlan.dat",))
    store.save(SITE, [replace(copy, record=record, parts=(("vlan.dat", b"\0binary"),))], "one")
    ((name, sealed),) = BackupHistory(store.root).find("sw1").parts
    assert (name, unseal(sealed, MINE.identity)) == ("vlan.dat", b"\0binary")


def test_locks_that_a_killed_git_left_are_taken_away_after_a_killed_run(store):
    store.save(SITE, [copy_of("sw1", "one\n")], "one")
    inside = store.repository / ".git"
    for lock in ("index.lock", "HEAD.lock", "refs/heads/main.lock", "objects/pack/tmp_pack_x"):
        (inside / lock).parent.mkdir(parents=True, exist_ok=True)
        (inside / lock).touch()
    (store.repository / SITE / "sw1.cfg").write_text("half a checkout")
    (store.root / "store.lock").write_text("4711\n")  # its holder never said goodbye
    store.save(SITE, [copy_of("sw2", "two\n")], "two")
    assert git(store, "fsck", "--strict") == []
    assert git(store, "status", "--porcelain") == []
    assert not [*inside.rglob("*.lock"), *inside.rglob("tmp_*")]


def test_an_old_lock_of_somebody_elses_git_is_taken_away_and_a_fresh_one_is_not(store):
    store.save(SITE, [copy_of("sw1", "one\n")], "one")
    lock = store.repository / ".git" / "index.lock"
    lock.touch()
    with pytest.raises(StoreError, match=r"index\.lock"):
        store.save(SITE, [copy_of("sw2", "two\n")], "two")
    os.utime(lock, (1, 1))
    store.save(SITE, [copy_of("sw2", "zwei\n")], "two")
    assert store.latest(SITE, "sw2.cfg") == "zwei\n"


def test_a_repository_that_git_refuses_is_named(store):
    store.save(SITE, [copy_of("sw1", "one\n")], "one")
    head = store.repository / ".git" / "refs" / "heads" / "main"
    head.write_text("broken")
    with pytest.raises(StoreError, match="git symbolic-ref failed"):
        store.save(SITE, [copy_of("sw1", "two\n")], "two")
    assert head.read_text() == "broken"


def test_a_repository_that_could_not_be_made_is_made_by_the_next_run(store, tmp_path, monkeypatch):
    bad = tmp_path / "bin" / "git"
    bad.parent.mkdir()
    bad.write_text(
        '#!/bin/sh\nfor last; do :; done; mkdir -p "$last/.git"; echo "No space left on device" >&2; exit 128\n'
    )
    bad.chmod(0o755)
    with monkeypatch.context() as context:
        context.setenv("PATH", f"{bad.parent}:{os.environ['PATH']}")
        with pytest.raises(StoreError, match="No space left"):
            store.save(SITE, [copy_of("sw1", "one\n")], "one")
    assert store.save(SITE, [copy_of("sw1", "one\n")], "two")
    assert git(store, "log", "--format=%s") == ["two"]
    assert sorted(path.name for path in store.root.iterdir()) == ["config", "store.lock"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "backups").write_text("a file where a folder should be")
    store = GitStore(tmp_path / "backups", AgeSealer([MINE.recipient]))
    with pytest.raises(StoreError, match="could not be written"):
        store.save(SITE, [copy_of("sw1", "one\n")], "one")


def test_a_refused_text_is_kept_sealed_and_out_of_git(store):
    store.save(SITE, [copy_of("sw1", "one\n")], "one")
    file = store.quarantine(SITE, DeviceName("sw1"), b"half CANARY", ["it ends with 'half'"])
    assert unseal(Path(file).read_bytes(), MINE.identity) == b"half CANARY"
    assert git(store, "status", "--porcelain") == []


def test_a_record_of_another_kind_is_named():
    for text in ("", "[]", '{"schema": "siteauto/backup/9"}', '{"schema": "siteauto/backup/1", "site": "x"}'):
        with pytest.raises(StoreError, match="cannot be read"):
            read_record(text)
