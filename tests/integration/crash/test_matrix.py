"""`make crash-matrix`: a real provision killed after every journal record, and again inside what follows it.

Slow, so it is asked for by SITEAUTO_CRASH_MATRIX. Every line to a device, before and
after it had its effect, is in `tests/unit/push/test_crash_matrix.py`.
"""

import pytest
from tests.integration.crash.conftest import Desk
from tests.integration.crash.shards import WANTED, company, in_shard

# Every record of the smallest site, every third of the example's, every fifth where another platform stands beside.
OTHERS = ("us-nyc-eos01", "us-bos-jun01", "us-pdx-tst01", "us-nyc-tst01")
SITES = (("us-bos-cop01", 1), ("us-nyc-mad01", 3), *((site, 5) for site in OTHERS))
MOST = 400  # records of a run, at most
INSIDE = 0.25  # seconds after the record: within the device call that it announces

pytestmark = pytest.mark.skipif(not WANTED, reason="SITEAUTO_CRASH_MATRIX is not set: make crash-matrix")


def kill_and_resume(desk, number, *, delay, late):
    """The records when it died, and whether the site is as they say it must be; None: the run ended before."""
    records = desk.provision_until(lambda seen: len(seen) > number, delay)
    if records is None:
        return None
    if late:
        desk.ask("clock", seconds=1800)
    code, told = desk.resume()
    decided = any(one["record"] == "decision" and one["decision"] == "commit" for one in records)
    planned = any(one["record"] == "plan" for one in records)
    assert code == 0, (number, delay, late, told)
    assert desk.is_new() if decided else desk.is_old(), (number, delay, late, planned, told)
    return "new" if decided else "old"


@pytest.mark.parametrize(("site", "step"), SITES)
def test_every_record(tmp_path, site, step, record_property):
    desk, ends = Desk(tmp_path, site, company()), []
    desk.lab_up()
    try:
        for place, number in enumerate(range(0, MOST, step)):
            if in_shard(place) and not kill_twice(desk, number, ends):
                break
    finally:
        desk.lab_down()
    record_property("crash matrix", (f"SIGKILL at {site}", ends))
    assert ends


def kill_twice(desk, number, ends):
    """At the record, and inside what follows it. False: the run has fewer records."""
    for delay in (0.0, INSIDE):
        end = kill_and_resume(desk, number, delay=delay, late=bool(number % 2) != bool(delay))
        if end is None:
            return False
        ends.append(end)
        if end == "new":  # nothing would change any more: the next one needs a factory-new site
            desk.lab_down()
            desk.lab_up()
    return True
