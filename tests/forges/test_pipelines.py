"""The files that `siteauto init` writes for the builds of a forge: what they say, and what they do."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from siteauto.app.example import write_pipelines
from siteauto.app.origin import NOT_SAID, is_said, write_requirements
from siteauto.cli.main import cli

from .company import SITE, git, make_company
from .conftest import Forge

GITHUB = ("siteauto-nightly.yaml", "siteauto-plan.yaml", "siteauto-report.yaml")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return {file.name: file.read_text() for file in write_pipelines(tmp_path_factory.mktemp("mine"))}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The company with a branch `feature`, its merge, and the branch of backups."""
    folder = make_company(tmp_path_factory.mktemp("company"))
    company = folder / "company"
    git(folder / "backups" / "config", "add", "--all")
    git(folder / "backups" / "config", "commit", "--quiet", "--message", "Back up")
    git(company, "remote", "add", "origin", str(folder / "sites.git"))
    git(company, "fetch", "--quiet", str(folder / "backups" / "config"), "main:siteauto-backups")
    git(company, "switch", "--quiet", "--create", "feature")
    defaults = company / "inventory/defaults.yaml"
    defaults.write_text(defaults.read_text().replace("10.10.0.12", "10.10.0.13"))
    git(company, "commit", "--quiet", "--all", "--message", "two")
    git(company, "push", "--quiet", "origin", "main", "feature", "siteauto-backups")
    git(company, "switch", "--quiet", "--detach", "main")
    git(company, "merge", "--quiet", "--no-ff", "--no-edit", "feature")
    return company


def test_init_writes_them(files):
    assert set(files) == {*GITHUB, ".gitlab-ci.yml"}


def test_nothing_is_installed_but_what_requirements_txt_says(files):
    """No name that somebody else may have on a public index."""
    for text in files.values():
        installs = [line for script in scripts(text) for line in script.splitlines() if "pip install" in line]
        assert installs
        assert all("requirements.txt" in line and "siteauto==" not in line for line in installs)
    for name, base in (("siteauto-plan.yaml", "HEAD^1:"), (".gitlab-ci.yml", "$CI_MERGE_REQUEST_DIFF_BASE_SHA:")):
        assert f"{base}requirements.txt" in files[name], "a pull request chooses what is installed"


@pytest.mark.parametrize(
    ("said", "requirement"),
    [
        (None, ""),
        ({"url": "file:///home/anna/siteauto", "dir_info": {}}, ""),
        ({"url": "https://anna:pw@files.example.com/s.whl", "archive_info": {}}, ""),
        ({"url": "https://files.example.com/s.whl", "archive_info": {}}, "siteauto @ https://files.example.com/s.whl"),
        (
            {"url": "https://git.example.com/s", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "siteauto @ git+https://git.example.com/s@abc",
        ),
    ],
)
def test_builds_install_what_wrote_them_or_stop(said, requirement, tmp_path, monkeypatch):
    class Installed:
        def read_text(self, name):
            return json.dumps(said) if name == "direct_url.json" and said else None

    monkeypatch.setattr("siteauto.app.origin.distribution", lambda _: Installed())
    text = write_requirements(tmp_path).read_text()
    assert [line for line in text.splitlines() if not line.startswith("#")] == [requirement or NOT_SAID]
    assert is_said(tmp_path) is bool(requirement)
    write_requirements(tmp_path, "siteauto==1 --hash=sha256:0")
    assert is_said(tmp_path)


def scripts(text):
    """Every shell text of a pipeline."""
    document = yaml.safe_load(text)
    for job in [*document.get("jobs", {}).values(), *(one for one in document.values() if isinstance(one, dict))]:
        yield from (step["run"] for step in job.get("steps", ()) if "run" in step)
        for part in ("before_script", "script"):
            yield "\n".join(job.get(part, ()))


def test_every_command_in_them_exists(files):
    found = 0
    for text in files.values():
        for line in "\n".join(scripts(text)).replace("\\\n", " ").splitlines():
            for command in re.findall(r"siteauto ((?:backup|plan|report|drift) [^|;)]*)", line):
                found += 1
                verb = cli.get_command(click.Context(cli), command.split()[0])
                known = {flag for option in verb.params for flag in option.opts}
                assert set(re.findall(r"--[a-z-]+", command.partition("#")[0])) <= known, command
    assert found == 10


def test_what_a_stranger_can_reach_has_no_secret_and_may_only_read(files):
    plan = yaml.safe_load(files["siteauto-plan.yaml"])
    assert plan["permissions"] == {"contents": "read"}
    assert "secrets." not in files["siteauto-plan.yaml"]
    assert list(plan[True]) == ["pull_request"]  # never pull_request_target: YAML reads `on` as true


def test_what_may_write_checks_nothing_of_the_pull_request_out(files):
    report = yaml.safe_load(files["siteauto-report.yaml"])
    steps = report["jobs"]["report"]["steps"]
    checkouts = [step.get("with", {}).get("ref", "") for step in steps if "checkout" in step.get("uses", "")]
    assert checkouts == ["", "siteauto-backups"]
    assert "download-artifact" not in files["siteauto-report.yaml"]


def test_no_text_of_a_stranger_is_pasted_into_a_shell(files):
    for text in files.values():
        for script in scripts(text):
            assert "${{" not in script


def run_script(script, folder, **environment):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    own = {"PATH": path, "HOME": str(folder), "SITEAUTO_BACKUPS": "backups", "SITEAUTO_NO_CACHE": "1", **environment}
    return subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=own, capture_output=True, text=True)


def test_the_plan_of_a_pull_request_runs_on_github(files, made, tmp_path):
    git(tmp_path, "clone", "--quiet", str(made), "work")
    work = tmp_path / "work"
    git(work, "checkout", "--quiet", git(made, "rev-parse", "HEAD"))
    git(work, "clone", "--quiet", "--branch", "siteauto-backups", str(made), "backups/config")
    steps = yaml.safe_load(files["siteauto-plan.yaml"])["jobs"]["plan"]["steps"]
    script = next(step["run"] for step in steps if step.get("name") == "plan")
    summary = tmp_path / "summary"
    done = run_script(script, work, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary), ACKNOWLEDGED="false")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^::notice file=inventory/defaults.yaml,line=5,", done.stdout, re.MULTILINE), done.stdout
    assert "+ntp server 10.10.0.13" in summary.read_text()
    assert (work / "siteauto-report" / "devices" / f"{SITE}-sw1.diff").exists()


def test_the_report_of_a_pull_request_runs_on_github(files, made, tmp_path):
    """From the default branch, of a pull request into another one."""
    forge = Forge("github", tmp_path)
    forge.state.pulls.clear()
    work = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(made.parent / "sites.git"), "clone")
    for branch, start, old, new in (("release", "main", "0.12", "0.14"), ("topic", "release", "0.11", "0.15")):
        git(work, "switch", "--quiet", "--create", branch, start)
        defaults = work / "inventory/defaults.yaml"
        defaults.write_text(defaults.read_text().replace(f"10.10.{old}", f"10.10.{new}"))
        git(work, "commit", "--quiet", "--all", "--message", branch)
    git(work, "remote", "set-url", "origin", str(forge.bare))
    git(work, "push", "--quiet", "--force", "origin", "main", "release", "topic")
    git(work, "fetch", "--quiet", "origin")
    git(work, "switch", "--quiet", "main")
    git(work, "clone", "--quiet", "--branch", "siteauto-backups", str(made.parent / "sites.git"), "backups/config")
    pull = forge.state.propose("topic", "release")
    steps = yaml.safe_load(files["siteauto-report.yaml"])["jobs"]["report"]["steps"]
    done = run_script(
        next(step["run"] for step in steps if step.get("name") == "report"),
        work,
        GITHUB_ACTIONS="true",
        GITHUB_API_URL=forge.server.api_url,
        GITHUB_REPOSITORY="maison/sites",
        GITHUB_TOKEN="tok-actions",
        HEAD=forge.state.head_of(pull),
    )
    forge.server.close()
    assert done.returncode == 0, done.stderr
    (body,) = forge.state.bodies(pull.number)
    assert f"plan: {git(work, 'rev-parse', 'release')[:10]} → " in body
    assert "### Change: would be changed" in body
    assert len(forge.state.sarifs) == 1


STUB = """\
import sys
from pathlib import Path
from siteauto.adapters.git_store import GitStore
from siteauto.core.stored_copy import CopyRecord, NewCopy

class Sealer:
    def seal(self, exact):
        return b"sealed"

print(*sys.argv[1:])
if sys.argv[1] == "backup":
    at, device = "2026-11-03T02:00:00+00:00", "us-nyc-mad01-sw1"
    record = CopyRecord(site="us-nyc-mad01", device=device, platform="p", file=device + ".cfg", at=at, fingerprint="f", lines=1, sections=1, size=1)
    GitStore(Path("backups"), Sealer()).save("us-nyc-mad01", [NewCopy(record=record, redacted="new text", exact=b"x")], "Back up")
    sys.exit(3)
sys.exit(5)
"""  # fmt: skip


def clone_on_github(files, made, work):
    git(work.parent, "clone", "--quiet", str(made), "work")
    git(work, "clone", "--quiet", "--branch", "siteauto-backups", str(made.parent / "sites.git"), "backups/config")
    steps = yaml.safe_load(files["siteauto-nightly.yaml"])["jobs"]["nightly"]["steps"]
    return next(step["run"] for step in steps if step.get("name") == "backup and drift")


def clone_on_gitlab(files, made, work):
    git(work.parent, "clone", "--quiet", str(made.parent / "sites.git"), "work")
    job = yaml.safe_load(files[".gitlab-ci.yml"])["siteauto nightly"]
    return "\n".join([*(line for line in job["before_script"] if "requirements.txt" not in line), *job["script"]])


@pytest.mark.parametrize("prepare", [clone_on_github, clone_on_gitlab])
def test_a_night_keeps_its_backups_and_ends_as_the_worst_of_it(files, made, tmp_path, prepare):
    """With a siteauto that stores one copy and reports a device that failed, and drift."""
    work = tmp_path / "work"
    script = prepare(files, made, work)
    (work / "stub.py").write_text(STUB)
    own = work / ".siteauto" / "bin"
    own.mkdir(parents=True)
    (own / "siteauto").write_text(f'#!/bin/sh\nexec {sys.executable} {work}/stub.py "$@"\n')
    (own / "siteauto").chmod(0o755)
    remote = str(made.parent / "sites")  # `.git` is added to it
    before = git(made.parent / "sites.git", "rev-parse", "main")
    script = f'PATH="$PWD/.siteauto/bin:$PATH"\n{script}'
    done = run_script(script, work, CI_PROJECT_URL=remote, CI_DEFAULT_BRANCH="main", GITLAB_TOKEN="t")
    assert done.returncode == 3, done.stderr
    assert "drift --offline --pr" in done.stdout
    held = git(made.parent / "sites.git", "show", "siteauto-backups:us-nyc-mad01/us-nyc-mad01-sw1.cfg")
    assert held == "new text"
    assert git(made.parent / "sites.git", "rev-parse", "main") == before


def test_the_plan_of_a_merge_request_runs_on_gitlab(files, made, tmp_path):
    git(tmp_path, "clone", "--quiet", str(made.parent / "sites.git"), "work")
    work = tmp_path / "work"
    pipeline = yaml.safe_load(files[".gitlab-ci.yml"])
    before = [line for line in pipeline[".offline"]["before_script"] if "requirements.txt" not in line]
    script = "\n".join([*before, *pipeline["siteauto plan"]["script"]])
    head = git(made, "rev-parse", "feature")
    base = git(made, "rev-parse", "main")
    done = run_script(
        script,
        work,
        GITLAB_CI="true",
        CI_COMMIT_SHA=head,
        CI_MERGE_REQUEST_DIFF_BASE_SHA=base,
        CI_MERGE_REQUEST_LABELS="",
    )
    assert done.returncode == 0, done.stderr
    assert "inventory/defaults.yaml" in (work / "siteauto-report" / "code-quality.json").read_text()
