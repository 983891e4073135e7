"""Nights of a site: what makes a commit, what is refused, who is tried again, and who is left alone."""

import json
import subprocess

import pytest

from siteauto.adapters.age_seal import unseal
from siteauto.adapters.backup_history import BackupHistory
from siteauto.core.backup import BackupStatus
from siteauto.core.backup_policy import BackupPolicy
from siteauto.reporters.backup import backup_document
from siteauto.testing.fake_transport import Trouble
from siteauto.workflows.backup import back_up
from siteauto.workflows.gentle_backup import back_up_gently

from .conftest import PAIR, SITE

POLICY = BackupPolicy(down_after=3, retries=2)
SW1, SW2 = f"{SITE}-sw1", f"{SITE}-sw2"


def night(shop, **words):
    shop.clock.sleep(86400)
    return back_up(shop.run, reason="nightly", **words)


def gentle(shop, policy=POLICY):
    return back_up_gently(shop.run, policy, reason="nightly", jitter=lambda: 0.5)


def log(shop, *words):
    command = ["git", "log", "--format=%B", *words]
    done = subprocess.run(command, cwd=shop.store.repository, capture_output=True, check=True)
    return done.stdout.decode()  # which it would not be if sealed bytes were shown as text


def statuses(report):
    return [str(one.status) for one in report.devices]


def test_an_unchanged_night_makes_no_commit_and_one_change_makes_one(make_shop):
    shop = make_shop()
    first = night(shop)
    assert night(shop).commit == first.commit
    shop.boxes[SW2].running = shop.boxes[SW2].running.replace("speed 7\n", "speed 70\n")
    changed = night(shop)
    assert statuses(changed) == ["unchanged", "stored", "unchanged"]
    touched = log(shop, "-1", "--name-only", "--format=").split()
    assert touched == [f"{SITE}/{SW2}{end}" for end in (".cfg", ".cfg.age", ".json")]
    assert "- speed 7\n+ speed 70" in changed.devices[1].diff


def test_comments_and_noise_are_no_change_and_a_rotated_secret_is_one(make_shop):
    shop = make_shop(1)
    night(shop)
    shop.boxes[SW1].running = "! a comment with the time of day\n" + shop.boxes[SW1].running
    assert statuses(night(shop)) == ["unchanged"]
    shop.boxes[SW1].passwords = {"admin": "Right-2026"}
    shop.boxes[SW1].running = shop.boxes[SW1].running.replace("Right-2026", "Rotated-2027")
    assert statuses(night(shop)) == ["stored"]
    copy = BackupHistory(shop.store.root).find(SW1)
    assert b"Rotated-2027" in unseal(copy.sealed, PAIR.identity)
    assert "Rotated" not in copy.redacted + log(shop, "--patch")


def test_the_message_of_a_commit_says_what_programs_want_to_know(make_shop):
    shop = make_shop(2)
    night(shop)
    subject, _, *trailers = log(shop, "-1").strip().splitlines()
    assert subject == f"Back up {SITE}: 2 devices, nightly"
    assert trailers == ["Run: r1", f"Site: {SITE}", "Reason: nightly", f"Device: {SW1}", f"Device: {SW2}"]


def test_a_great_loss_is_refused_until_a_person_accepts_it_and_that_is_recorded(make_shop):
    shop = make_shop(1)
    night(shop)
    shop.boxes[SW1].running = f"hostname {SW1}\nuser admin secret Right-2026\ninterface p1\nend\n"
    (refused,) = night(shop).devices
    assert (refused.status, "it has lost 59 of 63 lines" in refused.reason) == (BackupStatus.INCOMPLETE, True)
    assert "it has lost 29 of 33 sections" in refused.reason
    assert statuses(night(shop, accepted="anna: half the shop was closed")) == ["stored"]
    assert f"Accepted-By: anna: half the shop was closed ({SW1})" in log(shop, "-1")
    assert BackupHistory(shop.store.root).find(SW1).record.accepted == "anna: half the shop was closed"


def test_nobody_can_accept_half_a_configuration(make_shop):
    shop = make_shop(1)
    night(shop)
    shop.boxes[SW1].troubles.append(Trouble(pattern="show running", kind="truncate"))
    assert statuses(night(shop, accepted="anna: hm")) == ["incomplete"]


def test_what_may_pass_is_tried_again_with_back_off_and_the_healthy_do_not_wait(make_shop):
    shop = make_shop()
    shop.boxes[SW1].troubles.append(Trouble(pattern="show running", kind="drop", times=2))
    waits = []
    shop.clock._on_move = lambda seconds: waits.append((seconds, len(BackupHistory(shop.store.root).devices())))
    assert statuses(gentle(shop)) == ["stored"] * 3
    assert waits == [(5.0, 2), (10.0, 2)]


def test_a_refused_password_is_not_tried_again(make_shop):
    shop = make_shop()
    shop.boxes[SW1].running = shop.boxes[SW1].running.replace("Right-2026", "Other-2026")
    report = gentle(shop)
    assert statuses(report) == ["unreachable", "stored", "stored"]
    assert shop.boxes[SW1].logins == [("admin", False)]
    assert shop.clock.now().isoformat() == "2026-11-02T02:00:00+00:00", "somebody waited for nothing"


def test_a_site_that_is_down_is_one_finding_and_is_left_alone(make_shop):
    shop = make_shop(30)
    asked = []
    for name, box in shop.boxes.items():
        box.reachable = lambda name=name: bool(asked.append(name))
    report = gentle(shop)
    assert len(asked) == 3
    (item,) = backup_document(report).items
    assert (item.device, item.status, report.exit_code) == (SITE, "unreachable", 4)
    assert "3 of its devices were asked and none answered" in item.message


def test_a_few_dead_devices_do_not_make_a_dead_site(make_shop):
    shop = make_shop(5)
    for name in list(shop.boxes)[1:4]:
        shop.boxes[name].reachable = lambda: False
    report = gentle(shop)
    assert (statuses(report), report.down) == (["stored", *["unreachable"] * 3, "stored"], "")


def test_the_last_gate_masks_what_no_rule_knows_and_says_so(make_shop):
    shop = make_shop(1)
    shop.boxes[SW1].running = shop.boxes[SW1].running.replace("end\n", "vpn key Right-2026 mode 3\nend\n")
    (one,) = night(shop).devices
    assert one.masked == ("secret://x/right",)
    assert "vpn key secret://x/right mode 3" in shop.store.latest(SITE, f"{SW1}.cfg")
    assert "Right-2026" not in log(shop, "--patch")


def test_a_record_says_what_was_proven(make_shop):
    shop = make_shop(1)
    night(shop)
    record = json.loads((shop.store.repository / SITE / f"{SW1}.json").read_text())
    assert record["proof"][0] == "ends with 'end'"
    assert (record["model"], record["serial"], record["lines"], record["sections"]) == ("F1", SW1, 63, 33)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("tunnel key Qx7Lm2Vp9Rt4Wz1K up", "tunnel key ‹unlisted #"),
        ("description key GigabitEthernet1/0/10 is here", "description key GigabitEthernet1/0/10 is here"),
        ("key chain TenGigabitEthernet1-backup", "key chain TenGigabitEthernet1-backup"),
        ("secret secret://us-nyc-mad01/enable", "secret secret://us-nyc-mad01/enable"),
        ("password 7 ‹type7 #12345678›", "password 7 ‹type7 #12345678›"),
        ("peer 10.0.0.1 password 7 1520020B0C3E6676786163 in", "peer 10.0.0.1 password 7 secret://x/right in"),
        ("hash UmlnaHQtMjAyNg== in", "hash secret://x/right in"),
    ],
)
def test_the_gate(make_shop, text, left):
    gated = make_shop(1).run.archive.gate(text)
    assert gated.text.startswith(left)
    assert bool(gated.masked) == (gated.text != text)
