"""What `siteauto init` brings for a machine that backs up every night by itself."""

import configparser
import re

import yaml

from siteauto.app.example import make_repository


def test_a_new_repository_has_a_timer_a_container_and_alert_rules(tmp_path):
    folder = tmp_path / "mine"
    assert folder / "unattended" in make_repository(folder)
    files = {file.name: file.read_text() for file in (folder / "unattended").iterdir()}
    unit = configparser.RawConfigParser(strict=False)
    unit.read_string(files["siteauto-backup.service"])
    assert unit["Service"]["ExecStart"].endswith("siteauto backup --all")
    assert "Persistent=true" in files["siteauto-backup.timer"]
    assert "pip install --no-cache-dir --requirement" in files["Containerfile"]
    assert "openssh-client" in files["Containerfile"]
    rules = yaml.safe_load(files["backup-alerts.yaml"])["groups"][0]["rules"]
    named = {name for rule in rules for name in re.findall(r"siteauto_backup_\w+", rule["expr"])}
    assert named == {
        "siteauto_backup_run_timestamp_seconds",
        "siteauto_backup_proven_timestamp_seconds",
        "siteauto_backup_run_troubles",
        "siteauto_backup_leaks_masked",
    }, "the figures are named in adapters/prometheus_textfile.py"
