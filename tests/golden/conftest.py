"""The golden cases: what they are compared with is rewritten by `pytest tests/golden --update`, and reviewed like code."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def expect_text(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a file, or writes the file when asked to."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--update", default=False):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8"), f"{file} differs; if that is meant: pytest {file} --update"

    return compare
