"""What a site transaction does to access points that have no controller, whatever happens to them."""

from siteauto.core.change.transaction import Verdict


def test_a_factory_new_site_becomes_as_intended_and_stays_so(desk):
    result = desk.push(desk.plan())
    print(result.reason)
    assert (result.verdict, result.exit_code, str(result.reason)) == (Verdict.COMMITTED, 0, "None")
    again = desk.plan(result.targets)
    assert [one.diff for one in again.devices] == [()] * 4
