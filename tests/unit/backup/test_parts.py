"""A file that lies beside a device's text (`vlan.dat`, a UCS archive) goes in sealed, is counted, and comes out again."""

import subprocess
from dataclasses import replace

import pytest

from siteauto.adapters.age_seal import unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.drill_store import drill_store
from siteauto.app.backups import open_part
from siteauto.app.settings import Settings
from siteauto.core.errors import UsageError
from siteauto.core.stored_copy import NewCopy
from siteauto.workflows.backup import back_up

from .conftest import PAIR, SITE

SW1, VLANS = f"{SITE}-sw1", b"\0vlan 10 \xff"


@pytest.fixture
def copy(make_shop):
    shop = make_shop(1)
    back_up(shop.run, reason="nightly")
    found = BackupHistory(shop.store.root).find(SW1)
    exact = unseal(found.sealed, PAIR.identity)
    record = replace(found.record, parts=("vlan.dat",))
    new = NewCopy(record=record, redacted=found.redacted, exact=exact, parts=(("vlan.dat", VLANS),))
    shop.store.save(SITE, [new], "With its VLANs")
    return shop, BackupHistory(shop.store.root).find(SW1)


def test_it_comes_out_as_it_went_in(copy, tmp_path):
    variables = {"SITEAUTO_SECRET_BACKUP_IDENTITY": PAIR.identity, "HOME": str(tmp_path)}
    root = tmp_path / "company"
    (root / "inventory" / "sites").mkdir(parents=True)
    settings = Settings(root=root, state=tmp_path / "state", environment=variables)
    assert open_part(settings, copy[1], "vlan.dat") == VLANS
    with pytest.raises(UsageError, match=r"Expected: vlan\.dat"):
        open_part(settings, copy[1], "startup.cfg")


def test_the_drill_of_the_store_misses_it_when_it_is_gone(copy, tmp_path):
    shop, _ = copy
    file = f"{SITE}/{SW1}.vlan.dat.age"
    assert VLANS not in (shop.store.repository / file).read_bytes()
    for words in (("rm", "-q", file), ("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "Lose it")):
        subprocess.run(["git", *words], cwd=shop.store.repository, check=True)
    found = drill_store(str(shop.store.repository), tmp_path, expected=[SW1], judge=None)
    assert found.problems == (f"{SW1}: there is no {file}",)
