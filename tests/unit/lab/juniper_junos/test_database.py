"""What a box does with configurations: candidate, lock, commit, timer, ring of rollbacks."""

import pytest

CONTACT = "set snmp contact me"


def committed(device):
    return device.box.database.committed


def test_a_day_0_text_is_committed_with_its_passwords_hashed(device):
    assert device.authenticate("ann", "ann-pass")
    assert not device.authenticate("ann", "wrong")
    assert not device.authenticate("root", "root-pass"), "no account of this name"
    assert [str(one) for one in device.state().logins] == ["10.1.2.3"]


def test_nothing_is_live_before_the_commit(typed, device):
    before = committed(device)
    assert "[edit]\n+   snmp {\n+       contact me;\n+   }\n" in typed("configure", CONTACT, "show | compare")
    assert committed(device) is before
    assert "commit complete" in typed("commit")
    assert "contact me;" in typed("run show configuration snmp")


def test_the_timer_takes_the_change_back(typed, device, world):
    before = committed(device)
    assert "rolled back in 2 minutes" in typed("configure", CONTACT, "commit confirmed 2")
    assert committed(device) != before
    world.clock.advance(119)
    world.clock.run_due()
    assert committed(device) != before
    world.clock.advance(2)
    world.clock.run_due()
    assert committed(device) == before
    assert "by root via other" in typed("run show system commit").splitlines()[0]


@pytest.mark.parametrize("confirm", ["commit", "commit check"])
def test_any_commit_confirms(typed, device, another, world, confirm):
    typed("configure", CONTACT, "commit confirmed 2")
    if confirm == "commit":
        another.ask("<commit-configuration/>")
    else:
        typed(confirm)
    world.clock.advance(600)
    world.clock.run_due()
    assert "contact me" in typed("run show configuration snmp")


def test_a_second_timer_extends_the_first_and_goes_back_to_the_same_place(typed, device, world):
    before = committed(device)
    typed("configure", CONTACT, "commit confirmed 2", "set snmp location here", "commit confirmed 5")
    world.clock.advance(200)
    world.clock.run_due()
    assert committed(device) != before
    world.clock.advance(200)
    world.clock.run_due()
    assert committed(device) == before


def test_fifty_commits_are_kept(typed, device):
    typed("configure")
    for number in range(60):
        typed(f"set snmp contact c{number}", "commit")
    assert len(device.box.database.commits) == 50
    typed("rollback 49")
    assert "+  contact c10;" in typed("show | compare")
    assert "error: rollback version not found" in typed("rollback 50")


def test_a_lock_keeps_others_out_and_goes_with_its_session(netconf, another, device):
    assert "<rpc-error>" not in netconf.ask("<lock-configuration/>")
    assert "locked by" in another.ask("<lock-configuration/>")
    load = f'<load-configuration action="set"><configuration-set>{CONTACT}</configuration-set></load-configuration>'
    assert "locked by" in another.ask(load)
    assert "<ok/>" in netconf.ask(load)
    netconf.dialogue.close()
    assert not device.box.database.is_changed, "what the holder had not committed is gone"
    assert "<rpc-error>" not in another.ask("<lock-configuration/>")


def test_a_candidate_that_somebody_has_changed_cannot_be_locked(netconf, typed):
    typed("configure", CONTACT)
    assert "configuration database modified" in netconf.ask("<lock-configuration/>")


def test_a_private_candidate_takes_no_timer(netconf):
    netconf.ask("<open-configuration><private/></open-configuration>")
    assert "not allowed on a private" in netconf.ask("<commit-configuration><confirmed/></commit-configuration>")


def test_one_interface_counts_minutes_and_the_other_seconds(netconf, device):
    netconf.ask("<commit-configuration><confirmed/><confirm-timeout>3</confirm-timeout></commit-configuration>")
    assert "rollback in 3mins" in device.box.database.commits[0].comment
    netconf.ask("<commit><confirmed/><confirm-timeout>180</confirm-timeout></commit>")
    assert "rollback in 3mins" in device.box.database.commits[0].comment


def test_what_is_loaded_with_an_error_is_loaded_for_the_rest(netconf, device):
    text = "snmp { contact me; flying carpet; }"
    answer = netconf.ask(
        f'<load-configuration action="merge"><configuration-text>{text}</configuration-text></load-configuration>'
    )
    assert "<bad-element>flying</bad-element>" in answer
    assert "+  contact me;" in device.box.database.compare(0).replace("+       ", "+  ")


def test_set_text_and_xml_mean_the_same(make_box, open_session):
    forms = (
        f'<load-configuration action="set"><configuration-set>{CONTACT}</configuration-set></load-configuration>',
        "<load-configuration><configuration-text>snmp { contact me; }</configuration-text></load-configuration>",
        "<load-configuration><configuration><snmp><contact>me</contact></snmp></configuration></load-configuration>",
    )
    found = []
    for form in forms:
        device = make_box()
        open_session(device).ask(form)
        found.append(device.box.database.compare(0))
    assert found[0] == found[1] == found[2] != ""


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("delete system root-authentication", "Missing mandatory statement"),
        ("set interfaces ge-0/0/1 unit 0 family ethernet-switching vlan members 77", "vlan 77 is not configured"),
        ("set interfaces ge-0/0/1 unit 0 family inet filter input none", "Referenced filter 'none' is not defined"),
        ("set interfaces ge-0/0/1 unit 0 family ethernet-switching storm-control S", "profile S is not defined"),
    ],
)
def test_a_commit_refuses_what_does_not_hold_together(typed, device, line, complaint):
    before = committed(device)
    assert complaint in typed("configure", line, "commit")
    assert committed(device) is before


def test_a_power_cut_keeps_what_is_committed_and_forgets_the_timer(typed, device, world):
    typed("configure", CONTACT, "commit confirmed 2", "set snmp location lost")
    device.power(on=False)
    device.power(on=True)
    world.clock.advance(600)
    world.clock.run_due()
    shown = device.shell("ann").receive("show configuration snmp").text
    assert "contact me" in shown
    assert "lost" not in shown


def test_keys_are_kept_in_the_boxs_own_form(typed):
    typed("configure", "set system tacplus-server 10.0.0.1 secret hush", "commit")
    shown = typed("run show configuration system tacplus-server")
    assert 'secret "$9$' in shown
    assert "hush" not in shown
    assert "## SECRET-DATA" in shown
