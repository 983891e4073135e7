"""Clocks, journals and secrets: the fake and the real one."""

from datetime import timedelta

import pytest

from siteauto.adapters.run_folder import RunFolder
from siteauto.adapters.secret_sources import SecretSources, write_secrets
from siteauto.adapters.system_clock import SystemClock
from siteauto.core.errors import SecretError, StoreError
from siteauto.core.models import SecretRef
from siteauto.testing.fakes import START, FakeClock, FakeSecrets, MemoryJournal


@pytest.mark.parametrize("clock", [FakeClock(), SystemClock()], ids=["fake", "real"])
def test_a_clock_is_aware_in_utc_and_goes_forward(clock):
    before = clock.now()
    clock.sleep(0.01)
    assert before.utcoffset() == timedelta()
    assert clock.now() > before


@pytest.fixture(params=["fake", "real"])
def journal(request, tmp_path):
    return MemoryJournal() if request.param == "fake" else RunFolder(tmp_path / "runs" / "r1")


def test_a_journal_keeps_records_in_order_as_json_has_them(journal):
    journal.append({"record": "one", "at": START})
    journal.append({"record": "two", "device": "sw1", "words": {"token": "x"}})
    one, two = journal.read()[-2:]
    assert (one["record"], one["at"]) == ("one", str(START))
    assert (two["record"], two["words"]) == ("two", {"token": "x"})


def test_a_journal_keeps_texts_and_knows_them_again(journal):
    digest = journal.keep("snapshot/sw1.running", "hostname sw1\n")
    assert journal.kept("snapshot/sw1.running", digest) == "hostname sw1\n"
    journal.keep("snapshot/sw1.running", "hostname other\n")
    for name in ("snapshot/sw1.running", "snapshot/sw2.running"):
        with pytest.raises(StoreError):
            journal.kept(name, digest)


@pytest.fixture(params=["fake", "environment", "file"])
def secrets(request, tmp_path):
    if request.param == "fake":
        return FakeSecrets({"a/b": "value"})
    file = tmp_path / "secrets.yaml"
    if request.param == "file":
        write_secrets(file, {"a/b": "value"})
        return SecretSources(environment={}, file=file)
    return SecretSources(environment={"SITEAUTO_SECRET_A_B": "value"}, file=file)


def test_secrets_resolve_or_are_named(secrets):
    known, unknown = SecretRef(name="a/b"), SecretRef(name="a/c")
    assert secrets.resolve(known) == "value"
    assert secrets.missing([unknown, known]) == (unknown,)
    with pytest.raises(SecretError, match="secret://a/c"):
        secrets.resolve(unknown)


def test_a_journal_seals_what_nobody_may_see(journal):
    sealed = journal.seal("ubus-session-1")
    assert "ubus-session-1" not in sealed
    assert journal.unseal(sealed) == "ubus-session-1"
    with pytest.raises(StoreError):
        journal.unseal("never sealed")
