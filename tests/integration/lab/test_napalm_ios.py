"""The unmodified NAPALM driver against a simulated switch."""

import pytest
from napalm import get_network_driver
from napalm.base.exceptions import CommitConfirmException, MergeConfigException, ReplaceConfigException


@pytest.fixture
def driver(lab):
    device = get_network_driver("ios")(
        lab.address("us-nyc-mad01-sw1"), "day0", "day0-pass", timeout=20, optional_args={"port": lab.port}
    )
    device.open()
    yield device
    device.close()


def running(driver):
    text = driver.get_config(retrieve="running")["running"]
    return text[text.index("version ") :]


def test_facts_and_configurations(driver):
    facts = driver.get_facts()
    assert (facts["model"], facts["serial_number"], facts["hostname"]) == (
        "C9300-24P",
        "FOC2233X0AB",
        "us-nyc-mad01-sw1",
    )
    configs = driver.get_config()
    assert "hostname us-nyc-mad01-sw1" in configs["running"]
    assert "hostname us-nyc-mad01-sw1" in configs["startup"]
    assert driver.is_alive() == {"is_alive": True}


def test_replace_confirmed(driver):
    driver.load_replace_candidate(config=running(driver).replace("hostname us-nyc-mad01-sw1", "hostname other"))
    assert driver.compare_config() == "+hostname other\n-hostname us-nyc-mad01-sw1"
    driver.commit_config(revert_in=120)
    assert driver.has_pending_commit()
    driver.confirm_commit()
    assert not driver.has_pending_commit()
    assert "hostname other" in driver.get_config(retrieve="startup")["startup"]
    driver.rollback()
    assert "hostname us-nyc-mad01-sw1" in running(driver)


def test_replace_undone_by_the_timer(lab, driver):
    driver.load_replace_candidate(config=running(driver).replace("vlan 99\n!", "vlan 20\n name POS\n!\nvlan 99\n!"))
    driver.commit_config(revert_in=120)
    assert "vlan 20" in running(driver)
    lab.control("clock", seconds=120)
    assert not driver.has_pending_commit()
    assert "vlan 20" not in running(driver)


def test_a_user_that_goes_is_asked_about_and_goes(driver):
    lines = [line for line in running(driver).splitlines() if not line.startswith("username reader")]
    driver.load_replace_candidate(config="\n".join(lines) + "\n")
    driver.commit_config()
    assert "username reader" not in running(driver)


def test_replace_rolled_back_while_pending(driver):
    driver.load_replace_candidate(config=running(driver).replace("hostname us-nyc-mad01-sw1", "hostname other"))
    driver.commit_config(revert_in=60)
    driver.rollback()
    assert "hostname us-nyc-mad01-sw1" in running(driver)
    with pytest.raises(CommitConfirmException):
        driver.confirm_commit()


def test_a_candidate_with_a_bad_line_is_not_kept(driver):
    driver.load_replace_candidate(config=running(driver).replace("vlan 99\n", "banana split\nvlan 99\n", 1))
    with pytest.raises(ReplaceConfigException, match="could not be applied"):
        driver.commit_config(revert_in=120)
    assert "banana" not in running(driver)


def test_merge_and_its_timer(lab, driver):
    driver.load_merge_candidate(config="vlan 30\n name VOICE\n")
    assert driver.compare_config() == "+vlan 30\n+ name VOICE"
    driver.commit_config(revert_in=60)
    assert "name VOICE" in running(driver)
    lab.control("clock", seconds=60)
    assert "name VOICE" not in running(driver)
    driver.commit_config()
    assert "name VOICE" in driver.get_config(retrieve="startup")["startup"]


def test_a_merge_with_a_bad_line_raises(driver):
    driver.load_merge_candidate(config="vlan 30\nbanana split\n")
    with pytest.raises(MergeConfigException):
        driver.commit_config()


def test_discard_and_a_timer_without_an_archive(lab, driver):
    driver.load_merge_candidate(config="vlan 30\n")
    driver.discard_config()
    assert driver.compare_config() == ""
    lab.control("type", device="sw1", lines=["configure terminal", "no archive", "end"])
    with pytest.raises(CommitConfirmException):
        driver.commit_config(revert_in=60)


def test_inline_transfer(lab):
    device = get_network_driver("ios")(
        lab.address("us-nyc-mad01-sw1"),
        "day0",
        "day0-pass",
        timeout=20,
        optional_args={"port": lab.port, "inline_transfer": True},
    )
    device.open()
    device.load_merge_candidate(config="vlan 30\n name VOICE")
    assert device.compare_config() == "+vlan 30\n+ name VOICE"
    device.close()


def test_scp_needs_its_server(lab, driver):
    lab.control("type", device="sw1", lines=["configure terminal", "no ip scp server enable", "end"])
    with pytest.raises(Exception, match="SCP file transfers are not enabled"):
        driver.load_merge_candidate(config="vlan 30\n")
