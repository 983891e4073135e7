"""Packages of npm that a test is held against, installed once into a folder of the user's cache."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def npm_folder(name, version):
    """Where the package is. Skips, and says so, where Node or the registry cannot be had."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip(f"NOT TESTED: {name} needs Node, and there is none")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "siteauto-tests" / f"{name.strip('@').replace('/', '-')}-{version}"
    target = folder / "node_modules" / name
    if not (target / "package.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", f"{name}@{version}"]
        done = subprocess.run(
            [*command, "--prefix", str(folder)], cwd=folder, capture_output=True, text=True, timeout=300
        )
        if done.returncode:
            pytest.skip(f"NOT TESTED: {name}@{version} cannot be installed: {done.stderr[-300:]}")
    return target
