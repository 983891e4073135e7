"""Recorded output of real devices. They lie beside the repository, or where SITEAUTO_CAPTURES says."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("SITEAUTO_CAPTURES") or REPOSITORY.parent / "shared" / "data" / "captures")


def read_capture(path: str) -> str:
    """The text of a recording. The test is skipped, and says so, where there are none."""
    if not FOLDER.is_dir():
        pytest.skip(f"NO RECORDINGS: {FOLDER} is absent; set SITEAUTO_CAPTURES to check against real devices")
    return (FOLDER / path).read_text(encoding="utf-8")
