"""Where the builds of a new repository install siteauto from: `requirements.txt`, a file for pip."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

import siteauto

NOT_SAID = "siteauto @ file:///say-here/where-the-builds-install-siteauto-from"
REQUIREMENTS = """\
# Where the builds and unattended/Containerfile install siteauto from, as pip takes it; {release} wrote this.
# siteauto is on no public index: a package of that name there is somebody else's. For example:
#
#   siteauto @ git+https://git.example.com/network/siteauto@v{version}
#   siteauto @ https://files.example.com/siteauto-{version}-py3-none-any.whl
#
# or, from an index of your own, two lines: --index-url https://pypi.example.com/simple and siteauto=={version}
{requirement}
"""


def write_requirements(folder: Path, requirement: str = "") -> Path:
    """Write what was asked for, else where this siteauto came from, else a line at which pip stops and names it."""
    file = folder / "requirements.txt"
    version = siteauto.__version__
    text = REQUIREMENTS.format(
        release=f"siteauto {version}", version=version, requirement=requirement or find_origin() or NOT_SAID
    )
    file.write_text(text, encoding="utf-8")
    return file


def is_said(folder: Path) -> bool:
    """Whether the builds of this repository can install siteauto."""
    return NOT_SAID not in (folder / "requirements.txt").read_text(encoding="utf-8")


def find_origin() -> str:
    """What another machine tells pip to get this very siteauto; empty where it came from this machine or an index."""
    try:
        said = distribution("siteauto").read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    return _requirement(json.loads(said)) if said else ""


def _requirement(said: dict[str, object]) -> str:
    """PEP 610: a local folder is of no use elsewhere, and an address with a password is not passed on."""
    url, repository = str(said["url"]), said.get("vcs_info")
    if url.startswith("file:") or urlsplit(url).password:
        return ""
    if isinstance(repository, dict):
        return f"siteauto @ {repository['vcs']}+{url}@{repository['commit_id']}"
    return f"siteauto @ {url}"
