"""`make crash-matrix`: a real provision killed after every journal record, and inside every call that may change a device.

Slow, so it is asked for by SITEAUTO_CRASH_MATRIX. Every line to a device, before and
after it had its effect, is in `tests/unit/push/test_crash_matrix.py`.
"""

import shutil
from itertools import cycle

import pytest
from tests.integration.crash.conftest import Desk
from tests.integration.crash.shards import WANTED, companies, in_shard

from siteauto.core.errors import SiteautoError

# Every platform in company of others; the first, the smallest, is killed while it is made new too.
SITES = {
    "us-bos-cop01": "Cisco IOS, FortiGate",
    "us-nyc-mad01": "Cisco IOS, Catalyst 9800, FortiGate",
    "us-lax-fig01": "Arista EOS, SRX, Catalyst 9800",
    "us-dal-nor01": "AOS-CX, OpenWrt, SRX",
    "us-bos-jun01": "Junos, SRX, Catalyst 9800",
    "us-pdx-tst02": "Cisco NX-OS, AOS-CX, FortiGate, Catalyst 9800",
}
KINDS = ("record", "call")
REFUSED = 2  # logins that one process may have refused at a device: the site's password and the first day's, once each

pytestmark = pytest.mark.skipif(not WANTED, reason="SITEAUTO_CRASH_MATRIX is not set: make crash-matrix")


class Doomed:
    """A site whose provision dies again and again. What it shall be changes whenever it has become that."""

    def __init__(self, desk, *, in_use):
        self.desk, self.ends, self.in_use = desk, [], in_use
        self.wrong = []
        self.begin()

    def begin(self):
        """The site factory-new; in use, it has become what one of the companies says."""
        self.wishes = cycle(companies())
        self.desk.intend(next(self.wishes))
        self.desk.lab_up()
        if self.in_use:
            assert self.desk.provision() is None
            self.turn()

    def turn(self):
        """What is there is the old; something else is wanted."""
        if self.in_use:
            self.desk.intend(next(self.wishes))
            self.desk.remember()
        else:
            self.desk.lab_down()
            self.desk.lab_up()

    def count(self):
        """How many points there are of each kind, when nobody is killed."""
        assert self.desk.provision() is None
        counts = {"record": self.desk.records, "call": self.desk.calls}
        self.turn()
        return counts

    def must_survive(self, kind, number, *, late):
        """Note what goes wrong, and begin again with devices that nothing has happened to."""
        try:
            self.kill(kind, number, late=late)
        except (AssertionError, SiteautoError) as wrong:
            self.wrong.append(f"{kind} {number}{', late' if late else ''}: {wrong}")
            self.ends.append("WRONG")
            print(f"\n{self.desk.site}: {self.wrong[-1]}", flush=True)
            self.desk.lab_down()
            shutil.rmtree(self.desk.folder / "state")
            self.begin()

    def kill(self, kind, number, *, late):
        """Die there, come back, and end as was decided. The run may have ended before: threads are never in step."""
        desk = self.desk
        refused = desk.refused_logins()
        records = desk.provision(**{kind: number})
        if records is not None:
            if late:
                desk.ask("clock", seconds=1800)
            code, told = desk.resume()
            assert code == 0, (kind, number, late, told)
        decided = records is None or any(one.get("decision") == "commit" for one in records)
        assert desk.is_new() if decided else desk.is_old(), (kind, number, late)
        more = {name: count - refused[name] for name, count in desk.refused_logins().items()}
        assert max(more.values()) <= 2 * REFUSED, (kind, number, late, more)
        desk.must_keep_secrets()
        self.ends.append("new" if decided else "old")
        if decided:
            self.turn()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("site", SITES)
def test_killed_everywhere(tmp_path, nursery, site, kind, record_property):
    kill_everywhere(Desk(tmp_path, nursery, site, companies()[0]), kind, record_property, in_use=True)


@pytest.mark.parametrize("kind", KINDS)
def test_killed_everywhere_while_a_site_is_made(tmp_path, nursery, kind, record_property):
    kill_everywhere(Desk(tmp_path, nursery, next(iter(SITES)), companies()[0]), kind, record_property, in_use=False)


def kill_everywhere(desk, kind, record_property, *, in_use):
    doomed = Doomed(desk, in_use=in_use)
    try:
        for number in range(1, doomed.count()[kind] + 1):
            if in_shard(number):
                doomed.must_survive(kind, number, late=bool(number % 2))
    finally:
        desk.lab_down()
        what = "record" if kind == "record" else "change of a device"
        told = f"SIGKILL at every {what}, {desk.site}{'' if in_use else ' factory-new'} ({SITES[desk.site]})"
        record_property("crash matrix", (told, doomed.ends))
    assert not doomed.wrong, "\n\n".join(doomed.wrong)
