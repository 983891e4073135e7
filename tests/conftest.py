"""What holds for all tests: the switch that writes expected files anew, and that no real device is ever contacted."""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# What takes longest comes first, or a worker begins it when the others have nothing left to do.
SLOWEST = (
    "docs",
    "integration/servers",
    "integration/crash",
    "integration/cli",
    "integration/push",
    "integration",
    "forges",
)

os.environ["SITEAUTO_TARGET"] = "lab"  # a verb whose lab is not up must not try the addresses of the inventory
os.environ["SITEAUTO_NO_CACHE"] = "1"  # what is tested is worked out, not remembered; tests of the cache say otherwise


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in the order of `SLOWEST`; within one everything stays as it stands."""

    def rank(item: pytest.Item) -> int:
        place = item.path.relative_to(TESTS)
        return next((number for number, name in enumerate(SLOWEST) if place.is_relative_to(name)), len(SLOWEST))

    items.sort(key=rank)


def pytest_terminal_summary(terminalreporter):
    """What the crash matrix has tried, and how often it ended how."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]
    told = [value for one in reports for name, value in one.user_properties if name == "crash matrix"]
    if not told or not os.environ.get("SITEAUTO_CRASH_MATRIX"):
        return
    terminalreporter.section("crash matrix")
    for what, ends in told:
        counts = ", ".join(f"{ends.count(end)} {end}" for end in sorted(set(ends)))
        terminalreporter.line(f"{what}: {len(ends)} tried, {counts}")
    every = [end for _, ends in told for end in ends]
    counts = ", ".join(f"{every.count(end)} {end}" for end in sorted(set(every)))
    terminalreporter.line(f"in all: {len(every)} tried, {counts}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected files anew")
