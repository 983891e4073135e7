import resource
import stat

import pytest

from siteauto.adapters.secret_sources import SecretSources, variable_of, write_secrets
from siteauto.adapters.state_folder import StateFolder
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
