"""What holds for all tests: the switch that writes expected files anew, and that no real device is ever contacted."""

import os

import pytest

os.environ["SITEAUTO_TARGET"] = "lab"  # a verb whose lab is not up must not try the addresses of the inventory
os.environ["SITEAUTO_NO_CACHE"] = "1"  # what is tested is worked out, not remembered; tests of the cache say otherwise


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
