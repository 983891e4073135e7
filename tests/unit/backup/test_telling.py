"""What leaves a backup run: its state, figures for Prometheus, and notices; none of them holds a secret."""

import json
import stat
import threading
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from siteauto.adapters.backup_state_file import BackupStateFile
from siteauto.adapters.notices import tell
from siteauto.adapters.operator_settings import read_backup_settings
from siteauto.adapters.prometheus_textfile import write_metrics
from siteauto.core.backup_policy import BackupPolicy, Notice
from siteauto.core.backup_state import BackupState, after, find_freshness, keep_known, read_state
from siteauto.core.errors import StoreError, UnreachableError
from siteauto.core.night import Night, Trouble
from siteauto.reporters.backup import freshness_document, night_facts, night_notice
from siteauto.testing.fakes import FakeSecrets
from siteauto.workflows.backup import back_up

from .conftest import SITE

SW1, SW2, SW9 = f"{SITE}-sw1", f"{SITE}-sw2", f"{SITE}-sw9"
DEVICES = [(SITE, SW1), (SITE, SW2), (SITE, SW9)]


@pytest.fixture
def nights(make_shop):
    """Two nights: on the second sw1 has changed and sw2 does not answer."""
    shop = make_shop(2)
    first = back_up(shop.run, reason="nightly")
    shop.clock.sleep(30 * 3600)
    shop.boxes[SW1].running = shop.boxes[SW1].running.replace("end\n", "hint Right-2026\nend\n")
    shop.boxes[SW2].reachable = lambda: False
    second = back_up(shop.run, reason="nightly")
    return shop, first, second


@pytest.fixture
def state(nights):
    _, first, second = nights
    return after(after(BackupState(), first), second)


@pytest.fixture
def night(nights, state):
    shop, _, second = nights
    fresh = find_freshness(state, DEVICES, now=shop.clock.now(), hours=26)
    return Night(at=shop.run.now(), seconds=12.5, reports=(second,), freshness=fresh)


def test_who_was_never_backed_up_and_whose_copy_is_too_old_is_told(nights, state):
    shop = nights[0]
    fresh = find_freshness(state, DEVICES, now=shop.clock.now(), hours=26)
    assert [one.verdict for one in fresh] == ["fresh", "too old", "never backed up"]
    assert "no session" in fresh[1].reason
    document = freshness_document(fresh, at=shop.run.now(), hours=26)
    assert (document.exit_code, document.summary) == (3, "1 of 3 devices have a copy that is no older than 26 hours")
    later = find_freshness(state, DEVICES[:1], now=shop.clock.now() + timedelta(hours=27), hours=26)
    assert later[0].verdict == "too old"


def test_the_state_survives_a_restart_and_forgets_devices_that_are_gone(state, tmp_path):
    file = BackupStateFile(tmp_path / "backups")
    assert file.read() == BackupState()
    file.change(lambda _: state)
    assert BackupStateFile(tmp_path / "backups").read() == state
    assert state.devices[SW2].failures == 1
    assert list(file.change(lambda known: keep_known(known, [SW1])).devices) == [SW1]
    for text in ("", "{}", '{"schema": "siteauto/backup-state/9", "devices": []}'):
        with pytest.raises(StoreError, match="cannot be read"):
            read_state(text)


def test_figures_for_prometheus(night, state, tmp_path):
    file = tmp_path / "exporter" / "siteauto.prom"
    write_metrics(file, night, state)
    lines = file.read_text().splitlines()
    device = f'device="{SW2}",site="{SITE}"'
    for line in (
        f"siteauto_backup_age_seconds{{{device}}} 108000.0",
        f"siteauto_backup_failures{{{device}}} 1.0",
        f'siteauto_backup_verdict{{device="{SW2}",site="{SITE}",status="unreachable"}} 1.0',
        f'siteauto_backup_proven_timestamp_seconds{{device="{SW9}",site="{SITE}"}} 0.0',
        "siteauto_backup_devices_stale 2.0",
        "siteauto_backup_run_exit_code 4.0",
        "siteauto_backup_run_duration_seconds 12.5",
        "siteauto_backup_leaks_masked 1.0",
    ):
        assert line in lines
    with pytest.raises(StoreError, match="cannot be written"):
        write_metrics(tmp_path / "exporter" / "siteauto.prom" / "x", night, state)


def test_a_notice_shows_what_changed_without_a_secret(night):
    text = night_notice(night)
    assert "+hint secret://x/right" in text
    assert "Right-2026" not in text + json.dumps(night_facts(night))
    assert f"{SW9}: never backed up" in text
    assert night_facts(night)["changed"] == [SW1]
    assert [one["device"] for one in night_facts(night)["failed"]] == [SW2]
    assert text.count("no session") == 1, "why a device failed is said once"


def test_a_failed_push_fails_the_run(night):
    pushed = replace(night, reports=(), freshness=())
    assert pushed.exit_code == 0
    trouble = Trouble(what="push", error=StoreError("The backups were not pushed"))
    assert pushed.with_troubles((trouble,)).exit_code == 4


@pytest.fixture
def hook():
    """A web server that keeps what it is told, and answers 500 where the path says so."""
    told = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if "broken" in self.path else 204)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", told
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_is_told_and_its_address_may_be_a_secret(hook):
    url, told = hook
    secrets = FakeSecrets({"backup/hook": f"{url}/T0K3N"})
    tell(Notice(url="secret://backup/hook"), "text", {"exit_code": 0}, secrets)
    assert told == [{"text": "text", "exit_code": 0}]
    for address in (f"{url}/broken/T0K3N", "http://127.0.0.1:1/T0K3N"):
        with pytest.raises(UnreachableError) as caught:
            tell(Notice(url=address), "text", {}, secrets)
        assert "T0K3N" not in str(caught.value)
    with pytest.raises(StoreError, match="no URL"):
        tell(Notice(url="file:///etc/passwd"), "text", {}, secrets)


def test_a_program_that_is_gone_costs_no_night(tmp_path):
    (tmp_path / "settings.yaml").write_text("backup: {notify: [{command: {run: [no-such-mail]}}]}", encoding="utf-8")
    environment = {"SITEAUTO_SETTINGS": str(tmp_path / "settings.yaml")}
    (notice,) = read_backup_settings(environment, tmp_path / "repository", BackupPolicy()).notify
    with pytest.raises(StoreError, match="no program no-such-mail"):
        tell(notice, "text", {}, FakeSecrets({}))


def test_a_program_reads_the_notice(tmp_path):
    program = tmp_path / "mail"
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/got\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    tell(Notice(command=(str(program),)), "two\nlines\n", {}, FakeSecrets({}))
    assert (tmp_path / "got").read_text() == "two\nlines\n"
    program.write_text("#!/bin/sh\nexit 75\n")
    with pytest.raises(StoreError, match="exit code 75"):
        tell(Notice(command=(str(program),)), "text", {}, FakeSecrets({}))
