"""What holds for all tests: the switch that writes expected files anew, and that no real device is ever contacted."""

import os

import pytest

os.environ["SITEAUTO_TARGET"] = "lab"  # a verb whose lab is not up must not try the addresses of the inventory
os.environ["SITEAUTO_NO_CACHE"] = "1"  # what is tested is worked out, not remembered; tests of the cache say otherwise


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected files anew")
