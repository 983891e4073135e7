"""Proofs that age, are lost, and decide what is drilled next."""

from siteauto.core.drill import DeviceDrill, DrillReport, DrillStatus, StoreDrill, choose, with_proofs

STORE = StoreDrill(folder="backups", devices=2)
NOW = "2026-11-29T02:00:00+00:00"


def drilled(device, status):
    return DeviceDrill(site="x", device=device, status=status)


def report(*ends, proofs, store=STORE):
    return DrillReport(at=NOW, target="live", store=store, drilled=ends, proofs=proofs, devices=("a", "b"))


def test_those_without_a_proof_come_first_then_the_oldest():
    proofs = {"a": "2026-11-02T00:00:00+00:00", "b": "2026-11-01T00:00:00+00:00"}
    assert choose(("a", "b", "c"), proofs, 2) == ("c", "b")
    assert choose(("a", "b", "c"), proofs, 0) == ("c", "b", "a")


def test_a_failed_copy_loses_its_proof_and_an_untested_one_keeps_it():
    before = {"a": "old", "b": "old", "c": "old"}
    ends = (drilled("a", DrillStatus.PROVEN), drilled("b", DrillStatus.FAILED), drilled("c", DrillStatus.UNTESTED))
    assert with_proofs(before, ends, at="now") == {"a": "now", "c": "old"}


def test_the_oldest_proof_is_told_in_days():
    assert report(proofs={"a": NOW, "b": "2026-11-19T01:00:00+00:00"}).oldest_days == 10
    assert report(proofs={}).oldest_days is None
    assert report(proofs={"a": NOW, "gone": NOW}).proven == 1


def test_exit_codes():
    assert report(drilled("a", DrillStatus.PROVEN), proofs={}).exit_code == 0
    assert report(drilled("a", DrillStatus.UNTESTED), proofs={}).exit_code == 4
    assert report(drilled("a", DrillStatus.FAILED), proofs={}).exit_code == 3
    broken = StoreDrill(folder="backups", devices=2, problems=("gone",))
    assert report(drilled("a", DrillStatus.PROVEN), proofs={}, store=broken).exit_code == 3
