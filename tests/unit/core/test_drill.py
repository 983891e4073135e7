"""Proofs that age, are lost, and decide what is drilled next."""

from siteauto.core.drill import DeviceDrill, DrillReport, DrillStatus, Proofs, StoreDrill, choose, with_proofs
from siteauto.reporters.drill import summary_text

STORE = StoreDrill(source="backups", devices=2)
NOW = "2026-11-29T02:00:00+00:00"


def drilled(device, status):
    return DeviceDrill(site="x", device=device, status=status)


def report(*ends, proofs=(), readable=(), store=STORE):
    return DrillReport(
        at=NOW,
        target="live",
        by="anna",
        opened_with="escrow.key",
        store=store,
        drilled=ends,
        proofs=Proofs(restorable=dict(proofs), readable=dict(readable)),
        devices=("a", "b"),
    )


def test_those_without_a_proof_come_first_then_the_oldest():
    proofs = Proofs(restorable={"a": "2026-11-02T00:00:00+00:00"}, readable={"b": "2026-11-01T00:00:00+00:00"})
    assert choose(("a", "b", "c"), proofs, 2) == ("c", "b")
    assert choose(("a", "b", "c"), proofs, 0) == ("c", "b", "a")


def test_a_failed_copy_loses_its_proof_and_an_untested_one_keeps_it():
    before = Proofs(restorable={"a": "old", "b": "old", "c": "old"}, readable={"b": "old"})
    ends = (
        drilled("a", DrillStatus.PROVEN),
        drilled("b", DrillStatus.FAILED),
        drilled("c", DrillStatus.UNTESTED),
        drilled("d", DrillStatus.READABLE),
    )
    after = with_proofs(before, ends, at="now")
    assert after == Proofs(restorable={"a": "now", "c": "old"}, readable={"d": "now"})


def test_readable_is_counted_apart_from_restorable():
    told = report(proofs={"a": NOW}, readable={"a": NOW, "b": NOW})
    assert summary_text(told) == "1 of 2 devices proven restorable, 1 readable only, oldest proof 0 days"


def test_the_oldest_proof_is_told_in_days():
    assert report(proofs={"a": NOW, "b": "2026-11-19T01:00:00+00:00"}).oldest_days == 10
    assert report(proofs={}).oldest_days is None
    assert report(proofs={"a": NOW, "gone": NOW}).proven == 1


def test_exit_codes():
    assert report(drilled("a", DrillStatus.PROVEN), proofs={}).exit_code == 0
    assert report(drilled("a", DrillStatus.UNTESTED), proofs={}).exit_code == 4
    assert report(drilled("a", DrillStatus.FAILED), proofs={}).exit_code == 3
    assert report(drilled("a", DrillStatus.READABLE)).exit_code == 0
    broken = StoreDrill(source="backups", devices=2, problems=("gone",))
    assert report(drilled("a", DrillStatus.PROVEN), proofs={}, store=broken).exit_code == 3
