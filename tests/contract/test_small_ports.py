"""Clocks, journals and secrets: the fake and the real one."""

import json
from datetime import timedelta

import pytest

from siteauto.adapters.secret_sources import SecretSources, write_secrets
from siteauto.adapters.state_folder import FileJournal
from siteauto.adapters.system_clock import SystemClock
from siteauto.core.errors import SecretError
from siteauto.core.models import SecretRef
from siteauto.testing.fakes import FakeClock, FakeSecrets, MemoryJournal


@pytest.mark.parametrize("clock", [FakeClock(), SystemClock()], ids=["fake", "real"])
def test_a_clock_is_aware_in_utc_and_goes_forward(clock):
    before = clock.now()
    clock.sleep(0.01)
    assert before.utcoffset() == timedelta()
    assert clock.now() > before


@pytest.fixture(params=["fake", "real"])
def journal(request, tmp_path):
    if request.param == "fake":
        journal = MemoryJournal()
        return journal, lambda: journal.records
    file = tmp_path / "runs" / "r1.jsonl"
    return FileJournal(file), lambda: [json.loads(line) for line in file.read_text().splitlines()]


def test_a_journal_keeps_records_in_order(journal):
    journal, read = journal
    journal.append({"record": "one"})
    journal.append({"record": "two", "device": "sw1"})
    assert [record["record"] for record in read()] == ["one", "two"]


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
