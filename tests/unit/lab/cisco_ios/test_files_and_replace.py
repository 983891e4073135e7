"""Files, replace, the archive, and the timed undo."""

import hashlib

import pytest


def whole(desk, **changes):
    """The running configuration as a file, with words replaced."""
    text = desk.box.printed()
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def with_hostname(desk, name):
    return desk.box.printed().replace("hostname sw1", f"hostname {name}")


def test_running_and_startup_are_two(desk):
    desk.configure("hostname changed")
    assert "hostname sw1" in desk.type("show startup-config")
    assert desk.type("write memory").endswith("[OK]\n")
    assert "hostname changed" in desk.type("show startup-config")


def test_a_loss_of_power_keeps_the_saved_configuration_and_the_flash(desk):
    desk.put("kept.txt", "x")
    desk.configure("hostname unsaved", "snmp-server user u g v3")
    desk.device.power(on=False)
    desk.device.power(on=True)
    assert desk.box.hostname == "sw1"
    assert desk.box.snmp_users == {}
    assert "kept.txt" in desk.type("dir")


def test_the_header_says_who_changed_what_when(desk):
    desk.clock.advance(60)
    desk.configure("hostname x")
    running = desk.running()
    assert running.startswith("Building configuration...\n\nCurrent configuration : ")
    assert "! Last configuration change at 09:01:00 UTC Mon Nov 23 2026 by day0\n" in running
    assert "! NVRAM config last updated at 09:00:00 UTC Mon Nov 23 2026 by console\n" in running


def test_copy_asks_for_the_name_and_before_it_overwrites(desk):
    desk.type("copy running-config flash:a.cfg")
    assert desk.prompt == "Destination filename [a.cfg]? "
    assert "bytes copied in" in desk.type("")
    desk.type("copy run flash:a.cfg", "")
    assert desk.prompt == "Do you want to over write? [confirm]"
    assert "bytes copied in" in desk.type("")


def test_file_prompt_quiet_asks_nothing(desk):
    desk.configure("file prompt quiet")
    assert "bytes copied in" in desk.type("copy running-config flash:/a.cfg")
    assert "bytes copied in" in desk.type("copy running-config flash:/a.cfg")
    assert desk.prompt == "sw1#"


def test_dir_more_verify_delete(desk):
    desk.put("a.txt", "hello\n")
    assert "a.txt" in desk.type("dir")
    assert desk.type("dir flash:/a.txt").startswith("Directory of flash:/a.txt\n")
    assert desk.type("dir flash:/b.txt") == "%Error opening flash:/b.txt (No such file or directory)\n"
    assert desk.type("more flash:a.txt") == "hello\n"
    digest = hashlib.md5(b"hello\n").hexdigest()
    assert f"= {digest}" in desk.type("verify /md5 flash:/a.txt")
    assert desk.type("delete /force flash:a.txt") == ""
    assert "%Error opening" in desk.type("more flash:a.txt")


def test_a_full_flash_takes_nothing(desk):
    desk.configure("file prompt quiet")
    desk.box.flash.full = True
    assert "No space left on device" in desk.type("copy running-config flash:/a.cfg")


def test_merge_takes_good_lines_and_shows_bad_ones(desk):
    desk.configure("file prompt quiet")
    desk.put("m.txt", "vlan 30\n name VOICE\nbanana split\nvlan 31\n")
    printed = desk.type("copy flash:m.txt running-config")
    assert "banana split\n" in printed
    assert "% Invalid input detected at '^' marker." in printed
    assert {30, 31} <= desk.box.state().vlans


def test_a_merge_asks_for_every_user_that_goes(desk):
    desk.configure("file prompt quiet")
    desk.put("m.txt", "no username reader\nno username nobody\nvlan 30\n")
    desk.type("copy flash:m.txt running-config")
    assert "all username related configurations" in desk.prompt
    desk.type("n")
    assert "username reader" in desk.running()
    assert 30 in desk.box.state().vlans
    desk.type("copy flash:m.txt running-config", "")
    assert "username reader" not in desk.running()


def test_incremental_diffs_show_what_a_merge_would_change(desk):
    desk.configure("vlan 30", "name VOICE")
    desk.put("m.txt", "vlan 30\n name VOICE\n!\nvlan 31\n name CCTV\ninterface GigabitEthernet1/0/1\n description x\n")
    assert desk.type("show archive config incremental-diffs flash:m.txt ignorecase") == (
        "!List of Commands:\nvlan 31\n name CCTV\ninterface GigabitEthernet1/0/1\n description x\nend\n"
    )
    desk.put("m.txt", "vlan 30\n name VOICE\n")
    assert "!No changes were found" in desk.type("show archive config incremental-diffs flash:m.txt ignorecase")


def test_differences_are_contextual(desk):
    desk.put("c.txt", with_hostname(desk, "new").replace("vlan 99\n", "vlan 20\n name POS\n!\nvlan 99\n", 1))
    assert desk.type("show archive config differences system:/running-config flash:/c.txt") == (
        "!Contextual Config Diffs:\n+hostname new\n+vlan 20\n +name POS\n-hostname sw1\n"
    )
    desk.put("c.txt", whole(desk))
    assert "!No changes were found" in desk.type("show archive config differences system:/running-config flash:/c.txt")


def test_replace_makes_the_running_configuration_the_file(desk):
    desk.configure("vlan 50", "interface GigabitEthernet1/0/7", "description away")
    desk.put("c.txt", with_hostname(desk, "new").replace("vlan 50\n", "").replace(" description away\n", ""))
    assert desk.type("configure replace flash:c.txt force") == "Total number of passes: 1\nRollback Done\n"
    assert desk.box.hostname == "new"
    assert 50 not in desk.box.state().vlans
    assert "away" not in desk.running()
    assert "hostname sw1" in desk.type("show startup-config"), "replace does not save"


def test_replace_asks_unless_forced(desk):
    desk.put("c.txt", with_hostname(desk, "new"))
    desk.type("configure replace flash:c.txt")
    assert desk.prompt.endswith("proceed. ? [no]: ")
    desk.type("n")
    assert desk.box.hostname == "sw1"
    desk.type("configure replace flash:c.txt", "y")
    assert desk.box.hostname == "new"


def test_replace_asks_for_every_user_that_goes(desk):
    lines = [line for line in desk.box.printed().splitlines() if not line.startswith("username reader")]
    desk.put("c.txt", "\n".join(lines) + "\n")
    desk.type("configure replace flash:c.txt force")
    assert "all username related configurations" in desk.prompt
    assert "Rollback Done" in desk.type("")


@pytest.mark.parametrize("text", ["hostname x\nend\n", "version 17.12\nhostname x\n", ""])
def test_replace_wants_a_whole_configuration(desk, text):
    desk.put("c.txt", text)
    assert desk.type("configure replace flash:c.txt force") == "%The input file is not a valid config file.\n"


def test_a_refused_line_aborts_the_replace_and_the_trigger_restores(desk):
    desk.put("c.txt", with_hostname(desk, "new").replace("hostname new", "hostname new\nbanana split"))
    printed = desk.type("configure replace flash:c.txt force revert trigger error")
    assert "Rollback aborted after 5 passes" in printed
    assert "The original configuration has been successfully restored." in printed
    assert desk.box.hostname == "sw1"
    assert "Rollback aborted after 5 passes" in desk.type("configure replace flash:c.txt force")
    assert desk.box.hostname == "new", "without the trigger the good lines stay"


# ── the timer ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_timer_needs_an_archive(desk):
    desk.configure("no archive")
    desk.put("c.txt", with_hostname(desk, "new"))
    assert "turn config archive on" in desk.type("configure terminal revert timer 2")
    assert desk.prompt == "sw1#"
    assert "turn config archive on" in desk.type("configure replace flash:c.txt force revert trigger error timer 2")
    assert desk.type("show archive") == "Archive feature not enabled\n"


def test_an_unconfirmed_replace_is_undone_by_the_clock(desk):
    desk.put("c.txt", with_hostname(desk, "new"))
    printed = desk.type("configure replace flash:c.txt force revert trigger error timer 2")
    assert "Rollback will begin in 2 minute(s)" in printed
    desk.clock.advance(119)
    assert desk.box.hostname == "new"
    desk.clock.advance(1)
    assert desk.box.hostname == "sw1"
    assert desk.type("show archive config rollback timer") == "%No Rollback Confirmed Change pending\n"


def test_lines_typed_under_the_timer_are_undone(desk):
    desk.type("configure terminal revert timer 1")
    assert desk.prompt == "sw1(config)#"
    desk.type("hostname new", "end")
    desk.configure("vlan 88")
    desk.clock.advance(60)
    assert desk.box.hostname == "sw1"
    assert 88 not in desk.box.state().vlans


def test_a_confirmed_change_stays(desk):
    desk.type("configure terminal revert timer 1", "hostname new", "end")
    assert desk.type("configure confirm") == ""
    desk.clock.advance(3600)
    assert desk.box.hostname == "new"
    assert desk.type("configure confirm") == "%No Rollback Confirmed Change pending\n"


def test_revert_now(desk):
    desk.type("configure terminal revert timer 30", "hostname new", "end", "configure revert now")
    assert desk.box.hostname == "sw1"


def test_there_is_one_timer_and_it_has_its_owner(desk):
    desk.type("configure terminal revert timer 30", "end")
    pending = desk.type("show archive config rollback timer")
    assert "Timer value: 30 min" in pending
    assert "User: day0" in pending
    assert "already" in desk.type("configure terminal revert timer 5")


def test_the_timer_restores_running_only(desk):
    desk.type("configure terminal revert timer 1", "hostname new", "end", "write memory")
    desk.clock.advance(60)
    assert desk.box.hostname == "sw1"
    assert "hostname new" in desk.type("show startup-config")


def test_a_loss_of_power_in_the_window_boots_the_saved_configuration(desk):
    desk.type("configure terminal revert timer 1", "hostname new", "end")
    desk.device.power(on=False)
    desk.device.power(on=True)
    assert desk.box.hostname == "sw1"
    desk.configure("hostname later")
    desk.clock.advance(3600)
    assert desk.box.hostname == "later", "the timer went with the power"


def test_the_archive_lists_what_the_timer_backed_up(desk):
    desk.type("configure terminal revert timer 1", "end")
    assert "flash:archive-Nov-23-09-00-00.000-UTC-0 <- Most Recent" in desk.type("show archive")


# ── Tcl ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_typed_into_tclsh(desk):
    desk.type("tclsh")
    assert desk.prompt == "sw1(tcl)#"
    desk.type('puts [open "flash:t.txt" w+] {vlan 10', " name X")
    assert desk.prompt == "+>"
    desk.type("}")
    assert desk.prompt == "sw1(tcl)#"
    assert "t.txt" not in desk.box.flash.files, "it is written when the shell is left"
    desk.type("tclquit")
    assert desk.box.flash.files["t.txt"] == b"vlan 10\n name X\n\n"
