"""A test-only site of AOS-CX switches on simulated devices: real Netmiko, a clock that only moves when told."""

import pytest
from tests.golden.companies import lay_out


@pytest.fixture(scope="session")
def company(tmp_path_factory):
    return lay_out(tmp_path_factory.mktemp("company"))
