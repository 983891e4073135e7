"""Configurations that were recorded from devices: read, printed again, compared with themselves, and redacted."""

import os
from pathlib import Path

import pytest
import yaml

from siteauto.core.config import diff, normalise, parse, to_candidate, to_text
from siteauto.core.redact import redact
from siteauto.platforms import load_platforms

CAPTURES = Path(os.environ.get("SITEAUTO_CAPTURES", Path(__file__).parents[4] / "shared/data/captures")) / "oxidized"
PLATFORMS = {"aoscx": "aruba_aoscx", "asa": "cisco_asa", "eos": "arista_eos", "ios": "cisco_ios", "nxos": "cisco_nxos"}
RECORDED = [path for path in sorted(CAPTURES.glob("*#output.txt")) if path.name.partition("#")[0] in PLATFORMS]


def rules_of(path: Path):
    return load_platforms()[PLATFORMS[path.name.partition("#")[0]]].config


def secrets_of(path: Path) -> Path:
    return path.with_name(path.name.replace("#output.txt", "#secret.yaml"))


def test_the_recordings_are_here():
    if not CAPTURES.is_dir():
        pytest.skip("the recorded device output is not here (SITEAUTO_CAPTURES)")
    assert len(RECORDED) > 15


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_a_recorded_configuration_survives(path: Path):
    rules, text = rules_of(path), path.read_text(encoding="utf-8")
    once = to_text(parse(rules, text))
    assert to_text(parse(rules, once)) == once
    tree = normalise(rules, text)
    assert not diff(normalise(rules, to_candidate(tree)), tree).significant
    kept = {" ".join(line.split()) for line in once.splitlines()}
    lost = [
        " ".join(line.split())
        for line in text.splitlines()
        if line.startswith(("hostname ", "snmp-server ", "username "))
    ]
    assert not [line for line in lost if line not in kept]


@pytest.mark.parametrize("path", [path for path in RECORDED if secrets_of(path).exists()], ids=lambda path: path.name)
def test_nothing_secret_of_a_recorded_configuration_is_left(path: Path):
    recorded = yaml.safe_load(path.with_name(path.name.replace("#output.txt", "#simulation.yaml")).read_text())[
        "commands"
    ]
    answers = recorded.values() if isinstance(recorded, dict) else [text for item in recorded for text in item.values()]
    shown = "".join(redact(rules_of(path), text.encode().decode("unicode_escape"), b"key") for text in answers)
    assert not [secret for secret in yaml.safe_load(secrets_of(path).read_text())["fail"] if secret in shown]
