"""A box that siteauto only reads: it is backed up, asked for a login, and never planned or compared."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from siteauto.adapters.age_seal import new_pair
from siteauto.adapters.state_folder import StateFolder
from siteauto.app.company import open_company, open_site
from siteauto.app.secrets import missing_secrets
from siteauto.app.settings import Settings
from siteauto.app.site_run import _backup_only, open_site_run
from siteauto.app.where import Where
from siteauto.core.backup import BackupStatus
from siteauto.core.drift import DriftStatus
from siteauto.core.models import Role
from siteauto.reporters.drift import drift_document
from siteauto.testing.fake_platform import fake_platform
from siteauto.testing.fake_transport import FakeDevice, FakeTransport
from siteauto.testing.fakes import FakeClock, FakeSecrets, SerialRunner
from siteauto.workflows.backup import back_up
from siteauto.workflows.drift import find_drift
from siteauto.workflows.site_checks import check_site
from siteauto.workflows.site_run import select_devices, with_backup_only

ROOT = Path(__file__).parents[3]
SITE = "us-nyc-mad01"
OLD = (
    "backup_only:\n  old-sw1:\n    platform: cisco_ios\n    address: 10.44.19.60\n    port: 2222\n"
    "    login: {username: backup, password: secret://us-nyc-mad01/old}\n"
)
RUNNING = "hostname old-sw1\n!\nend\n"


@pytest.fixture
def settings(tmp_path):
    for folder in ("inventory", "templates", "playbooks"):
        shutil.copytree(ROOT / folder, tmp_path / "repo" / folder)
    (tmp_path / "repo" / "backup.yaml").write_text(f'version: "1"\nrecipients: [{new_pair().recipient}]\n')
    file = tmp_path / "repo" / "inventory" / "sites" / f"{SITE}.yaml"
    file.write_text(file.read_text() + OLD)
    return Settings(root=tmp_path / "repo", state=tmp_path / "state", environment={})


@pytest.fixture
def run(settings):
    """The run with a fake box in the place of the old switch; everything else would be contacted for real."""
    live = open_site_run(settings, SITE)
    secrets = FakeSecrets({"us-nyc-mad01/old": "pw"})
    target = replace(live.backup_only[0], platform=fake_platform())
    box = FakeDevice(
        name=target.device.name,
        platform=target.platform,
        clock=FakeClock(),
        running=RUNNING,
        passwords={"backup": "pw"},
    )
    only = replace(live, backup_only=(target,), transport=FakeTransport([box], secrets), runner=SerialRunner())
    return replace(select_devices(with_backup_only(only), ["old-sw1"]), secrets=secrets), box


def test_the_box_is_known_with_its_own_login(settings):
    run = open_site_run(settings, SITE)
    (old,) = run.backup_only
    assert (old.device.name, old.device.role, old.host, old.port) == (
        f"{SITE}-old-sw1",
        Role.BACKUP_ONLY,
        "10.44.19.60",
        2222,
    )
    assert [(each.username, str(each.password)) for each in old.credentials] == [
        ("backup", "secret://us-nyc-mad01/old")
    ]


@pytest.mark.parametrize(("platform", "port"), [("cisco_ios", 22), ("arista_eos", 443), ("vyos", 22)])
def test_without_a_port_it_is_reached_where_its_platform_is(settings, platform, port):
    file = settings.root / "inventory" / "sites" / f"{SITE}.yaml"
    file.write_text(
        file.read_text().replace("platform: cisco_ios", f"platform: {platform}").replace("    port: 2222\n", "")
    )
    (old,) = open_site_run(settings, SITE).backup_only
    assert old.port == port


def test_nothing_is_planned_for_it(settings):
    run = open_site_run(settings, SITE)
    assert "old-sw1" not in [target.device.short for target in run.targets]
    assert f"{SITE}-old-sw1" not in {check.device for check in run.checks} | set(run.rendered)


def test_it_is_backed_up(run):
    report = back_up(run[0], reason="asked for")
    (one,) = report.devices
    assert (one.status, one.file) == (BackupStatus.STORED, f"{SITE}-old-sw1.cfg")


def test_it_is_asked_for_a_login_and_for_nothing_else(run):
    report = check_site(run[0])
    assert [(result.check.kind, result.status) for result in report.results] == [("reachable", "pass")]
    run[1].reachable = lambda: False
    assert [result.status for result in check_site(run[0]).results] == ["unreachable"]


def test_it_has_no_intent_to_drift_from(run):
    run[1].reachable = lambda: pytest.fail("it was contacted")
    report = find_drift(run[0]).report
    assert [(each.status, report.exit_code) for each in report.devices] == [(DriftStatus.NO_INTENT, 0)]
    assert drift_document(report).summary == "0 of 0 devices differ from their intent"


def test_a_lab_has_none_of_them(settings, tmp_path):
    view = open_site(open_company(settings), SITE)
    where = Where(
        lab=True, described_as="lab", hosts={}, ssh_port=1, known_hosts=tmp_path, secrets=tmp_path, backups=tmp_path
    )
    assert _backup_only(view, where, trust_new_host_keys=False) == ()


def test_its_password_is_asked_for(settings):
    StateFolder(settings.state).ensure()
    assert "secret://us-nyc-mad01/old" in {each.reference for each in missing_secrets(settings)}


def test_a_refused_login_is_an_outcome(run):
    run[1].passwords = {"backup": "other"}
    (one,) = back_up(run[0], reason="asked for").devices
    assert one.status is BackupStatus.UNREACHABLE
