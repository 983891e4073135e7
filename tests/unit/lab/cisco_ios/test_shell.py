"""The command line of the box: modes, prompts, errors, filters, people."""

import pytest


def test_prompts_follow_the_mode_and_the_hostname(desk):
    prompts = []
    for line in (
        "configure terminal",
        "interface gi1/0/1",
        "exit",
        "vlan 20",
        "hostname a-name-longer-than-twenty-characters",
        "end",
    ):
        desk.type(line)
        prompts.append(desk.prompt)
    assert prompts == [
        "sw1(config)#",
        "sw1(config-if)#",
        "sw1(config)#",
        "sw1(config-vlan)#",
        "a-name-longer-than-t(config)#",
        "a-name-longer-than-twenty-characters#",
    ]


def test_the_caret_stands_under_the_first_wrong_character(desk):
    assert desk.type("show verzion") == "            ^\n% Invalid input detected at '^' marker.\n\n"
    desk.type("configure terminal")
    assert desk.type("vlan 5000") == " " * len("sw1(config)#vlan ") + "^\n% Invalid input detected at '^' marker.\n\n"


def test_incomplete_ambiguous_and_unknown_commands(desk):
    assert desk.type("copy running-config") == "% Incomplete command.\n\n"
    assert desk.type("e") == '% Ambiguous command:  "e"\n'
    assert "% Unknown command or computer name" in desk.type("banana")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["interface GigabitEthernet1/0/25", "shutdown"], "Invalid input"),
        (["interface GigabitEthernet1/0/1", "ip address 10.0.0.1 255.255.255.0"], "Invalid input"),
        (["interface Vlan99", "switchport mode access"], "Invalid input"),
        (["interface Vlan98", "ip address 10.44.16.9 255.255.255.0"], "% 10.44.16.0 overlaps with Vlan99"),
        (["interface Vlan98", "ip address 10.9.0.0 255.255.255.0"], "Bad mask /24 for address 10.9.0.0"),
        (["no vlan 1"], "%Default VLAN 1 may not be deleted."),
        (["username x secret 9 nonsense"], "not a valid encrypted secret"),
        (["wlan corp 1 corp"], "Invalid input"),
        (["spanning-tree vlan 1-4094 priority 5000"], "Invalid input"),
        (["hostname"], "% Incomplete command."),
    ],
)
def test_lines_that_the_box_refuses_change_nothing(desk, lines, text):
    desk.configure(*lines[:-1])
    before = desk.box.running
    assert text in desk.configure(*lines)
    kept = {node.line for node in desk.box.running.children.values()} - {node.line for node in before.children.values()}
    assert not kept - {line for line in lines if line.startswith("interface")}


def test_a_line_of_global_configuration_leaves_the_section(desk):
    desk.configure("interface GigabitEthernet1/0/3", "description x", "vlan 30", "name VOICE")
    assert desk.box.running.find("vlan 30", "name VOICE")
    assert desk.box.running.find("interface GigabitEthernet1/0/3", "description x")


def test_interface_range(desk):
    desk.type("configure terminal", "interface range GigabitEthernet1/0/1 - 2")
    assert desk.prompt == "sw1(config-if-range)#"
    desk.type("description both", "end")
    assert desk.type("show running-config | include both").count("description both") == 2


def test_no_takes_a_line_away_and_default_resets_a_port(desk):
    desk.configure("interface GigabitEthernet1/0/1", "description x", "switchport access vlan 99")
    desk.configure("interface GigabitEthernet1/0/1", "no description")
    assert "description" not in desk.type("show running-config interface gi1/0/1")
    desk.configure("default interface GigabitEthernet1/0/1")
    assert "vlan 99" not in desk.type("show running-config interface gi1/0/1")


def test_an_access_vlan_that_does_not_exist_is_made(desk):
    assert desk.configure("interface GigabitEthernet1/0/1", "switchport access vlan 77") == (
        "% Access VLAN does not exist. Creating vlan 77\n"
    )
    assert 77 in desk.box.state().vlans


def test_a_banner_runs_to_its_delimiter(desk):
    assert "End with the character '#'" in desk.configure("banner login #Keep out", "hostname not-a-command", "#")
    assert desk.device.login_banner().splitlines()[:2] == ["Keep out", "hostname not-a-command"]
    assert "banner login ^CKeep out" in desk.running()
    assert desk.box.hostname == "sw1"


def test_a_certificate_runs_to_quit(desk):
    desk.configure(
        "crypto pki certificate chain self",
        "certificate self-signed 01",
        "  30820330 30820218",
        "  \tquit",
        "hostname after",
    )
    assert desk.box.hostname == "after"
    assert "30820330" in desk.running()


def test_do_runs_an_exec_command_in_configuration_mode(desk):
    desk.type("configure terminal")
    assert "hostname sw1" in desk.type("do show running-config | include hostname")
    assert desk.prompt == "sw1(config)#"


def test_ctrl_z_leaves_configuration_mode(desk):
    desk.type("configure terminal", "hostname other\x1a")
    assert desk.prompt == "other#"


@pytest.mark.parametrize(
    ("pipe", "present", "absent"),
    [
        ("include ^hostname", "hostname sw1", "vlan"),
        ("exclude hostname", "vlan 99", "hostname"),
        ("section interface Vlan99", " ip address 10.44.16.2", "interface Vlan1\n"),
        ("begin ^line vty", "transport input ssh", "hostname"),
        ("inc username|enable", "enable secret", "hostname"),
    ],
)
def test_filters(desk, pipe, present, absent):
    text = desk.type(f"show running-config | {pipe}")
    assert present in text
    assert absent not in text


def test_passwords_are_kept_hashed_and_keys_hidden(desk):
    desk.configure(
        "username ops privilege 15 secret Plain-1", "service password-encryption", "radius server R", "key Plain-2"
    )
    running = desk.running()
    assert "Plain" not in running
    assert "username ops privilege 15 secret 9 $9$" in running
    assert " key 7 " in running
    assert desk.device.authenticate("ops", "Plain-1")


def test_turning_encryption_on_hides_the_keys_that_are_there(desk):
    desk.configure("radius server R", "key Plain-2")
    assert " key Plain-2" in desk.running()
    desk.configure("service password-encryption")
    assert "Plain-2" not in desk.running()


def test_a_hash_is_kept_as_it_is(desk):
    line = "username ops privilege 15 secret 9 $9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"
    desk.configure(line)
    assert line in desk.running()
    assert desk.device.authenticate("ops", "hashcat")


def test_who_gets_in(desk):
    assert desk.device.authenticate("day0", "day0-pass")
    assert not desk.device.authenticate("day0", "wrong")
    assert not desk.device.authenticate("nobody", "day0-pass")
    desk.configure("aaa authentication login default group tacacs+")
    assert not desk.device.authenticate("day0", "day0-pass"), "no fall-back to local"
    desk.configure("aaa authentication login default group tacacs+ local")
    assert desk.device.authenticate("day0", "day0-pass")


def test_a_login_without_privilege_enables(desk):
    shell = desk.device.shell("reader")
    assert shell.greeting().prompt.endswith("sw1>")
    assert "Invalid input" in shell.receive("configure terminal").text
    asked = shell.receive("enable")
    assert (asked.prompt, asked.echo) == ("Password: ", False)
    assert shell.receive("wrong").prompt == "Password: "
    assert shell.receive("enable-pass").prompt == "sw1#"


def test_removing_a_user_asks(desk):
    desk.type("configure terminal")
    desk.type("no username reader")
    assert "remove all username related configurations" in desk.prompt
    desk.type("")
    assert "username reader" not in desk.running()


def test_snmp_users_are_taken_and_not_shown(desk):
    desk.configure(
        "snmp-server group G v3 priv", "snmp-server user netmon G v3 auth sha Secret-1 priv aes 128 Secret-2"
    )
    assert "netmon" not in desk.running()
    assert "User name: netmon" in desk.type("show snmp user")
    desk.configure("no snmp-server user netmon G v3")
    assert "netmon" not in desk.type("show snmp user")


def test_the_controller_takes_wireless_lines_and_keeps_enabled_wlans_as_they_are(controller):
    assert controller.configure("wlan corp 1 Corp", "security wpa wpa3", "no shutdown") == ""
    assert "WLAN needs to be disabled" in controller.configure("wlan corp 1 Corp", "no security wpa wpa3")
    assert controller.configure("wlan corp 1 Corp", "shutdown", "no security wpa wpa3", "no shutdown") == ""
    assert "Invalid input" in controller.configure("interface TenGigabitEthernet0/1/0", "power inline auto")


def test_an_exec_request_answers_like_the_screen(desk):
    assert "hostname sw1" in desk.device.execute("day0", "show running-config | include hostname")


def test_ping_asks_the_world(desk):
    assert "Success rate is 0 percent (0/5)" in desk.type("ping 10.44.16.1")
    assert "Sending 3, 200-byte" in desk.type("ping 10.44.16.1 timeout 1 size 200 repeat 3")
