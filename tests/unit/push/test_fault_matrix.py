"""Every kind of trouble at every kind of command on every device: all old, all new, or named."""

from itertools import product

import pytest

from siteauto.core.change.transaction import State, Verdict

COMMANDS = (
    "^show timer",
    "^show running",
    "^show startup",
    "^show stage",
    "^(replace|merge|speed 1000)",
    "^timer",
    "^confirm",
    "^save",
    "^revert",
    "^delete",
)
SHORTS = ("fw1", "sw1", "sw2", "wlc1")


def interrupt():
    raise KeyboardInterrupt


def put_in(site, short, pattern, kind):
    actions = {"interrupt": interrupt, "reboot": site.devices[short].reboot}
    site.trouble(short, pattern, actions.get(kind, kind))


def must_be_whole(site, result):
    """What is claimed is true, once every timer has fired: no device is between old and new, and none is misjudged."""
    site.let_timers_fire()
    runs = {short: site.runs(short) for short in site.shorts}
    assert set(runs.values()) <= {"old", "new"}, runs
    for one in result.devices:
        device = site.devices[one.device]
        if one.state is State.SAVED:
            assert (runs[one.device], device.startup) == ("new", device.running)
        if one.state in (State.IDLE, State.REVERTED):
            assert (runs[one.device], device.startup) == ("old", site.before[one.device])
    if result.verdict is not Verdict.MIXED:
        assert len(set(runs.values())) == 1
    else:
        assert [one for one in result.devices if one.state is State.MIXED and one.error is not None]
        assert result.exit_code in (6, 130)


@pytest.mark.parametrize("kind", ["refuse", "pretend", "drop", "drop-after", "interrupt", "reboot"])
@pytest.mark.parametrize("checks", ["pass", "fail"])
def test_one_fault_anywhere(make_site, kind, checks):
    problems = {"pass": (), "fail": ("a check failed",)}[checks]
    for short, pattern in product(SHORTS, COMMANDS):
        for times in (1, 3):  # the first such command, and the third: before and after arming
            site = make_site(coupled=True)
            plan = site.plan()
            skipped = times - 1
            if skipped:
                site.trouble(short, pattern, lambda: None, times=skipped)
            put_in(site, short, pattern, kind)
            result = site.push(plan, verify=lambda targets: problems)
            must_be_whole(site, result)


def test_ctrl_c_at_every_journal_record(make_site):
    def count_records():
        site = make_site()
        site.push()
        return len(site.journal.records)

    for number in range(count_records()):
        site = make_site()
        plan, seen = site.plan(), []

        def stop(record, seen=seen, number=number):
            seen.append(record)
            if len(seen) == number + 1:
                raise KeyboardInterrupt

        site.journal._before_append = stop
        result = site.push(plan)
        assert result.exit_code in (130, 6)
        must_be_whole(site, result)


def test_two_faults_on_two_devices(make_site):
    pairs = list(product(("drop", "refuse"), ("^(replace|merge|speed 1000)", "^confirm", "^revert")))
    for (kind1, pattern1), (kind2, pattern2) in product(pairs, pairs):
        site = make_site(coupled=True)
        plan = site.plan()
        put_in(site, "sw2", pattern1, kind1)
        put_in(site, "fw1", pattern2, kind2)
        must_be_whole(site, site.push(plan))
