"""The unmodified NAPALM driver understands what the lab's Catalysts print."""

import pytest
from napalm.ios.ios import IOSDriver
from tests.unit.lab.ios_answers import bench

from siteauto.lab.devices.cisco_ios.answers import answer

IN_FULL = {
    "show proc cpu": "show processes cpu",
    "show env temperature status": "show environment temperature status",
    "show arp | exclude Incomplete": "show arp",
}


class BenchDriver(IOSDriver):
    """NAPALM's driver with the bench in the place of the wire."""

    def __init__(self, view):
        super().__init__("bench", "", "")
        self.view = view

    def _send_command(self, command):
        if isinstance(command, list):  # the spellings of a command: the first that the box takes counts
            return next(text for text in map(self._send_command, command) if "Invalid input" not in text)
        text = answer(IN_FULL.get(command, command), self.view)
        return "% Invalid input detected at '^' marker." if text is None else text


@pytest.fixture
def driver():
    return BenchDriver(bench.switch())


def test_facts(driver):
    facts = driver.get_facts()
    assert (facts["hostname"], facts["model"], facts["serial_number"]) == (
        "us-nyc-mad01-sw2",
        "C9200L-48P-4X",
        "JAE27190X4M",
    )
    assert facts["uptime"] == (8 * 24 * 60 + 3 * 60 + 7) * 60
    assert facts["fqdn"] == "us-nyc-mad01-sw2.example.net"
    assert "17.12.4" in facts["os_version"]
    assert facts["interface_list"][:2] == ["Vlan99", "GigabitEthernet1/0/1"]


def test_facts_of_a_controller():
    facts = BenchDriver(bench.controller()).get_facts()
    assert (facts["model"], facts["serial_number"]) == ("C9800-L-F-K9", "JAE27190X4M")


def test_lldp_neighbours(driver):
    found = driver.get_lldp_neighbors_detail()
    assert set(found) == {bench.UPLINK, bench.AP_PORT}
    uplink = found[bench.UPLINK][0]
    assert (uplink["remote_system_name"], uplink["remote_port"]) == ("us-nyc-mad01-sw1", "Te1/1/1")
    assert found[bench.AP_PORT][0]["remote_system_capab"] == ["bridge", "wlan-access-point"]


def test_interfaces(driver):
    found = driver.get_interfaces()
    assert (found[bench.UPLINK]["is_enabled"], found[bench.UPLINK]["is_up"]) == (True, True)
    assert (found["GigabitEthernet1/0/2"]["is_enabled"], found["GigabitEthernet1/0/2"]["is_up"]) == (False, False)
    assert found["GigabitEthernet1/0/1"]["description"] == "edge"
    assert found[bench.UPLINK]["speed"] == 10000.0


def test_addresses(driver):
    assert driver.get_interfaces_ip() == {"Vlan99": {"ipv4": {"10.44.19.3": {"prefix_length": 27}}}}


def test_vlans(driver):
    found = driver.get_vlans()
    assert {number: each["name"] for number, each in found.items() if number in ("10", "40", "99")} == {
        "10": "corp",
        "40": "staff",
        "99": "mgmt",
    }
    assert found["10"]["interfaces"] == ["GigabitEthernet1/0/1", bench.UPLINK]


def test_health_and_tables(driver):
    environment = driver.get_environment()
    assert environment["temperature"]["inlet"]["temperature"] == 27.0
    assert environment["memory"]["used_ram"] > 0
    assert driver.get_arp_table()[0]["ip"] == "10.44.19.3"
    assert {each["interface"] for each in driver.get_mac_address_table()} >= {"Te1/1/1"}
    (server,) = driver.get_ntp_stats()
    assert (server["remote"], server["synchronized"], server["reachability"]) == ("10.0.0.5", True, 377)


def test_ping(driver):
    # NAPALM builds the command itself: `ping 10.44.19.1 timeout 2 size 100 repeat 5`.
    assert driver.ping("10.44.19.1")["success"]["packet_loss"] == 0
    assert driver.ping("10.44.19.9")["success"]["packet_loss"] == 5
