"""Real programs that read what siteauto renders: this machine's own, else out of its package archive.

A package that is not installed is fetched with apt and unpacked into a cache, with the libraries that are missing; nothing
is installed, and no rights are needed. It takes some four megabytes once.
"""

import fcntl
import os
import re
import shutil
import subprocess
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

SYSTEM = f"{os.defpath}:/usr/sbin:/sbin"
# Program -> its package in Debian and Ubuntu.
PACKAGES = {
    "busybox": "busybox-static",
    "chronyd": "chrony",
    "dnsmasq": "dnsmasq-base",
    "freeradius": "freeradius",
    "nft": "nftables",
    "rsyslogd": "rsyslog",
    "sshd": "openssh-server",
}
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "siteauto" / "test-programs"
APT = ("apt-get", "-qq", "-o", "Debug::NoLocking=1")


def find_program(name: str) -> Path:
    """The program. The test is skipped, and says why, where neither the machine nor its archive has it."""
    if own := shutil.which(name, path=SYSTEM):
        return Path(own)
    if not shutil.which("apt-get"):
        pytest.skip(f"UNTESTED, because {name} is not installed here and there is no apt to fetch it with")
    fetched = shutil.which(
        name, path=":".join(str(_unpacked() / folder) for folder in ("usr/sbin", "sbin", "usr/bin", "bin"))
    )
    if fetched is None:
        pytest.skip(f"UNTESTED, because apt cannot fetch {PACKAGES[name]}: try apt-get update")
    return Path(fetched)


def root_of(program: Path) -> Path:
    """Where the tree begins that the program is in: / or the cache's."""
    return _unpacked() if CACHE in program.parents else Path("/")


def run_program(name: str, *words: object, inside: str = "") -> subprocess.CompletedProcess[str]:
    """Run it. `inside`: a line of shell before it, in namespaces of its own, as root of nothing but these."""
    program = find_program(name)
    command = [str(program), *map(str, words)]
    if inside:
        command = [
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-ec",
            f'{inside}; exec "$0" "$@"',
            *command,
        ]
    folders = ("usr/lib/*-linux-gnu*", "lib/*-linux-gnu*", "usr/lib/freeradius")
    libraries = [str(one) for folder in folders for one in root_of(program).glob(folder) if CACHE in one.parents]
    environment = {**os.environ, **({"LD_LIBRARY_PATH": ":".join(libraries)} if libraries else {})}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30, env=environment)


@cache
def _unpacked() -> Path:
    """The tree of the packages that this machine lacks; empty where apt gives none."""
    wanted = sorted({PACKAGES[name] for name in PACKAGES if not shutil.which(name, path=SYSTEM)})
    system = Path("/etc/os-release").read_text(encoding="utf-8")
    tree = CACHE / sha256(" ".join((*wanted, system)).encode()).hexdigest()[:12]
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as stream:  # pytest's workers ask at the same time
        fcntl.flock(stream, fcntl.LOCK_EX)
        if not tree.is_dir():
            _fetch(tree, _with_libraries(wanted))
    return tree


def _with_libraries(wanted: list[str]) -> list[str]:
    """apt tells what it would fetch; what lies in its own archive already it leaves out, hence another archive."""
    command = [
        *APT,
        "-o",
        "Dir::Cache::archives=/nonexistent",
        "install",
        "--print-uris",
        "--no-install-recommends",
        "-y",
    ]
    asked = subprocess.run([*command, *wanted], capture_output=True, text=True, check=False)
    return [file.partition("_")[0] for file in re.findall(r"^'\S+' (\S+\.deb) ", asked.stdout, re.MULTILINE)]


def _fetch(tree: Path, packages: list[str]) -> None:
    growing = tree.with_suffix(".growing")
    shutil.rmtree(growing, ignore_errors=True)
    growing.mkdir()
    done = subprocess.run([*APT, "download", *packages], cwd=growing, capture_output=True, text=True, check=False)
    if packages and done.returncode == 0:
        for package in growing.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, growing], check=True)
            package.unlink()
        growing.rename(tree)
