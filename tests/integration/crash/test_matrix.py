"""`make crash-matrix`: a real provision killed after every journal record, and again inside what follows it.

Slow, so it is asked for by SITEAUTO_CRASH_MATRIX: `all`, or a shard such as `2/4`. Every line to a device, before and
after it had its effect, is in `tests/unit/push/test_crash_matrix.py`.
"""

import os
from itertools import count

import pytest

WANTED = os.environ.get("SITEAUTO_CRASH_MATRIX", "")
INSIDE = 0.25  # seconds after the record: within the device call that it announces

pytestmark = pytest.mark.skipif(not WANTED, reason="SITEAUTO_CRASH_MATRIX is not set: make crash-matrix")


def in_shard(number):
    share, _, shares = WANTED.partition("/")
    return WANTED == "all" or number % int(shares) == int(share) - 1


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


def test_every_record(desk, capsys):
    ends = []
    for number in count():
        if not in_shard(number):
            if number > 200:
                break
            continue
        end = None
        for delay in (0.0, INSIDE):
            end = kill_and_resume(desk, number, delay=delay, late=bool(number % 2) != bool(delay))
            if end is None:
                break
            ends.append(end)
            with capsys.disabled():
                print(f"record {number} +{delay} s: all {end}", flush=True)
            if end == "new":  # nothing would change any more: the next one needs a factory-new site
                desk.lab_down()
                desk.lab_up()
        if end is None:
            break
    with capsys.disabled():
        print(f"crash matrix {WANTED}: {len(ends)} points, {ends.count('old')} all old, {ends.count('new')} all new")
    assert ends
