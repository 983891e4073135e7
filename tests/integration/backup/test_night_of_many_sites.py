"""A night over so many sites that each core has a process: every site has an outcome, whatever becomes of a process."""

import json
import os

import pytest
import yaml
from tests.operators import Operator

from siteauto.adapters.age_seal import new_pair
from siteauto.app.example import make_repository

SITES = [f"us-nyc-zz{letter}{number:02d}" for letter in "ab" for number in (1, 2, 3)]


@pytest.fixture
def operator(tmp_path):
    """An operator of six sites with one box each, at addresses where nobody listens."""
    operator = Operator(tmp_path / "operator")
    folder = tmp_path / "company"
    make_repository(folder)
    for file in (*(folder / "inventory/sites").iterdir(), *(folder / "inventory/locks").iterdir()):
        file.unlink()
    for number, site in enumerate(SITES, 1):
        box = {"platform": "cisco_ios", "address": f"127.77.0.{number}", "port": 9}
        box["login"] = {"username": "backup", "password": f"secret://{site}/box"}
        (folder / f"inventory/sites/{site}.yaml").write_text(yaml.safe_dump({"site": site, "backup_only": {"b1": box}}))
    policy = {"version": "1", "recipients": [new_pair().recipient], "retries": 0}
    (folder / "backup.yaml").write_text(yaml.safe_dump(policy))
    operator.environment.update(SITEAUTO_ROOT=str(folder), SITEAUTO_TARGET="live")
    return operator


def night(operator, program):
    """What is told of each site, where this program gives the secrets."""
    file = operator.folder / "give"
    file.write_text(f"#!/bin/sh\n{program}\n")
    file.chmod(0o755)
    settings = {"secrets": [{"command": {"run": [str(file), "{name}"]}}]}
    (operator.folder / "settings.yaml").write_text(yaml.safe_dump(settings))
    operator.environment["SITEAUTO_SETTINGS"] = str(operator.folder / "settings.yaml")
    process = operator.start("backup", "--all", "--format", "jsonl")
    out, err = process.communicate(timeout=60)
    told = [json.loads(line) for line in out.splitlines()]
    return process.returncode, {one["site"]: one["totals"] for one in told if "site" in one}, err


def test_every_site_has_an_outcome(operator):
    code, told, err = night(operator, "echo a-password")
    assert told == {site: {"unreachable": 1} for site in SITES}
    assert f"{len(SITES)} unreachable" in err
    assert code == 4


@pytest.mark.skipif(len(os.sched_getaffinity(0)) == 1, reason="one core: the process that is killed is siteauto itself")
def test_a_process_that_is_killed_takes_its_sites_with_it_and_no_others(operator):
    code, told, err = night(operator, f"[ $1 = {SITES[0]}/box ] && kill -9 $PPID; echo a-password")
    lost = [site for site in SITES if f"{site}: the process that backed it up was killed" in err]
    assert SITES[0] in lost
    assert sorted((*lost, *told)) == SITES
    assert code == 4
