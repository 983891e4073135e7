"""What a box lists as its commands it answers, and nothing else."""

import pytest
from tests.unit.lab.ios_answers import bench

from siteauto.lab.devices.cisco_ios.answer import arguments_of
from siteauto.lab.devices.cisco_ios.answers import answer, commands_of

SWITCH, CONTROLLER = bench.switch(), bench.controller()
FILLED = {
    "<interface>": bench.UPLINK,
    "<1-4094>": "10",
    "<line>": "10.44.19.1 repeat 3 source Vlan99 df-bit",
    "<profile>": "staff",
}


@pytest.mark.parametrize(
    ("view", "pattern"),
    [(view, pattern) for view in (SWITCH, CONTROLLER) for pattern in commands_of(view.hardware)],
    ids=lambda value: value if isinstance(value, str) else value.model,
)
def test_every_listed_command_is_answered(view, pattern):
    command = " ".join(FILLED.get(word, word) for word in pattern.split())
    text = answer(command, view)
    assert text is not None
    assert "{" not in text


@pytest.mark.parametrize("command", ["show wlan summary", "show ap summary", "show crypto isakmp sa", "show vlan x"])
def test_what_a_switch_does_not_know_it_does_not_answer(command):
    assert answer(command, SWITCH) is None


def test_a_controller_has_no_power_inline():
    assert answer("show power inline", CONTROLLER) is None


@pytest.mark.parametrize(
    ("pattern", "command", "arguments"),
    [
        ("show vlan id <1-4094>", "show vlan id 10", ("10",)),
        ("show vlan id <1-4094>", "show vlan id", None),
        ("show vlan", "show vlan id 10", None),
        ("ping <line>", "ping 10.0.0.1 repeat 3", ("10.0.0.1 repeat 3",)),
        ("ping <line>", "ping", None),
        ("show interfaces <interface> status", "show interfaces Vlan1 status", ("Vlan1",)),
    ],
)
def test_arguments_stand_where_the_parameters_do(pattern, command, arguments):
    assert arguments_of(pattern, command) == arguments


def test_ping_refuses_what_it_cannot_send_to_or_from():
    assert "Unrecognized host" in answer("ping nowhere", SWITCH)
    assert "Invalid source" in answer("ping 10.44.19.1 source 10.9.9.9", SWITCH)


def test_a_tag_says_which_policy_each_wlan_gets():
    text = answer("show wireless tag policy detailed boutique", CONTROLLER)
    assert "Number of WLAN-POLICY maps: 2" in text
    assert "does not exist" in answer("show wireless tag policy detailed nowhere", CONTROLLER)
    assert "does not exist" in answer("show wireless profile policy detailed nowhere", CONTROLLER)


def test_an_access_point_shows_its_tags_and_whether_they_exist():
    row = answer("show ap tag summary", CONTROLLER).splitlines()[-1]
    assert row.split()[2:] == ["default-site-tag", "boutique", "default-rf-tag", "No", "Static"]
    lost = bench.controller(config=bench.CONTROLLER_CONFIG.replace("policy-tag boutique", "policy-tag bazaar"))
    assert answer("show ap tag summary", lost).splitlines()[-1].split()[-2:] == ["Yes", "Static"]
