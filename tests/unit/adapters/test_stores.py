import os
import resource
import stat
import subprocess

import pytest

from siteauto.adapters.git_store import GitStore
from siteauto.adapters.secret_sources import SecretSources, variable_of, write_secrets
from siteauto.adapters.state_folder import StateFolder
from siteauto.core.errors import SecretError, StoreError, UsageError
from siteauto.core.models import SecretRef, SiteName

SITE = SiteName("us-nyc-mad01")


def commits(store: GitStore) -> list[str]:
    log = subprocess.run(
        ["git", "log", "--format=%s"], cwd=store.repository, capture_output=True, text=True, check=True
    )
    return log.stdout.split("\n")[:-1]


def test_an_unchanged_night_makes_no_commit(tmp_path):
    store = GitStore(tmp_path / "backups")
    first = store.save(SITE, {"sw1.cfg": "hostname sw1\n"}, {"sw1.cfg": b"hostname sw1\nsecret"}, "backup 1")
    assert store.save(SITE, {"sw1.cfg": "hostname sw1\n"}, {"sw1.cfg": b"hostname sw1\nsecret"}, "backup 2") == first
    store.save(SITE, {"sw1.cfg": "hostname sw1b\n"}, {}, "backup 3")
    assert commits(store) == ["backup 3", "backup 1"]
    assert store.latest(SITE, "sw1.cfg") == "hostname sw1b\n"
    assert store.latest(SITE, "sw9.cfg") is None


def test_exact_bytes_stay_out_of_git_and_are_for_the_owner_only(tmp_path):
    store = GitStore(tmp_path / "backups")
    store.save(SITE, {"sw1.cfg": "redacted\n"}, {"sw1.cfg": b"CANARY-SECRET"}, "backup")
    exact = store.exact / SITE / "sw1.cfg"
    assert exact.read_bytes() == b"CANARY-SECRET"
    assert stat.S_IMODE(exact.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.exact.stat().st_mode) == 0o700
    found = subprocess.run(["grep", "-r", "CANARY-SECRET", str(store.repository)], capture_output=True, check=False)
    assert found.returncode == 1


def test_a_repository_that_git_refuses_is_named(tmp_path):
    store = GitStore(tmp_path / "backups")
    store.save(SITE, {"a": "1"}, {}, "one")
    (store.repository / ".git" / "HEAD").write_text("broken")
    with pytest.raises(StoreError, match="git add failed"):
        store.save(SITE, {"a": "2"}, {}, "two")


def test_a_repository_that_could_not_be_made_is_made_by_the_next_run(tmp_path, monkeypatch):
    store = GitStore(tmp_path / "backups")
    bad = tmp_path / "bin" / "git"
    bad.parent.mkdir()
    bad.write_text(
        '#!/bin/sh\nfor last; do :; done; mkdir -p "$last/.git"; echo "No space left on device" >&2; exit 128\n'
    )
    bad.chmod(0o755)
    with monkeypatch.context() as context:
        context.setenv("PATH", f"{bad.parent}:{os.environ['PATH']}")
        with pytest.raises(StoreError, match="No space left"):
            store.save(SITE, {"a": "1"}, {}, "one")
    assert store.save(SITE, {"a": "1"}, {}, "two")
    assert commits(store) == ["two"]
    assert sorted(path.name for path in store.root.iterdir()) == ["config", "exact"]


def test_an_unwritable_folder_is_named_and_the_last_copy_stays(tmp_path):
    store = GitStore(tmp_path / "backups")
    store.save(SITE, {"a": "1"}, {}, "one")
    blocked = store.repository / "us-bos-new01"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="could not be written"):
        store.save(SiteName("us-bos-new01"), {"a": "2"}, {}, "two")
    assert store.latest(SITE, "a") == "1"


def test_secrets_come_from_the_environment_first_then_the_file(tmp_path):
    file = tmp_path / "secrets.yaml"
    write_secrets(file, {"us-nyc-mad01/enable": "from-file", "us-nyc-mad01/radius": "r"})
    ref = SecretRef(name="us-nyc-mad01/enable")
    assert variable_of(ref) == "SITEAUTO_SECRET_US_NYC_MAD01_ENABLE"
    assert SecretSources(environment={variable_of(ref): "from-env"}, file=file).resolve(ref) == "from-env"
    sources = SecretSources(environment={}, file=file)
    assert sources.resolve(ref) == "from-file"
    other = SecretRef(name="us-nyc-mad01/tacacs")
    assert sources.missing([ref, other]) == (other,)
    with pytest.raises(SecretError, match="SITEAUTO_SECRET_US_NYC_MAD01_TACACS"):
        sources.resolve(other)


def test_a_secrets_file_that_others_can_read_is_refused(tmp_path):
    file = tmp_path / "secrets.yaml"
    write_secrets(file, {"a/b": "value"})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    with pytest.raises(SecretError, match="chmod 600"):
        SecretSources(environment={}, file=file)


@pytest.mark.parametrize("content", ["- CANARY", "a: [CANARY", "a: {b: {c: CANARY}}", "a: [CANARY]"])
def test_a_broken_secrets_file_is_not_quoted(tmp_path, content):
    file = tmp_path / "secrets.yaml"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(SecretError) as caught:
        SecretSources(environment={}, file=file)
    assert "CANARY" not in str(caught.value)


def test_a_second_run_at_a_site_is_told_who_holds_it(tmp_path):
    state = StateFolder(tmp_path / "state")
    with (
        state.lock(SITE, "run 1 by alice"),
        pytest.raises(UsageError, match="run 1 by alice"),
        state.lock(SITE, "run 2"),
    ):
        pass
    with state.lock(SITE, "run 3"):  # released with the first
        pass


def test_the_token_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    state = StateFolder(tmp_path / "state")
    key = state.token_key()
    assert state.token_key() == key
    assert len(key) == 32
    assert stat.S_IMODE((state.root / "token.key").stat().st_mode) == 0o600


def test_half_a_token_key_is_refused(tmp_path):
    state = StateFolder(tmp_path / "state")
    state.ensure()
    (state.root / "token.key").write_bytes(b"")
    with pytest.raises(StoreError, match="Expected: 32 bytes"):
        state.token_key()


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no way to make writing fail")
def test_a_disk_that_takes_nothing_leaves_neither_a_key_nor_a_lock(tmp_path):
    state = StateFolder(tmp_path / "state")
    state.ensure()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(StoreError, match=r"token\.key"):
            state.token_key()
        with pytest.raises(StoreError, match="lock"), state.lock(SITE, "run 1"):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path.name for path in state.root.iterdir()] == [f"{SITE}.lock"]
    assert len(state.token_key()) == 32
    with state.lock(SITE, "run 2"):
        pass
