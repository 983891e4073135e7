"""A company whose sites were moved: what a person edits, and the lock that is written anew."""

import os
import shutil
from pathlib import Path

from siteauto.app.addresses import plan_addresses, write_locks
from siteauto.app.settings import read_settings

ROOT = Path(__file__).parents[1]


def moved_company(folder, site, edits, *, renumber=("all",), root=ROOT):
    """A copy of the company at `root` in which the site's file was edited and its addresses are pinned anew."""
    moved = folder / "moved"
    shutil.copytree(root / "inventory", moved / "inventory")
    for part in ("templates", "playbooks"):
        (moved / part).symlink_to(root / part)
    file = moved / "inventory" / "sites" / f"{site}.yaml"
    text = file.read_text()
    for old, new in edits.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text)
    settings = read_settings(os.environ, start=moved, root=moved)
    write_locks(settings, plan_addresses(settings, site, renumber), renumber)
    return moved
