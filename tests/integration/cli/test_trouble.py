"""Trouble at a site: one clear message, the right exit code, and everything as it was."""

import re
import shutil

import pytest
from tests.operators import SITE

from .conftest import typed

UNUSED = ("sw2", "GigabitEthernet1/0/30")


def told(ended, subject, *, expected, found, next_step):
    """What a message must say: subject, expected, found, next step; and no traceback."""
    said = ended.out + ended.err
    assert "Traceback" not in said
    assert "internal error" not in said
    (line,) = {line.strip() for line in said.splitlines() if line.removeprefix("siteauto: ").startswith(subject)}
    assert f"Expected: {expected}" in line
    assert f"Found: {found}" in line
    assert line.endswith(next_step)


@pytest.fixture
def faulty(provisioned):
    """The lab; its faults are taken out and its cables put back after the test."""
    yield provisioned
    provisioned.lab("clear")


@pytest.mark.parametrize("verb", [("plan",), ("provision", "--yes")], ids=lambda words: words[0])
def test_an_unreachable_device(provisioned, verb):
    provisioned.lab("power", "sw2", "off")
    try:
        ended = provisioned.expect(4, verb[0], SITE, *verb[1:])
    finally:
        provisioned.lab("power", "sw2", "on")
    told(
        ended,
        f"{SITE}-sw2: no SSH session to 127.44.19.35 port ",
        expected="an SSH server that answers",
        found="Connection refused",
        next_step="Check power, cabling and the management address.",
    )
    assert ended.lines[0].startswith(f"target: lab {SITE} ")


def test_a_wrong_password_is_sent_once(faulty):
    def refused():
        return faulty.lab_state.client().ask("status")["devices"][f"{SITE}-sw1"]["refused_logins"]

    before = refused()
    faulty.lab("fault", "sw1", "wrong-password")
    ended = faulty.expect(4, "provision", SITE, "--yes")
    told(
        ended,
        f"{SITE}-sw1: every login was refused at 127.44.19.34 port ",
        expected=f"one of siteauto (secret://{SITE}/local_admin), day0 (secret://{SITE}/bootstrap)",
        found="refused, each tried once",
        next_step="none is tried again in this run.",
    )
    assert refused() - before == 2, "one for each of the two logins"
    assert "logins refused: 2" in faulty.lab("status").out


def test_a_changed_host_key_is_never_accepted(provisioned):
    pins = provisioned.lab_folder / "known_hosts"
    kept = pins.with_name("kept")
    shutil.copy(pins, kept)
    lines = pins.read_text().splitlines()
    others = {line.split()[1]: line.split()[2] for line in lines if line.startswith("[127.44.19.35]")}
    swapped = [
        f"{line.split()[0]} {line.split()[1]} {others[line.split()[1]]}" if line.startswith("[127.44.19.34]") else line
        for line in lines
    ]
    pins.write_text("\n".join(swapped) + "\n")
    try:
        for more in ((), ("--trust-new-host-keys",)):
            told(
                provisioned.expect(4, "plan", SITE, *more),
                f"{SITE}-sw1: the host key of 127.44.19.34 port ",
                expected=f"the key pinned in {pins}",
                found="ssh-ed25519 SHA256:",
                next_step="connect with --trust-new-host-keys.",
            )
        assert pins.read_text() == "\n".join(swapped) + "\n"
    finally:
        kept.replace(pins)


def test_half_a_configuration_is_not_taken_for_one(faulty):
    kept = faulty.lab_folder / "backups" / "config" / SITE / f"{SITE}-sw1.cfg.age"
    before = kept.read_bytes()
    faulty.lab("fault", "sw1", "truncate", "--pattern", "^show running-config$")
    for words, code in ((("plan", SITE), 3), (("provision", SITE, "--yes"), 3)):
        ended = faulty.expect(code, *words)
        told(
            ended,
            f"{SITE}-sw1: its running configuration is not whole.",
            expected="a complete answer to 'show running-config'",
            found="it ends with",
            next_step="Run again; if it stays, look at the device.",
        )
    backup = faulty.type("backup", SITE)
    assert backup.code != 0
    assert "not whole" in backup.out
    assert kept.read_bytes() == before


def test_a_line_that_is_refused_in_the_middle_undoes_the_site(faulty):
    """Both switches are to change; the farther one refuses."""
    with (
        typed(faulty, *UNUSED, "description to be removed"),
        typed(faulty, "sw1", "GigabitEthernet1/0/20", "description to be removed"),
    ):
        before = [without_clocks(faulty.console(device, "show running-config")) for device in ("sw1", "sw2")]
        faulty.lab("fault", "sw2", "refuse", "--pattern", "^configure replace", "--times", "1")
        ended = faulty.expect(3, "provision", SITE, "--yes", "--settle", "0.1")
        assert f"network: nothing has changed at {SITE}: " in ended.out
        assert f"  why: {SITE}-sw2: it did not take 'configure replace " in ended.out
        assert "Traceback" not in ended.err
        for device, text in zip(("sw1", "sw2"), before, strict=True):
            assert without_clocks(faulty.console(device, "show running-config")) == text
            assert "No Rollback" in faulty.console(device, "show archive config rollback timer")
            assert "siteauto-" not in faulty.console(device, "dir flash:")


def test_a_session_that_drops_while_a_change_is_made_live_is_not_taken_for_a_failure(faulty):
    """The device did as it was told, and says so over a fresh session."""
    with typed(faulty, *UNUSED, "description to be removed"):
        faulty.lab("fault", "sw2", "drop", "--pattern", "^configure replace")
        ended = faulty.expect(4, "provision", SITE, "--yes", "--settle", "0.1")
        assert "network: 1 device changed and saved" in ended.lines


def test_a_device_that_reboots_in_the_window_is_as_before(faulty):
    device = UNUSED[0]
    with typed(faulty, *UNUSED, "description to be removed"):
        before = faulty.console(device, "show running-config")
        faulty.lab("fault", device, "reboot", "--pattern", "^configure replace")
        ended = faulty.expect(3, "provision", SITE, "--yes", "--settle", "0.1")
        assert f"network: nothing has changed at {SITE}: " in ended.out
        assert "Traceback" not in ended.err
        assert without_clocks(faulty.console(device, "show running-config")) == without_clocks(before)


def without_clocks(text):
    return re.sub(r"^(!|Current configuration|Using).*\n", "", text, flags=re.MULTILINE)


def test_a_state_folder_that_cannot_be_one(provisioned, tmp_path):
    """A file stands where the folder should be."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    ended = provisioned.expect(1, "lab", "up", SITE, SITEAUTO_STATE=str(blocked / "state"))
    told(
        ended,
        f"The state folder cannot be written: {blocked / 'state'}",
        expected="a folder of yours with free space",
        found="Not a directory",
        next_step="or point SITEAUTO_STATE elsewhere.",
    )
