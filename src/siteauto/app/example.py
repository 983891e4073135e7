"""The example company that ships with siteauto, and how an operator gets a copy of it."""

import shutil
import subprocess
from pathlib import Path

import siteauto
from siteauto.app.origin import write_requirements
from siteauto.core.errors import UsageError

FOLDERS = ("inventory", "templates", "playbooks")
EXAMPLE_SITE = "us-nyc-mad01"

READ_ME = """# Network sites

Made by `siteauto init`. `inventory/` says what the sites are, `templates/` how each platform's configuration is laid
out, `playbooks/` what the servers get.

    siteauto validate                    every problem of the inventory, with file and line
    siteauto lab up {site}       simulated devices for a site
    siteauto provision {site}    bring it to its intended state
    siteauto drift {site}        what has changed since

`.github/workflows/` and `.gitlab-ci.yml` tell every pull request what it would do to the network, and store and compare
all configurations every night. `requirements.txt` says where they install siteauto from. They keep backups on the
branch `siteauto-backups`; make it once:

    git switch --orphan siteauto-backups && git commit --allow-empty -m Backups
    git push origin HEAD && git switch main

`unattended/` has the same for a machine of your own: a systemd timer, a container, alert rules. `backup.yaml` says who
may open the sealed backups; `siteauto backup --new-identity` makes a key pair.

Values of secrets are never kept here: `siteauto validate --secrets` lists what is needed.
"""


def example_root() -> Path:
    """The folder of the example's inventory/, templates/ and playbooks/: in the wheel, or the checkout we run from."""
    package = Path(siteauto.__file__).resolve().parent
    for folder in (package / "example", package.parents[1]):
        if (folder / "inventory" / "defaults.yaml").is_file():
            return folder
    raise UsageError(
        "The example company is not part of this installation",
        expected=f"inventory/ in {package / 'example'} or in {package.parents[1]}",
        found="neither",
        next_step="Install siteauto again",
    )


def make_repository(folder: Path, requirement: str = "") -> tuple[Path, ...]:
    """Copy the example into a new folder and make it a git repository. Raises UsageError when the folder is in use.

    `requirement` is what pip is told to install siteauto.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} is not empty",
            expected="a new or empty folder",
            next_step="Choose another, or move what is in it away",
        )
    source = example_root()
    folder.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        shutil.copytree(source / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    (folder / "README.md").write_text(READ_ME.format(site=EXAMPLE_SITE), encoding="utf-8")
    (folder / ".gitignore").write_text("siteauto-report/\nplan.json\n", encoding="utf-8")
    pipelines = (write_requirements(folder, requirement), *write_pipelines(folder), write_unattended(folder))
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    return (*(folder / name for name in (*FOLDERS, "README.md")), *pipelines)


def write_unattended(folder: Path) -> Path:
    """The folder of what runs siteauto every night without a forge: systemd units, a container, alert rules."""
    target = folder / "unattended"
    shutil.copytree(_shipped("unattended"), target)
    return target


def write_pipelines(folder: Path) -> tuple[Path, ...]:
    """The files that make a forge's builds tell pull requests, and back up every night."""
    workflows, gitlab = folder / ".github" / "workflows", folder / ".gitlab-ci.yml"
    shutil.copytree(_shipped("pipelines/github"), workflows)
    shutil.copy(_shipped("pipelines/gitlab/gitlab-ci.yml"), gitlab)
    return (*sorted(workflows.iterdir()), gitlab)


def _shipped(name: str) -> Path:
    return Path(siteauto.__file__).resolve().parent / "app" / name
