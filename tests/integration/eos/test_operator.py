"""Somebody at a keyboard, at an office of Arista switches that has just been unpacked: backups and drift."""

import subprocess

import pytest
from tests.companies import company_with
from tests.operators import an_operator

SITE = "us-nyc-eos01"


@pytest.fixture(scope="module")
def operator(tmp_path_factory):
    folder = tmp_path_factory.mktemp("operator")
    with an_operator(folder / "operator") as one:
        one.environment["SITEAUTO_ROOT"] = str(company_with("arista_eos", folder))
        one.expect(0, "lab", "up", SITE)
        yield one
        one.expect(0, "lab", "down", SITE)


def stored(operator, device):
    """The text of a device in the repository of backups, as anybody with the repository reads it."""
    folder = operator.state / "lab" / SITE / "backups" / "config"
    shown = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    )
    (file,) = [name for name in shown.stdout.splitlines() if name.endswith(f"{SITE}-{device}.cfg")]
    return subprocess.run(
        ["git", "show", f"HEAD:{file}"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.proves("backup", "arista_eos")
def test_a_backup_is_whole_and_holds_no_secret(operator):
    operator.expect(0, "backup", SITE)
    text = stored(operator, "sw2")
    assert text.startswith("! Command: show running-config\n! device: us-nyc-eos01-sw2 (CCS-720XP-48Y6, EOS-4.32.2F)\n")
    assert text.endswith("\nend\n")
    assert f"username day0 privilege 15 role network-admin secret sha512 secret://{SITE}/bootstrap\n" in text
    assert "$6$" not in text


def test_what_has_not_changed_makes_no_commit(operator):
    operator.expect(0, "backup", SITE)
    again = operator.expect(0, "backup", SITE)
    assert "unchanged" in again.out


@pytest.mark.proves("drift", "arista_eos")
def test_drift_shows_the_lines_of_somebody_else(operator):
    typed = ["configure", "interface Ethernet7", "description temporary, ask Bob", "end"]
    operator.expect(0, "lab", "type", SITE, "sw2", *typed)
    ended = operator.expect(5, "drift", SITE)
    assert "-   description temporary, ask Bob" in ended.out
    operator.expect(0, "backup", SITE)
    assert "description temporary, ask Bob" in stored(operator, "sw2")


def test_the_facts_of_each_box_are_verified(operator):
    ended = operator.type("verify", SITE)
    assert ended.code == 3, "a site that was just unpacked is not as intended"
    assert f"{SITE}-sw1" in ended.out
