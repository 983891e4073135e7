"""What `siteauto plan --base` says: every label, in every format."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import NOW, Bench

EXPECTED = Path(__file__).parent / "expected"
DAY = 86400
Command = Callable[..., tuple[int, str]]
Expect = Callable[[Path, str], None]


@pytest.fixture
def everything(bench: Bench) -> Bench:
    """One backup for each thing that can have happened, and a change that meets them all."""
    bench.back_up("us-nyc-mad01-sw1", ("description desk", "description HAND"), ("10,20\n", "10,20,30\n"))
    bench.back_up("us-nyc-mad01-wlc1", ("10.10.0.12", "10.10.0.13"), at=NOW - 9 * DAY)
    bench.back_up("us-bos-new01-wlc1", ("\nend\n", "\n"))
    bench.git("rm", "--quiet", "us-bos-new01/us-bos-new01-fw1.cfg", folder=bench.backups / "config")
    bench.git("commit", "--quiet", "--message", "Forget", folder=bench.backups / "config")
    bench.git("switch", "--quiet", "--create", "feature")
    bench.edit("inventory/defaults.yaml", ("10.10.0.12", "10.10.0.13"))
    bench.edit(
        "templates/cisco_ios/core.j2",
        ("description desk", "description till"),
        ("10 permit", "5 deny tcp any any\n 10 permit"),
        (" switchport trunk allowed vlan 10,20\n", " switchport trunk allowed vlan 10\n no shutdown\n"),
    )
    bench.commit("two")
    return bench


@pytest.mark.parametrize(("form", "file"), [("text", "plan.txt"), ("markdown", "plan.md"), ("json", "plan.json")])
def test_every_label(everything: Bench, siteauto: Command, expect_text: Expect, form: str, file: str):
    code, text = siteauto("plan", "--base", "main", "--head", "feature", "--format", form)
    assert code == 4  # two devices are unknown
    expect_text(EXPECTED / file, text)


def test_the_same_input_gives_the_same_bytes(everything: Bench, siteauto: Command):
    files = [everything.root.parent / name for name in ("one.json", "two.json")]
    for file in files:
        siteauto("plan", "--base", "main", "--head", "feature", "--output", str(file))
    assert files[0].read_bytes() == files[1].read_bytes()
    assert json.loads(files[0].read_text())["schema"] == "siteauto/offline-plan/1"


def test_a_collision_needs_to_be_acknowledged(bench: Bench, siteauto: Command):
    bench.back_up("us-nyc-mad01-sw1", ("description desk", "description HAND"))
    bench.edit("templates/cisco_ios/core.j2", ("description desk", "description till"))
    bench.commit("two")
    code, text = siteauto("plan", "us-nyc-mad01", "--base", "main~1")
    assert (code, "--acknowledge-collisions" in text) == (3, True)
    code, text = siteauto("plan", "us-nyc-mad01", "--base", "main~1", "--acknowledge-collisions")
    assert (code, "--acknowledge-collisions" in text) == (5, False)


def test_no_change_and_no_drift(bench: Bench, siteauto: Command):
    code, text = siteauto("plan", "--base", "main")
    assert code == 0
    assert "6 devices: no changes" in text


@pytest.mark.parametrize("form", ["jsonl", "junit"])
def test_the_other_formats_have_every_device(everything: Bench, siteauto: Command, form: str):
    _, text = siteauto("plan", "--base", "main", "--head", "feature", "--format", form)
    for device in ("fw1", "sw1", "wlc1"):
        assert f"us-bos-new01-{device}" in text


def test_a_new_site_and_one_that_goes(bench: Bench, siteauto: Command):
    (bench.root / "inventory/sites/us-bos-new01.yaml").unlink()
    (bench.root / "inventory/locks/us-bos-new01.yaml").unlink(missing_ok=True)
    bench.commit("two")
    code, text = siteauto("plan", "--base", "main~1")
    assert code == 5
    assert "us-bos-new01-sw1: not in the new intent; nothing is sent to it" in text
    code, text = siteauto("plan", "us-bos-new01", "--base", "main", "--head", "main~1")
    assert code == 0  # its devices are as they shall be, whatever the old intent was


def test_a_broken_old_intent_makes_its_site_unknown(bench: Bench, siteauto: Command):
    bench.edit("inventory/sites/us-bos-new01.yaml", ("supernet: 10.44.20.0/22", "supernet: nonsense"))
    bench.commit("two")
    bench.git("revert", "--no-edit", "HEAD")
    code, text = siteauto("plan", "us-bos-new01", "--base", "main~1")
    assert code == 4
    assert "its old intent is not sound" in text


def test_no_secret_of_a_backup_is_shown(bench: Bench, siteauto: Command):
    """A backup holds references and tokens; a reference that changes cannot be told from a value that does."""
    bench.edit("templates/cisco_ios/core.j2", ('secret("local_admin")', 'secret("other_admin")'))
    bench.commit("two")
    code, text = siteauto("plan", "us-nyc-mad01", "--base", "main~1")
    assert code == 5
    assert "cannot tell" in text
