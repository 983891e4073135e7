"""Whether this machine can run the lab's Linux server, and why not."""

import os
import shutil
import subprocess
from pathlib import Path

from siteauto.lab.server_image import image_path

PROGRAMS = {
    "systemd-nspawn": "systemd-container",
    "setpriv": "util-linux",
    "unshare": "util-linux",
}


def server_support(cache: Path) -> str | None:
    """None where a server can run; else the reason in words that fit after "untested, because"."""
    return _lacks_rights() or _lacks_programs() or _lacks_image(cache)


def build_support() -> str | None:
    """None where the server's image can be built; else the reason."""
    if reason := _lacks_rights() or _lacks_programs():
        return reason
    return None if shutil.which("debootstrap") else "debootstrap is not installed (package debootstrap)"


def _lacks_rights() -> str | None:
    if os.geteuid() != 0:
        return "a container with its own users and services needs root, and this is not root"
    attempt = subprocess.run(
        ["unshare", "--mount", "--net", "--pid", "--fork", "true"], capture_output=True, check=False
    )
    return None if attempt.returncode == 0 else "this root may not make namespaces (a container without privileges?)"


def _lacks_programs() -> str | None:
    missing = [f"{name} (package {package})" for name, package in PROGRAMS.items() if shutil.which(name) is None]
    return f"{', '.join(missing)} is not installed" if missing else None


def _lacks_image(cache: Path) -> str | None:
    image = image_path(cache)
    return None if image.is_dir() else f"its image is not built yet ({image}; build it with `make lab-server`)"
