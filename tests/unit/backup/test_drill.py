"""Copies that no device can be loaded with, the store itself, and the proofs that are kept of both."""

import json
import subprocess
from dataclasses import replace

import pytest

from siteauto.adapters.age_seal import new_pair, unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.adapters.drill_proofs import read_proofs, write_proofs
from siteauto.adapters.drill_store import drill_store
from siteauto.core.drill import DrillReport, DrillStatus, Proofs, find_flaws
from siteauto.core.errors import SecretError, StoreError
from siteauto.reporters.drill import as_json, as_report
from siteauto.testing.fake_platform import fake_platform
from siteauto.workflows.backup import back_up
from siteauto.workflows.drill import Drill, drill_site

from .conftest import PAIR, SITE

SW1, SW2 = f"{SITE}-sw1", f"{SITE}-sw2"
PLATFORM = replace(fake_platform(), push=())


@pytest.fixture
def shop(make_shop):
    shop = make_shop(2)
    back_up(shop.run, reason="nightly")
    return shop


def damage(shop, file, change):
    """Somebody commits other bytes into the repository."""
    path = shop.store.repository / SITE / file
    path.write_bytes(change(path.read_bytes()))
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qam", "Damage it"],
        cwd=shop.store.repository,
        check=True,
    )


def drill(shop, identity=PAIR.identity):
    def no_lab(site):
        raise AssertionError("no lab is started for boxes that nothing is loaded into")

    given = Drill(
        copies=BackupHistory(shop.store.root),
        unseal=lambda copy: unseal(copy.sealed, identity),
        lab=no_lab,
        platforms={PLATFORM.name: PLATFORM},
    )
    return {one.device: one for one in drill_site(given, SITE, [SW1, SW2])}


def of_the_store(shop, tmp_path, identity=PAIR.identity):
    (tmp_path / "scratch").mkdir()

    def judge(record, sealed):
        return find_flaws(PLATFORM, record, unseal(sealed, identity))

    return drill_store(str(shop.store.repository), tmp_path / "scratch", expected=[SW1, SW2, "gone"], judge=judge)


def test_a_box_that_is_only_backed_up_is_proven_readable(shop):
    ended = drill(shop)
    assert {one.status for one in ended.values()} == {DrillStatus.READABLE}
    assert ended[SW1].reason == "it opens, is whole and what its record says; fake is backed up and not pushed"


def test_a_copy_that_is_not_what_its_record_says_has_failed(shop):
    damage(shop, f"{SW1}.json", lambda text: text.replace(b'"lines": 63', b'"lines": 64'))
    ended = drill(shop)
    assert (ended[SW1].status, ended[SW2].status) == (DrillStatus.FAILED, DrillStatus.READABLE)
    assert "its record tells of 64 lines" in ended[SW1].reason


def test_another_key_opens_nothing(shop):
    assert {one.status for one in drill(shop, new_pair().identity).values()} == {DrillStatus.FAILED}


def test_where_nothing_can_be_opened_no_copy_is_blamed(shop, tmp_path):
    with pytest.raises(SecretError):
        drill(shop, "no identity")
    with pytest.raises(SecretError):
        of_the_store(shop, tmp_path, "no identity")


def test_the_store_is_cloned_opened_and_counted(shop, tmp_path):
    found = of_the_store(shop, tmp_path)
    assert (found.devices, found.commits, found.opened) == (2, 1, 2)
    assert found.problems == ("no copy of 1 of the devices: gone",)


def test_what_the_escrow_cannot_open_is_named(shop, tmp_path):
    damage(shop, f"{SW1}.cfg.age", lambda sealed: sealed[:-40])
    found = of_the_store(shop, tmp_path)
    assert found.opened == 1
    assert any(one.startswith(f"{SW1}: A sealed backup does not open") for one in found.problems)


def test_the_report_stands_by_itself(shop, tmp_path):
    ended = drill(shop)
    report = DrillReport(
        at="2026-11-29T02:00:00+00:00",
        target="live",
        by="anna",
        opened_with="escrow.key",
        store=of_the_store(shop, tmp_path),
        drilled=tuple(ended.values()),
        proofs=Proofs(readable={SW1: "2026-11-29T02:00:00+00:00"}),
        devices=(SW1, SW2),
    )
    page, data = as_report(report), json.loads(as_json(report))
    assert [one["id"] for one in data["controls"]] == ["CP-4", "CP-9", "CP-10"]
    for told in ("escrow.key", "anna", "| CP-9 |", "0 of 2 devices proven restorable, 1 readable only", f"- {SW2}"):
        assert told in page
    assert [(one["device"], one["proof"]) for one in data["proofs"]] == [(SW1, "readable"), (SW2, "none")]
    assert data["exit_code"] == 3


def test_proofs_are_kept_and_another_schema_is_named(tmp_path):
    kept = Proofs(restorable={SW1: "now"}, readable={SW2: "now"})
    write_proofs(tmp_path, kept)
    assert (read_proofs(tmp_path), read_proofs(tmp_path / "none")) == (kept, Proofs())
    (tmp_path / "drills.json").write_text('{"schema": "siteauto/drills/9", "proofs": {}}')
    with pytest.raises(StoreError, match="Found: schema siteauto/drills/9"):
        read_proofs(tmp_path)
    (tmp_path / "drills.json").write_text('{"schema": "siteauto/drills/1"}')
    with pytest.raises(StoreError, match="nothing under 'proofs'"):
        read_proofs(tmp_path)
