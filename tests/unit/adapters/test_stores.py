import resource
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from siteauto.adapters.secret_sources import SecretSources, variable_of, write_secrets
from siteauto.adapters.state_folder import StateFolder
from siteauto.core.change.lease import Lease
from siteauto.core.errors import SecretError, StoreError, UsageError
from siteauto.core.models import SecretRef, SiteName

SITE = SiteName("us-nyc-mad01")


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


SINCE = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
ALICE = Lease(run="run-1", by="alice", since=SINCE, until=SINCE + timedelta(minutes=20))


def test_a_second_run_at_a_site_is_told_who_holds_it_since_when_and_until_when(tmp_path):
    state = StateFolder(tmp_path / "state")
    for later, told in ((5, "Wait for it to end"), (25, "Its time is over, and its process still runs")):
        second = replace(ALICE, by="bob", since=SINCE + timedelta(minutes=later))
        with state.lock(SITE, ALICE), pytest.raises(UsageError) as refused, state.lock(SITE, second):
            pass
        assert "is being changed by alice" in str(refused.value)
        assert "run run-1, since 2026-11-02 02:00:00 UTC, until 2026-11-02 02:20:00 UTC" in str(refused.value)
        assert told in str(refused.value)
    with state.lock(SITE, ALICE):  # released with the first
        pass


def test_a_lock_that_says_nothing_is_one_all_the_same(tmp_path):
    state = StateFolder(tmp_path / "state")
    with state.lock(SITE, ALICE):
        (state.root / f"{SITE}.lock").write_text("")
        with pytest.raises(UsageError, match="did not say who it is"), state.lock(SITE, ALICE):
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
        with pytest.raises(StoreError, match="lock"), state.lock(SITE, ALICE):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path.name for path in state.root.iterdir()] == [f"{SITE}.lock"]
    assert len(state.token_key()) == 32
    with state.lock(SITE, ALICE):
        pass
