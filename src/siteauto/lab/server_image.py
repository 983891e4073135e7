"""Builds the lab server's root file system and keeps it in the cache folder, once for every recipe and suite.

Run as a module, it builds the image for the user who runs it: `python -m siteauto.lab.server_image`.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from siteauto.core.errors import StoreError, UsageError
from siteauto.lab.apt_source import AptSource, read_apt_source
from siteauto.lab.server_recipe import FILES, FINISH, PACKAGES, recipe_text

LOG = "lab-server-build.log"


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where images are kept: SITEAUTO_CACHE, or the cache folder of the user."""
    if chosen := environment.get("SITEAUTO_CACHE"):
        return Path(chosen)
    base = environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME", "/root")) / ".cache"
    return Path(base) / "siteauto"


def image_path(cache: Path) -> Path:
    """Where the image of the present recipe is, or would be."""
    digest = hashlib.sha256(recipe_text().encode()).hexdigest()[:12]
    return cache / f"lab-server-{digest}"


def build_server_image(cache: Path) -> Path:
    """Build the image unless it is there; about a minute, and needs root, debootstrap and the network.

    A second caller waits for the first. The finished tree appears at once, by a rename. Raises StoreError.
    """
    image = image_path(cache)
    cache.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(cache):
        if not image.exists():
            _build(image, read_apt_source(), log=cache / LOG)
    return image


@contextmanager
def _one_at_a_time(cache: Path) -> Iterator[None]:
    with (cache / "lab-server.lock").open("w", encoding="ascii") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _build(image: Path, source: AptSource, *, log: Path) -> None:
    tree = Path(tempfile.mkdtemp(prefix=".lab-server-", dir=image.parent))
    tree.chmod(0o755)  # users inside walk through it
    try:
        with log.open("wb") as stream:
            _run(_debootstrap(tree, source), log=stream.fileno())
            for file in FILES:
                target = tree / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(file.text, encoding="utf-8")
                target.chmod(file.mode)
            _run(["chroot", str(tree), "sh", "-c", FINISH], log=stream.fileno())
        tree.rename(image)
    except subprocess.CalledProcessError as error:
        raise StoreError(
            "The lab's server could not be built",
            expected=f"a tree of {source.suite} from {source.uri}",
            found=_last_line(log),
            next_step=f"See {log}; the archive of this machine's apt must be reachable",
        ) from error
    finally:
        shutil.rmtree(tree, ignore_errors=True)  # nothing is there any more after the rename


def _debootstrap(tree: Path, source: AptSource) -> list[str]:
    # In a mount namespace of its own: if it is killed, no mount is left inside the tree that is then removed.
    return [
        *("unshare", "--mount", "debootstrap", "--variant=minbase", "--force-check-gpg"),
        f"--components={','.join(source.components)}",
        f"--include={','.join(PACKAGES)}",
        *(source.suite, str(tree), source.uri),
    ]


def _run(command: list[str], *, log: int) -> None:
    # A tidy environment: the caller's language and folders mean nothing in the tree.
    kept = {key: value for key, value in os.environ.items() if key.lower().endswith("_proxy")}
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    environment = {**kept, "PATH": path, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, check=True)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "no output")


def main() -> int:
    """Build the image, say where it is."""
    if os.geteuid() != 0:
        raise SystemExit("siteauto: the lab's server is built as root (debootstrap needs it)")
    try:
        image = build_server_image(cache_folder(os.environ))
    except (StoreError, UsageError) as error:
        raise SystemExit(f"siteauto: {error}") from error
    sys.stdout.write(f"{image}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
