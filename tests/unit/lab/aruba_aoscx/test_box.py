"""The box lives up to what is written about it: live lines, checkpoints, the timer with its warnings, power."""

import pytest

WARNING = 'WARNING  Please "checkpoint auto confirm" within 2 minutes\n'


def prompt(device, *lines):
    shell = device.shell("admin")
    return [shell.receive(line).prompt for line in lines][-1]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([""], "us-pdx-tst01-sw3# "),
        (["configure term"], "us-pdx-tst01-sw3(config)# "),
        (["conf", "vlan 10"], "us-pdx-tst01-sw3(config-vlan-10)# "),
        (["conf", "vlan 10", "interface 1/1/1"], "us-pdx-tst01-sw3(config-if)# "),
        (
            ["conf", "interface 1/1/1", "aaa authentication port-access mac-auth"],
            "us-pdx-tst01-sw3(config-if-macauth)# ",
        ),
        (
            ["conf", "interface 1/1/1", "aaa authentication port-access mac-auth", "exit"],
            "us-pdx-tst01-sw3(config-if)# ",
        ),
        (["conf", "banner motd $"], "(banner-motd)# "),
        (["conf", "interface 1/1/1", "end"], "us-pdx-tst01-sw3# "),
    ],
)
def test_prompts(device, lines, shown):
    assert prompt(device, *lines) == shown


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["vlan 10"], "Invalid input: vlan\n"),
        (["show"], "% Command incomplete.\n"),
        (["conf", "interface 1/1/1", "no s"], "% Ambiguous command.\n"),
        (["conf", "interface 9/9/9"], "Interface 9/9/9 does not exist.\n"),
        (["conf", "interface 1/1/1", "vlan access 77"], "VLAN 77 does not exist.\n"),
        (["conf", "ssh server vrf mgmt"], "VRF mgmt does not exist.\n"),
        (["conf", "frobnicate 1"], "Invalid input: frobnicate\n"),
        (["checkpoint rollback nope"], "Checkpoint nope doesn't exist\n"),
    ],
)
def test_refusals(typed, lines, said):
    assert typed(*lines) == said


def test_lines_are_live_at_once_and_secrets_are_never_shown(device, typed):
    typed("configure terminal", "user eve group administrators password plaintext Secret-7", "end")
    assert device.authenticate("eve", "Secret-7")
    assert not device.authenticate("eve", "Secret-8")
    shown = typed("show running-config")
    assert "Secret-7" not in shown
    assert "user eve group administrators password ciphertext AQBap" in shown


def test_a_port_is_always_in_a_vlan_or_a_trunk(typed):
    typed("configure terminal", "interface 1/1/2", "vlan trunk native 999")
    assert "vlan access" not in typed("end", "show running-config interface 1/1/2")
    typed("configure terminal", "interface 1/1/2", "no vlan trunk native 999")
    assert "vlan access 1" in typed("end", "show running-config interface 1/1/2")


def test_a_timer_that_nobody_confirms_warns_and_restores(bench, typed):
    assert typed("checkpoint auto 10") == "Auto checkpoint mode expires in 10 minute(s)\n"
    assert typed("checkpoint auto 5") == "Checkpoint auto timer is already ON\n"
    typed("configure terminal", "vlan 200", "end")
    assert "@@" in typed("checkpoint diff startup-config running-config")
    bench.clock.advance(479)
    assert bench.said == []
    bench.clock.advance(2)
    assert bench.said == [WARNING]
    bench.clock.advance(120)
    assert "vlan 200" not in typed("show running-config")
    assert [text.split()[0] for text in bench.said] == ["WARNING", "WARNING:", "Restoration"]
    assert typed("checkpoint diff startup-config running-config") == ""


def test_a_confirmed_change_stays_and_has_a_name(bench, typed):
    typed("checkpoint auto 10", "configure terminal", "vlan 200", "end")
    assert typed("checkpoint auto confirm") == "checkpoint AUTO20261123170000 created\n"
    bench.clock.advance(3600)
    assert "vlan 200" in typed("show running-config")
    assert "AUTO20261123170000" in typed("show checkpoint")
    assert typed("checkpoint auto confirm") == "Checkpoint auto timer is not ON\n"


def test_a_loss_of_power_brings_back_what_was_saved(bench, device, typed):
    typed("checkpoint auto 10", "configure terminal", "vlan 200", "end")
    device.power(on=False)
    device.power(on=True)
    assert "vlan 200" not in typed("show running-config")
    bench.clock.advance(3600)
    assert bench.said == []


def test_the_box_makes_checkpoints_of_its_own_and_refuses_equal_ones(bench, typed):
    typed("configure terminal", "vlan 200", "end")
    bench.clock.advance(301)
    assert "CPC20261123170500" in typed("show checkpoint")
    assert "An identical checkpoint already exists" in typed("copy running-config checkpoint mine")
    typed("configure terminal", "no vlan 200", "end")
    assert "[Success]" in typed("checkpoint rollback CPC20261123170500")
    assert "vlan 200" in typed("show running-config")


def test_pipes(typed):
    assert typed("show running-config | include hostname") == "hostname us-pdx-tst01-sw3\n"
    assert typed("show vlan | count").strip().isdigit()


def test_a_reboot_asks_what_to_save_and_whether_to_go_on(typed):
    told = typed("conf", "vlan 55", "end", "boot system", "y", "n")
    assert told == (
        "The running configuration was saved to the startup configuration.\n"
        "This will reboot the entire switch and render it unavailable\nuntil the process is complete.\n"
        "Reboot aborted.\n"
    )
    assert typed("boot system", "n").startswith("This will reboot the entire switch"), "nothing is left to save"
