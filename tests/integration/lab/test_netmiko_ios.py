"""The unmodified Netmiko driver against a simulated switch, and every fault on the wire; ours must do the same."""

from ipaddress import IPv4Address

import paramiko
import pytest
from netmiko import ConnectHandler
from netmiko.exceptions import (
    ConfigInvalidException,
    NetmikoAuthenticationException,
    NetmikoTimeoutException,
    ReadException,
    ReadTimeout,
)

from siteauto.adapters import event_driven_netmiko
from siteauto.lab.spec import lab_address

from .conftest import NAME, switch_on_the_wire

GONE = (OSError, EOFError, ReadException, NetmikoTimeoutException, paramiko.SSHException)


@pytest.fixture(autouse=True, params=[ConnectHandler, event_driven_netmiko.connect], ids=["plain", "event-driven"])
def driver(request, monkeypatch):
    monkeypatch.setattr(request.module, "ConnectHandler", request.param)


def connect(lab, *, password="day0-pass", host=None, **more):
    return ConnectHandler(
        device_type="cisco_ios",
        host=host or lab.address(NAME),
        port=lab.port,
        username="day0",
        password=password,
        conn_timeout=5,
        **more,
    )


def test_commands_and_configuration(lab):
    with connect(lab) as connection:
        assert connection.find_prompt() == "us-nyc-mad01-sw1#"
        assert "C9300-24P" in connection.send_command("show version")
        connection.send_config_set(["vlan 30", "name VOICE"], error_pattern=r"% Invalid")
        assert "VOICE" in connection.send_command("show running-config | section vlan 30")
        assert "[OK]" in connection.save_config()
        assert "VOICE" in connection.send_command("show startup-config")


def test_a_refused_line_is_seen_by_an_error_pattern(lab):
    with connect(lab) as connection, pytest.raises(ConfigInvalidException):
        connection.send_config_set(["vlan 5000"], error_pattern=r"% Invalid input")


def test_paging_stops_without_terminal_length(lab):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(lab.address(NAME), lab.port, "day0", "day0-pass", look_for_keys=False, allow_agent=False)
    channel = client.invoke_shell()
    channel.settimeout(5)
    channel.send(b"show running-config\r")
    seen = b""
    while b" --More-- " not in seen:
        seen += channel.recv(4096)
    assert b"\nend" not in seen
    client.close()


def test_wrong_password(lab):
    with pytest.raises(NetmikoAuthenticationException):
        connect(lab, password="wrong")


def test_host_keys_are_those_of_known_hosts(lab, tmp_path):
    known = tmp_path / "known_hosts"
    known.write_text(lab.known_hosts_text)
    client = paramiko.SSHClient()
    client.load_host_keys(str(known))
    client.connect(lab.address(NAME), lab.port, "day0", "day0-pass", look_for_keys=False, allow_agent=False)
    client.close()


def test_legacy_algorithms_only_where_the_lab_allows_them(lab):
    modern = [name for name in paramiko.Transport._preferred_kex if not name.endswith("-sha1")]
    old_client = {"disabled_algorithms": {"kex": modern}}
    with switch_on_the_wire(45, legacy=True) as old_lab:
        connect(old_lab, **old_client).disconnect()
    with pytest.raises(GONE):
        connect(lab, **old_client)


# ── where it listens ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_changed_address_moves_the_listener_and_silences_the_session_until_it_is_back(lab):
    before = lab.address(NAME)
    connection = connect(lab)
    there, back = (["interface Vlan99", f"ip address 10.44.16.{host} 255.255.255.224"] for host in (9, 2))
    connection.write_channel("\n".join(["configure terminal", *there, "end", ""]))
    for _ in range(200):
        if lab.control("status")["devices"][NAME]["addresses"] == ["127.44.16.9"]:
            break
    with pytest.raises(NetmikoTimeoutException):
        connect(lab, host=before)
    connect(lab).disconnect()
    with pytest.raises(ReadTimeout):
        connection.send_command("show clock", read_timeout=1)
    lab.control("type", device=NAME, lines=["configure terminal", *back])
    assert "10.44.16.2" in connection.send_command("show running-config interface Vlan99")
    connection.disconnect()


def test_a_shut_interface_takes_the_listener_away_and_the_timer_brings_it_back(lab):
    connection = connect(lab)
    connection.write_channel("configure terminal revert timer 2\ninterface Vlan99\nshutdown\n")
    for _ in range(200):
        if not lab.lab.addresses[NAME]:
            break
        lab.control("status")
    with pytest.raises(NetmikoTimeoutException):
        connect(lab, host="127.44.16.2")
    lab.control("clock", seconds=120)
    with connect(lab) as fresh:
        assert "shutdown" not in fresh.send_command("show running-config interface Vlan99")
    connection.disconnect()


def test_a_device_that_is_cut_off_answers_nobody_until_it_is_not(lab):
    connection = connect(lab)
    lab.control("fault", device="sw1", kind="cut-off")
    assert lab.control("status")["devices"][NAME]["addresses"] == []
    with pytest.raises(NetmikoTimeoutException):
        connect(lab, host="127.44.16.2")
    with pytest.raises(ReadTimeout):
        connection.send_command("show clock", read_timeout=1)
    assert "Vlan99" in lab.control("type", device="sw1", lines=["show ip interface brief"])["output"], "it is not off"
    lab.control("clear", kind="cut-off")
    with connect(lab) as fresh:
        assert NAME in fresh.send_command("show running-config | include hostname")
    connection.disconnect()


# ── faults ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_refuse_a_line(lab):
    lab.control("fault", device="sw1", kind="refuse", pattern="^vlan 30")
    with connect(lab) as connection:
        assert "Invalid input" in connection.send_config_set(["vlan 30", "vlan 31"])
        running = connection.send_command("show running-config")
        assert "vlan 31" in running
        assert "vlan 30" not in running
        lab.control("clear", device="sw1")
        assert "Invalid" not in connection.send_config_set(["vlan 30"])


def test_drop_in_the_middle_of_an_answer(lab):
    lab.control("fault", device="sw1", kind="drop", pattern="show running-config")
    connection = connect(lab)
    with pytest.raises(GONE):
        connection.send_command("show running-config", read_timeout=2)
    with connect(lab) as again:
        assert "hostname" in again.send_command("show running-config"), "it strikes once"


def test_drop_after_some_commands(lab):
    lab.control("fault", device="sw1", kind="drop", after=4)
    connection = connect(lab)  # two commands: width and length
    connection.send_command("show clock")
    connection.send_command("show clock")
    with pytest.raises(GONE):
        connection.send_command("show clock", read_timeout=2)


def test_hang(lab):
    lab.control("fault", device="sw1", kind="hang", pattern="show clock")
    connection = connect(lab)
    with pytest.raises(ReadTimeout):
        connection.send_command("show clock", read_timeout=1)
    connection.remote_conn_pre.close()


def test_slow(lab):
    lab.control("fault", device="sw1", kind="slow", pattern="show clock", seconds=2)
    connection = connect(lab)
    with pytest.raises(ReadTimeout):
        connection.send_command("show clock", read_timeout=1)
    connection.remote_conn_pre.close()


def test_refused_logins(lab):
    lab.control("fault", device="sw1", kind="wrong-password")
    with pytest.raises(NetmikoAuthenticationException):
        connect(lab)


def test_truncated_output(lab):
    lab.control("fault", device="sw1", kind="truncate", pattern="show running-config")
    with connect(lab) as connection:
        text = connection.send_command("show running-config")
        assert "hostname" in text
        assert not text.rstrip().endswith("end")


def test_full_flash(lab):
    lab.control("fault", device="sw1", kind="disk-full")
    with connect(lab) as connection:
        assert "(0 bytes free)" in connection.send_command("dir")


def test_reboot_in_the_window(lab):
    connection = connect(lab)
    lab.control("fault", device="sw1", kind="reboot", pattern="^hostname")
    with pytest.raises(GONE):
        connection.send_config_set(
            ["hostname other"], config_mode_command="configure terminal revert timer 2", read_timeout=2
        )
    with pytest.raises(NetmikoTimeoutException):
        connect(lab, host="127.44.16.2")
    lab.control("clock", seconds=60)
    with connect(lab) as fresh:
        assert fresh.find_prompt() == "us-nyc-mad01-sw1#", "the saved configuration"
        assert "No Rollback Confirmed Change pending" in fresh.send_command("show archive config rollback timer")


def test_the_lab_serves_ten_slash_eight_at_127():
    assert lab_address(IPv4Address("10.44.16.2")) == "127.44.16.2"
