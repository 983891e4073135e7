"""What `siteauto init` brings for a machine that backs up every night by itself."""

import configparser
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from siteauto.app.example import make_repository
from siteauto.cli.main import run

REPOSITORY = Path(__file__).parents[3]


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


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    """A company's repository as `siteauto init` makes it."""
    folder = tmp_path_factory.mktemp("network") / "mine"
    make_repository(folder)
    return folder


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_takes_the_units(network, tmp_path):
    for file in (network / "unattended").glob("siteauto-*"):
        text = file.read_text().replace("/opt/siteauto/bin/siteauto", "/bin/true")
        (tmp_path / file.name).write_text(text)
    units = sorted(str(file) for file in tmp_path.glob("siteauto-*"))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_file_names_what_there_is(network):
    """Not built here, where no registry can be reached: every file, command and variable in it is looked up instead."""
    said = instructions((network / "unattended" / "Containerfile").read_text())
    copied = [word for line in said["COPY"] for word in line.split()[:-1]]
    assert copied
    assert all((network / name).is_file() for name in copied), copied
    (image,) = said["FROM"]
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    least, found = (
        tuple(map(int, re.search(r"3[.](\d+)", each).groups())) for each in (project["requires-python"], image)
    )
    assert found >= least
    assert json.loads(said["ENTRYPOINT"][0]) == [*project["scripts"]]
    (command,) = said["CMD"]
    assert run([*json.loads(command), "--help"]) == 0, "a verb with flags that there are"
    assert variables(" ".join(said["ENV"])) <= known_variables()
    made = {word for line in said["RUN"] for word in line.split() if word.startswith("/")}
    assert set(json.loads(said["VOLUME"][0])) <= made
    assert said["USER"], "not root"


@pytest.mark.parametrize("unit", ["siteauto-backup.service", "siteauto-drill.service"])
def test_the_units_set_variables_that_are_read_and_call_what_there_is(network, unit):
    text = (network / "unattended" / unit).read_text()
    command = re.search(r"^ExecStart=\S+/siteauto (.+)$", text, re.MULTILINE)[1]
    assert run([*command.split(), "--help"]) == 0
    assert variables("".join(line for line in text.splitlines(keepends=True) if line.startswith("Environment="))) <= (
        known_variables()
    )


def instructions(text):
    """What a Containerfile says, by instruction, with continued lines put together."""
    said = {}
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            said.setdefault(word, []).append(rest.strip())
    return said


def variables(text):
    return set(re.findall(r"\b(SITEAUTO_[A-Z_]+)=", text))


def known_variables():
    """Every variable that siteauto reads, by its own words."""
    source = REPOSITORY / "src" / "siteauto"
    return {name for file in source.rglob("*.py") for name in re.findall(r"SITEAUTO_[A-Z_]+", file.read_text())}
