"""Stored copies go back on their devices, as one transaction over real sockets."""

import json
import re
import shutil
import subprocess

import pytest
from tests.operators import REPOSITORY, SITE

from .conftest import typed

SWITCH, FIREWALL, PORT = f"{SITE}-sw2", f"{SITE}-fw1", "GigabitEthernet1/0/29"


def commits(operator, device):
    return [
        one["commit"] for one in json.loads(operator.expect(0, "history", device, "--format", "json").out)["copies"]
    ]


def test_a_dry_run_shows_the_change_and_makes_none(provisioned):
    before = commits(provisioned, SWITCH)
    with typed(provisioned, "sw2", PORT, "description typed by hand"):
        shown = provisioned.expect(5, "restore", SWITCH, "--dry-run").out
    assert "- description typed by hand" in shown
    assert "no text brings back: vlan.dat" in shown
    assert commits(provisioned, SWITCH) == before


@pytest.mark.proves("restore", "cisco_ios")
def test_a_copy_goes_back_on_a_switch(provisioned):
    with typed(provisioned, "sw2", PORT, "description typed by hand"):
        ended = provisioned.expect(
            0, "restore", SWITCH, "--at", commits(provisioned, SWITCH)[0], "--yes", "--settle", "0"
        )
        assert "network: 1 device changed and saved" in ended.out
        assert "typed by hand" not in provisioned.expect(0, "show", "backup", SWITCH).out


@pytest.mark.proves("restore", "fortinet")
def test_a_copy_goes_back_on_a_firewall_that_has_no_candidate(provisioned):
    before = commits(provisioned, FIREWALL)[0]
    provisioned.lab("type", "fw1", "config system interface", "edit wan2", "set alias typed", "next", "end")
    ended = provisioned.expect(0, "restore", FIREWALL, "--at", before, "--yes", "--settle", "0")
    assert "network: 1 device changed and saved" in ended.out
    assert "set alias" not in provisioned.expect(0, "show", "backup", FIREWALL).out.partition('edit "wan2"')[2][:300]


def test_boxes_that_are_only_backed_up_say_what_a_person_does(provisioned, tmp_path):
    sites = tmp_path / "inventory" / "sites"
    shutil.copytree(REPOSITORY / "inventory", tmp_path / "inventory")
    shutil.copytree(REPOSITORY / "templates", tmp_path / "templates")
    login = "{username: ops, password: secret://x/y}"
    box = f"{{platform: vyos, address: 10.9.0.1, login: {login}}}"
    (sites / "us-old-oxi01.yaml").write_text(f"site: us-old-oxi01\nbackup_only:\n  rtr1: {box}\n")
    told = provisioned.expect(2, "restore", "us-old-oxi01-rtr1", "--root", str(tmp_path)).err
    assert "siteauto show backup us-old-oxi01-rtr1 --exact > us-old-oxi01-rtr1.conf" in told.replace(".cfg", ".conf")
    assert "Type its lines in configure mode" in told


def test_what_is_not_there_is_said(provisioned):
    assert "There is no site or device nowhere-sw1" in provisioned.expect(2, "restore", "nowhere-sw1").err
    assert "There is no copy of" in provisioned.expect(2, "restore", SWITCH, "--at", "2001-01-01").err


def test_a_copy_is_proven_by_a_drill(provisioned):
    drilled = provisioned.expect(0, "drill", SWITCH).out
    assert "1 of 1 devices proven restorable, oldest proof 0 days" in drilled
    assert "CP-9" in drilled


def test_a_copy_that_does_not_open_has_lost_its_proof(provisioned):
    backups = provisioned.state / "lab" / SITE / "backups" / "config"
    sealed, record = backups / SITE / f"{SWITCH}.cfg.age", backups / SITE / f"{SWITCH}.json"
    good = sealed.read_bytes()
    commit = ("git", "-C", backups, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-am")
    sealed.write_bytes(good[:-40])
    record.write_text(record.read_text() + "\n")
    subprocess.run([*commit, "Damage a copy"], check=True)
    try:
        drilled = provisioned.expect(3, "drill", SWITCH).out
        assert "A sealed backup does not open" in drilled
        assert "0 of 1 devices proven restorable" in drilled
    finally:
        sealed.write_bytes(good)
        record.write_text(record.read_text()[:-1])
        subprocess.run([*commit, "Mend it"], check=True)


@pytest.fixture
def factory_new(provisioned):
    """The same site on boxes from the factory, and other secrets than those in the copies."""
    provisioned.expect(0, "lab", "down", SITE)
    provisioned.expect(0, "lab", "up", SITE)
    return provisioned


def test_a_whole_site_is_rebuilt_on_new_boxes(factory_new):
    before = stored_forms(factory_new)
    ended = factory_new.expect(3, "restore", SITE, "--waves", "--yes", "--settle", "0", "--diff-lines", "0")
    assert re.findall(r"^wave: (.+)$", ended.out, re.MULTILINE) == ["fw1", "sw1", "sw2, wlc1"], "from the inside"
    assert set(re.findall(r"\S+-(\w+) +saved$", ended.err, re.MULTILINE)) == {"fw1", "sw1", "sw2", "wlc1"}
    failed = re.findall(r"✗ fail +(.+)", ended.out)
    assert failed == ["running configuration"] * 4, "the secrets are those of the copies; all else is as intended"
    assert stored_forms(factory_new) == before, "an enable secret of yesterday is that of today"


def stored_forms(operator):
    exact, _ = operator.start("show", "backup", SWITCH, "--exact").communicate(timeout=60)
    found = re.findall(r"^enable secret .+$|^ key 7 .+$", exact, re.MULTILINE)
    assert found
    return found
