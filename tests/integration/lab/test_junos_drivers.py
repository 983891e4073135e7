"""A switch on the wire: Netmiko's command line, NAPALM's own commits and getters, both unmodified."""

from datetime import UTC, datetime
from ipaddress import IPv4Interface

import pytest
from napalm import get_network_driver
from napalm.base.exceptions import LockError, ReplaceConfigException
from netmiko import ConnectHandler

from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.in_process import running_in_process
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.platforms import load_platforms

NAME = "us-bos-jun09-sw1"
BOOT = """\
system {
    host-name us-bos-jun09-sw1;
    root-authentication {
        plain-text-password-value "root-pass";
    }
    login {
        user day0 {
            class super-user;
            authentication {
                plain-text-password-value "day0-pass";
            }
        }
    }
    services {
        ssh;
        netconf {
            ssh;
        }
    }
}
interfaces {
    ge-0/0/0 {
        unit 0 {
            family ethernet-switching {
                interface-mode trunk;
                vlan {
                    members mgmt;
                }
            }
        }
    }
    irb {
        unit 99 {
            family inet {
                address 10.217.16.2/27;
            }
        }
    }
}
vlans {
    mgmt {
        vlan-id 99;
        l3-interface irb.99;
    }
}
"""


@pytest.fixture(scope="module")
def lab():
    member = MemberSpec(
        name=NAME,
        short="sw1",
        role="core",
        platform="juniper_junos",
        model="EX2300-24P",
        serial="JW0219510033",
        address=IPv4Interface("10.217.16.2/27"),
        boot_text=BOOT,
    )
    spec = LabSpec(site="us-bos-jun09", port=0, members=(member,), links=(), circuits=(), boot_seconds=60)
    world = build_world(spec, load_platforms(), LabClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)))
    with running_in_process(world) as lab:
        yield lab


@pytest.fixture
def driver(lab):
    napalm = get_network_driver("junos")(
        lab.address(NAME), "day0", "day0-pass", timeout=20, optional_args={"port": lab.port}
    )
    napalm.open()
    yield napalm
    napalm.close()


def test_netmiko_configures_and_commits_under_a_timer(lab):
    with ConnectHandler(
        device_type="juniper_junos", host=lab.address(NAME), port=lab.port, username="day0", password="day0-pass"
    ) as terminal:
        assert "EX2300-24P" in terminal.send_command("show chassis hardware")
        terminal.send_config_set(["set snmp contact me"], exit_config_mode=False)
        assert "commit complete" in terminal.commit(confirm=True, confirm_delay=5)
        terminal.exit_config_mode()
        assert "set snmp contact me" in terminal.send_command("show configuration | display set | match snmp")
        assert "rollback in 5mins" in terminal.send_command("show system commit | match confirmed")
    lab.control("clock", seconds=400)
    assert "contact" not in lab.control("type", device=NAME, lines=["show configuration snmp"])["output"]


def test_napalms_own_life_of_a_candidate(driver, lab):
    driver.load_merge_candidate(config="set snmp location here")
    assert "location here" in driver.compare_config()
    driver.discard_config()
    assert driver.compare_config() == ""
    driver.load_merge_candidate(config="snmp { location here; }")
    driver.commit_config(revert_in=120)
    assert driver.has_pending_commit()
    driver.confirm_commit()
    assert not driver.has_pending_commit()
    assert "location here" in driver.get_config(retrieve="running")["running"]
    driver.rollback()
    driver.rollback()
    with pytest.raises(ReplaceConfigException):
        driver.load_replace_candidate(config="system { flying carpet; }")
    lab.control("type", device=NAME, lines=["configure exclusive"])
    with pytest.raises(LockError):
        driver.load_merge_candidate(config="set snmp location there")
    lab.control("type", device=NAME, lines=["request system logout user console"])


def test_getters_read_what_is_configured(driver):
    facts = driver.get_facts()
    assert (facts["model"], facts["serial_number"], facts["hostname"]) == ("EX2300-24P", "JW0219510033", NAME)
    assert driver.get_interfaces()["ge-0/0/0"]["is_enabled"]
    assert driver.get_interfaces_ip()["irb.99"]["ipv4"] == {"10.217.16.2": {"prefix_length": 27}}
    assert driver.get_vlans()["99"]["name"] == "mgmt"
    assert driver.get_lldp_neighbors() == {}
    assert driver.get_arp_table() == []
