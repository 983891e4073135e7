import json
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from siteauto.adapters.run_folder import RunFolder, read_run
from siteauto.core.change.journal import SCHEMA
from siteauto.core.errors import StoreError, UsageError


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "runs" / "r1"


@pytest.fixture
def journal(folder):
    journal = RunFolder(folder, {"site": "us-nyc-mad01", "by": "ana"})
    journal.append({"record": "one"})
    journal.append({"record": "two"})
    return journal


def test_the_first_record_has_the_version_and_whose_run_it_is(journal):
    first = json.loads(journal.file.read_text().splitlines()[0])
    assert (first["record"], first["schema"], first["site"], first["by"]) == ("run", SCHEMA, "us-nyc-mad01", "ana")


def test_nothing_is_written_for_a_run_that_has_nothing_to_say(folder):
    RunFolder(folder)
    assert not folder.exists()


def test_only_its_owner_may_read_it(journal, folder):
    journal.keep("snapshot/sw1.running", "secret")
    for path in (folder, folder / "snapshot"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    for path in (journal.file, folder / "snapshot" / "sw1.running"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("line", [0, 1])
def test_a_record_that_was_changed_is_found(journal, folder, line):
    lines = journal.file.read_text().splitlines(keepends=True)
    lines[line] = lines[line].replace("one", "eins").replace("ana", "bob")
    journal.file.write_text("".join(lines))
    assert f"line {line + 2} does not follow" in read_run(folder).broken
    with pytest.raises(StoreError, match="cannot be believed"):
        journal.read()


def test_a_record_that_was_taken_out_is_found(journal, folder):
    lines = journal.file.read_text().splitlines(keepends=True)
    journal.file.write_text(lines[0] + lines[2])
    assert "line 2 does not follow" in read_run(folder).broken


def test_a_journal_of_another_version_is_refused(journal):
    journal.file.write_text(journal.file.read_text().replace(SCHEMA, "siteauto/journal/9"))
    with pytest.raises(StoreError, match="journal/9"):
        journal.read()


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_torn_last_line_is_named_and_the_journal_goes_on(folder, cut):
    first = RunFolder(folder)
    first.append({"record": "one"})
    first.append({"record": "two"})
    raw = first.file.read_bytes()
    first.file.write_bytes(raw[:-cut])
    del first
    assert read_run(folder).torn
    again = RunFolder(folder)
    again.append({"record": "three"})
    assert [one["record"] for one in again.read()] == ["run", "one", "torn", "three"]


def test_a_journal_of_which_only_half_a_line_was_written_begins_anew(folder):
    folder.mkdir(parents=True)
    (folder / "journal.jsonl").write_text('{"record": "ru')
    journal = RunFolder(folder)
    journal.append({"record": "one"})
    assert [one["record"] for one in journal.read()] == ["run", "one"]


def test_a_full_disk_is_named_and_leaves_no_half_line(folder):
    journal = RunFolder(folder)
    journal.append({"record": "one"})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal.file.stat().st_size + 20, before[1]))
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            journal.append({"record": "two"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    journal.append({"record": "three"})
    assert [one["record"] for one in journal.read()] == ["run", "one", "torn", "three"]


def test_two_processes_never_write_one_journal(journal, folder):
    script = f"from siteauto.adapters.run_folder import RunFolder\nRunFolder(__import__('pathlib').Path({str(folder)!r})).append({{'record': 'x'}})"
    source = Path(__file__).parents[3] / "src"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env={"PYTHONPATH": str(source)}, check=False
    )
    assert UsageError.__name__ in done.stderr
    assert "still being worked on" in done.stderr
