"""A process that dies anywhere: after resume, and after the deadline, the site is all old or all new as it was decided.

`make test` tries every seventh point of each way to die, another seventh for each; `make crash-matrix` tries them all.
"""

import os
from itertools import count

import pytest

from siteauto.core.change.transaction import Decision, Verdict
from siteauto.testing.fake_platform import NONE, fake_platform

WANTED = os.environ.get("SITEAUTO_CRASH_MATRIX", "")  # `all`, or a shard such as `2/4`
SHARE, _, SHARES = WANTED.partition("/")
STEP = int(SHARES or 1) if WANTED else 7
# Who hangs on a firewall that goes last, and on its very version, stays out of reach: that change is always undone.
HOPELESS = "coupled to a firewall without a timer"
SITES = {
    "apart": {},
    "coupled": {"coupled": True},
    "firewall without a timer": {"platforms": {"fw1": fake_platform(timer=NONE)}},
    HOPELESS: {"coupled": True, "platforms": {"fw1": fake_platform(timer=NONE)}},
    "controller without a timer": {"platforms": {"wlc1": fake_platform(timer=NONE)}},
    "switch whose timer nobody sees": {"platforms": {"sw1": fake_platform(sees_timer=False)}},
}


class Killed(BaseException):
    """Nothing in the product catches this; as SIGKILL, it leaves everything as it stands."""


class Point:
    """Dies at the nth of all journal records and device calls, before it has an effect or after."""

    def __init__(self, number, *, after):
        self.number, self.after, self.seen, self.name = number, after, 0, ""

    def wrap(self, name, act):
        def acted(*words):
            self.seen += 1
            hit = self.seen == self.number
            if hit and not self.after:
                self.name = name
                raise Killed
            answer = act(*words)
            if hit:
                self.name = f"after {name} {str(words)[:60]}"
                raise Killed
            return answer

        return acted


def kill_at(make_site, number, *, after, kind, verify=lambda targets: ()):
    """A site whose run died at this point; None: the run ended before."""
    site = make_site(**SITES[kind])
    plan, append = site.plan(), site.journal.append
    point = Point(number, after=after)
    site.journal.append = point.wrap("record", append)
    with pytest.MonkeyPatch.context() as patch:
        box = type(next(iter(site.devices.values())))
        do, typed = box.do, box.type
        patch.setattr(box, "do", lambda self, line: point.wrap(f"{self.name}: {line}", lambda: do(self, line))())
        patch.setattr(box, "type", lambda self, lines: point.wrap(f"{self.name} typed", lambda: typed(self, lines))())
        try:
            site.push(plan, verify=verify)
        except Killed:
            pass
        else:
            return None
    site.journal.append = append
    site.died = point.name
    return site


def must_be_as_decided(site):
    decided = [one["decision"] for one in site.journal.read() if one["record"] == "decision"]
    expected = "new" if Decision.COMMIT in decided else "old"
    site.let_timers_fire()
    for short, device in site.devices.items():
        assert site.runs(short) == expected, (site.died, short, site.runs(short))
        assert device.startup == device.running, (site.died, short)
        assert device.timer is None, (site.died, short)
    return expected


def refused_at_most_once_each(site):
    """Not even a new process, that cannot know which configuration it meets, sends a refused password twice."""
    for device in site.devices.values():
        refused = [user for user, accepted in device.logins if not accepted]
        assert max((refused.count(user) for user in refused), default=0) <= 1, (site.died, device.name, device.logins)


@pytest.mark.parametrize("wait", [0, 100_000], ids=["at once", "after the deadline"])
@pytest.mark.parametrize("kind", SITES)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("checks", ["pass", "fail"])
def test_killed_at_every_record_and_every_device_call(make_site, wait, kind, after, checks, record_property):
    ends = []
    first = int(SHARE) if SHARES else 1 + (hash((wait, after, checks == "pass")) + list(SITES).index(kind)) % STEP
    for number in count(first, STEP):
        problems = {"pass": (), "fail": ("a check failed",)}[checks]
        site = kill_at(make_site, number, after=after, kind=kind, verify=lambda targets, problems=problems: problems)
        if site is None:
            break
        if not any(one["record"] == "plan" for one in site.journal.records):
            continue
        site.clock.sleep(wait)
        for device in site.devices.values():
            device.logins.clear()
        if site.history.unfinished:
            result = site.resume()
            assert (result.exit_code, result.verdict is not Verdict.MIXED) == (0, True), (site.died, result)
            refused_at_most_once_each(site)
        ends.append(must_be_as_decided(site))
        assert not site.history.unfinished, site.died
        told = repr(site.journal.records) + repr(site.events)
        assert not [value for value in site.secret_values if value in told]
    assert len(ends) >= 50 // STEP
    possible = {"old", "new"} if checks == "pass" and kind != HOPELESS else {"old"}
    assert set(ends) == possible if STEP == 1 else set(ends) <= possible
    record_property("crash matrix", (f"died {'after' if after else 'before'}, {kind}, checks {checks}", ends))
