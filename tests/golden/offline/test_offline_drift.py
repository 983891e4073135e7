"""What `siteauto drift --offline` says."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from .conftest import NOW, Bench

EXPECTED = Path(__file__).parent / "expected"
DAY = 86400
Command = Callable[..., tuple[int, str]]
Expect = Callable[[Path, str], None]
LAST_CHANGE = "! Last configuration change at 02:11:09 EST Mon Nov 2 2026 by anna\nversion 17.9"

IGNORES = """\
version: "1"
ignore:
  - device: sw1
    section: interface GigabitEthernet1/0/3
    path: "* / description *"
    reason: the shop names its own desks
    owner: anna
    expires: 2027-03-31
  - site: us-nyc-*
    section: logging host *
    reason: a second collector during the migration
    owner: ben
    expires: 2026-10-31
  - role: wlc
    section: snmp-server *
    reason: nobody knows any more
    owner: cleo
    expires: 2027-03-31
  - role: core
    section: banner *
    from: 2027-01-01
    reason: a grace period that has not begun
    owner: cleo
    expires: 2027-03-31
"""


@pytest.fixture
def drifted(bench: Bench) -> Bench:
    bench.back_up(
        "us-nyc-mad01-sw1",
        ("version 17.9", LAST_CHANGE),
        ("description desk", "description HAND"),
        ("logging host 10.10.0.31", "logging host 10.10.0.66"),
    )
    bench.back_up("us-nyc-mad01-wlc1", ("\nend\n", "\n!\nend\n"), at=NOW - 9 * DAY)
    bench.back_up("us-bos-new01-wlc1", ("hostname", "% Invalid input\nhostname"))
    return bench


@pytest.mark.parametrize(("form", "file"), [("text", "drift.txt"), ("markdown", "drift.md")])
def test_drift_with_remediation_and_ignores(
    drifted: Bench, siteauto: Command, expect_text: Expect, form: str, file: str
):
    (drifted.root / "drift-ignore.yaml").write_text(IGNORES)
    code, text = siteauto("drift", "--offline", "--remediation", "--format", form)
    assert code == 4  # one backup cannot be read
    expect_text(EXPECTED / file, text)


def test_remediation_is_offered_with_its_proof(drifted: Bench, siteauto: Command):
    code, text = siteauto("drift", "us-nyc-mad01", "--offline", "--remediation")
    assert code == 5
    assert "remediation (converges):" in text
    assert "no logging host 10.10.0.66" in text


def test_an_expired_rule_fails_a_run_that_has_no_drift(bench: Bench, siteauto: Command):
    (bench.root / "drift-ignore.yaml").write_text(IGNORES)
    code, text = siteauto("drift", "us-nyc-mad01", "--offline")
    assert code == 3
    assert "expired, so the run fails: drift-ignore.yaml:9 (ben, until 2026-10-31" in text
    code, text = siteauto("drift", "us-bos-new01", "--offline")  # the rule is not about this site
    assert code == 0


def test_a_plan_leaves_ignored_drift_alone_and_counts_it(drifted: Bench, siteauto: Command):
    (drifted.root / "drift-ignore.yaml").write_text(IGNORES)
    drifted.commit("two")
    code, text = siteauto("plan", "us-nyc-mad01", "--base", "main~1")
    assert code == 5
    assert "description HAND" not in text
    assert "1 difference suppressed by drift-ignore.yaml" in text


def test_control_characters_of_a_device_reach_no_terminal(bench: Bench, siteauto: Command):
    bench.back_up("us-nyc-mad01-sw1", ("description desk", "description \x1b[31mred\u202e"))
    _, text = siteauto("drift", "us-nyc-mad01", "--offline")
    assert "description �[31mred�" in text


def test_several_sites_are_one_output(drifted: Bench, siteauto: Command):
    _, text = siteauto("drift", "--offline", "--format", "json")
    sites = [each["site"] for each in json.loads(text.partition("\ntarget:")[0])["documents"]]
    assert sites == ["us-bos-new01", "us-nyc-mad01"]
    _, text = siteauto("drift", "--offline", "--format", "junit")
    assert len(ET.fromstring(text.partition("\ntarget:")[0])) == 6
    _, text = siteauto("drift", "--offline", "--format", "jsonl")
    assert len([line for line in text.splitlines() if line.startswith("{")]) == 8


@pytest.mark.parametrize(("device", "word"), [("sw1", "full replace"), ("wlc1", "by hand")])
def test_what_commands_do_not_reach_says_what_does(bench: Bench, siteauto: Command, device: str, word: str):
    """The login in use is gone from the intent: no command may take it away."""
    bench.back_up(
        f"us-nyc-mad01-{device}",
        ("username siteauto privilege 15 secret secret://us-nyc-mad01/local_admin", "username siteauto privilege 15"),
        ("vlan 10\n", "username siteauto secret 9 ‹type9 #12345678›\nvlan 10\n"),
    )
    for role in ("core", "wlc"):
        bench.edit(
            f"templates/cisco_ios/{role}.j2", ("username {{ intent.organisation.local_admin }}", "username other")
        )
    code, text = siteauto("drift", "us-nyc-mad01", "--offline", "--remediation")
    assert code == 5
    assert f"remediation ({word}: username siteauto: the login in use would be removed" in text
