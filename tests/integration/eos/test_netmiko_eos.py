"""The unmodified Netmiko class against the command line of a simulated switch."""

import pytest
from netmiko import ConnectHandler
from tests.integration.eos.conftest import NAME


@pytest.fixture
def connection(lab):
    with ConnectHandler(
        device_type="arista_eos", host=lab.address(NAME), port=lab.port, username="day0", password="day0-pass"
    ) as found:
        yield found


def test_commands_and_configuration(connection):
    assert connection.find_prompt() == f"{NAME}#"
    assert "CCS-720XP-24Y6-F" in connection.send_command("show version")
    assert connection.send_command("show hostname | json", use_textfsm=False).startswith("{")
    (row,) = [one for one in connection.send_command("show vlan", use_textfsm=True) if one["vlan_id"] == "99"]
    assert row["vlan_name"] == "mgmt"
    connection.send_config_set(["vlan 20", "name pos", "interface Ethernet3", "switchport access vlan 20"])
    assert "switchport access vlan 20" in connection.send_command("show running-config | section Ethernet3")
    assert "Invalid input" in connection.send_config_set(["flying carpet"])
    assert "Copy completed" in connection.save_config()
