"""The box over time: logins, transactions, revisions, the stitch that restores one, power cuts."""

STITCH = """
config system automation-action
edit "undo"
set action-type cli-script
set script "execute restore config flash 1"
set accprofile "super_admin"
end
config system automation-trigger
edit "undo"
set trigger-type scheduled
set trigger-frequency once
set trigger-datetime {when}
end
config system automation-stitch
edit "undo"
set trigger "undo"
config actions
edit 1
set action "undo"
end
end
"""


def change_alias(console, alias):
    console.type("config system global", f'set alias "{alias}"', "end")


def alias_of(console):
    text = console.type("show system global | grep alias")
    return text.split('"')[1] if "alias" in text else ""


def test_only_local_passwords_let_in(fortigate, console):
    assert fortigate.authenticate("day0", "a-bench-password")
    assert not fortigate.authenticate("day0", "wrong")
    assert not fortigate.authenticate("nobody", "")
    assert not fortigate.authenticate("admin", "")  # a new box asks for a password first


def test_logins_that_may_not_do_everything_have_a_dollar(console, log_in):
    console.type("config system admin", 'edit "reader"', "set accprofile prof_admin", "set vdom root", "end")
    reader = log_in("reader")
    assert reader.shell.greeting().prompt == "fw1 $ "


def test_banners_come_before_and_after_the_password(fortigate, console, log_in):
    assert fortigate.login_banner() == ""
    console.type("config system replacemsg admin", 'edit "pre_admin-disclaimer-text"', 'set buffer "Go away"', "end")
    console.type("config system global", "set pre-login-banner enable", "set post-login-banner enable", "end")
    assert fortigate.login_banner() == "Go away\n"
    again = log_in()
    assert again.shell.greeting().prompt == "(Press 'a' to accept): "
    again.type("a")
    assert again.prompt == "fw1 # "
    refusing = log_in()
    refusing.shell.greeting()
    refusing.type("n")
    assert refusing.last.close


# ── transactions ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_others_see_a_transaction_only_after_its_commit(console, log_in):
    other = log_in()
    console.type("execute config-transaction start")
    change_alias(console, "new")
    assert alias_of(console) == "new"
    assert alias_of(other) == ""
    console.type("execute config-transaction commit")
    assert alias_of(other) == "new"


def test_an_aborted_transaction_leaves_nothing(console, log_in):
    console.type("execute config-transaction start")
    console.type("config firewall address", 'edit "x"', "end", "execute config-transaction abort")
    assert '"x"' not in console.type("show firewall address")


def test_a_commit_carries_deletions_and_order_over_and_keeps_what_others_did(console, log_in):
    console.type("config firewall address", 'edit "doomed"', "next", 'edit "stays"', "end")
    console.type("execute config-transaction start")
    console.type("config firewall address", 'delete "doomed"', 'edit "mine"', "end")
    log_in().type("config firewall address", 'edit "theirs"', "end")
    console.type("execute config-transaction commit")
    names = console.type("show firewall address | grep edit")
    assert [name for name in ("doomed", "stays", "mine", "theirs") if f'"{name}"' in names] == [
        "stays",
        "mine",
        "theirs",
    ]


def test_what_a_transaction_has_touched_is_locked_for_others(console, log_in):
    console.type("execute config-transaction start")
    console.type("config firewall address", 'edit "x"', "end")
    assert "locked by another transaction" in log_in().type("config firewall address", 'edit "x"')


def test_a_transaction_expires_after_five_idle_minutes(console, log_in, bench):
    console.type("execute config-transaction start")
    change_alias(console, "late")
    bench.clock.advance(299)
    console.type("get system status")
    bench.clock.advance(299)
    assert "expired" not in console.type("get system status")
    bench.clock.advance(301)
    assert "config transaction id=1 has expired" in console.type("execute config-transaction commit")
    assert alias_of(log_in()) == ""


def test_console_settings_are_not_changeable_in_a_transaction(console):
    console.type("execute config-transaction start")
    assert "Command fail" in console.type("config system console")
    assert console.prompt == "fw1 # "


def test_commit_without_a_transaction_is_refused(console):
    assert "Command fail" in console.type("execute config-transaction commit")


# ── revisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_revision_is_listed_and_restored_with_a_reboot(console, bench, log_in):
    change_alias(console, "before")
    console.type("execute backup config flash my comment")
    listed = console.type("execute revision list config | grep comment")
    assert listed.startswith(" 1 2026-11-23 12:00:00    day0")  # New York's time
    assert listed.rstrip().endswith("my comment")
    change_alias(console, "after")
    assert "overwrite the current setting" in console.type("execute restore config flash 1")
    assert console.prompt == "Do you want to continue? (y/n)"
    console.type("y")
    assert console.last.close
    assert bench.reboots == 1
    assert not bench.device.state().powered
    bench.clock.advance(60)
    assert bench.device.state().powered
    assert alias_of(log_in()) == "before"
    assert "Last reboot reason: warm reboot" in log_in().type("get system status")


def test_no_is_an_answer_too(console, bench):
    console.type("execute backup config flash x", "execute restore config flash 1", "n")
    assert bench.reboots == 0


def test_revisions_can_be_deleted_and_unknown_ones_are_refused(console):
    console.type("execute backup config flash x", "execute revision delete config 1")
    assert "x\n" not in console.type("execute revision list config")
    assert "Can not find revision 1" in console.type("execute restore config flash 1")


# ── the stitch ───────────────────────────────────────────────────────────────────────────────────────────────────────


def arm(console, when):
    console.type("execute backup config flash x")
    assert "fail" not in console.type(STITCH.format(when=when))


def test_the_stitch_restores_the_revision_at_its_minute_of_local_time(console, bench, log_in):
    change_alias(console, "before")
    arm(console, "2026-11-23 12:10:00")
    change_alias(console, "after")
    bench.clock.advance(599)
    assert alias_of(console) == "after"
    bench.clock.advance(1)
    assert bench.reboots == 1
    bench.clock.advance(60)
    assert alias_of(log_in()) == "before"
    assert "undo" not in log_in().type("show system automation-stitch")  # the revision is older than the stitch


def test_a_deleted_stitch_does_nothing(console, bench):
    arm(console, "2026-11-23 12:10:00")
    console.type("config system automation-stitch", 'delete "undo"', "end")
    console.type("config system automation-trigger", 'delete "undo"', "end")
    console.type("config system automation-action", 'delete "undo"', "end")
    bench.clock.advance(3600)
    assert bench.reboots == 0
    assert "undo" not in console.type("show")


def test_a_trigger_in_use_cannot_be_deleted(console):
    arm(console, "2026-11-23 12:10:00")
    assert "The entry is used" in console.type("config system automation-trigger", 'delete "undo"', "end")


def test_a_one_time_trigger_needs_a_time(console):
    text = console.type("config system automation-trigger", 'edit "x"', "set trigger-type scheduled")
    text += console.type("set trigger-frequency once", "next")
    assert "Attribute 'trigger-datetime' MUST be set" in text


# ── power ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_stored_survives_a_power_cut(console, bench, log_in):
    change_alias(console, "kept")
    bench.device.power(on=False)
    bench.device.power(on=True)
    assert alias_of(log_in()) == "kept"
    assert "Last reboot reason: power cycle" in console.type("get system status")


def test_without_automatic_saving_a_power_cut_brings_the_saved_configuration_back(console, bench, log_in):
    console.type("config system global", "set cfg-save manual", "end")
    change_alias(console, "lost")
    bench.device.power(on=False)
    bench.device.power(on=True)
    assert alias_of(log_in()) == ""
    again = log_in()
    change_alias(again, "kept")
    again.type("execute cfg save")
    bench.device.power(on=False)
    bench.device.power(on=True)
    assert alias_of(log_in()) == "kept"


def test_the_stitch_still_fires_after_a_power_cut(console, bench):
    arm(console, "2026-11-23 12:10:00")
    bench.device.power(on=False)
    bench.device.power(on=True)
    bench.clock.advance(600)
    assert bench.reboots == 1
