"""The proofs of restore drills, in a file beside the backups: when each device's copy was last proven restorable."""

import json
from pathlib import Path
from typing import Any

from siteauto.adapters.whole_files import replace_file
from siteauto.core.drill import Proofs
from siteauto.core.errors import StoreError
from siteauto.core.models import DeviceName

SCHEMA = "siteauto/drills/1"
FILE = "drills.json"


def read_proofs(folder: Path) -> Proofs:
    """All that there are. Raises StoreError where the file is none of ours."""
    try:
        data: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            raise _unreadable(folder, found=f"schema {data['schema']}")
        restorable, readable = (
            {DeviceName(name): str(at) for name, at in found.items()}
            for found in (data["proofs"], data.get("readable", {}))
        )
        return Proofs(restorable=restorable, readable=readable)
    except FileNotFoundError:
        return Proofs()
    except KeyError as error:
        raise _unreadable(folder, found=f"nothing under {error}") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise _unreadable(folder, found=str(error)) from error


def write_proofs(folder: Path, proofs: Proofs) -> None:
    """Replace the file whole. Raises StoreError."""
    facts = {
        "schema": SCHEMA,
        "proofs": dict(sorted(proofs.restorable.items())),
        "readable": dict(sorted(proofs.readable.items())),
    }
    try:
        replace_file(folder / FILE, f"{json.dumps(facts, indent=1)}\n".encode(), mode=0o644)
    except OSError as error:
        raise StoreError(f"The proofs in {folder} cannot be written", found=error.strerror or str(error)) from error


def _unreadable(folder: Path, *, found: str) -> StoreError:
    return StoreError(
        f"The proofs of earlier drills in {folder / FILE} cannot be read",
        expected=SCHEMA,
        found=found,
        next_step="Delete the file, and drill every copy anew with: siteauto drill --sample 0",
    )
