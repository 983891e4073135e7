"""The example company with a site more: inventories for platforms that must be seen at a whole site of their own."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "companies"


def company_with(name: str, folder: Path) -> Path:
    """A copy of the example's inventory, with the archetypes and sites of tests/companies/NAME; a root for settings."""
    root = folder / "company"
    shutil.copytree(ROOT / "inventory", root / "inventory")
    shutil.copytree(HERE / name, root / "inventory", dirs_exist_ok=True)
    for part in ("templates", "playbooks"):
        (root / part).symlink_to(ROOT / part)
    return root
