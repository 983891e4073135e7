"""The whole walk at one site, on a machine that cannot run the lab's server."""

import json
import os
import re
import shutil
import signal
import subprocess
from xml.etree import ElementTree as ET

import pytest
from tests.canary import leaks, secrets_of
from tests.forges.conftest import GIT, Forge
from tests.operators import REPOSITORY, SITE

from siteauto.lab.process import read_state

from .conftest import typed

UNTESTED = "servers: untested, because "
LINE = "description temporary, ask Bob"


def target_of(ended):
    """The first line of a report in text."""
    return ended.lines[0]


def test_inventory_and_rendering_need_no_lab(operator):
    assert operator.expect(0, "validate").err.startswith("target: none")
    rendered = operator.expect(0, "render", SITE)
    assert rendered.err.startswith("target: none")
    for device in ("fw1", "sw1", "sw2", "wlc1"):
        assert f"# ── {SITE}-{device} " in rendered.out
    assert f"secret://{SITE}/local_admin" in rendered.out
    day0 = operator.expect(0, "render", SITE, "--bootstrap")
    assert not set(re.findall(r"secret://\S+/(\w+)", day0.out)) - {"bootstrap"}, "day 0 holds secrets"


def test_the_lab_names_itself_and_what_it_cannot_do(provisioned):
    said = provisioned.said["lab up"]
    assert target_of(said).startswith(f"target: lab {SITE} (simulated devices at 127.0.0.0/8 port ")
    assert UNTESTED in said.out
    for device, address in (("fw1", "127.44.19.33"), ("sw1", "127.44.19.34"), ("wlc1", "127.44.19.36")):
        assert re.search(rf"{SITE}-{device} +{address}:\d+", said.out)


def test_a_plan_of_a_new_site_shows_every_change_and_the_untested_server(provisioned):
    plan = provisioned.said["plan"]
    assert target_of(plan).startswith(f"target: lab {SITE} ")
    assert "plan: 4 devices would change" in plan.lines[-1]
    assert "servers: untested: " in plan.out
    assert "replace; undone by its timer: native" in plan.out
    assert "undoing it means a reboot of about " in plan.out, "the undo of the firewall is not said"


def test_provisioning_changes_all_devices_and_says_what_it_did(provisioned):
    ended = provisioned.said["provision"]
    assert target_of(ended).startswith(f"target: lab {SITE} ")
    assert "network: 4 devices changed and saved" in ended.lines
    assert re.search(r"^(\d+) checks: \1 pass$", ended.out, re.MULTILINE)
    assert UNTESTED in ended.out
    folder = re.search(r"^backup: (\S+) commit ([0-9a-f]{12})$", ended.out, re.MULTILINE)
    assert folder is not None
    assert folder[1] == str(provisioned.lab_folder / "backups" / "config")
    for phase in ("connect", "stage …", "arm …", "armed until", "verify over fresh connections", "confirmed", "saved"):
        assert phase in ended.err, f"no progress says {phase}"


def test_the_second_time_nothing_changes(provisioned):
    ended = provisioned.expect(4, "provision", SITE, "--yes")
    assert "plan: no changes" in ended.lines
    assert "network: no changes" in ended.lines
    assert "stage" not in ended.err


def test_nobody_is_asked_where_nobody_can_be(provisioned):
    with typed(provisioned, "sw2", "GigabitEthernet1/0/30", LINE):
        process = provisioned.start("provision", SITE)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 2
        assert "plan: 1 device would change" in out
        assert "there is nobody to ask" in err
        assert LINE in provisioned.console("sw2", "show running-config interface GigabitEthernet1/0/30")


def test_the_site_verifies(provisioned):
    ended = provisioned.expect(0, "verify", SITE)
    assert target_of(ended).startswith(f"target: lab {SITE} ")
    assert re.fullmatch(r"(\d+) checks: \1 pass", ended.lines[-1])


def test_a_pulled_cable_is_named(provisioned):
    provisioned.lab("unplug", "sw2", "GigabitEthernet1/0/47")
    try:
        ended = provisioned.expect(3, "verify", SITE)
        assert f"Check the patch to {SITE}-ap1 GigabitEthernet0." in ended.out
        assert "unplugged:" in provisioned.lab("status").out
    finally:
        provisioned.lab("plug", "sw2", "GigabitEthernet1/0/47")


def test_a_pulled_uplink_cuts_a_switch_off_and_is_named(provisioned):
    provisioned.lab("unplug", "sw1", "TenGigabitEthernet1/1/1")
    try:
        ended = provisioned.expect(4, "verify", SITE)
        assert f"Check the patch to {SITE}-sw2 TenGigabitEthernet1/1/1." in ended.out
        assert f"{SITE}-sw2: " in ended.out
        assert " unreachable" in ended.lines[-1]
        assert provisioned.expect(4, "verify", SITE, "--device", "sw2").lines[-1].endswith("unreachable")
    finally:
        provisioned.lab("plug", "sw1", "TenGigabitEthernet1/1/1")


@pytest.mark.proves("drift", "cisco_ios")
def test_a_change_behind_siteautos_back_is_shown_and_put_right(provisioned):
    with typed(provisioned, "sw2", "GigabitEthernet1/0/30", LINE):
        drift = provisioned.expect(5, "drift", SITE)
        assert target_of(drift).startswith(f"target: lab {SITE} ")
        assert f"- {LINE}" in drift.out
        assert "interface GigabitEthernet1/0/30" in drift.out
        assert drift.lines[-1].startswith("1 of 4 devices differ from their intent")
        assert provisioned.expect(0, "drift", SITE, "--device", "sw1").lines[-1].startswith("0 of 1")
        ended = provisioned.expect(4, "provision", SITE, "--yes", "--settle", "0")
        assert "network: 1 device changed and saved" in ended.lines
        assert "arm …" in ended.err
        assert f"{SITE}-sw1" not in "".join(line for line in ended.err.splitlines() if " arm " in line)
    assert provisioned.expect(0, "drift", SITE).lines[-1].startswith("0 of 4")


@pytest.fixture
def clone(provisioned, tmp_path):
    """A clone of the company in a repository of GitHub's kind, and what a command line needs to speak of it."""
    forge = Forge("github", tmp_path)
    forge.state.pulls.clear()
    folder = tmp_path / "clone"
    for name in ("inventory", "templates", "playbooks"):
        shutil.copytree(REPOSITORY / name, folder / name)
    for words in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "--all"),
        ("commit", "--quiet", "--message=one"),
        ("remote", "add", "origin", str(forge.bare)),
        ("push", "--quiet", "--force", "origin", "main"),
    ):
        subprocess.run([*GIT, *words], cwd=folder, check=True)
    forge.variables = {
        "SITEAUTO_ROOT": str(folder),
        "SITEAUTO_FORGE": "github",
        "SITEAUTO_REPOSITORY": "maison/sites",
        "SITEAUTO_API_URL": forge.server.api_url,
        "SITEAUTO_FORGE_TOKEN": "tok-writer",
    }
    yield forge
    forge.server.close()


def test_drift_of_the_live_devices_becomes_a_pull_request_and_closes_itself(provisioned, clone):
    with typed(provisioned, "sw2", "GigabitEthernet1/0/30", LINE):
        ended = provisioned.expect(5, "drift", SITE, "--pr", **clone.variables)
        assert "pull request: us-nyc-mad01: opened " in ended.err
        (pull,) = clone.state.pulls.values()
        assert re.search(
            rf"^\| {SITE}-sw2 \| 1 \| Last configuration change at .* \| the live device \|$", pull.body, re.MULTILINE
        )
        assert f"{LINE}\n```\n\nWith this, nothing of the drift is left" in pull.body
        assert "proven by rendering the site" in pull.body
        again = provisioned.expect(5, "drift", SITE, "--pr", **clone.variables)
        assert "pull request: us-nyc-mad01: as it was " in again.err
    ended = provisioned.expect(0, "drift", SITE, "--pr", **clone.variables)
    assert "the drift is gone" in ended.err
    assert not pull.is_open


def test_a_site_that_cannot_be_asked_stops_no_other(provisioned):
    ended = provisioned.expect(2, "drift", "us-bos-cop01", SITE, "--format", "json")
    assert json.loads(ended.out)["site"] == SITE
    assert "us-bos-cop01" in ended.err


def test_a_password_that_somebody_typed_into_a_description_is_told_nobody(provisioned, clone):
    secrets = secrets_of(provisioned.lab_folder)
    password = secrets[f"{SITE}/local_admin"]
    with typed(provisioned, "sw2", "GigabitEthernet1/0/30", f"description {password}"):
        ended = provisioned.expect(5, "drift", SITE, "--remediation", "--pr", **clone.variables)
    (pull,) = clone.state.pulls.values()
    assert "description secret://" in ended.out
    told = {"output": ended.out, "errors": ended.err, "pull request": pull.body}
    told["branches"] = clone.state.git("log", "--all", "--patch")
    assert leaks(secrets, told) == []


def test_a_backup_of_an_unchanged_site_makes_no_commit(provisioned):
    first = provisioned.expect(0, "backup", SITE)
    again = provisioned.expect(0, "backup", SITE)
    assert commit_of(first) == commit_of(again)
    assert again.lines[-1] == "backup: 4 unchanged"


def test_stored_copies_are_listed_shown_compared_and_opened(provisioned):
    device = f"{SITE}-sw2"
    with typed(provisioned, "sw2", "GigabitEthernet1/0/30", LINE):
        provisioned.expect(0, "backup", SITE)
    provisioned.expect(0, "backup", SITE)
    history = provisioned.expect(0, "history", device)
    commits = [line.split()[1] for line in history.lines[:-1]]
    assert "changed by " in history.lines[0]
    changed = provisioned.expect(5, "diff", device, commits[1])
    assert f"- {LINE}" in changed.lines
    assert json.loads(provisioned.expect(5, "diff", device, commits[1], commits[0], "--format", "json").out)["diff"]
    assert provisioned.expect(0, "diff", device, commits[0], commits[0]).out == "no difference\n"
    assert LINE in provisioned.expect(0, "show", "backup", device, "--at", commits[1]).out
    assert "no copy" in provisioned.expect(2, "show", "backup", device, "--at", "2020-01-01").err
    process = provisioned.start("show", "backup", device, "--exact")
    exact, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert re.search(r"^enable secret 9 \$9\$", exact, re.MULTILINE)
    assert "enable secret 9 secret://" in provisioned.expect(0, "show", "backup", device).out


def test_a_night_over_all_sites_goes_on_where_one_cannot_be_backed_up(provisioned):
    """No other site has a lab, and no test may try the addresses of the inventory."""
    ended = provisioned.expect(2, "backup", "--all")
    assert re.search("^backup: 4 unchanged$", ended.out, re.MULTILINE)
    assert "us-bos-cop01: SITEAUTO_TARGET=lab does not allow" in ended.out
    assert f"{SITE}-sw1: " not in ended.out.partition("us-bos-cop01: SITEAUTO_TARGET")[2]
    assert re.search(r"^us-bos-cop01-sw1: never backed up", ended.out, re.MULTILINE)
    status = provisioned.expect(3, "backup", "--status", "--format", "json")
    verdicts = {item["device"]: item["message"] for item in json.loads(status.out)["items"]}
    assert verdicts[f"{SITE}-sw1"].startswith("fresh (copy proven 0 hours ago): unchanged")
    assert verdicts["us-bos-cop01-sw1"].startswith("never backed up")


def commit_of(ended):
    return re.search(r"^commit: ([0-9a-f]{40})$", ended.out, re.MULTILINE)[1]


@pytest.mark.parametrize("verb", ["plan", "verify", "drift", "backup"])
def test_every_report_can_be_read_by_programs(provisioned, verb):
    """With a difference on one switch, so that there is something to tell."""
    with typed(provisioned, "sw2", "GigabitEthernet1/0/30", 'description <b>`|]]>&"@all'):
        ended = provisioned.type(verb, SITE, "--device", "sw2", "--format", "json")
        data = json.loads(ended.out)
        assert (data["kind"], data["site"], data["exit_code"]) == (verb, SITE, ended.code)
        assert sum(data["totals"].values()) == len(data["items"]) > 0
        assert ended.err.startswith(f"target: lab {SITE} ")
        lines = provisioned.type(verb, SITE, "--device", "sw2", "--format", "jsonl").out.splitlines()
        assert [json.loads(line)["type"] for line in lines] == ["version"] + ["item"] * len(data["items"])
        root = ET.fromstring(provisioned.type(verb, SITE, "--device", "sw2", "--format", "junit").out)
        assert len(root.findall("testsuite/testcase")) == len(data["items"])
        markdown = provisioned.type(verb, SITE, "--device", "sw2", "--format", "markdown").out
        rows = [line for line in markdown.splitlines() if line.startswith(f"| {SITE}-sw2 | ")]
        assert len(rows) + markdown.count("| servers |") == len(data["items"])


def test_a_second_lab_of_the_site_is_refused_and_the_first_lives_on(provisioned):
    before = provisioned.lab_state
    ended = provisioned.expect(2, "lab", "up", SITE)
    assert f"A lab of {SITE} is already running (process {before.pid})" in ended.err
    assert f"siteauto lab down {SITE}" in ended.err
    assert provisioned.lab_state == before
    provisioned.expect(0, "verify", SITE, "--device", "wlc1", "--kind", "reachable")  # its secrets still fit


def test_the_state_of_a_dead_lab_is_refused(operator):
    operator.expect(0, "lab", "up", SITE)
    os.kill(operator.lab_state.pid, signal.SIGKILL)
    wait_for_end(operator.lab_state_or_none)
    for words in (("plan", SITE), ("verify", SITE), ("lab", "status", SITE)):
        ended = operator.expect(2, *words)
        assert f"The lab of {SITE} is not running any more, but its state is still here" in ended.err
        assert f"siteauto lab down {SITE}" in ended.err
        assert ended.out == ""
    assert "it had died; its state is cleaned up" in operator.expect(0, "lab", "down", SITE).out
    assert read_state(operator.lab_folder) is None
    operator.expect(0, "lab", "up", SITE)
    operator.expect(0, "lab", "down", SITE)


def test_a_lab_that_is_down_stays_down(operator):
    assert operator.expect(0, "lab", "down", SITE).out == f"no lab of {SITE} is up\n"
    ended = operator.expect(2, "lab", "status", SITE)
    assert f"siteauto lab up {SITE}" in ended.err
    for verb in ("plan", "provision", "verify", "backup", "drift"):
        assert "SITEAUTO_TARGET=lab does not allow" in operator.expect(2, verb, SITE).err


def test_a_repository_of_ones_own(operator):
    """What `init` makes can be validated, and its site can be planned on a lab."""
    mine = operator.folder / "mine"
    ended = operator.expect(0, "init", str(mine))
    assert f"cd {mine} && siteauto validate" in ended.out
    root = {"SITEAUTO_ROOT": str(mine)}
    assert "nothing is wrong" in operator.expect(0, "validate", **root).out
    operator.expect(0, "lab", "up", SITE, **root)
    assert "4 devices would change" in operator.expect(4, "plan", SITE, **root).out
    assert "is not empty" in operator.expect(2, "init", str(mine)).err
    assert (mine / ".git").is_dir()


def wait_for_end(lab):
    while lab() is not None:
        os.sched_yield()
