"""The switch that writes the expected files of the corpus anew. What it changed is reviewed like code."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected files of the corpus anew")
