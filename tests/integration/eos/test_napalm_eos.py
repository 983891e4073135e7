"""The unmodified NAPALM driver on pyeapi against a simulated switch."""

import ssl

import pytest
from napalm import get_network_driver
from napalm.base.exceptions import CommitError, ReplaceConfigException
from pyeapi.eapilib import ConnectionError as EapiConnectionError
from tests.integration.eos.conftest import NAME


def open_driver(lab, user="day0", password="day0-pass"):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    device = get_network_driver("eos")(
        lab.address(NAME), user, password, timeout=5, optional_args={"port": lab.https_port, "context": context}
    )
    device.open()
    return device


@pytest.fixture
def driver(lab):
    device = open_driver(lab)
    yield device
    device.close()


def running(driver):
    return driver.get_config(retrieve="running")["running"]


def test_facts_and_configurations(driver):
    facts = driver.get_facts()
    assert (facts["model"], facts["serial_number"], facts["hostname"], facts["fqdn"]) == (
        "CCS-720XP-24Y6-F",
        "JPE21480011",
        NAME,
        f"{NAME}.example.net",
    )
    assert facts["interface_list"][:2] == ["Ethernet1", "Ethernet2"]
    configs = driver.get_config()
    assert f"hostname {NAME}" in configs["running"]
    assert f"hostname {NAME}" in configs["startup"]
    assert "secret sha512 $6$" in configs["running"]


def test_getters(driver):
    assert driver.get_vlans()["99"]["name"] == "mgmt"
    assert driver.get_interfaces()["Ethernet1"]["is_enabled"]
    assert driver.get_interfaces_ip()["Vlan99"]["ipv4"] == {"10.204.16.2": {"prefix_length": 24}}
    assert driver.get_lldp_neighbors() == {}
    assert driver.get_lldp_neighbors_detail() == {}
    assert driver.get_users()["day0"]["level"] == 15
    assert driver.ping("10.204.16.9")["success"]["packet_loss"] == 5


def test_a_wrong_password(lab):
    with pytest.raises(EapiConnectionError, match="Unauthorized"):
        open_driver(lab, password="wrong")


def test_replace_confirmed(driver):
    driver.load_replace_candidate(config=running(driver).replace("vlan 99\n   name mgmt", "vlan 99\n   name other"))
    assert [line for line in driver.compare_config().splitlines() if line[0] in "+-"] == [
        "-   name mgmt",
        "+   name other",
    ]
    driver.commit_config(revert_in=120)
    assert driver.has_pending_commit()
    driver.confirm_commit()
    assert not driver.has_pending_commit()
    assert "name other" in driver.get_config(retrieve="startup")["startup"]


def test_replace_undone_by_the_timer(lab, driver):
    driver.load_merge_candidate(config="vlan 20\n   name pos\n")
    driver.commit_config(revert_in=120)
    assert "vlan 20" in running(driver)
    lab.control("clock", seconds=120)
    assert not driver.has_pending_commit()
    assert "vlan 20" not in running(driver)
    driver.config_session = None


def test_closing_the_driver_undoes_a_pending_commit(lab):
    driver = open_driver(lab)
    driver.load_merge_candidate(config="vlan 20\n")
    driver.commit_config(revert_in=120)
    driver.close()
    other = open_driver(lab)
    assert "vlan 20" not in running(other)
    with pytest.raises(CommitError):
        other.confirm_commit()


def test_a_refused_line_leaves_nothing(driver):
    with pytest.raises(ReplaceConfigException, match="banana split"):
        driver.load_replace_candidate(config=running(driver).replace("vlan 99\n", "banana split\nvlan 99\n", 1))
    assert driver.config_session is None
    assert driver.device.run_commands(["show configuration sessions"])[0]["sessions"] == {}


def test_rollback_goes_to_what_was_saved(driver):
    driver.load_merge_candidate(config="vlan 20\n")
    driver.commit_config()
    driver.rollback()
    assert "vlan 20" not in running(driver)


def test_sessions_and_timers_die_with_the_power(lab, driver):
    driver.load_merge_candidate(config="vlan 20\n")
    driver.commit_config(revert_in=120)
    lab.control("power", device="sw1", state="off")
    lab.control("power", device="sw1", state="on")
    assert not driver.has_pending_commit()
    assert "vlan 20" not in running(driver)
    assert driver.device.run_commands(["show configuration sessions"])[0]["sessions"] == {}
    driver.config_session = None


def test_one_timer_a_box(lab, driver):
    driver.load_merge_candidate(config="vlan 20\n")
    driver.commit_config(revert_in=120)
    other = open_driver(lab)
    other.load_merge_candidate(config="vlan 30\n")
    with pytest.raises(CommitError, match="already in process"):
        other.commit_config(revert_in=120)
    other.close()
    driver.confirm_commit()
    assert "vlan 20" in running(driver)


def test_a_banner_travels(driver):
    driver.load_merge_candidate(config="banner login\nKeep out\nThis is ours\nEOF\nvlan 20\n")
    driver.commit_config()
    assert "banner login\nKeep out\nThis is ours\nEOF\n" in running(driver)
