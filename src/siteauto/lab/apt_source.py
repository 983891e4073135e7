"""Which package archive this machine's own apt uses. The lab's server is built from the same one."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from siteauto.core.errors import UsageError

# One line per list that apt would fetch. Origin is empty where the lists have not been fetched yet.
_FORMAT = "$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)"
_DISTRIBUTIONS = ("Debian", "Ubuntu", "")
_COMPONENTS = ("main", "universe")  # Ubuntu keeps dnsmasq in universe


@dataclass(frozen=True, slots=True, kw_only=True)
class AptSource:
    """An archive and the suite of this machine in it."""

    uri: str
    suite: str
    components: tuple[str, ...]


def read_apt_source() -> AptSource:
    """The archive of this machine. Raises UsageError where apt names none."""
    listing = subprocess.run(
        ["apt-get", "indextargets", "--format", _FORMAT, "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=True,
    )
    release = Path("/etc/os-release").read_text(encoding="utf-8")
    source = find_apt_source(listing.stdout.splitlines(), _codename(release))
    if not source.uri.startswith("mirror+file:"):
        return source
    mirrors = Path(source.uri.removeprefix("mirror+file:").rstrip("/")).read_text(encoding="utf-8")
    return AptSource(uri=mirrors.split()[0], suite=source.suite, components=source.components)


def find_apt_source(lines: Iterable[str], suite: str) -> AptSource:
    """The archive among apt's lists that has this suite; the distribution's own, not a vendor's beside it."""
    rows = [line.split("|") for line in lines]
    ours = [row for row in rows if row[1] == suite and row[2] in _COMPONENTS and row[3] in _DISTRIBUTIONS]
    named = [row for row in ours if row[3]] or ours
    if not named:
        raise UsageError(
            "apt of this machine names no archive to build the lab's server from",
            expected=f"a source of the suite {suite or '(none in /etc/os-release)'} with the component main",
            found=", ".join(sorted({f"{row[0]} {row[1]}" for row in rows})) or "no source",
            next_step="Mend /etc/apt/sources.list; the lab's server needs a Debian or Ubuntu machine",
        )
    uri = named[0][0]
    components = tuple(name for name in _COMPONENTS if any(row[0] == uri and row[2] == name for row in named))
    return AptSource(uri=uri, suite=suite, components=components)


def _codename(os_release: str) -> str:
    pairs = (line.partition("=") for line in os_release.splitlines())
    return next((value.strip('"') for key, _, value in pairs if key == "VERSION_CODENAME"), "")
