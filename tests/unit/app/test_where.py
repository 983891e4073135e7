import os
from pathlib import Path

import pytest

from siteauto.app.company import open_company, open_site
from siteauto.app.example import EXAMPLE_SITE, example_root
from siteauto.app.settings import read_settings
from siteauto.app.where import find_target, still_at
from siteauto.core.errors import UsageError
from siteauto.core.platform_spec import Endpoint


def target(state: Path, **variables: str):
    root = example_root()
    environment = {name: value for name, value in os.environ.items() if name != "SITEAUTO_TARGET"}
    settings = read_settings({**environment, "SITEAUTO_STATE": str(state), **variables}, start=root, root=root)
    return find_target(settings, open_site(open_company(settings), EXAMPLE_SITE).site)


def test_without_a_lab_the_real_devices_are_meant_and_named(tmp_path):
    found = target(tmp_path)
    assert not found.lab
    assert found.described_as.startswith(f"live {EXAMPLE_SITE}")
    assert found.port(Endpoint()) == 22
    assert found.port(Endpoint(port=443, tls=True)) == 443


def test_a_run_that_may_only_use_a_lab_never_falls_back_to_real_devices(tmp_path):
    with pytest.raises(UsageError, match="no lab is up"):
        target(tmp_path, SITEAUTO_TARGET="lab")


def test_a_misspelt_target_is_refused(tmp_path):
    with pytest.raises(UsageError, match="Expected: lab, live, or nothing"):
        target(tmp_path, SITEAUTO_TARGET="labb")


def test_a_person_says_where_a_device_is_that_was_never_met(tmp_path):
    root = example_root()
    settings = read_settings(os.environ | {"SITEAUTO_STATE": str(tmp_path)}, start=root, root=root)
    site = open_site(open_company(settings), EXAMPLE_SITE).site
    found = still_at(target(tmp_path), site, ["sw1=10.9.9.9"])
    assert found.elsewhere(f"{EXAMPLE_SITE}-sw1") == "10.9.9.9"
    assert found.elsewhere(f"{EXAMPLE_SITE}-sw2") == ""
    for wrong in ("sw9=10.9.9.9", "sw1", "sw1=here"):
        with pytest.raises(UsageError, match="DEVICE=ADDRESS"):
            still_at(found, site, [wrong])
