"""A small site with OpenWrt access points, factory-new, on real sockets. Tests leave its boxes as they found them."""

import pytest
from tests.golden.companies import lay_out
from tests.integration.push.conftest import Desk

from siteauto.testing.site_lab import running_site

SITE = "us-nyc-tst01"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("openwrt")
    root = folder / "company"
    root.mkdir()
    with running_site(lay_out(root), SITE, folder) as lab:
        yield lab


@pytest.fixture
def desk(lab):
    desk = Desk(lab)
    desk.fresh_transport()
    return desk
