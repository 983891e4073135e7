"""Labs that the tests of a module share."""

import contextlib

import pytest
from tests.operators import SITE, an_operator


@contextlib.contextmanager
def typed(operator, device, port, line):
    """Somebody types a line into an unused port, saves, and takes it out again."""

    def at_console(line):
        operator.lab("type", device, "configure terminal", f"interface {port}", line, "end", "write memory")

    at_console(line)
    try:
        yield
    finally:
        at_console("description unused")


@pytest.fixture
def operator(tmp_path):
    """Somebody with nothing yet."""
    with an_operator(tmp_path / "operator") as one:
        yield one


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Somebody with a lab of factory-new devices, shared by a module: leave the devices as they were."""
    with an_operator(tmp_path_factory.mktemp("lab")) as one:
        one.expect(0, "lab", "up", SITE)
        yield one


@pytest.fixture(scope="module")
def provisioned(tmp_path_factory):
    """Somebody with a provisioned lab, shared by a module: leave it as it was. `said` is what was said on the way."""
    with an_operator(tmp_path_factory.mktemp("provisioned")) as one:
        one.said = {
            "lab up": one.expect(0, "lab", "up", SITE),
            "plan": one.expect(4, "plan", SITE),
            "provision": one.expect(4, "provision", SITE, "--yes", "--settle", "0", "--diff-lines", "0"),
        }
        yield one
