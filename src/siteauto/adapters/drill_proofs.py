"""The proofs of restore drills, in a file beside the backups: when each device's copy was last proven restorable."""

import json
from collections.abc import Mapping
from pathlib import Path

from siteauto.adapters.git_program import Git
from siteauto.adapters.whole_files import replace_file
from siteauto.core.drill import StoreDrill
from siteauto.core.errors import SiteautoError, StoreError
from siteauto.core.models import DeviceName

SCHEMA = "siteauto/drills/1"


def read_proofs(folder: Path) -> Mapping[DeviceName, str]:
    """Device -> UTC, ISO 8601. Raises StoreError where the file is none of ours."""
    try:
        data = json.loads((folder / "drills.json").read_text(encoding="utf-8"))
        return {DeviceName(name): str(at) for name, at in {SCHEMA: data["proofs"]}[data["schema"]].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"The proofs of earlier drills in {folder / 'drills.json'} cannot be read",
            expected=SCHEMA,
            found=str(error),
            next_step="Delete the file, and drill every copy anew with: siteauto drill --sample 0",
        ) from error


def write_proofs(folder: Path, proofs: Mapping[DeviceName, str]) -> None:
    """Replace the file whole. Raises StoreError."""
    text = json.dumps({"schema": SCHEMA, "proofs": dict(sorted(proofs.items()))}, indent=1)
    try:
        replace_file(folder / "drills.json", f"{text}\n".encode(), mode=0o644)
    except OSError as error:
        raise StoreError(f"The proofs in {folder} cannot be written", found=error.strerror or str(error)) from error


def drill_store(repository: Path, devices: int, scratch: Path) -> StoreDrill:
    """Clone the repository as a rescuer would, read every object of the clone, and count what it has."""
    problems = []
    try:
        Git(scratch).run("clone", "--quiet", "--bare", "--no-local", str(repository), "clone.git")
        clone = Git(scratch / "clone.git")
        clone.run("fsck", "--full", "--strict", "--no-dangling", "--no-progress")
        files = clone.text("ls-tree", "-r", "--name-only", "HEAD").splitlines()
        sealed = sum(name.endswith(".age") for name in files)
        if sealed < devices:
            problems.append(f"{devices} devices have a record, and there are {sealed} sealed copies")
    except SiteautoError as error:
        problems.append(str(error))
    return StoreDrill(folder=str(repository), devices=devices, problems=tuple(problems))
