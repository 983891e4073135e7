"""A small site with OpenWrt access points, factory-new, on real sockets."""

import pytest
from tests.golden.companies import lay_out
from tests.integration.push.conftest import Desk

from siteauto.testing.site_lab import running_site

SITE = "us-nyc-tst01"


@pytest.fixture
def desk(tmp_path):
    root = tmp_path / "company"
    root.mkdir()
    with running_site(lay_out(root), SITE, tmp_path) as lab:
        yield Desk(lab)
