"""Every fault that made another tool store a bad copy: named correctly here, and the good copy stays."""

from dataclasses import replace

import pytest

from siteauto.core.backup import BackupStatus

SITE = "us-nyc-mad01"
SHOW = "^show running-config$"
SYSLOG = "*Nov  2 02:00:{n}.123: %LINEPROTO-5-UPDOWN: Line protocol on Interface Gi1/0/{n}, changed state to up"

BAD = {
    "half a configuration": (("truncate", {}), BackupStatus.INCOMPLETE, "the device told of"),
    "no output": (("refuse", {"text": "\n"}), BackupStatus.INCOMPLETE, "the answer is empty"),
    "authorization failed": (
        ("refuse", {"text": "% Authorization failed."}),
        BackupStatus.INCOMPLETE,
        "the device answered '% Authorization failed.'",
    ),
    "buffer full": (
        ("refuse", {"text": "% Configuration buffer full, can't add command"}),
        BackupStatus.INCOMPLETE,
        "the device answered '% Configuration buffer full",
    ),
    "invalid input": (("refuse", {}), BackupStatus.INCOMPLETE, "the device answered '% Invalid input"),
    "dropped": (("drop", {}), BackupStatus.UNREACHABLE, "Found: the session ended"),
    "stalled for ever": (("hang", {}), BackupStatus.UNREACHABLE, "Found: silence"),
    "syslog lines all the time": (
        ("insert", {"text": SYSLOG, "seconds": 0}),
        BackupStatus.INCOMPLETE,
        "in 3 tries the device wrote messages into it, the last one '*Nov  2 02:00:3.123: %LINEPROTO-5-UPDOWN",
    ),
}
ODD = {
    "a banner that looks like the prompt": ("insert", {"text": "us-nyc-mad01-sw1#", "seconds": 0}),
    "the same with a pause": ("insert", {"text": "us-nyc-mad01-sw1#", "seconds": 1}),
    "a line now and then": ("trickle", {"seconds": 0.04}),
    "slow": ("slow", {"seconds": 0.5}),
    "one syslog line": ("insert", {"text": SYSLOG, "seconds": 0, "times": 1}),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.proves("backup", "cisco_ios")
def test_a_bad_copy_is_named_and_the_good_one_stays(nights, name):
    (kind, words), status, told = BAD[name]
    nights.night("sw1")
    before, commit = nights.exact("sw1"), nights.git("rev-parse", "HEAD")
    nights.fault("sw1", kind, pattern=SHOW, **words)
    report = nights.night("sw1")
    (one,) = report.devices
    assert (one.status, told in one.reason) == (status, True), one.reason
    assert report.exit_code in (3, 4)
    assert (nights.exact("sw1"), nights.git("rev-parse", "HEAD")) == (before, commit)
    assert bool(one.quarantine) == (status is BackupStatus.INCOMPLETE)


@pytest.mark.proves("backup", "fortinet")
def test_half_of_a_fortigate_is_named(nights):
    """It ends every block with the word that ends the whole: what tells is the balance and what must be in it."""
    nights.night("fw1")
    before = nights.exact("fw1")
    nights.fault("fw1", "truncate", pattern="^show$")
    (one,) = nights.night("fw1").devices
    assert one.status is BackupStatus.INCOMPLETE
    assert "lines open a block" in one.reason or "it lacks 'config router multicast'" in one.reason
    assert nights.exact("fw1") == before


@pytest.mark.parametrize("name", ODD)
def test_what_is_merely_slow_or_odd_is_complete(nights, name):
    kind, words = ODD[name]
    target = replace(nights.target("sw1"), timeout=1.5)
    nights.fault("sw1", kind, pattern=SHOW, **words)
    (one,) = nights.night(targets=(target,)).devices
    assert one.status is BackupStatus.STORED, one.reason
    text = nights.exact("sw1").decode()
    assert text.rstrip().endswith("\nend")
    assert ("us-nyc-mad01-sw1#" in text) == (words.get("text") == "us-nyc-mad01-sw1#")
    assert "%LINEPROTO" not in text


def test_an_answer_that_never_ends_is_given_up(nights):
    target = replace(nights.target("sw1"), longest=0.5)
    nights.fault("sw1", "trickle", pattern=SHOW, seconds=0.04)
    (one,) = nights.night(targets=(target,)).devices
    assert (one.status, "no end after 0.5 s" in one.reason) == (BackupStatus.UNREACHABLE, True), one.reason


def refused(nights):
    return nights.lab.lab.control("status")["devices"][f"{SITE}-sw1"]["refused_logins"]


def test_a_refused_password_is_tried_once(nights):
    nights.fault("sw1", "wrong-password")
    before = refused(nights)
    (one,) = nights.night("sw1").devices
    assert (one.status, "refused" in one.reason, refused(nights) - before) == (BackupStatus.UNREACHABLE, True, 1)


def test_a_line_per_device_says_what_happened_and_healthy_ones_are_stored(nights):
    nights.fault("sw1", "truncate", pattern=SHOW)
    report = nights.night()
    statuses = {one.device.rpartition("-")[2]: one.status for one in report.devices}
    assert statuses.pop("sw1") is BackupStatus.INCOMPLETE
    assert set(statuses.values()) == {BackupStatus.STORED}
    assert report.exit_code == 3
    nights.heal()
    assert nights.night().exit_code == 0
